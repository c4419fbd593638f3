// Levels that people set: the plan follows them and nothing beyond, a promise moves the levels, and the score is the same demand played by both.
#include "modules/supply/by_hand.h"
#include "modules/supply/order_of.h"
#include "modules/supply/seasons.h"
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

HandLevel form(OrderPolicy policy) { return {.level_id = "a", .last_day = 20'200, .policy = policy}; }

TEST(Policies, EachKeepsThePromiseInItsOwnWay) {
    auto stock = shop_with();
    for (std::size_t t = 0; t < days; ++t) stock.stored[0].sold[t] = static_cast<float>((t * 7) % 5);
    auto const of = [&](HandLevel hand) { return levels_of(stock, {{0, std::move(hand)}}).of[0]; };
    auto const plan = levels_of(stock, {}).of[0];
    for (auto const policy : {OrderPolicy::order_up_to, OrderPolicy::min_max, OrderPolicy::fixed_quantity, OrderPolicy::reorder_point}) {
        auto const l = of(form(policy));
        EXPECT_EQ(l.form, policy);
        EXPECT_GE(l.policy.fill_rate, l.target - 1e-9);
        EXPECT_LE(l.policy.fill_rate, 1);
        EXPECT_TRUE(as_chosen(l));
        EXPECT_FALSE(l.set_by_hand);
        if (policy != OrderPolicy::reorder_point) {
            auto const whole = [](Level const& one) { return one.year_minor + (1 - one.policy.fill_rate) * one.daily * 365 * one.margin; };
            // It chooses among levels; a fixed quantity, which it takes for packs only, may be a trifle cheaper.
            EXPECT_GE(whole(l), (policy == OrderPolicy::fixed_quantity ? 0.98 : 1) * whole(plan) - 1) << "the plan's own is the cheapest of those on order days, with what is missed";
        }
    }
    auto const up_to = of(form(OrderPolicy::order_up_to)), fixed = of(form(OrderPolicy::fixed_quantity)), watched = of(form(OrderPolicy::reorder_point));
    EXPECT_EQ(up_to.policy.order_up_to - up_to.policy.reorder_level, 1);
    EXPECT_EQ(fixed.policy.kind, inventory::ReviewKind::lots);
    EXPECT_TRUE(watched.every_day);
    EXPECT_EQ(watched.review_days, 1);
    EXPECT_EQ(watched.fixed, plan.fixed) << "it bears the whole order, as one good of its supplier does anyway";
    EXPECT_LT(watched.policy.reorder_level, fixed.policy.reorder_level) << "six days less to last for";
    // What people say of it is kept.
    auto hand = form(OrderPolicy::reorder_point);
    hand.reorder_level = 11, hand.quantity = 40;
    auto const said = of(hand);
    EXPECT_EQ(said.policy.reorder_level, 11);
    EXPECT_EQ(said.policy.quantity, 40);
    EXPECT_TRUE(said.set_by_hand);
    auto const levels = levels_of(stock, {{0, hand}});
    EXPECT_EQ(ordered(stock, levels, 12), 0);
    EXPECT_EQ(ordered(stock, levels, 11), 40);
    EXPECT_EQ(ordered(stock, levels, -40), 80);
    EXPECT_FALSE(levels.own.at(0).every_day);
    EXPECT_EQ(levels.own.at(0).policy.order_up_to, plan.policy.order_up_to);
}

TEST(Policies, ASupplierWithOrderDaysIsNotOrderedFromOnAny) {
    auto const stock = shop_with();
    auto const ahead = demand_ahead(stock, stock.today, 60, 1, {}).value();
    auto settings = filled({}, "CNY");
    settings.suppliers = {{.supplier_id = "kiln", .order_weekdays = {2}, .policy = OrderPolicy::reorder_point}};
    auto const l = make_levels(stock, ahead, settings, {.origin = stock.today, .rule = LevelRule::moments, .threads = 1}, {}).value().of[0];
    EXPECT_EQ(l.form, OrderPolicy::fixed_quantity);
    EXPECT_FALSE(l.every_day);
    settings.suppliers[0].order_weekdays = {};
    EXPECT_TRUE(make_levels(stock, ahead, settings, {.origin = stock.today, .rule = LevelRule::moments, .threads = 1}, {}).value().of[0].every_day) << "the supplier's goods follow what was chosen for it";
}

// Levels that last for a review are not filled up every day.
TEST(OrderDays, WithoutAnyTheNextIsAReviewAfterTheLastOrder) {
    auto stock = shop_with();
    EXPECT_EQ(levels_of(stock, {}).leads[0].next_order, stock.today) << "never ordered from";
    stock.suppliers[0].ordered_on = {{stock.today - 30, 1}, {stock.today - 3, 2}};
    auto const after = levels_of(stock, {{0, form(OrderPolicy::reorder_point)}});
    EXPECT_EQ(after.leads[0].next_order, stock.today + 4);
    EXPECT_TRUE(after.of[0].every_day) << "what is watched every day does not wait";
    EXPECT_EQ(after.of[0].lead.mean(), levels_of(shop_with(), {{0, form(OrderPolicy::reorder_point)}}).of[0].lead.mean());
    stock.suppliers[0].ordered_on = {{stock.today - 30, 1}};
    EXPECT_EQ(levels_of(stock, {}).leads[0].next_order, stock.today);
    EXPECT_EQ(lead_time(stock.suppliers[0], filled({}, "CNY"), stock.today - 27, 0.3).next_order, stock.today - 23);
    EXPECT_EQ(lead_time(stock.suppliers[0], filled({}, "CNY"), stock.today - 27, 0.3, PastOrders::unseen).next_order, stock.today - 27);
}

TEST(Policies, PacksAreKept) {
    auto const stock = shop_with({.pack_size = 6});
    auto hand = form(OrderPolicy::fixed_quantity);
    hand.quantity = 10;
    EXPECT_EQ(levels_of(stock, {{0, hand}}).of[0].policy.quantity, 12);
    auto const up_to = levels_of(stock, {{0, form(OrderPolicy::order_up_to)}});
    EXPECT_EQ(std::fmod(ordered(stock, up_to, up_to.of[0].policy.reorder_level - 3), 6), 0);
}

TEST(Season, BuysLessTowardsItsEndAndNothingThatComesTooLate) {
    auto const stock = shop_with();
    auto const ahead = demand_ahead(stock, stock.today, 120, 1, {}).value();
    auto const settings = filled({}, "CNY");
    auto const levels = levels_of(stock, {});
    auto const season = [&](Day days_left) { return plan_season(stock.goods[0], levels.of[0], levels.leads[0], ahead[0], settings, stock.today, stock.today + days_left, 0).value(); };
    auto const longer = season(41);
    ASSERT_EQ(longer.steps.size(), 6u) << "an order takes four days; those of day 0, 7, 14, 21, 28 and 35 come in time";
    EXPECT_EQ(longer.steps[5].order_day, stock.today + 35);
    EXPECT_LT(longer.steps[5].order_up_to, longer.steps[0].order_up_to) << "a week is left, not eleven days";
    EXPECT_GE(longer.steps[5].order_up_to, 14) << "two a day for seven days";
    EXPECT_NEAR(longer.steps[5].demand, 14, 0.1);
    EXPECT_EQ(longer.left_minor, 91 * levels.of[0].holding_per_day) << "three tenths off still pays its cost";
    auto cheap = stock.goods[0];
    cheap.price = 2200;
    auto const loses = plan_season(cheap, levels.of[0], levels.leads[0], ahead[0], settings, stock.today, stock.today + 41, 0).value();
    EXPECT_EQ(loses.left_minor, 2000 - 1540);
    EXPECT_LT(loses.steps[5].order_up_to, longer.steps[5].order_up_to);
    // Two hundred times as much is counted in larger units.
    auto busy = stock;
    for (auto& v : busy.stored[0].sold) v *= 200;
    auto const many = plan_season(stock.goods[0], levels.of[0], levels.leads[0], demand_ahead(busy, busy.today, 120, 1, {}).value()[0], settings, stock.today, stock.today + 41, 0).value();
    EXPECT_GT(many.steps[0].order_up_to, 11 * 400) << "eleven days until the next order comes";
    EXPECT_LT(many.steps[0].order_up_to, 200 * longer.steps[0].order_up_to);
    EXPECT_NEAR(many.steps[3].order_up_to, many.steps[0].order_up_to, 0.1 * many.steps[0].order_up_to) << "a week like the first, as far from the end as matters";
    EXPECT_GE(many.steps[5].order_up_to, 2800);
    EXPECT_TRUE(season(3).steps.empty());
    EXPECT_EQ(season(3).expected_minor, 0);
    auto const too_late = levels_of(stock, {{0, {.level_id = "a", .last_day = stock.today + 3, .policy = OrderPolicy::season}}});
    EXPECT_EQ(ordered(stock, too_late, 0), 0);
    auto const open = levels_of(stock, {{0, {.level_id = "a", .last_day = stock.today + 41, .policy = OrderPolicy::season}}});
    EXPECT_EQ(open.of[0].policy.order_up_to, longer.steps[0].order_up_to);
}

// Ten days of two a day; twelve at a time whenever nine or fewer are here or coming, and an order takes a day.
TEST(LevelsByHand, AFixedQuantityIsScoredAsItIsOrdered) {
    auto stock = shop_with();
    auto const from = stock.today - 10;
    stock.stored[0].stock[days - 11] = 10;
    LeadTime lead{.weights = {0, 1}, .mean = 1, .order_weekdays = {}, .review_days = 7};
    Level level;
    level.margin = 3000, level.holding_per_day = 0, level.fixed = 100, level.own_fixed = 7;
    FollowedLevels const followed[] = {{.day = from, .reorder_level = 9, .order_up_to = 21, .plan_reorder_level = -1, .plan_order_up_to = 0, .quantity = 12, .every_day = true}};
    auto const score = score_level(stock, 0, level, lead, followed, stock.today);
    ASSERT_TRUE(score);
    EXPECT_EQ(score->served, 20);
    // Mornings: 10, then 8 <= 9: twelve come; 18 ... until day 7 with 8: twelve more.
    EXPECT_EQ(score->cost_minor, 2 * 100);
    EXPECT_EQ(score->served_by_plan, 10);
    EXPECT_EQ(score->plan_cost_minor, 10 * 3000);
}

}  // namespace
}  // namespace kindling::supply_module
