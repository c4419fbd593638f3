// Money goes back once: whatever fails, is repeated, or is lost on the way.
#include "modules/payments/api.h"
#include "core/random.h"
#include "shop/orders/refunds.h"
#include "shop/shop_for_test.h"
#include <map>

namespace kindling::payments {
namespace {

constexpr Milliseconds start = 1'700'000'000'000;

// A company: keeps by key what it paid back, sometimes answers nothing before it did, sometimes after.
class Company final : public providers::PaymentProvider {
public:
    explicit Company(Random random) : random_(random) {}
    std::string_view name() const override { return "company"; }
    bool by_hand() const override { return false; }
    Result<providers::Payment> authorise(providers::PaymentRequest const&) override { return fail(Errc::internal, "internal", "not asked here"); }
    Result<providers::Payment> capture(providers::Payment const&, providers::PaymentChange const&) override { return fail(Errc::internal, "internal", "not asked here"); }
    Result<providers::Payment> release(providers::Payment const&, std::string_view) override { return fail(Errc::internal, "internal", "not asked here"); }
    Result<providers::Payment> refund(providers::Payment const& payment, providers::PaymentChange const& in) override {
        ++calls;
        if (refuses) return fail(Errc::failed_precondition, "account_closed", "The buyer's account is closed.");
        if (random_.chance(0.3)) return fail(Errc::unavailable, "unavailable", "no answer");
        paid.emplace(in.idempotency_key, in.amount_minor);
        if (random_.chance(0.3)) return fail(Errc::unavailable, "unavailable", "the answer was lost");
        auto out = payment;
        out.refunded_minor += in.amount_minor;
        return out;
    }
    std::map<std::string, std::int64_t> paid;
    int calls = 0;
    bool refuses = false;

private:
    Random random_;
};

struct Shop : shop::test::ShopOnDisk {
    Shop() : ShopOnDisk("payments") {}
    void order(std::string const& id, std::string const& provider, std::string const& status, std::int64_t quantity) {
        auto tx = std::move(*services.store->write(1));
        Context context{.services = services, .open = tx.get(), .caller = {.kind = Caller::Kind::system, .id = "t", .permissions = {"*"}}, .now = start};
        ASSERT_TRUE(shop::record_orders(context, {{{.order_id = id, .placed_at_ms = start, .status = shop::OrderStatus::delivered, .lines = {{"A", "a", "A", quantity, 333, 1}}}}, "shop"}));
        ASSERT_TRUE(tx->execute("INSERT INTO payments (shop_id, payment_id, order_id, provider, amount_minor, currency, status, at_ms) VALUES (1,?,?,?,?,'CNY',?,?)", "pay_" + id, id, provider, quantity * 333 - 1, status, start));
        ASSERT_TRUE(tx->commit());
    }
    void pay(std::string const& id, std::string const& payment, std::string const& provider, std::string const& status, std::int64_t amount) {
        auto tx = std::move(*services.store->write(1));
        ASSERT_TRUE(tx->execute("INSERT INTO payments (shop_id, payment_id, order_id, provider, amount_minor, currency, status, at_ms) VALUES (1,?,?,?,?,'CNY',?,?)", payment, id, provider, amount, status, start));
        ASSERT_TRUE(tx->execute("UPDATE orders SET total_minor = total_minor + ? WHERE order_id = ?", amount, id));
        ASSERT_TRUE(tx->commit());
    }
    void cancel(std::string const& id) {
        auto tx = std::move(*services.store->write(1));
        Context context{.services = services, .open = tx.get(), .caller = {.kind = Caller::Kind::system, .id = "staff", .permissions = {"*"}}, .now = start};
        ASSERT_TRUE(shop::book_cancelled(context, id));
        ASSERT_TRUE(tx->commit());
    }
    void back(std::string const& id, std::int64_t quantity) {
        auto tx = std::move(*services.store->write(1));
        Context context{.services = services, .open = tx.get(), .caller = {.kind = Caller::Kind::system, .id = "staff", .permissions = {"*"}}, .now = start};
        ASSERT_TRUE(shop::record_returns(context, {{{.order_id = id, .quantity = quantity}}}));
        ASSERT_TRUE(tx->commit());
    }
    std::string payment(std::string const& id) {
        std::string out;
        auto const payment_id = "pay_" + id;
        shop::Value const values[] = {payment_id};
        EXPECT_TRUE((*services.store->read(1))->run("SELECT status FROM payments WHERE payment_id = ?", values, [&](shop::Row const& row) -> Result<void> { out = row.text(0); return {}; }));
        return out;
    }
    shop::Refunds refunds(std::string const& id) { return *shop::refunds_of(**services.store->read(1), id); }
};

TEST(Refunds, GoBackOnceWhateverFails) {
    Random random(20261127);
    for (int round = 0; round < 12; ++round) {
        Shop shop;
        std::vector<std::unique_ptr<providers::PaymentProvider>> known;
        known.push_back(std::make_unique<Company>(random.stream("company", static_cast<std::uint64_t>(round))));
        auto& company = static_cast<Company&>(*known[0]);
        auto const quantity = 1 + static_cast<std::int64_t>(random.below(5));
        shop.order("o", "company", "succeeded", quantity);
        auto now = start;
        for (std::int64_t left = quantity; left > 0;) {
            auto const some = 1 + static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(left)));
            shop.back("o", some), left -= some;
            EXPECT_EQ(shop.payment("o"), "refund_due");
            if (random.chance(0.5)) {
                ASSERT_TRUE(settle_due(shop.services, 1, known, now));
            }
        }
        for (int i = 0; i < 200 && shop.refunds("o").due_minor > 0; ++i) ASSERT_TRUE(settle_due(shop.services, 1, known, now += 4 * 3'600'000));
        auto const calls = company.calls;
        ASSERT_TRUE(settle_due(shop.services, 1, known, now));
        EXPECT_EQ(company.calls, calls) << "what is settled is not asked for again";
        std::int64_t paid = 0;
        for (auto const& [key, amount] : company.paid) paid += amount;
        EXPECT_EQ(paid, quantity * 333 - 1);
        EXPECT_EQ(shop.refunds("o").refunded_minor, paid);
        EXPECT_EQ(company.paid.size(), shop.refunds("o").refunds.size());
        EXPECT_EQ(shop.payment("o"), "refunded");
    }
}

