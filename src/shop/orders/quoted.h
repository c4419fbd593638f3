// shop/orders/quoted.h -- what baskets, orders and promotions ask of each other, and the guide of them.
#pragma once
#include "shop/orders/api.h"
#include "shop/promotions/api.h"

namespace kindling::shop {

// Codes entered into an open basket, normalised.
Result<std::vector<std::string>> basket_codes(Transaction&, std::string_view basket_id);
// All codes that are entered into an open basket from now on. Fails with basket_not_found.
Result<void> keep_basket_codes(Context&, std::string const& basket_id, std::span<std::string const> codes);

}  // namespace kindling::shop
