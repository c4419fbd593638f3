// modules/selection/shelf_row.h -- from what the engine ranks to what a shopper is shown: goods on sale with price, stock, rating and a reason.
#pragma once
#include "modules/selection/api.h"
#include "shop/catalogue/api.h"
#include <map>

namespace kindling::selection {

struct Opinion {
    double rating = 0;
    std::int64_t reviews = 0;
};
// Published reviews of these products.
Result<std::map<std::string, Opinion, std::less<>>> opinions(shop::Transaction&, std::span<std::string const> product_ids);

// Units that can be sold now over all variants; `not_kept` when no variant's stock is kept.
inline constexpr std::int64_t not_kept = 1'000'000;
std::int64_t units_of(shop::Product const&);
// What is left of the price of the variant that is sold first; 0 where the cost is not known.
float margin_of(shop::Product const&);

Recommended row_of(shop::Product const&, Opinion const&, Locale);
// The sentence for a reason; `because` is the title of the product that led to it.
std::string sentence(ReasonKind, std::string_view because, Locale);

}  // namespace kindling::selection
