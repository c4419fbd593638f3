// modules/dialogue/catalogue_view.cpp -- interning a catalogue and sharing its entries between snapshots. See catalogue_view.h.
#include "modules/dialogue/catalogue_view.h"
#include "core/utf8.h"
#include "engines/text/analysis/normalise.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/titled.h"
#include <algorithm>
#include <atomic>
#include <cmath>
#include <fmt/format.h>

namespace kindling::dialogue {

int Vocabulary::intern_attribute(std::string const& name) {
    auto const [at, fresh] = attribute_ids.try_emplace(name, static_cast<int>(attributes.size()));
    if (fresh) attributes.push_back({.name = name, .label = {name, name}});
    return at->second;
}

int Vocabulary::intern_value(int attribute, std::string const& en, std::string const& zh) {
    auto& info = attributes[static_cast<std::size_t>(attribute)];
    auto const key_en = text::normalise(en), key_zh = text::normalise(zh);
    // English decides when the two languages disagree, so that one product's slip does not merge two values.
    int id = -1;
    if (auto const found = info.value_ids.find(key_en); !key_en.empty() && found != info.value_ids.end()) id = found->second;
    else if (auto const other = info.value_ids.find(key_zh); !key_zh.empty() && other != info.value_ids.end()) {
        auto const& known = info.values[static_cast<std::size_t>(other->second)];
        if (key_en.empty() || known.en.empty()) id = other->second;
    }
    if (id < 0) id = static_cast<int>(info.values.size()), info.values.push_back({en, zh});
    auto& value = info.values[static_cast<std::size_t>(id)];
    if (value.en.empty()) value.en = en;
    if (value.zh.empty()) value.zh = zh;
    if (!key_en.empty()) info.value_ids.try_emplace(key_en, id);
    if (!key_zh.empty()) info.value_ids.try_emplace(key_zh, id);
    return id;
}

int Vocabulary::intern_brand(std::string const& en, std::string const& zh) {
    auto const key_en = text::normalise(en), key_zh = text::normalise(zh);
    if (key_en.empty() && key_zh.empty()) return -1;
    int id = -1;
    if (auto const found = brand_ids.find(key_en); !key_en.empty() && found != brand_ids.end()) id = found->second;
    else if (auto const other = brand_ids.find(key_zh); !key_zh.empty() && other != brand_ids.end()) id = other->second;
    if (id < 0) id = static_cast<int>(brands.size()), brands.push_back({{en, zh}});
    if (!key_en.empty()) brand_ids.try_emplace(key_en, id);
    if (!key_zh.empty()) brand_ids.try_emplace(key_zh, id);
    return id;
}

AttributeValue Vocabulary::intern(shop::Attribute const& attribute) {
    AttributeValue out;
    out.attribute = intern_attribute(attribute.name);
    auto& info = attributes[static_cast<std::size_t>(out.attribute)];
    if (attribute.number && std::isfinite(*attribute.number)) {
        if (!info.numeric) info.numeric = true, info.unit = attribute.unit, info.measure = unit_of(attribute.unit);
        auto const unit = attribute.unit == info.unit ? info.measure : unit_of(attribute.unit);
        if (unit.base == info.measure.base) out.number = *attribute.number * unit.factor;
    }
    if (!attribute.text_en.empty() || !attribute.text_zh.empty())
        if (!attribute.number) out.value = intern_value(out.attribute, attribute.text_en, attribute.text_zh);
    return out;
}

PairFilter PairFilter::of_title(std::u32string_view title) {
    PairFilter out(title);
    for (std::size_t i = 0; i < title.size(); ++i) {
        if (!cues::letter(title[i])) continue;
        if (i == 0 || !cues::letter(title[i - 1])) out.set_pair(U' ', title[i]);
        if (i + 1 == title.size() || !cues::letter(title[i + 1])) out.set_pair(title[i], U' ');
    }
    return out;
}

PairFilter PairFilter::standing(std::u32string_view word) {
    PairFilter out(word);
    if (word.empty()) return out;
    if (cues::letter(word.front())) out.set_pair(U' ', word.front());
    if (cues::letter(word.back())) out.set_pair(word.back(), U' ');
    return out;
}

PairFilter PairFilter::of_words(std::u32string_view words) {
    PairFilter out;
    for (std::size_t i = 0; i < words.size();) {
        auto const end = std::min(words.find(U' ', i), words.size());
        auto const one = standing(words.substr(i, end - i));
        for (std::size_t k = 0; k < out.bits_.size(); ++k) out.bits_[k] |= one.bits_[k];
        i = end + 1;
    }
    return out;
}

bool Vocabulary::within(int category, int ancestor) const {
    for (int depth = 0; category >= 0 && depth < 32; ++depth) {
        if (category == ancestor) return true;
        category = categories[static_cast<std::size_t>(category)].parent_index;
    }
    return false;
}

namespace {

std::uint64_t next_numbering() {
    static std::atomic<std::uint64_t> last{0};
    return ++last;
}

// Nobody can be offered what has no price: a variant of 0 is left out, a product of such variants is not on sale (shop/orders refuses it too).
bool on_sale(shop::Product& product) {
    std::erase_if(product.variants, [](shop::Variant const& v) { return v.price_minor <= 0; });
    return product.status == shop::ProductStatus::active && !product.variants.empty();
}

}  // namespace

std::shared_ptr<ProductEntry const> CatalogueView::entry(Vocabulary& words, shop::Product product, Standing standing) const {
    auto out = std::make_shared<ProductEntry>();
    if (auto const found = words.category_ids.find(product.category_id); found != words.category_ids.end()) out->category = found->second;
    out->brand = words.intern_brand(product.brand, product.brand_zh);
    for (auto const& attribute : product.attributes) out->values.push_back(words.intern(attribute));
    for (auto const& variant : product.variants) {
        auto& v = out->variants.emplace_back();
        for (auto const& attribute : variant.attributes) {
            v.values.push_back(words.intern(attribute));
            words.attributes[static_cast<std::size_t>(v.values.back().attribute)].from_variant = true;
        }
        v.price_minor = variant.price_minor;
        v.stock = variant.stock.value_or(VariantEntry::not_kept);
        out->price_from = out->variants.size() == 1 ? v.price_minor : std::min(out->price_from, v.price_minor);
        out->price_to = std::max(out->price_to, v.price_minor);
        out->stock += std::max<std::int64_t>(0, v.stock);
    }
    out->standing = standing;
    text::Normalised both;
    text::normalise(product.title_en + " \n " + product.title_zh, both);
    out->title = std::move(both.text);
    for (auto& c : out->title)
        if (c == U'-') c = U' ';
    out->title_pairs = PairFilter::of_title(out->title);
    out->title_marks = {title_mark(title_pieces(product.title_en)), title_mark(title_pieces(product.title_zh))};
    auto const a_number = [](AttributeValue const& v) { return std::isfinite(v.number); };
    if (std::ranges::none_of(out->values, a_number) && std::ranges::none_of(out->variants, [&](VariantEntry const& v) { return std::ranges::any_of(v.values, a_number); })) {
        out->amounts = title_amounts(product.title_en);
        for (auto const& a : title_amounts(product.title_zh)) out->amounts.push_back(a);
    }
    out->data = std::move(product);
    return out;
}

std::shared_ptr<CatalogueView const> CatalogueView::build(Source source) {
    auto view = std::make_shared<CatalogueView>();
    auto words = std::make_shared<Vocabulary>();
    view->currency_ = source.currency;
    words->synonyms = std::move(source.synonyms);
    if (!source.occasions.empty()) words->occasions = std::make_shared<Occasions const>(source.occasions);
    for (auto const& category : source.categories) {
        words->category_ids.emplace(category.category_id, static_cast<int>(words->categories.size()));
        words->categories.push_back({category.category_id, category.parent_id, {category.name_en, category.name_zh}, -1, category.position});
    }
    for (auto& category : words->categories)
        if (auto const found = words->category_ids.find(category.parent); found != words->category_ids.end()) category.parent_index = found->second;
    for (auto const& kind : source.kinds) {
        auto& info = words->attributes[static_cast<std::size_t>(words->intern_attribute(kind.name))];
        info.label = {kind.name_en.empty() ? (kind.name_zh.empty() ? kind.name : kind.name_zh) : kind.name_en, kind.name_zh.empty() ? (kind.name_en.empty() ? kind.name : kind.name_en) : kind.name_zh};
        info.facet = kind.facet;
    }
    view->entries_.reserve(source.products.size());
    for (auto& product : source.products) {
        if (!on_sale(product)) continue;
        auto const found = source.standing.find(product.product_id);
        view->entries_.push_back(view->entry(*words, std::move(product), found == source.standing.end() ? Standing{} : found->second));
    }
    view->words_ = std::move(words);
    view->numbering_ = next_numbering();
    view->index();
    return view;
}

std::shared_ptr<CatalogueView const> CatalogueView::with(std::vector<shop::Product> products, std::span<std::string const> gone) const {
    auto view = std::make_shared<CatalogueView>();
    auto words = std::make_shared<Vocabulary>(*words_);
    view->currency_ = currency_;
    view->entries_ = entries_;
    std::vector<std::string> leaving(gone.begin(), gone.end());
    bool moved = false;
    for (auto& product : products) {
        if (!on_sale(product)) { leaving.push_back(product.product_id); continue; }
        auto const at = find(product.product_id);
        auto made = entry(*words, std::move(product), at ? entries_[*at]->standing : Standing{});
        if (at) view->entries_[*at] = std::move(made);
        else view->entries_.push_back(std::move(made)), moved = true;
    }
    if (!leaving.empty()) {
        std::sort(leaving.begin(), leaving.end());
        moved |= std::erase_if(view->entries_, [&](auto const& e) { return std::binary_search(leaving.begin(), leaving.end(), e->data.product_id); }) > 0;
    }
    view->words_ = std::move(words);
    view->numbering_ = moved ? next_numbering() : numbering_;
    view->index();
    return view;
}

Scope::Scope(Vocabulary const& words) : attributes(words.attributes.size(), 0), range(words.attributes.size(), {infinity, -infinity}) {
    for (auto const& a : words.attributes) values.emplace_back(a.values.size(), 0);
}

void Scope::note(AttributeValue const& v) {
    auto const a = static_cast<std::size_t>(v.attribute);
    attributes[a] = 1;
    if (v.value >= 0) values[a][static_cast<std::size_t>(v.value)] = 1;
    if (!std::isnan(v.number)) range[a] = {std::min(range[a].first, v.number), std::max(range[a].second, v.number)};
}

void Scope::join(Scope const& other) {
    for (std::size_t a = 0; a < attributes.size(); ++a) {
        attributes[a] |= other.attributes[a];
        for (std::size_t v = 0; v < values[a].size(); ++v) values[a][v] |= other.values[a][v];
        range[a] = {std::min(range[a].first, other.range[a].first), std::max(range[a].second, other.range[a].second)};
    }
}

Scope CatalogueView::scope(std::span<int const> categories) const {
    static constexpr int all[] = {-1};
    Scope out(*words_);
    std::lock_guard const lock(making_scope_);
    for (int category : categories.empty() ? std::span<int const>(all) : categories) {
        auto const [at, fresh] = scopes_.try_emplace(category, *words_);
        if (fresh)
            for (auto const& e : entries_) {
                if (category >= 0 && !words_->within(e->category, category)) continue;
                for (auto const& v : e->values) at->second.note(v);
                for (auto const& variant : e->variants)
                    for (auto const& v : variant.values) at->second.note(v);
            }
        out.join(at->second);
    }
    return out;
}

AttributeValue const* CatalogueView::value_of(std::size_t product, std::size_t variant, int attribute) const {
    auto const& e = *entries_[product];
    if (variant < e.variants.size())
        for (auto const& v : e.variants[variant].values)
            if (v.attribute == attribute) return &v;
    for (auto const& v : e.values)
        if (v.attribute == attribute) return &v;
    return nullptr;
}

std::string CatalogueView::value_text(AttributeValue const& value, Locale locale) const {
    auto const& info = words_->attributes[static_cast<std::size_t>(value.attribute)];
    if (value.value >= 0) return info.values[static_cast<std::size_t>(value.value)].in(locale);
    return std::isnan(value.number) ? std::string() : amount_text(value.number, info, locale);
}

std::string CatalogueView::title(std::size_t product, Locale locale) const {
    auto const& data = entries_[product]->data;
    return Label{data.title_en, data.title_zh}.in(locale);
}

std::string plain_number(double value) {
    auto text = fmt::format("{:.2f}", value);
    while (text.back() == '0') text.pop_back();
    if (text.back() == '.') text.pop_back();
    return text == "-0" ? "0" : text;
}

std::string amount_text(double in_base, AttributeInfo const& info, Locale locale) {
    auto const blank = locale == Locale::zh ? "" : " ";
    auto const& base = info.measure.base;
    // People say centimetres where makers store millimetres, and litres where they store millilitres.
    if (base == "mm" && info.unit != "inch") {
        if (std::abs(in_base) < 10 && in_base != 0) return plain_number(in_base) + blank + "mm";
        return std::abs(in_base) >= 10000 ? plain_number(in_base / 1000) + blank + "m" : plain_number(in_base / 10) + blank + "cm";
    }
    if (base == "ml") return std::abs(in_base) >= 1000 ? plain_number(in_base / 1000) + blank + "L" : plain_number(in_base) + blank + "ml";
    if (base == "g") return std::abs(in_base) >= 1000 ? plain_number(in_base / 1000) + blank + "kg" : plain_number(in_base) + blank + "g";
    if (base == "min" && std::abs(in_base) >= 60 && std::fmod(in_base, 60) == 0) return plain_number(in_base / 60) + blank + (locale == Locale::zh ? "小时" : "h");
    auto const number = plain_number(in_base / info.measure.factor);
    return info.unit.empty() ? number : number + blank + info.unit;
}

}  // namespace kindling::dialogue
