// modules/dialogue/catalogue_view.h -- what a shop sells, as the guide and the search read it: one immutable snapshot in memory.
//
// The idea: every fact that a shopper can ask for is turned into numbers once. Attributes, their text values, brands and
// categories are interned in a Vocabulary; an amount is kept in its base unit (85 cm and 850 mm are the same 850). A product
// entry is shared between snapshots, so a change copies a list of pointers and the touched entries, nothing else.
//
// Products stand in the order of their ids, so that ties by id are ties by place.
//
// Threads: a CatalogueView never changes for its readers (what scope() makes once is kept under a lock); any thread. Cost of an update:
// O(products + variants): pointers are copied, SKUs and ids entered anew (bench `guide` prints update_p99_ms).
#pragma once
#include "core/by_text.h"
#include "core/utf8.h"
#include "modules/dialogue/measure.h"
#include "modules/dialogue/occasions.h"
#include "modules/dialogue/title_rows.h"
#include "shop/catalogue/api.h"
#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace kindling::dialogue {

struct Label {
    std::string en, zh;  // one may be empty
    std::string const& in(Locale locale) const { return locale == Locale::zh ? (zh.empty() ? en : zh) : (en.empty() ? zh : en); }
};

struct AttributeInfo {
    std::string name;    // the shop's identifier
    Label label;         // "Length" / "裙长"; the identifier where the shop gave none
    std::string unit;    // as stored, for showing
    Unit measure;        // what the stored number is worth in its base
    bool numeric = false, facet = true, from_variant = false;
    std::vector<Label> values;                        // text values, by value id
    std::unordered_map<std::string, int> value_ids;   // normalised text in either language -> id
};
struct CategoryInfo {
    std::string id, parent;
    Label label;
    int parent_index = -1;
    std::int64_t position = 0;
};
struct BrandInfo {
    Label label;
};

struct AttributeValue {
    std::int32_t attribute = -1;
    std::int32_t value = -1;                                     // text value id, or -1
    double number = std::numeric_limits<double>::quiet_NaN();    // in the attribute's base unit
};

struct Vocabulary {
    std::vector<AttributeInfo> attributes;
    std::vector<CategoryInfo> categories;
    std::vector<BrandInfo> brands;
    std::unordered_map<std::string, int> attribute_ids, category_ids, brand_ids;  // brand: normalised name in either language
    // Words that mean a category or each other, beside the built-in ones: from the shop's settings.
    std::vector<std::vector<std::string>> synonyms;
    std::shared_ptr<Occasions const> occasions = built_in_occasions();   // and the owner's

    int intern_attribute(std::string const& name);
    int intern_value(int attribute, std::string const& en, std::string const& zh);
    int intern_brand(std::string const& en, std::string const& zh);
    AttributeValue intern(shop::Attribute const&);
    bool within(int category, int ancestor) const;  // a category is within itself
};

struct VariantEntry {
    std::vector<AttributeValue> values;  // its own; the product's hold as well
    std::int64_t price_minor = 0;
    std::int64_t stock = 0;              // units; a variant whose stock is not kept counts as `not_kept`
    static constexpr std::int64_t not_kept = 1'000'000;
};

// What the shop has measured about a product, beside the catalogue.
struct Standing {
    double rating = 0;               // mean of published reviews, 0: none
    std::int64_t reviews = 0;
    double popularity = 0;           // units sold lately, any scale
    Milliseconds created_at_ms = 0;
    std::int64_t sold = 0, returned = 0;   // units of orders that were not cancelled, and of these what came back
};

// Mean of the reviews with five of 4.2 before them: a single five-star review does not win.
double cautious_rating(Standing const&);

