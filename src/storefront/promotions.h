// storefront/promotions.h -- what shoppers see of promotions: lines of the sum, the entry of codes, what is missing to more, tags on a product's page.
#pragma once
#include "shop/promotions/api.h"
#include "storefront/page.h"

namespace kindling::storefront {

// A row of the sums for each: those off the goods, or, asked with free_shipping, those off the shipping.
Html discounts_html(Visit const&, std::span<shop::promotions::Discount const>, shop::promotions::PromotionKind);
// The field for a code and what became of each that was entered.
Html codes_html(Visit const&, std::span<shop::promotions::CodeTold const>);
// "Add ¥12.00 more to save ¥20.00 (…)."
std::string more_words(Visit const&, shop::promotions::MoreToSave const&);
// The promotions that count for a product, for its page. Empty when there are none, or when they cannot be read: a page without them is still a page.
Html offers_html(Site&, Visit const&, std::string const& product_id);

}  // namespace kindling::storefront
