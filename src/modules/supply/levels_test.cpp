// What people changed in a forecast reaches goods that seldom sell; a good whose figures are beyond computing leaves the others their plan.
#include "core/random.h"
#include "modules/supply/levels.h"
#include <gmock/gmock.h>

namespace kindling::supply_module {
namespace {

constexpr std::size_t days = 200;

// Goods of one place and supplier that sell on about one day in ten, as the first planned day finds them.
struct Shop {
    ShopStock stock{.currency = "CNY", .today = 20000, .first = 20000 - static_cast<Day>(days), .days = days, .goods = {}, .places = {{.place_id = "main", .kind = {}, .name_en = {}, .name_zh = {}}}, .suppliers = {}, .stored = {}};
    std::vector<DemandAhead> ahead;

    explicit Shop(std::size_t goods) {
        Random random(3);
        for (std::size_t g = 0; g < goods; ++g) {
            stock.goods.push_back({.sku = "G" + std::to_string(g), .on_sale = true, .cost_known = true, .price = 5000, .cost = 2000, .term = {}});
            Stored s{.good = g, .counted = true, .on_hand = 3};
            for (std::size_t d = 0; d < days; ++d) s.sold.push_back(random.uniform() < 0.1 ? static_cast<float>(1 + random.below(2)) : 0.0F);
            stock.stored.push_back(std::move(s));
        }
        ahead = demand_ahead(stock, stock.today, 60, 1, {}).value();
    }
    void edit(std::size_t i, float factor) {
        ahead[i].unedited = ahead[i].mean;
        for (auto& v : ahead[i].mean) v *= factor;
    }
    Levels levels(LevelRule rule) const { return make_levels(stock, ahead, filled({}, "CNY"), {.origin = stock.today, .rule = rule, .threads = 1}, {}).value(); }
};

TEST(Levels, EditsReachGoodsThatSeldomSell) {
    Shop shop(200);  // fewer than 100 are planned by pooled, whatever the rule
    ASSERT_TRUE(shop.ahead[7].seldom);
    for (auto const rule : {LevelRule::pooled, LevelRule::forest}) {
        auto const before = shop.levels(rule);
        ASSERT_EQ(before.of[7].together, rule);
        Shop changed(200);
        changed.edit(7, 10);
        auto const after = changed.levels(rule);
        EXPECT_EQ(after.of[7].together, rule);
        EXPECT_NEAR(after.of[7].protection.mean(), 10 * before.of[7].protection.mean(), 1e-3 * after.of[7].protection.mean());
        EXPECT_GT(after.of[7].policy.order_up_to, 3 * before.of[7].policy.order_up_to);
        EXPECT_EQ(after.of[8].policy.order_up_to, before.of[8].policy.order_up_to);
    }
}

TEST(Levels, PeopleMayExpectWhatNoForecastDoes) {
    Shop shop(80);
    shop.edit(7, 1);
    for (auto& v : shop.ahead[7].unedited) v = 0;
    auto const levels = shop.levels(LevelRule::pooled);
    EXPECT_EQ(levels.of[7].together, LevelRule::moments);  // theirs alone counts
    EXPECT_GT(levels.of[7].policy.order_up_to, 0);
}

TEST(Levels, OneGoodBeyondComputingLeavesTheOthersTheirs) {
    Shop shop(80);
    for (auto& v : shop.ahead[7].mean) v = 1e15F;
    for (auto& v : shop.ahead[7].total_variance) v = 1e31F;
    shop.ahead[7].seldom = false;
    auto const after = shop.levels(LevelRule::pooled);
    EXPECT_TRUE(after.of[7].failed);
    for (std::size_t i : {std::size_t{6}, std::size_t{8}}) {
        EXPECT_FALSE(after.of[i].failed);
        EXPECT_GT(after.of[i].policy.order_up_to, 0);
    }
}

}  // namespace
}  // namespace kindling::supply_module
