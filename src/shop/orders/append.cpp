// append_order_lines: what an import needs when the lines of one order do not stand together. Not an operation: people do not
// add lines to orders that were paid.
#include "core/money.h"
#include "shop/orders/api.h"
#include <fmt/format.h>

namespace kindling::shop {

Result<void> append_order_lines(Context& context, std::span<Order const> orders) {
    auto& tx = context.tx();
    auto const shop = tx.shop_id();
    for (auto const& o : orders) {
        if (o.lines.empty()) continue;
        std::int64_t sum = o.shipping_minor;
        for (auto const& l : o.lines) sum = TRY(checked_add(sum, TRY(checked_multiply(l.quantity, l.unit_price_minor)) - l.discount_minor));
        auto const found = TRY(tx.execute("UPDATE orders SET subtotal_minor = subtotal_minor + ?, shipping_minor = shipping_minor + ?, "
                                          "total_minor = CASE WHEN total_minor = subtotal_minor - discount_minor + shipping_minor THEN total_minor + ? ELSE total_minor END WHERE shop_id = ? AND order_id = ?", sum - o.shipping_minor, o.shipping_minor, sum, shop, o.order_id));
        if (found == 0) return fail(Errc::not_found, "order_not_found", fmt::format("There is no order \"{}\".", o.order_id));
        auto const line = TRY(tx.integer("SELECT COALESCE(MAX(line) + 1, 0) FROM order_lines WHERE shop_id = ? AND order_id = ?", shop, o.order_id));
        auto const first = TRY(tx.next_sequence("order_lines", static_cast<std::int64_t>(o.lines.size())));
        TRY(tx.run_many("INSERT INTO order_lines (shop_id, order_id, line, seq, sku, product_id, title, quantity, unit_price_minor, discount_minor, cost_minor) VALUES (?,?,?,?,?,?,?,?,?,?,(SELECT cost_minor FROM variants WHERE shop_id = ? AND sku = ?))", o.lines.size(), [&](std::size_t i, std::vector<Value>& values) {
            auto const& l = o.lines[i];
            auto const n = static_cast<std::int64_t>(i);
            values = {shop, o.order_id, line + n, first + n, l.sku, l.product_id.empty() ? l.sku : l.product_id, l.title, l.quantity, l.unit_price_minor, l.discount_minor, shop, l.sku};
        }));
    }
    tx.changed("order");
    return {};
}

}  // namespace kindling::shop
