// shop/orders/terms.h -- an order at terms that were promised before: for checkouts, whose prices are locked.
#pragma once
#include "shop/orders/api.h"
#include "shop/promotions/api.h"

namespace kindling::shop {

struct Terms {
    std::vector<std::int64_t> unit_price_minor;  // one for each of PlaceOrder::lines
    std::int64_t shipping_minor = 0, shipping_discount_minor = 0;
    std::vector<std::int64_t> line_discount_minor;   // one for each line
    std::vector<promotions::Discount> discounts;     // whose uses are counted
    std::optional<Day> promised_day;                 // by which it arrives, in the shop's time zone
};

// As place_order, but charging what `terms` say. Every check of place_order holds: goods must still be on sale and in stock.
Result<PlacedOrder> place_at(Context&, PlaceOrder const&, Terms const&);
// Refused with invalid_request or payment_not_available when the shop does not take this payment.
Result<void> check_payment(Transaction&, std::string_view payment);

}  // namespace kindling::shop
