// Levels that people set: the plan follows them and nothing beyond, a promise moves the levels, and the score is the same demand played by both.
#include "modules/supply/by_hand.h"
#include "modules/supply/order_of.h"
#include <gmock/gmock.h>

namespace kindling::supply_module {
namespace {

constexpr std::size_t days = 100;

// One good that sells two a day from a supplier who takes four days and is ordered from on any day, every week.
ShopStock shop_with(SupplyTerm term = {}) {
    ShopStock stock{.currency = "CNY", .today = 20'000 + static_cast<Day>(days), .first = 20'000, .days = days, .goods = {}, .places = {{"main", "warehouse", "", ""}}, .suppliers = {}, .stored = {}};
    stock.suppliers.push_back({.supplier_id = "kiln", .name = "Kiln", .promised_days = 4, .promised_deviation = 0.1, .seen = {}, .ordered_on = {}});
    stock.goods.push_back({.sku = "CUP", .product_id = "cup", .title_en = {}, .title_zh = {}, .category_id = {}, .supplier_id = "kiln", .on_sale = true, .cost_known = true, .price = 5000, .cost = 2000, .term = std::move(term)});
    stock.stored.push_back({.good = 0, .place = 0, .supplier = 0, .counted = true, .on_hand = 10, .coming = {}, .came = {}, .batches = {}, .sold = std::vector<float>(days, 2), .stock = std::vector<float>(days, 10)});
    return stock;
}

Levels levels_of(ShopStock const& stock, std::map<std::size_t, HandLevel> by_hand) {
    auto const ahead = demand_ahead(stock, stock.today, 60, 1, {}).value();
    return make_levels(stock, ahead, filled({}, "CNY"), {.origin = stock.today, .rule = LevelRule::moments, .threads = 1, .by_hand = std::move(by_hand)}, {}).value();
}

double ordered(ShopStock const& stock, Levels const& levels, double position) {
    auto const ahead = demand_ahead(stock, stock.today, 120, 1, {}).value();
    return order_of(stock.goods[0], levels.of[0], levels.leads[0], ahead[0], stock.today, position).quantity;
}

TEST(LevelsByHand, AreFollowedAndSayWhatTheyKeep) {
    auto const stock = shop_with();
    auto const plan = levels_of(stock, {}), hand = levels_of(stock, {{0, {.level_id = "a", .reorder_level = 3, .order_up_to = 9, .fill_rate = {}, .last_day = 20'200}}});
    EXPECT_FALSE(plan.of[0].own);
    ASSERT_TRUE(hand.of[0].own);
    EXPECT_EQ(hand.of[0].own->order_up_to, plan.of[0].policy.order_up_to);
    EXPECT_EQ(hand.of[0].policy.reorder_level, 3);
    EXPECT_EQ(hand.of[0].policy.order_up_to, 9);
    EXPECT_LT(hand.of[0].policy.fill_rate, plan.of[0].policy.fill_rate) << "nine units for eleven days of two";
    EXPECT_EQ(ordered(stock, hand, 4), 0);
    EXPECT_EQ(ordered(stock, hand, 3), 6);
}

TEST(LevelsByHand, KeepThePlansDistanceWhereOneIsLeftOut) {
    auto const stock = shop_with();
    auto const plan = levels_of(stock, {});
    auto const gap = plan.of[0].policy.order_up_to - plan.of[0].policy.reorder_level;
    EXPECT_EQ(levels_of(stock, {{0, {.level_id = "a", .reorder_level = 50, .order_up_to = {}, .fill_rate = {}}}}).of[0].policy.order_up_to, 50 + gap);
    EXPECT_EQ(levels_of(stock, {{0, {.level_id = "a", .reorder_level = {}, .order_up_to = 200, .fill_rate = {}}}}).of[0].policy.reorder_level, 200 - gap);
    auto const none = levels_of(stock, {{0, {.level_id = "a", .reorder_level = {}, .order_up_to = 0, .fill_rate = {}}}});
    EXPECT_EQ(ordered(stock, none, 0), 0);
    EXPECT_EQ(none.of[0].policy.fill_rate, 0);
}

TEST(LevelsByHand, APromiseMovesTheLevelsOfThePlan) {
    auto stock = shop_with();
    for (std::size_t t = 0; t < days; ++t) stock.stored[0].sold[t] = static_cast<float>((t * 7) % 5);
    auto const low = levels_of(stock, {{0, {.level_id = "a", .reorder_level = {}, .order_up_to = {}, .fill_rate = 0.6}}}), high = levels_of(stock, {{0, {.level_id = "a", .reorder_level = {}, .order_up_to = {}, .fill_rate = 0.999}}});
    EXPECT_EQ(low.of[0].target, 0.6);
    EXPECT_FALSE(low.of[0].set_by_hand);
    EXPECT_LT(low.of[0].policy.reorder_level, low.of[0].own->reorder_level);
    EXPECT_GT(high.of[0].policy.reorder_level, high.of[0].own->reorder_level);
}

TEST(LevelsByHand, TakeNoLotBeyondWholePacks) {
    auto const stock = shop_with({.pack_size = 6, .minimum_quantity = 12, .price_steps = {{60, 200}}});
    auto const hand = levels_of(stock, {{0, {.level_id = "a", .reorder_level = 3, .order_up_to = 9, .fill_rate = {}}}});
    EXPECT_EQ(ordered(stock, hand, 3), 12) << "six are wanted, twelve is the least order";
    EXPECT_GE(ordered(stock, levels_of(stock, {}), -20), 60) << "the plan itself takes the step of the price list";
}

// Ten days of two a day, four here, an order takes four days and may be placed on the first and the eighth.
//   by hand (0, 1): ordered on the first? 4 > 0: no; sold out after two days; on the eighth day one is ordered and comes after the stretch: 4 of 20 are served.
//   plan (20, 30): 26 are ordered on the first day and come on the fifth: two days without, 16 of 20 are served, and 26 - 12 = 14 are left.
TEST(LevelsByHand, AreScoredOnTheSameDemand) {
    auto stock = shop_with();
    auto const from = stock.today - 10;
    stock.stored[0].stock[days - 11] = 4;
    LeadTime lead{.weights = {0, 0, 0, 0, 1}, .mean = 4, .order_weekdays = {}, .review_days = 7};
    Level level;
    level.margin = 3000, level.holding_per_day = 2, level.fixed = 100;
    FollowedLevels const followed[] = {{from, 0, 1, 20, 30}};
    auto const score = score_level(stock, 0, level, lead, followed, stock.today);
    ASSERT_TRUE(score);
    EXPECT_EQ(score->asked, 20);
    EXPECT_EQ(score->served, 4);
    EXPECT_EQ(score->served_by_plan, 16);
    EXPECT_EQ(score->cost_minor, 16 * 3000 + 2 * 2 + 100);
    // On shelves at the end of each day: 2, 0, 0, 0, 24, 22, 20, 18, 16, 14; on the eighth day 18 and none on order are below 20: twelve more are ordered.
    EXPECT_EQ(score->plan_cost_minor, 4 * 3000 + (2 + 24 + 22 + 20 + 18 + 16 + 14) * 2 + 2 * 100);
    EXPECT_EQ(score->helped_minor, score->plan_cost_minor - score->cost_minor);
    EXPECT_FALSE(score_level(stock, 0, level, lead, followed, from)) << "no day is over";
    stock.stored[0].counted = false;
    EXPECT_FALSE(score_level(stock, 0, level, lead, followed, stock.today)) << "nothing is known of its shelf";
}

TEST(LevelsByHand, AreScoredByTheLevelsOfEachDay) {
    auto stock = shop_with();
    auto const from = stock.today - 10;
    LeadTime lead{.weights = {0, 1}, .mean = 1, .order_weekdays = {}, .review_days = 1};
    Level level;
    level.margin = 3000, level.holding_per_day = 2, level.fixed = 0;
    FollowedLevels const followed[] = {{from, 19, 20, 19, 20}, {from + 5, -1, 0, 19, 20}};
    auto const score = score_level(stock, 0, level, lead, followed, stock.today);
    ASSERT_TRUE(score);
    EXPECT_EQ(score->served_by_plan, 20);
    EXPECT_EQ(score->served, 20) << "what was ordered in the first five days lasts for the last five";
    EXPECT_LT(score->stock, score->stock_by_plan);
    EXPECT_GT(score->helped_minor, 0);
}

}  // namespace
}  // namespace kindling::supply_module
