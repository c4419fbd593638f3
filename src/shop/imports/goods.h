// shop/imports/goods.h -- products made from what was sold, for lists of orders that come without a catalogue.
#pragma once
#include "shop/imports/outcome.h"
#include <set>

namespace kindling::shop::imports {

// Collects titles and prices by SKU while lines pass, and makes the products that the shop does not have. Memory: a few hundred bytes a SKU.
// Titles: the most frequent one (the first among equals); prices: that of the latest sale.
class Goods {
public:
    explicit Goods(Style style) : style_(style) {}
    void see(std::string_view sku, std::string_view title, std::int64_t price_minor, std::int64_t at_ms, bool sale);
    Result<void> save(Work&);

private:
    struct Good {
        std::vector<std::pair<std::string, std::int64_t>> titles;  // with how often; at most 8 are told apart
        std::int64_t price_minor = 0, priced_at_ms = std::numeric_limits<std::int64_t>::min();
    };
    Result<void> save_categories_of(Work&, std::set<std::string_view>& used);  // those the shop lacks; empties it
    Style style_;
    std::unordered_map<std::string, Good> goods_;
};

// "WHITE HANGING HEART T-LIGHT HOLDER" -> "White Hanging Heart T-Light Holder". Text with lower-case letters stays as it is.
std::string title_case(std::string_view);
// Codes of Online Retail that stand for no goods: postage, discounts, manual entries, fees, samples, vouchers.
bool is_no_good(std::string_view stock_code);

struct KeywordCategory {
    std::string_view id, en, zh, words;  // words in lower case between blanks; a word matches a whole word of the title or its plural
};
// A heuristic, so that a shop without categories can be browsed: the first row whose word is in the title wins.
std::span<KeywordCategory const> keyword_categories();
KeywordCategory const& category_by_keyword(std::string_view title);

}  // namespace kindling::shop::imports