// Which pairs of neighbouring characters stand in a text, as a Bloom filter of 256 bits (Bloom 1970, one hash): whatever holds a word holds its pairs, so most
// titles without it are told by four words of memory, before a letter is looked at.
class PairFilter {
public:
    explicit PairFilter(std::u32string_view text = {}) {
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (i + 1 < text.size()) set_pair(text[i], text[i + 1]);
            if (is_han(text[i])) set(text[i]);  // 红 is a word, and has no pair
        }
    }
    // Of a title: with a blank before and behind each of its words, whatever stands there.
    static PairFilter of_title(std::u32string_view title);
    // Of a word that has to stand by itself (cues::find_word): "tea" and no steam.
    static PairFilter standing(std::u32string_view word);
    // Of words that a blank parts, in any order: the pairs of each and not of the blanks between them.
    static PairFilter of_words(std::u32string_view words);
    static constexpr std::size_t size = 256;
    std::uint64_t word(std::size_t i) const { return bits_[i]; }
    // False: the text does not hold a word with these pairs.
    bool may_hold(PairFilter const& word) const {
        for (std::size_t i = 0; i < bits_.size(); ++i)
            if ((word.bits_[i] & ~bits_[i]) != 0) return false;
        return true;
    }

private:
    void set_pair(char32_t a, char32_t b) { set(static_cast<std::uint64_t>(a) << 32 | b); }
    void set(std::uint64_t letters) {
        auto const h = letters * 0x9E3779B97F4A7C15ull >> 56;
        bits_[h >> 6] |= 1ull << (h & 63);
    }
    std::array<std::uint64_t, 4> bits_{};
};

// "100 ft" as a title says it, in its base unit (title_amounts.cpp).
struct TitleAmount { char const* base; double value; };
std::vector<TitleAmount> title_amounts(std::string_view title);

struct ProductEntry {
    shop::Product data;
    int category = -1, brand = -1;
    std::vector<AttributeValue> values;
    std::vector<VariantEntry> variants;      // beside data.variants
    std::int64_t price_from = 0, price_to = 0, stock = 0;
    Standing standing;
    std::u32string title;                    // both titles, normalised, for words that must not occur
    PairFilter title_pairs;                  // of it
    std::array<std::uint32_t, 2> title_marks{};   // of each title (titled.h); 0: there is none
    std::vector<TitleAmount> amounts;        // of the titles, where the data has no numbers
};

// What a pass over all products reads of each, side by side: 48 bytes where an entry and its variants are several pages apart.
struct Brief {
    std::int32_t category = -1, brand = -1;
    std::int64_t price_from = 0, price_to = 0;   // of all variants
    double merit = 0;                            // by its ratings, carefully read, and its sales: what orders goods of which nothing else is known
    std::uint32_t usual = 0, variants = 0;       // the variant shown when all are alike to the shopper: one in stock, then the cheapest
    bool usual_in_stock = false;
    std::int64_t usual_price = 0;
    double score(bool in_stock) const { return merit - (in_stock ? 0 : 2); }   // goods that cannot be sent go last
};

// Which attributes and values goods of some categories have: what a word can mean there.
struct Scope {
    std::vector<char> attributes;                  // by attribute id
    std::vector<std::vector<char>> values;         // by attribute and value id
    std::vector<std::pair<double, double>> range;  // of numbers, in the base unit; empty ones are {infinity, -infinity}

    explicit Scope(Vocabulary const&);
    void note(AttributeValue const&);
    void join(Scope const&);
};

class CatalogueView {
public:
    struct Source {
        std::vector<shop::Category> categories;
        std::vector<shop::AttributeKind> kinds;
        std::vector<shop::Product> products;
        std::map<std::string, Standing, std::less<>> standing;
        std::vector<std::vector<std::string>> synonyms;
        std::vector<shop::OccasionRow> occasions;   // the owner's
        std::string currency = "CNY";
    };
    // Products that are not active are left out.
    static std::shared_ptr<CatalogueView const> build(Source);
    // A new view with `products` put in or replaced and `gone` taken out; new words join the vocabulary.
    std::shared_ptr<CatalogueView const> with(std::vector<shop::Product> products, std::span<std::string const> gone) const;

    Vocabulary const& words() const { return *words_; }
    std::shared_ptr<Vocabulary const> const& shared_words() const { return words_; }
    std::string const& currency() const { return currency_; }
    std::size_t size() const { return entries_.size(); }
    ProductEntry const& operator[](std::size_t i) const { return *entries_[i]; }
    std::optional<std::size_t> find(std::string_view product_id) const;
    // The product and variant with this SKU: a pass over four bytes of each.
    std::optional<std::pair<std::size_t, std::size_t>> find_sku(std::string_view sku) const;

