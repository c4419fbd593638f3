// payments.settle_refunds and payments.mark_refunded: see api.h.
#include "modules/payments/api.h"
#include "shop/orders/refunds.h"
#include <algorithm>
#include <boost/json.hpp>
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
    static constexpr Field fields[] = {field("refund_id"), field("payment_id"), field("provider"), field("state"), field("amount_minor"), field("tries")};
};
BOOST_DESCRIBE_STRUCT(Due, (), (refund_id, payment_id, provider, state, amount_minor, tries))

constexpr std::string_view due_columns = "refund_id, payment_id, provider, state, amount_minor, tries";

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

Result<Settled> settle_refunds(Context& context, Nothing const&) { return settle_due(context.services, context.shop_id, built_in(), context.now); }

Result<Nothing> mark_refunded(Context& context, MarkRefunded const& in) {
    auto& tx = context.tx();
    auto const refund = TRY((tx.find<Due>(fmt::format("SELECT {} FROM refunds WHERE shop_id = ? AND refund_id = ?", due_columns), tx.shop_id(), in.refund_id)));
    if (!refund) return fail(Errc::not_found, "refund_not_found", "There is no such refund.", {{"/refund_id", "refund_not_found", "is not a refund of this shop"}});
    // Two ways of paying the same money back would be twice.
    if (auto const* provider = providers::find_payment(built_in(), refund->provider); provider && !provider->by_hand() && refund->state == "due")
        return fail(Errc::failed_precondition, "refund_by_provider", fmt::format("This payment is paid back by \"{}\" itself; it is under way.", refund->provider), {{"/refund_id", "refund_by_provider", "is paid back by its provider"}});
    if (!TRY(shop::settle_refund(tx, in.refund_id, context.caller.id, in.reference, context.now)))
        return fail(Errc::failed_precondition, "refunded_already", "This refund was paid back already.", {{"/refund_id", "refunded_already", "was paid back already"}});
    return Nothing{};
}

}  // namespace

Result<Settled> settle_due(shop::Services& services, std::int64_t shop_id, Providers known, Milliseconds now) {
    Settled out;
    std::vector<Due> all;
    {
        auto const tx = TRY(services.store->read(shop_id));
        all = TRY((tx->select<Due>(fmt::format("SELECT {} FROM refunds WHERE shop_id = ? AND state = 'due' AND next_at_ms <= ? ORDER BY booked_at_ms, refund_id", due_columns), shop_id, now)));
    }
    for (auto const& due : all) {
        auto* const provider = providers::find_payment(known, due.provider);
        if (!provider || provider->by_hand()) { ++out.by_hand; continue; }
        auto const payment = TRY(payment_as_kept(*TRY(services.store->read(shop_id)), due.payment_id));
        auto const paid_back = provider->refund(payment, {due.refund_id, due.amount_minor});  // may take seconds: no transaction is open
        auto const tx = TRY(services.store->write(shop_id));
        if (paid_back) out.refunded += TRY(shop::settle_refund(*tx, due.refund_id, "payments", paid_back->reference, now));
        else {
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
        TRY(tx.run("SELECT DISTINCT provider FROM refunds WHERE shop_id = ? AND state = 'due' AND next_at_ms <= ?", values, [&](Row const& row) -> Result<void> {
            auto const* provider = providers::find_payment(built_in(), row.text(0));
            waits = waits || (provider && !provider->by_hand());
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
        operation({.name = "payments.settle_refunds", .scenario = "26", .summary = {"Pay back what is due through the payments' providers; repeated calls pay nothing twice.", "通过原支付方式退还应退款项；重复执行不会重复退款。"}, .effect = Effect::act, .permission = "orders.write", .length = Length::long_}, &settle_refunds),
        operation({.name = "payments.mark_refunded", .scenario = "26", .summary = {"Say that a refund was transferred by hand.", "标记退款已人工转账。"}, .effect = Effect::act, .permission = "orders.write", .reasons = {"refund_not_found", "refund_by_provider", "refunded_already"}}, &mark_refunded),
    };
}

}  // namespace kindling::payments
