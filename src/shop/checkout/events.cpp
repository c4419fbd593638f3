// What happened to the orders of checkouts, noted in the transaction in which it happened, for the agent that prepared them to be told.
#include "core/id.h"
#include "shop/checkout/state.h"

namespace kindling::shop {

Result<void> note_order_event(Context& context, std::string const& order_id, std::string_view event) {
    auto& tx = context.tx();
    std::string checkout;
    Value const values[] = {tx.shop_id(), order_id};
    TRY(tx.run("SELECT checkout_id FROM checkouts WHERE shop_id = ? AND order_id = ? AND order_id <> '' AND webhook_url <> ''", values, [&](Row const& row) -> Result<void> { checkout = row.text(0); return {}; }));
    if (checkout.empty()) return {};
    TRY(tx.execute("INSERT INTO agent_deliveries (shop_id, delivery_id, checkout_id, order_id, event, at_ms, next_at_ms, status) VALUES (?,?,?,?,?,?,?,'due')", tx.shop_id(), new_id("evt"), checkout, order_id, event, context.now, context.now));
    tx.changed("agent_delivery", order_id);
    return {};
}

}  // namespace kindling::shop