TEST(Refunds, APaymentOfNobodyHereWaitsForAPersonWhoSaysItOnce) {
    Shop shop;
    std::vector<std::unique_ptr<providers::PaymentProvider>> const nobody;
    shop.order("o", "company", "succeeded", 2);
    shop.back("o", 1);
    auto const waiting = settle_due(shop.services, 1, nobody, start);
    ASSERT_TRUE(waiting);
    EXPECT_EQ(waiting->by_hand, 1) << "a payment of nobody here waits for a person";
    auto const id = shop.refunds("o").refunds.at(0).refund_id;
    auto const all = operations();
    EXPECT_TRUE(shop.run(all, "payments.mark_refunded", {{"refund_id", id}, {"reference", "bank 7"}}, start));
    EXPECT_EQ(shop.payment("o"), "partly_refunded");
    auto const again = shop.run(all, "payments.mark_refunded", {{"refund_id", id}}, start);
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().reason, "refunded_already");
}

TEST(Refunds, SeveralPaymentsGoBackByEachUpToWhatItPaid) {
    Shop shop;
    shop.order("o", "test", "succeeded", 3);                     // 998 by the test payment
    shop.pay("o", "pay_card", "company", "succeeded", 400), shop.pay("o", "pay_bill", "invoice", "pending", 200);
    {
        auto tx = std::move(*shop.services.store->write(1));
        Context context{.services = shop.services, .open = tx.get(), .caller = {.kind = Caller::Kind::system, .id = "staff", .permissions = {"*"}}, .now = start};
        ASSERT_TRUE(shop::book_refund(context, "o", shop::RefundCause::returned, "r1", 1'100));
        ASSERT_TRUE(tx->commit());
    }
    auto of = [&] { std::map<std::string, std::int64_t> out; for (auto const& r : shop.refunds("o").refunds) out[r.provider + " " + std::string(name(r.state))] += r.amount_minor; return out; };
    EXPECT_EQ(of(), (std::map<std::string, std::int64_t>{{"test due", 998}, {"company due", 102}}));
    shop.cancel("o");  // what is left of the card; the open bill is void
    EXPECT_EQ(of(), (std::map<std::string, std::int64_t>{{"test due", 998}, {"company due", 400}}));
    EXPECT_EQ(shop.refunds("o").due_minor, 1'398);
    {
        auto tx = std::move(*shop.services.store->write(1));
        Context context{.services = shop.services, .open = tx.get(), .caller = {.kind = Caller::Kind::system, .id = "staff", .permissions = {"*"}}, .now = start};
        ASSERT_TRUE(shop::book_refund(context, "o", shop::RefundCause::returned, "r2", 50));
        ASSERT_TRUE(tx->commit());
    }
    EXPECT_EQ(of()["invoice not_charged"], 50) << "more than was charged makes the open bill smaller";
}

TEST(Refunds, WhatAProviderRefusesForGoodIsNotTriedAgainByItself) {
    Shop shop;
    std::vector<std::unique_ptr<providers::PaymentProvider>> known;
    known.push_back(std::make_unique<Company>(Random(1)));
    auto& company = static_cast<Company&>(*known[0]);
    company.refuses = true;
    shop.order("o", "company", "succeeded", 2);
    shop.back("o", 1);
    EXPECT_EQ(settle_due(shop.services, 1, known, start)->refused, 1);
    for (int day = 1; day < 30; ++day) ASSERT_TRUE(settle_due(shop.services, 1, known, start + day * 24 * 3'600'000LL));
    EXPECT_EQ(company.calls, 1);
    auto const refund = shop.refunds("o").refunds.at(0);
    EXPECT_TRUE(refund.refused_at_ms);
    EXPECT_EQ(refund.trouble, "The buyer's account is closed.");
    auto const all = operations();
    auto const listed = shop.run(all, "payments.list_refunds", {{"waits_for", "refused"}}, start);
    ASSERT_TRUE(listed) << listed.error().message;
    EXPECT_EQ(listed->at("refused"), 1);
    EXPECT_EQ(listed->at("due_minor"), refund.amount_minor);
    EXPECT_EQ(listed->at("refunds").at(0).at("waits_for"), "refused");
    // The owner mends the cause: asked again by a person it goes through, and never twice.
    company.refuses = false;
    for (int i = 0; i < 20 && shop.refunds("o").due_minor > 0; ++i) ASSERT_TRUE(settle_due(shop.services, 1, known, start + i, refund.refund_id));
    EXPECT_EQ(shop.refunds("o").refunded_minor, refund.amount_minor);
    EXPECT_FALSE(shop.refunds("o").refunds.at(0).refused_at_ms);
    EXPECT_EQ(company.paid.size(), 1u);
    // Or a person transfers it.
    company.refuses = true;
    shop.back("o", 1);
    EXPECT_EQ(settle_due(shop.services, 1, known, start)->refused, 1);
    auto const second = shop.refunds("o").refunds.at(1).refund_id;
    EXPECT_TRUE(shop.run(all, "payments.mark_refunded", {{"refund_id", second}, {"reference", "bank 9"}}, start));
    EXPECT_EQ(shop.refunds("o").due_minor, 0);
}

TEST(Refunds, WhatWasNotChargedIsOnlyMarkedWhenTheMoneyCameAfterAll) {
    Shop shop;
    shop.order("o", "invoice", "pending", 1);
    shop.back("o", 1);
    auto const id = shop.refunds("o").refunds.at(0).refund_id;
    auto const all = operations();
    auto const refused = shop.run(all, "payments.mark_refunded", {{"refund_id", id}}, start);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, "refund_not_charged");
    EXPECT_TRUE(shop.run(all, "payments.mark_refunded", {{"refund_id", id}, {"money_came", true}, {"reference", "bank 3"}}, start));
    EXPECT_EQ(shop.refunds("o").refunds.at(0).state, shop::RefundState::refunded);
}

TEST(Refunds, TheTestPaymentIsPaidBackByItselfAnInvoiceByHandAndWhatWasNotPaidNotAtAll) {
    Shop shop;
    shop.order("test", "test", "succeeded", 1), shop.order("bill", "invoice", "succeeded", 1), shop.order("open", "invoice", "pending", 1);
    for (auto const* id : {"test", "bill", "open"}) shop.back(id, 1);
    auto const all = operations();
    auto const early = shop.run(all, "payments.mark_refunded", {{"refund_id", shop.refunds("test").refunds.at(0).refund_id}}, start);
    ASSERT_FALSE(early);
    EXPECT_EQ(early.error().reason, "refund_by_provider");
    EXPECT_EQ((*shop.services.store->read(1))->integer("SELECT COUNT(*) FROM jobs WHERE operation = 'payments.settle_refunds'").value(), 1);
    auto const settled = shop.run(all, "payments.settle_refunds", {}, start);
    ASSERT_TRUE(settled) << settled.error().message;
    EXPECT_EQ(settled->at("refunded"), 1);
    EXPECT_EQ(settled->at("by_hand"), 1);
    EXPECT_EQ(shop.payment("test"), "refunded");
    EXPECT_EQ(shop.payment("bill"), "refund_due");
    EXPECT_EQ(shop.payment("open"), "pending");
    EXPECT_EQ(shop.refunds("open").refunds.at(0).state, shop::RefundState::not_charged);
    EXPECT_EQ(shop.refunds("open").due_minor, 0);
}

}  // namespace
}  // namespace kindling::payments
