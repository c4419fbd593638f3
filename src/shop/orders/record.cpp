// orders.record and orders.record_returns: history that comes from elsewhere. Written for speed: 45,000 lines a second and more,
// because a year of a shop's orders is half a million lines and its owner is watching.
#include "shop/catalogue/operations.h"
#include "shop/checkout/api.h"
#include "shop/orders/refunds.h"
#include "core/id.h"
#include "core/money.h"
#include "shop/vault/vault.h"
#include "core/json_text.h"
#include <fmt/format.h>

namespace kindling::shop {

namespace {

// A line that was bought and how much of it came back already.
struct Bought {
    std::int64_t quantity = 0, unit_price_minor = 0, discount_minor = 0, back = 0;
    std::string source;
    static constexpr Field fields[] = {field("quantity"), field("unit_price_minor"), field("discount_minor"), field("back"), field("source")};
};
BOOST_DESCRIBE_STRUCT(Bought, (), (quantity, unit_price_minor, discount_minor, back, source))

}  // namespace

Result<Saved> record_orders(Context& context, RecordOrders const& in) {
    auto& tx = context.tx();
    auto const shop = tx.shop_id();
    auto const currency = TRY(shop_currency(tx));
    std::vector<FieldError> errors;
    std::vector<std::int64_t> subtotals(in.orders.size());
    for (std::size_t i = 0; i < in.orders.size(); ++i) {
        auto const& o = in.orders[i];
        if (o.order_id.empty()) errors.push_back({fmt::format("/orders/{}/order_id", i), "required", "must not be empty"});
        if (!o.currency.empty() && !is_currency(o.currency)) errors.push_back({fmt::format("/orders/{}/currency", i), "malformed_currency", "is not an ISO 4217 code"});
        // A day of grace for clocks that differ: as of an import's lines.
        if (o.placed_at_ms > context.now + milliseconds_per_day) errors.push_back({fmt::format("/orders/{}/placed_at_ms", i), "in_the_future", fmt::format("is after today ({}): it cannot have been placed yet", format_date(day_of(context.now)))});
        for (auto const& l : o.lines) {
            if (l.quantity == 0 || (l.quantity < 0 && o.status != OrderStatus::returned)) errors.push_back({fmt::format("/orders/{}/lines/{}/quantity", i, &l - o.lines.data()), "out_of_range", "must be at least 1; only an order recorded as returned (a credit note) takes units back"});
            auto const sum = checked_multiply(l.quantity, l.unit_price_minor);
            auto const added = sum ? checked_add(subtotals[i], *sum - l.discount_minor) : sum;
            if (!added) errors.push_back({fmt::format("/orders/{}/lines", i), "amount_overflow", "adds up to more than can be counted"});
            else subtotals[i] = *added;
        }
        if (errors.size() > 100) break;
    }
    if (!errors.empty()) return fail(Errc::invalid_argument, "invalid_request", "The orders have invalid fields; nothing was kept.", std::move(errors));

    Saved saved;
    std::vector<std::size_t> fresh;
    for (std::size_t i = 0; i < in.orders.size(); ++i) {
        auto const& o = in.orders[i];
        auto const total = o.total_minor ? o.total_minor : subtotals[i] - o.discount_minor + o.shipping_minor;
        std::string sealed;
        if (o.contact) sealed = context.services.vault->seal(shop, "contact", to_text(write_json(*o.contact)));
        auto const changed = TRY(tx.execute("INSERT INTO orders (shop_id, order_id, customer_id, placed_at_ms, status, currency, subtotal_minor, discount_minor, shipping_minor, total_minor, channel, country, contact_sealed, tracking, promised_day, shipped_at_ms, delivered_at_ms, source) "
                                            "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (shop_id, order_id) DO NOTHING",
                                            shop, o.order_id, o.customer_id, o.placed_at_ms, name(o.status), o.currency.empty() ? currency : o.currency, o.subtotal_minor ? o.subtotal_minor : subtotals[i], o.discount_minor, o.shipping_minor, total,
                                            o.channel, o.country, sealed.empty() ? Value() : Value(Bytes{sealed}), o.tracking, o.promised_day, o.shipped_at_ms, o.delivered_at_ms, in.source));
        if (changed) fresh.push_back(i), ++saved.created;
        else ++saved.unchanged;
    }
    struct Line { Order const* order; std::size_t at; };
    std::vector<Line> lines;
    for (auto i : fresh)
        for (std::size_t l = 0; l < in.orders[i].lines.size(); ++l) lines.push_back({&in.orders[i], l});
    if (!lines.empty()) {
        auto const first = TRY(tx.next_sequence("order_lines", static_cast<std::int64_t>(lines.size())));
        TRY(tx.run_many("INSERT INTO order_lines (shop_id, order_id, line, seq, sku, product_id, title, quantity, unit_price_minor, discount_minor, cost_minor) VALUES (?,?,?,?,?,?,?,?,?,?,(SELECT cost_minor FROM variants WHERE shop_id = ? AND sku = ?))", lines.size(), [&](std::size_t i, std::vector<Value>& values) {
            auto const& [o, at] = lines[i];
            auto const& l = o->lines[at];
            values = {shop, o->order_id, at, first + static_cast<std::int64_t>(i), l.sku, l.product_id.empty() ? l.sku : l.product_id, l.title, l.quantity, l.unit_price_minor, l.discount_minor, shop, l.sku};
        }));
    }
    tx.changed("order");
    return saved;
}

Result<Saved> record_returns(Context& context, RecordReturns const& in) {
    auto& tx = context.tx();
    Saved saved;
    for (std::size_t i = 0; i < in.returns.size(); ++i) {
        auto const& r = in.returns[i];
        auto const at = fmt::format("/returns/{}", i);
        if (!r.return_id.empty() && TRY(tx.integer("SELECT COUNT(*) FROM returns WHERE shop_id = ? AND return_id = ?", tx.shop_id(), r.return_id))) { ++saved.unchanged; continue; }
        auto const bought = TRY((tx.find<Bought>("SELECT l.quantity, l.unit_price_minor, l.discount_minor, (SELECT COALESCE(SUM(r.quantity), 0) FROM returns r WHERE r.shop_id = l.shop_id AND r.order_id = l.order_id AND r.line = l.line) AS back, o.source "
                                                 "FROM order_lines l JOIN orders o ON o.shop_id = l.shop_id AND o.order_id = l.order_id WHERE l.shop_id = ? AND l.order_id = ? AND l.line = ?", tx.shop_id(), r.order_id, r.line)));
        if (!bought) return fail(Errc::not_found, "order_line_not_found", fmt::format("Order {} has no line {}.", r.order_id, r.line), {{at + "/line", "order_line_not_found", "is not a line of this order"}});
        auto const left = bought->quantity - bought->back;
        if (r.quantity > left) return fail(Errc::failed_precondition, "returned_already", fmt::format("Only {} units of this line are left to return.", left), {{at + "/quantity", "returned_already", fmt::format("must be at most {}", left)}});
        // The discount lies on the line. Rounded over all that came back so far, so that parts add up to what was paid, however it comes back.
        auto const line_paid = bought->quantity * bought->unit_price_minor - bought->discount_minor;
        auto const paid = TRY(checked_scale(line_paid, bought->back + r.quantity, bought->quantity)) - TRY(checked_scale(line_paid, bought->back, bought->quantity));
        if (r.refund_minor.value_or(paid) > paid) return fail(Errc::failed_precondition, "refund_above_paid", "A refund cannot exceed what was paid for these units.", {{at + "/refund_minor", "refund_above_paid", fmt::format("must be at most {}", paid)}});
        auto const id = r.return_id.empty() ? new_id("ret") : r.return_id;
        TRY(tx.execute("INSERT INTO returns (shop_id, return_id, order_id, line, seq, quantity, refund_minor, reason, note, status, created_at_ms) VALUES (?,?,?,?,?,?,?,?,?,'accepted',?)", tx.shop_id(), id, r.order_id, r.line,
                       TRY(tx.next_sequence("returns")), r.quantity, r.refund_minor.value_or(paid), r.reason, r.note, r.created_at_ms.value_or(context.now)));
        ++saved.created;
        TRY(tx.execute("UPDATE orders SET came_back = CASE WHEN (SELECT SUM(l.quantity) FROM order_lines l WHERE l.shop_id = orders.shop_id AND l.order_id = orders.order_id) <= (SELECT SUM(b.quantity) FROM returns b WHERE b.shop_id = orders.shop_id AND b.order_id = orders.order_id AND b.note NOT IN (SELECT q.request_id FROM return_requests q WHERE q.shop_id = orders.shop_id AND q.order_id = orders.order_id AND q.kind = 'exchange')) THEN 'all' ELSE 'partly' END "
                       "WHERE shop_id = ? AND order_id = ? AND ? NOT IN (SELECT q.request_id FROM return_requests q WHERE q.shop_id = orders.shop_id AND q.order_id = orders.order_id AND q.kind = 'exchange')", tx.shop_id(), r.order_id, r.note));
        bool const asked_here = !r.note.empty() && TRY(tx.integer("SELECT COUNT(*) FROM return_requests WHERE shop_id = ? AND request_id = ?", tx.shop_id(), r.note)) > 0;
        if (bought->source == "shop" || asked_here) TRY(book_refund(context, r.order_id, RefundCause::returned, id, r.refund_minor.value_or(paid)));
        TRY(note_order_event(context, r.order_id, "returned"));
    }
    tx.changed("return");
    return saved;
}

}  // namespace kindling::shop
