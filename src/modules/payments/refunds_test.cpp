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
        if (random_.chance(0.3)) return fail(Errc::unavailable, "unavailable", "no answer");
        paid.emplace(in.idempotency_key, in.amount_minor);
        if (random_.chance(0.3)) return fail(Errc::unavailable, "unavailable", "the answer was lost");
        auto out = payment;
        out.refunded_minor += in.amount_minor;
        return out;
    }
    std::map<std::string, std::int64_t> paid;
    int calls = 0;

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
    void back(std::string const& id, std::int64_t quantity) {
        auto tx = std::move(*services.store->write(1));
        Context context{.services = services, .open = tx.get(), .caller = {.kind = Caller::Kind::system, .id = "staff", .permissions = {"*"}}, .now = start};
        ASSERT_TRUE(shop::record_returns(context, {{{.order_id = id, .quantity = quantity}}}));
        ASSERT_TRUE(tx->commit());
    }
    std::string payment(std::string const& id) {
        std::string out;
        shop::Value const values[] = {"pay_" + id};
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
