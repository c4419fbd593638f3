// payments.settle_refunds, payments.mark_refunded and payments.list_refunds: see api.h.
#include "modules/payments/api.h"
#include "shop/catalogue/operations.h"
#include "shop/page.h"
#include <algorithm>
#include <fmt/format.h>

namespace kindling::payments {

namespace {

using providers::Payment;
using providers::PaymentAction;
using shop::Row, shop::Value;

constexpr Milliseconds first_wait = 60'000, longest_wait = 4 * 3'600'000;

Providers built_in() {
    static auto const all = [] {
        std::vector<std::unique_ptr<providers::PaymentProvider>> made;
        made.push_back(providers::invoice_payment()), made.push_back(providers::test_payment());
        return made;
    }();
    return all;
}

struct Due {
    std::string refund_id, payment_id, provider, state;
    std::int64_t amount_minor = 0, tries = 0;
    std::optional<std::int64_t> refused_at_ms;
    static constexpr Field fields[] = {field("refund_id"), field("payment_id"), field("provider"), field("state"), field("amount_minor"), field("tries"), field("refused_at_ms")};
};
BOOST_DESCRIBE_STRUCT(Due, (), (refund_id, payment_id, provider, state, amount_minor, tries, refused_at_ms))

constexpr std::string_view due_columns = "refund_id, payment_id, provider, state, amount_minor, tries, refused_at_ms";

// Whether asking again may help without anybody's doing.
bool for_now(Error const& e) { return e.code == Errc::unavailable || e.code == Errc::internal; }

bool by_itself(Providers known, std::string_view provider) {
    auto const* p = providers::find_payment(known, provider);
    return p && !p->by_hand();
}

// The payment as its provider knows it: taken whole once it was noted, with the refunds that went through.
Result<Payment> payment_as_kept(shop::Transaction& tx, std::string const& payment_id) {
    Payment out;
    Value const values[] = {tx.shop_id(), payment_id};
    TRY(tx.run("SELECT reference, amount_minor, currency, status FROM payments WHERE shop_id = ? AND payment_id = ?", values, [&](Row const& row) -> Result<void> {
        out.reference = row.text(0), out.amount = {row.integer(1), std::string(row.text(2))};
        if (row.text(3) != "pending" && row.text(3) != "void") out.captured_minor = out.amount.minor, out.status = providers::PaymentStatus::captured;
        return {};
    }));
    TRY(tx.run("SELECT refund_id, amount_minor FROM refunds WHERE shop_id = ? AND payment_id = ? AND state = 'refunded'", values, [&](Row const& row) -> Result<void> {
        out.refunded_minor += row.integer(1), out.applied.push_back({std::string(row.text(0)), PaymentAction::refund, row.integer(1)});
        return {};
    }));
    return out;
}

std::unexpected<Error> no_refund() { return fail(Errc::not_found, "refund_not_found", "There is no such refund.", {{"/refund_id", "refund_not_found", "is not a refund of this shop"}}); }

Result<Settled> settle_refunds(Context& context, SettleRefunds const& in) {
    if (!in.refund_id.empty() && TRY(TRY(context.services.store->read(context.shop_id))->integer("SELECT COUNT(*) FROM refunds WHERE shop_id = ? AND refund_id = ?", context.shop_id, in.refund_id)) == 0) return no_refund();
    return settle_due(context.services, context.shop_id, built_in(), context.now, in.refund_id);
}

Result<Nothing> mark_refunded(Context& context, MarkRefunded const& in) {
    auto& tx = context.tx();
    auto const refund = TRY((tx.find<Due>(fmt::format("SELECT {} FROM refunds WHERE shop_id = ? AND refund_id = ?", due_columns), tx.shop_id(), in.refund_id)));
    if (!refund) return no_refund();
    // Two ways of paying the same money back would be twice.
    if (refund->state == "due" && !refund->refused_at_ms && by_itself(built_in(), refund->provider))
        return fail(Errc::failed_precondition, "refund_by_provider", fmt::format("This payment is paid back by \"{}\" itself; it is under way.", refund->provider), {{"/refund_id", "refund_by_provider", "is paid back by its provider"}});
    if (refund->state == "not_charged" && !in.money_came)
        return fail(Errc::failed_precondition, "refund_not_charged", "No payment of this order was noted, so there is nothing to pay back. If the money came after all and was transferred back, say so with money_came.", {{"/money_came", "refund_not_charged", "must be true for what was not charged"}});
    if (!TRY(shop::settle_refund(tx, in.refund_id, context.caller.id, in.reference, context.now)))
        return fail(Errc::failed_precondition, "refunded_already", "This refund was paid back already.", {{"/refund_id", "refunded_already", "was paid back already"}});
    return Nothing{};
}

struct RefundRow : shop::Refund {
    std::int64_t tries = 0, next_at_ms = 0;
    static constexpr Field fields[] = {{"refund_id"}, {"order_id"}, {"return_id"}, {"cause"}, {"amount_minor"}, {"currency"}, {"state"}, {"provider"}, {"booked_by"}, {"settled_by"}, {"reference"}, {"trouble"}, {"booked_at_ms"}, {"settled_at_ms"}, {"refused_at_ms"}, {"tries"}, {"next_at_ms"}};
};
BOOST_DESCRIBE_STRUCT(RefundRow, (shop::Refund), (tries, next_at_ms))

WaitsFor waits_for(shop::Refund const& r) {
    if (r.state != shop::RefundState::due) return WaitsFor::nobody;
    return r.refused_at_ms ? WaitsFor::refused : by_itself(built_in(), r.provider) ? WaitsFor::provider : WaitsFor::person;
}

// The condition on a row of refunds for whom it waits, with its values.
std::string condition(WaitsFor who, std::vector<Value>& values) {
    if (who == WaitsFor::nobody) return "state <> 'due'";
    if (who == WaitsFor::refused) return "state = 'due' AND refused_at_ms IS NOT NULL";
    std::string marks;
    for (auto const& p : built_in())
        if (!p->by_hand()) marks += marks.empty() ? "?" : ", ?", values.emplace_back(p->name());
    return fmt::format("state = 'due' AND refused_at_ms IS NULL AND provider {} ({})", who == WaitsFor::provider ? "IN" : "NOT IN", marks);
}

Result<RefundPage> list_refunds(Context& context, ListRefunds const& in) {
    auto& tx = context.tx();
    auto const keys = TRY(shop::read_page_token("refunds", in.page_token, 2));
    auto const currency = TRY(shop::shop_currency(tx));
    RefundPage out{.refunds = {}, .total = 0, .due = 0, .due_minor = 0, .by_person = 0, .refused = 0, .currency = currency, .next_page_token = {}};
    Value const shop[] = {tx.shop_id()};
    TRY(tx.run("SELECT provider, currency, COUNT(refused_at_ms), COUNT(*), SUM(amount_minor) FROM refunds WHERE shop_id = ? AND state = 'due' GROUP BY provider, currency", shop, [&](Row const& row) -> Result<void> {
        auto const refused = row.integer(2), due = row.integer(3);
        out.due += due, out.refused += refused;
        if (row.text(1) == currency) out.due_minor += row.integer(4);
        if (!by_itself(built_in(), row.text(0))) out.by_person += due - refused;
        return {};
    }));
    std::string where = "shop_id = ?";
    std::vector<Value> values{tx.shop_id()};
    if (in.state) where += " AND state = ?", values.emplace_back(name(*in.state));
    if (in.waits_for) where += " AND " + condition(*in.waits_for, values);
    TRY(tx.run("SELECT COUNT(*) FROM refunds WHERE " + where, values, [&](Row const& row) -> Result<void> { out.total = row.integer(0); return {}; }));
    bool const oldest_first = in.state == shop::RefundState::due;
    if (!keys.empty()) where += fmt::format(" AND (booked_at_ms, refund_id) {} (?, ?)", oldest_first ? ">" : "<"), values.emplace_back(static_cast<std::int64_t>(std::atoll(keys[0].c_str()))), values.emplace_back(keys[1]);
    values.emplace_back(in.page_size + 1);
    auto const rows = TRY(tx.select_with<RefundRow>(fmt::format("SELECT {}, tries, next_at_ms FROM refunds WHERE {} ORDER BY booked_at_ms {}, refund_id {} LIMIT ?", shop::refund_columns, where, oldest_first ? "ASC" : "DESC", oldest_first ? "ASC" : "DESC"), values));
    for (auto const& r : rows) {
        if (out.refunds.size() == static_cast<std::size_t>(in.page_size)) {
            auto const& last_row = out.refunds.back().refund;
            std::string const last[] = {std::to_string(last_row.booked_at_ms), last_row.refund_id};
            out.next_page_token = shop::page_token("refunds", last);
            break;
        }
        ListedRefund line{.refund = r, .waits_for = waits_for(r), .tries = r.tries, .next_at_ms = {}};
        if (line.waits_for == WaitsFor::provider && r.tries > 0) line.next_at_ms = r.next_at_ms;
        out.refunds.push_back(std::move(line));
    }
    return out;
}

}  // namespace

Result<Settled> settle_due(shop::Services& services, std::int64_t shop_id, Providers known, Milliseconds now, std::string const& only) {
    Settled out;
    std::vector<Due> all;
    if (only.empty()) {
        auto const tx = TRY(services.store->read(shop_id));
        all = TRY((tx->select<Due>(fmt::format("SELECT {} FROM refunds WHERE shop_id = ? AND state = 'due' AND refused_at_ms IS NULL AND next_at_ms <= ? ORDER BY booked_at_ms, refund_id", due_columns), shop_id, now)));
    } else {
        // It is under way again from here on, so that nobody marks it as transferred while its provider pays.
        auto const tx = TRY(services.store->write(shop_id));
        TRY(tx->execute("UPDATE refunds SET refused_at_ms = NULL WHERE shop_id = ? AND refund_id = ? AND state = 'due'", shop_id, only));
        all = TRY((tx->select<Due>(fmt::format("SELECT {} FROM refunds WHERE shop_id = ? AND state = 'due' AND refund_id = ?", due_columns), shop_id, only)));
        TRY(tx->commit());
    }
    for (auto const& due : all) {
        auto* const provider = providers::find_payment(known, due.provider);
        if (!provider || provider->by_hand()) { ++out.by_hand; continue; }
        auto const payment = TRY(payment_as_kept(*TRY(services.store->read(shop_id)), due.payment_id));
        auto const paid_back = provider->refund(payment, {due.refund_id, due.amount_minor});  // may take seconds: no transaction is open
        auto const tx = TRY(services.store->write(shop_id));
        if (paid_back) out.refunded += TRY(shop::settle_refund(*tx, due.refund_id, "payments", paid_back->reference, now));
        else if (!for_now(paid_back.error())) {
            ++out.refused;
            TRY(tx->execute("UPDATE refunds SET tries = tries + 1, refused_at_ms = ?, trouble = ? WHERE shop_id = ? AND refund_id = ? AND state = 'due'", now, paid_back.error().message, shop_id, due.refund_id));
        } else {
            ++out.failed;
            auto const wait = std::min(longest_wait, first_wait << std::min<std::int64_t>(due.tries, 10));
            TRY(tx->execute("UPDATE refunds SET tries = tries + 1, next_at_ms = ?, trouble = ? WHERE shop_id = ? AND refund_id = ? AND state = 'due'", now + wait, paid_back.error().message, shop_id, due.refund_id));
        }
        TRY(tx->commit());
    }
    return out;
}

Result<std::int64_t> queue_due(shop::Store& store, Milliseconds now) {
    std::vector<std::int64_t> shops;
    {
        auto const tx = TRY(store.read(0));
        TRY(tx->run("SELECT shop_id FROM shops ORDER BY shop_id", {}, [&](Row const& row) -> Result<void> { shops.push_back(row.integer(0)); return {}; }));
    }
    auto const due = [&](shop::Transaction& tx) -> Result<bool> {
        bool waits = false;
        Value const values[] = {tx.shop_id(), now};
        TRY(tx.run("SELECT DISTINCT provider FROM refunds WHERE shop_id = ? AND state = 'due' AND refused_at_ms IS NULL AND next_at_ms <= ?", values, [&](Row const& row) -> Result<void> {
            waits = waits || by_itself(built_in(), row.text(0));
            return {};
        }));
        return waits && TRY(tx.integer("SELECT COUNT(*) FROM jobs WHERE shop_id = ? AND operation = 'payments.settle_refunds' AND (state = 'queued' OR state = 'running')", tx.shop_id())) == 0;
    };
    std::int64_t queued = 0;
    for (auto const shop : shops) {
        if (!TRY(due(*TRY(store.read(shop))))) continue;
        auto const tx = TRY(store.write(shop));
        if (!TRY(due(*tx))) continue;  // another server was faster
        TRY(shop::queue_settling(*tx, now));
        TRY(tx->commit());
        ++queued;
    }
    return queued;
}

std::vector<Operation> operations() {
    return {
        operation({.name = "payments.settle_refunds", .scenario = "26", .summary = {"Pay back what is due through the payments' providers; repeated calls pay nothing twice.", "通过原支付方式退还应退款项；重复执行不会重复退款。"}, .effect = Effect::act, .permission = "orders.write", .reasons = {"refund_not_found"}, .length = Length::long_}, &settle_refunds),
        operation({.name = "payments.mark_refunded", .scenario = "26", .summary = {"Say that a refund was transferred by hand.", "标记退款已人工转账。"}, .effect = Effect::act, .permission = "orders.write", .reasons = {"refund_not_found", "refund_by_provider", "refund_not_charged", "refunded_already"}}, &mark_refunded),
        operation({.name = "payments.list_refunds", .scenario = "26", .summary = {"Refunds across all orders: what is due and whose move it is, what a provider refused and why, what was paid back.", "所有订单的退款：待退金额及由谁处理、被支付方拒绝的及原因、已退款。"}, .permission = "orders.read"}, &list_refunds),
    };
}

}  // namespace kindling::payments
