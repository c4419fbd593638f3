// gateway/agents/ucp/orders.h -- an order in UCP's words: the whole of it as it is now, asked for or told.
#pragma once
#include "gateway/agents/ucp/ucp.h"
#include "shop/orders/returns.h"

namespace kindling::gateway::agents {

// What the operations say of an order that came from a checkout.
struct OrderTold {
    shop::Order order;
    std::vector<shop::ReturnLine> returns;
    std::vector<shop::RequestLine> asked;  // what the shop did not agree to, or not yet
    std::int64_t refunded_minor = 0;  // paid back so far
    shop::Checkout checkout;
};

// Whether its goods left the shop: they are on the way, with the buyer, or were.
inline bool has_left(shop::OrderStatus s) { return s != shop::OrderStatus::placed && s != shop::OrderStatus::paid && s != shop::OrderStatus::cancelled; }
// Of a request that the shop did not accept: its kind and what became of it, in the words that both protocols share.
inline std::string_view adjustment_type(shop::RequestLine const& r) { return r.kind == "exchange" ? "exchange" : "return"; }
inline std::string_view adjustment_status(shop::RequestLine const& r) { return r.status == "refused" ? "failed" : "pending"; }

// Asks on the face's own account: who may know is for the caller to decide. Fails with checkout_not_found, order_not_found.
Result<OrderTold> order_told(Executor&, Call, std::string const& order_id);
json::object ucp_order(OrderTold const&, std::string const& base, Locale);

}  // namespace kindling::gateway::agents
