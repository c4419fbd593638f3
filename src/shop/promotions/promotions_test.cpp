// Promotions and orders together: the last uses of a code under buyers at the same time, and refunds that add up.
#include "core/random.h"
#include "shop/catalogue/operations.h"
#include "shop/imports/imports_test_support.h"
#include "shop/promotions/period.h"
#include "shop/promotions/requests.h"
#include "shop/promotions/rows.h"
#include <thread>

namespace kindling::shop::promotions {
namespace {

class PromotionsTest : public imports::ImportTest {
protected:
    // One operation in a transaction of its own, as the executor gives it.
    template <class In, class Out> Result<Out> call(Result<Out> (*fn)(Context&, In const&), In const& in, std::string const& customer = "") {
        auto tx = services.store->write(1);
        if (!tx) return std::unexpected(tx.error());
        auto c = context();
        c.open = tx->get(), c.caller.customer_id = customer, c.caller.permissions = {"orders.approve"};
        auto out = fn(c, in);
        if (out)
            if (auto const done = (*tx)->commit(); !done) return std::unexpected(done.error());
        return out;
    }
    void stock(std::string const& sku, std::int64_t price) {
        ASSERT_TRUE(call(&save_products, SaveProducts{{Product{.product_id = "p" + sku, .title_en = sku, .variants = {Variant{.sku = sku, .price_minor = price, .stock = 1000}}}}}));
    }
    void save(Promotion p) {
        auto const saved = call(&save_promotion, SavePromotion{std::move(p)});
        ASSERT_TRUE(saved) << saved.error().message;
    }
    static PlaceOrder wants(std::string const& sku, std::int64_t quantity, std::vector<std::string> codes) { return {.lines = {{sku, quantity}}, .contact = {.name = "A", .email = "a@example.com", .address = "1"}, .codes = std::move(codes)}; }
};

TEST_F(PromotionsTest, TheLastUsesOfACodeGoToNoMoreBuyersThanThereAre) {
    stock("CUP", 1000);
    save({.promotion_id = "last", .title_en = "Last", .kind = PromotionKind::amount_off, .off_minor = 300, .codes = {"LAST"}, .most_uses = 7});
    save({.promotion_id = "each", .title_en = "Each", .kind = PromotionKind::amount_off, .off_minor = 50, .codes = {"EACH"}, .most_uses_per_code = 5});
    std::atomic<int> placed = 0, failed = 0;
    std::vector<std::jthread> buyers;
    for (int b = 0; b < 4; ++b)
        buyers.emplace_back([&] {
            for (int i = 0; i < 6; ++i) ++(call(&place_order, wants("CUP", 1, {"LAST", "each"})) ? placed : failed);
        });
    buyers.clear();
    EXPECT_EQ(placed, 24);
    EXPECT_EQ(failed, 0);
    EXPECT_EQ(count("SELECT COUNT(*) FROM promotion_uses WHERE promotion_id = 'last'"), 7);
    EXPECT_EQ(count("SELECT uses FROM promotions WHERE promotion_id = 'last'"), 7);
    EXPECT_EQ(count("SELECT COUNT(*) FROM promotion_uses WHERE promotion_id = 'each'"), 5);
    EXPECT_EQ(count("SELECT SUM(total_minor) FROM orders"), 24 * 1000 - 7 * 300 - 5 * 50);
}

TEST_F(PromotionsTest, ACustomerGetsItsUsesOnceAndAgainWhenCancelled) {
    stock("CUP", 1000);
    save({.promotion_id = "one", .title_en = "One", .kind = PromotionKind::amount_off, .off_minor = 300, .most_uses_per_customer = 1});
    auto const first = call(&place_order, wants("CUP", 1, {}), "c1");
    ASSERT_TRUE(first);
    EXPECT_EQ(first->total_minor, 700);
    EXPECT_EQ(call(&place_order, wants("CUP", 1, {}), "c1")->total_minor, 1000);
    EXPECT_EQ(call(&place_order, wants("CUP", 1, {}), "c2")->total_minor, 700);
    EXPECT_EQ(call(&place_order, wants("CUP", 1, {}))->total_minor, 1000);  // a guest is not known
    {
        auto tx = std::move(*services.store->write(1));
        auto c = context();
        c.open = tx.get();
        ASSERT_TRUE(give_back_uses(c, first->order_id));
        ASSERT_TRUE(tx->commit());
    }
    EXPECT_EQ(call(&place_order, wants("CUP", 1, {}), "c1")->total_minor, 700);
}

// However the units of an order come back, the refunds add up to what was paid for its goods, and no part is refunded above its share.
TEST_F(PromotionsTest, RefundsOfPartsAddUpToWhatWasPaid) {
    Random random(11);
    save({.promotion_id = "third", .title_en = "Third", .kind = PromotionKind::percent_off, .percent_off_hundredths = 3333});
    save({.promotion_id = "seven", .title_en = "Seven", .kind = PromotionKind::amount_off, .threshold_minor = 1, .off_minor = 7});
    for (int order = 0; order < 20; ++order) {
        auto const sku = "S" + std::to_string(order);
        auto const quantity = random.between(2, 9), price = random.between(5, 999);
        stock(sku, price);
        auto const placed = call(&place_order, wants(sku, quantity, {}));
        ASSERT_TRUE(placed);
        auto const paid = placed->total_minor;
        std::int64_t refunded = 0;
        for (auto left = quantity; left > 0;) {
            auto const back = random.between(1, left);
            auto const id = sku + "-" + std::to_string(left);
            ASSERT_TRUE(call(&record_returns, RecordReturns{{ReturnLine{.return_id = id, .order_id = placed->order_id, .line = 0, .quantity = back}}}));
            refunded += count("SELECT refund_minor FROM returns WHERE return_id = '" + id + "'");
            ASSERT_LE(refunded, paid);
            left -= back;
        }
        EXPECT_EQ(refunded, paid);
    }
}

TEST_F(PromotionsTest, DaysAndMomentsAreTheShopsOwn) {
    {
        auto tx = std::move(*services.store->write(1));
        ASSERT_TRUE(tx->execute("UPDATE shops SET time_zone = 'Europe/Berlin' WHERE shop_id = 1"));
        ASSERT_TRUE(tx->commit());
    }
    auto tx = std::move(*services.store->read(1));
    auto const clock = ShopClock::of(*tx);
    ASSERT_TRUE(clock);
    EXPECT_EQ(clock->moment("2026-07-01", false), *parse_time("2026-06-30T22:00:00Z"));
    EXPECT_EQ(clock->moment("2026-01-01", true), *parse_time("2026-01-01T23:00:00Z"));
    EXPECT_EQ(clock->moment("2026-03-29T01:59", false), *parse_time("2026-03-29T00:59:00Z"));
    EXPECT_EQ(clock->moment("2026-03-29T02:30", false), *parse_time("2026-03-29T01:30:00Z"));  // left out by the clock: an hour later
    EXPECT_EQ(clock->moment("2026-10-25T02:30", false), *parse_time("2026-10-25T00:30:00Z"));  // comes twice: the first
    EXPECT_EQ(clock->moment("2026-10-25T03:30", false), *parse_time("2026-10-25T02:30:00Z"));
    EXPECT_FALSE(clock->moment("2026-11-11T20:00Z", false));
    EXPECT_FALSE(clock->moment("soon", false));
    EXPECT_EQ(clock->weekday(*parse_time("2026-11-25T23:30:00Z")), 4u);  // Thursday there, Wednesday in UTC
}

}  // namespace
}  // namespace kindling::shop::promotions
