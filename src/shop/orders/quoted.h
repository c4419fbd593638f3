// shop/orders/quoted.h -- what baskets, orders and promotions ask of each other, and the guide of them.
#pragma once
#include "shop/orders/api.h"
#include "shop/promotions/api.h"

namespace kindling::shop {

// Until carriers are connected: one fee, free from an amount, both settings of the shop.
Result<std::int64_t> usual_shipping(Transaction&, std::int64_t subtotal_minor);
// Codes entered into an open basket, normalised.
Result<std::vector<std::string>> basket_codes(Transaction&, std::string_view basket_id);

}  // namespace kindling::shop
