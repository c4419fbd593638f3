// gateway/agents/ucp/orders.h -- an order in UCP's words: the whole of it as it is now, asked for or told.
#pragma once
#include "gateway/agents/ucp/ucp.h"

namespace kindling::gateway::agents {

// What the operations say of an order that came from a checkout.
struct OrderTold {
    shop::Order order;
    std::vector<shop::ReturnLine> returns;
    shop::Checkout checkout;
};

// Asks on the face's own account: who may know is for the caller to decide. Fails with checkout_not_found, order_not_found.
Result<OrderTold> order_told(Executor&, Call, std::string const& order_id);
json::object ucp_order(shop::Order const&, std::vector<shop::ReturnLine> const&, shop::Checkout const&, std::string const& base, Locale);

}  // namespace kindling::gateway::agents
