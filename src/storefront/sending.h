// storefront/sending.h -- how goods are sent: the choice on the checkout pages, the countries they go to, and the sums that follow the choice.
//
// Every way carries what it comes to (data-*), so that a script (web/store.js) can follow the choice and the country; without scripts the
// server says what does not go together. What the page said is posted with it: the goods, and the fee of each way.
#pragma once
#include "shop/checkout/api.h"
#include "storefront/forms.h"

namespace kindling::storefront {

// What promotions leave of the goods and of a fee.
struct Sums {
    std::int64_t goods_minor = 0, goods_discount_minor = 0;
    std::int64_t shipping_minor = 0, shipping_discount_minor = 0;   // as they were computed: for one way of sending
    std::span<shop::promotions::Discount const> discounts;
    // What is left of another way's fee: free shipping makes every way free, an amount off the shipping comes off each.
    std::int64_t fee_left(std::int64_t fee_minor) const;
    std::int64_t total(std::int64_t fee_minor) const { return goods_minor - goods_discount_minor + fee_left(fee_minor); }
};

// The radio buttons of the ways; nothing where there is but one that goes everywhere. `chosen`: an option_id.
Html ways_html(Visit const&, std::span<shop::ShippingOption const>, std::string_view chosen, Sums const&, std::span<FieldError const> errors);
// The rows of the sums with this fee, as a list of terms; they follow the choice.
Html sums_html(Visit const&, Sums const&, std::int64_t fee_minor);
// The country of an address: the list of those that any way goes to, or a box where every country will do.
Html country_html(Visit const&, std::span<shop::ShippingOption const>, std::string_view value, std::span<FieldError const> errors);
// The way to begin with: the one that was chosen, or the first that goes to the country.
shop::ShippingOption const* way_to_begin_with(std::span<shop::ShippingOption const>, std::string_view chosen, std::string_view country);
// The total that the page said for the way that was chosen there; 0 when it said none.
std::int64_t total_said(Visit const&, std::string_view option_id);

}  // namespace kindling::storefront
