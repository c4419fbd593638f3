// gateway/agents/ucp/orders.h -- an order in UCP's words: the whole of it as it is now, asked for or told.
#pragma once
#include "gateway/agents/ucp/ucp.h"

namespace kindling::gateway::agents {

// A buyer asked to send something back; the shop has not agreed.
struct AskedReturn {
    std::string request_id, reason;
    std::int64_t line = 0, quantity = 0, created_at_ms = 0;
    bool exchange = false, refused = false;
};

// What the operations say of an order that came from a checkout.
struct OrderTold {
    shop::Order order;
    std::vector<shop::ReturnLine> returns;
    std::vector<AskedReturn> asked;
    std::int64_t refunded_minor = 0;  // paid back so far
    shop::Checkout checkout;
};

// Asks on the face's own account: who may know is for the caller to decide. Fails with checkout_not_found, order_not_found.
Result<OrderTold> order_told(Executor&, Call, std::string const& order_id);
json::object ucp_order(OrderTold const&, std::string const& base, Locale);

}  // namespace kindling::gateway::agents
