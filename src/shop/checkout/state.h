// shop/checkout/state.h -- internal: a checkout out of the store, judged by the shop as it is now, and back.
#pragma once
#include "shop/checkout/api.h"

namespace kindling::shop {

constexpr Milliseconds checkout_lives_ms = 3'600'000;

std::unexpected<Error> checkout_not_found(std::string_view id);

// As it stands, with its problems and what can be sent how. A checkout whose time has come reads as expired.
Result<Checkout> load_checkout(Context&, std::string_view id);
Result<std::optional<std::string>> checkout_of_order(Transaction&, std::string_view order_id);
// Fills in what the catalogue says of its lines, what promotions take off (or what was promised, when that is more), the ways of sending, the sums, the problems and, from these, the status (unless it is closed).
Result<void> judge(Context&, Checkout&);
// Writes it: lines, contact, extra, sums; as new when there is none of its id.
Result<void> store_checkout(Context&, Checkout const&);
bool is_closed(CheckoutStatus);

}  // namespace kindling::shop