    // `use(product)` of those one of whose titles has this mark.
    template <class Use> void each_titled(std::uint32_t mark, Use const& use) const {
        if (title_heads_.empty() || mark == 0) return;
        for (auto at = title_heads_[mark & (title_heads_.size() - 1)]; at != 0; at = title_next_[at - 1])
            if (entries_[(at - 1) / 2]->title_marks[(at - 1) % 2] == mark) use(static_cast<std::size_t>((at - 1) / 2));
    }

    // How a value reads: "85 cm", "linen". Uses the shop's own text where it has one.
    std::string value_text(AttributeValue const&, Locale) const;
    // The product's or variant's value of an attribute.
    AttributeValue const* value_of(std::size_t product, std::size_t variant, int attribute) const;
    std::string title(std::size_t product, Locale) const;
    // Changes when a product comes or goes, and with it the places of others.
    std::uint64_t numbering() const { return numbering_; }
    Brief const& brief(std::size_t product) const { return briefs_[product]; }
    // Of what is usually shown without a look at the entry.
    std::int64_t price(std::size_t product, std::size_t variant) const { auto const& b = briefs_[product]; return variant == b.usual ? b.usual_price : entries_[product]->variants[variant].price_minor; }
    bool in_stock(std::size_t product, std::size_t variant) const { auto const& b = briefs_[product]; return variant == b.usual ? b.usual_in_stock : entries_[product]->variants[variant].stock > 0; }
    // All products in the order in which goods stand of which nothing else is known: what can be sent before what cannot, then by merit. 4 bytes of each.
    std::span<std::uint32_t const> best_first() const { return best_first_; }
    // Which titles may hold a word with these pairs, a bit each: a few rows of bits over all titles, not a look at each of them.
    std::vector<std::uint64_t> titles_that_may_hold(PairFilter const& word) const;
    // The pairs of the title, side by side with those of all others: a pass over titles reads few pages of memory.
    PairFilter const& title_pairs(std::size_t product) const { return title_pairs_[product]; }
    TitleRows const& title_rows() const { return rows_made_; }
    TitleRows const& listed_rows() const { return listed_rows_; }   // of the program's own words (title_search.h), which no wish displaces
    // Whether some title here tells an amount of this base where its data has none.
    bool titles_tell(std::string_view base) const { return std::ranges::find(title_bases_, base) != title_bases_.end(); }
    double most_popular() const { return most_popular_; }  // of the standings here
    // The popularity of the best twentieth, 1 at least; infinity where there are fewer than 20 products.
    double best_seller() const { return best_seller_; }
    // Of goods within any of these categories; of all goods when there are none. A pass over the products the first time a category is asked for.
    Scope scope(std::span<int const> categories) const;

private:
    std::shared_ptr<ProductEntry const> entry(Vocabulary&, shop::Product, Standing) const;
    void index();

    std::shared_ptr<Vocabulary const> words_;
    std::vector<std::shared_ptr<ProductEntry const>> entries_;
    ByText<std::size_t> by_id_;
    struct Mark { std::uint32_t sku, product; };   // hash of a variant's SKU
    std::vector<Mark> skus_;
    std::vector<std::uint32_t> title_heads_, title_next_;   // titles by their marks, chained: 1 + 2 x product + (0: English, 1: Chinese); 0 ends a chain
    std::vector<PairFilter> title_pairs_;
    std::vector<std::uint64_t> title_rows_;        // the same the other way round: for each bit of a filter, of which titles it is set (bit-sliced signatures)
    TitleRows rows_made_, listed_rows_;
    std::vector<Brief> briefs_;
    std::vector<std::uint32_t> best_first_;
    std::vector<std::string_view> title_bases_;
    std::uint64_t numbering_ = 0;
    double most_popular_ = 0, best_seller_ = infinity;
    mutable std::mutex making_scope_;
    mutable std::map<int, Scope> scopes_;          // by category; -1: of all goods
    std::string currency_;
};

// "850" in base "mm" as people say it in `unit`: "85 cm"; at most two decimals, no trailing zeros.
std::string amount_text(double in_base, AttributeInfo const&, Locale);
std::string plain_number(double);

}  // namespace kindling::dialogue
