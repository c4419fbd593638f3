// See refunds.h.
#include "shop/orders/refunds.h"
#include "core/id.h"
#include "shop/jobs/jobs.h"
#include <boost/json.hpp>
#include <algorithm>
#include <fmt/format.h>

namespace kindling::shop {

namespace {

struct Paid {
    std::string payment_id, provider, status, currency;
    std::int64_t amount_minor = 0, booked_minor = 0;
    static constexpr Field fields[] = {field("payment_id"), field("provider"), field("status"), field("currency"), field("amount_minor"), field("booked_minor")};
};
BOOST_DESCRIBE_STRUCT(Paid, (), (payment_id, provider, status, currency, amount_minor, booked_minor))

// The order's payments, the largest first, with what is booked to go back by each. None: the order was recorded from elsewhere.
Result<std::vector<Paid>> payments_of(Transaction& tx, std::string const& order_id) {
    return tx.select<Paid>("SELECT payment_id, provider, status, currency, amount_minor, (SELECT COALESCE(SUM(r.amount_minor), 0) FROM refunds r WHERE r.shop_id = payments.shop_id AND r.payment_id = payments.payment_id AND r.state <> 'not_charged') AS booked_minor FROM payments WHERE shop_id = ? AND order_id = ? ORDER BY amount_minor DESC, payment_id", tx.shop_id(), order_id);
}

bool charged(std::string_view payment_status) { return payment_status != "pending" && payment_status != "void"; }

Result<void> follow(Transaction& tx, std::string const& payment_id) {
    TRY(tx.execute("UPDATE payments SET status = CASE WHEN EXISTS (SELECT 1 FROM refunds r WHERE r.shop_id = payments.shop_id AND r.payment_id = payments.payment_id AND r.state = 'due') THEN 'refund_due' "
                   "WHEN (SELECT COALESCE(SUM(r.amount_minor), 0) FROM refunds r WHERE r.shop_id = payments.shop_id AND r.payment_id = payments.payment_id AND r.state = 'refunded') >= amount_minor THEN 'refunded' "
                   "WHEN EXISTS (SELECT 1 FROM refunds r WHERE r.shop_id = payments.shop_id AND r.payment_id = payments.payment_id AND r.state = 'refunded') THEN 'partly_refunded' ELSE status END WHERE shop_id = ? AND payment_id = ?", tx.shop_id(), payment_id));
    return {};
}

}  // namespace

Result<void> queue_settling(Transaction& tx, Milliseconds now) {
    TRY(queue_job(tx, "payments.settle_refunds", json::object{}, {.kind = Caller::Kind::system, .id = "payments", .role = "system", .permissions = {"orders.write"}}, now));
    return {};
}

Result<void> book_refund(Context& context, std::string const& order_id, RefundCause cause, std::string const& return_id, std::int64_t amount_minor) {
    if (amount_minor <= 0) return {};
    auto& tx = context.tx();
    auto const payments = TRY(payments_of(tx, order_id));
    std::string currency;
    Value const order[] = {tx.shop_id(), order_id};
    TRY(tx.run("SELECT currency FROM orders WHERE shop_id = ? AND order_id = ?", order, [&](Row const& row) -> Result<void> { currency = row.text(0); return {}; }));
    bool by_provider = false;
    auto const book = [&](Paid const& by, std::int64_t amount, RefundState state) -> Result<void> {
        TRY(tx.execute("INSERT INTO refunds (shop_id, refund_id, order_id, payment_id, provider, cause, return_id, amount_minor, currency, state, booked_by, booked_at_ms) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", tx.shop_id(), new_id("rfd"), order_id, by.payment_id, by.provider, name(cause), return_id, amount, by.currency.empty() ? currency : by.currency, name(state), context.caller.id, context.now));
        by_provider = by_provider || (state == RefundState::due && !by.provider.empty() && by.provider != "invoice");
        return follow(tx, by.payment_id);
    };
    auto left = amount_minor;
    for (auto const& p : payments)
        if (auto const part = charged(p.status) ? std::min(left, p.amount_minor - p.booked_minor) : 0; part > 0) TRY(book(p, part, RefundState::due)), left -= part;
    // What was never charged makes the bill smaller; what no payment that we know of covers, a person has to look at.
    if (left > 0) {
        auto const open = std::ranges::find_if(payments, [](Paid const& p) { return !charged(p.status); });
        TRY(open != payments.end() ? book(*open, left, RefundState::not_charged) : book({}, left, RefundState::due));
    }
    tx.changed("order", order_id);
    // One waiting job settles whatever is due by then.
    if (by_provider && TRY(tx.integer("SELECT COUNT(*) FROM jobs WHERE shop_id = ? AND operation = 'payments.settle_refunds' AND state = 'queued'", tx.shop_id())) == 0) TRY(queue_settling(tx, context.now));
    return {};
}

Result<void> book_cancelled(Context& context, std::string const& order_id) {
    auto& tx = context.tx();
    TRY(tx.execute("UPDATE payments SET status = 'void' WHERE shop_id = ? AND order_id = ? AND status = 'pending'", tx.shop_id(), order_id));
    auto const paid = TRY(tx.integer("SELECT COALESCE(SUM(amount_minor), 0) FROM payments WHERE shop_id = ? AND order_id = ? AND status <> 'void'", tx.shop_id(), order_id));
    auto const booked = TRY(tx.integer("SELECT COALESCE(SUM(amount_minor), 0) FROM refunds WHERE shop_id = ? AND order_id = ? AND state <> 'not_charged'", tx.shop_id(), order_id));
    if (paid > 0) return book_refund(context, order_id, RefundCause::cancelled, "", paid - booked);
    // So that the buyer reads that nothing is owed either way.
    auto const unpaid = TRY(tx.integer("SELECT COALESCE(SUM(amount_minor), 0) FROM payments WHERE shop_id = ? AND order_id = ?", tx.shop_id(), order_id));
    return book_refund(context, order_id, RefundCause::cancelled, "", unpaid);
}

Result<Refunds> refunds_of(Transaction& tx, std::string const& order_id) {
    Refunds out{TRY((tx.select<Refund>(fmt::format("SELECT {} FROM refunds WHERE shop_id = ? AND order_id = ? ORDER BY booked_at_ms, refund_id", refund_columns), tx.shop_id(), order_id)))};
    for (auto const& r : out.refunds)
        if (r.state != RefundState::not_charged) (r.state == RefundState::refunded ? out.refunded_minor : out.due_minor) += r.amount_minor;
    return out;
}

Result<bool> settle_refund(Transaction& tx, std::string const& refund_id, std::string_view by, std::string_view reference, Milliseconds now) {
    std::string payment, order;
    Value const values[] = {tx.shop_id(), refund_id};
    TRY(tx.run("SELECT payment_id, order_id FROM refunds WHERE shop_id = ? AND refund_id = ?", values, [&](Row const& row) -> Result<void> { payment = row.text(0), order = row.text(1); return {}; }));
    if (TRY(tx.execute("UPDATE refunds SET state = 'refunded', settled_by = ?, settled_at_ms = ?, reference = ?, trouble = '', refused_at_ms = NULL WHERE shop_id = ? AND refund_id = ? AND state <> 'refunded'", by, now, reference, tx.shop_id(), refund_id)) == 0) return false;
    TRY(follow(tx, payment));
    tx.changed("order", order);
    return true;
}

}  // namespace kindling::shop
