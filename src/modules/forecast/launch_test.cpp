// What launches of a shop usually do week by week, and what a young good is expected to sell; whether a category sells in a part of the year alone.
#include "modules/forecast/base.h"
#include "modules/forecast/moves.h"
#include <functional>
#include <gmock/gmock.h>

namespace kindling::forecast {
namespace {

constexpr std::size_t days = 300;

GoodHistory good(std::size_t number, std::size_t begun, std::function<std::int32_t(std::size_t age)> const& units) {
    GoodHistory g{.sku = "s" + std::to_string(10 + number), .product_id = "p" + std::to_string(number), .category = 0, .on_sale = true, .begun = static_cast<std::int32_t>(begun), .sold = {}, .empty = {}, .by_place = {}, .attributes = {}};
    for (std::size_t t = begun; t < days; ++t)
        if (auto const v = units(t - begun); v > 0) g.sold.push_back({static_cast<std::int32_t>(t), v});
    return g;
}
History shop(std::vector<GoodHistory> goods) { return {.first = 20000, .end = 20000 + static_cast<Day>(days), .categories = {{"cups", -1}}, .places = {}, .goods = std::move(goods)}; }

TEST(Launch, TheCourseIsWhatLaunchesDidBesideTheirFirstEightWeeks) {
    std::vector<GoodHistory> goods;
    // Twelve a day for four weeks, four a day for the next four (eight on average), then two a day.
    for (std::size_t n = 0; n < 6; ++n) goods.push_back(good(n, 20 + 10 * n, [](std::size_t age) { return age < 28 ? 12 : age < 56 ? 4 : 2; }));
    auto const history = shop(std::move(goods));
    Ground const ground(history);
    auto const course = launch_course(ground, days);
    ASSERT_EQ(course.size(), 26u);
    // Six goods sold 504, 168 and 84 in these weeks, beside 336 at the pace of their first eight; drawn to 1 by fifty units.
    EXPECT_NEAR(course[0], (504.0 + 50) / (336 + 50), 1e-6);
    EXPECT_NEAR(course[5], (168.0 + 50) / (336 + 50), 1e-6);
    EXPECT_NEAR(course[12], (84.0 + 50) / (336 + 50), 1e-6);
}

TEST(Launch, GoodsOfOldAndGoodsTooYoungTeachNothing) {
    auto const history = shop({good(0, 0, [](std::size_t age) { return age < 28 ? 50 : 1; }), good(1, days - 40, [](std::size_t age) { return age < 7 ? 50 : 1; })});
    Ground const ground(history);
    for (auto const v : launch_course(ground, days)) EXPECT_EQ(v, 1) << "no launch was seen: the usual pace";
    // Known at an earlier origin alone is what came before it.
    auto const other = shop({good(0, 100, [](std::size_t age) { return age < 56 ? 10 : 1; })});
    Ground const later(other);
    EXPECT_EQ(launch_course(later, 150)[10], 1) << "it was not eight weeks old then";
    EXPECT_LT(launch_course(later, days)[10], 0.5);
}

TEST(Launch, AYoungGoodIsExpectedToSellWhatThoseOfItsCategoryDid) {
    std::vector<GoodHistory> goods;
    for (std::size_t n = 0; n < 8; ++n) goods.push_back(good(n, 30, [](std::size_t) { return 5; }));
    goods.push_back(good(8, days - 3, [](std::size_t) { return 0; }));
    auto const history = shop(std::move(goods));
    Ground const ground(history);
    auto const rates = launch_rates(ground, days, Likeness::category);
    EXPECT_NEAR(rates[8], 5, 1) << "a little less: it has not sold yet itself";
}

TEST(PartOfYear, IsSevenTenthsWithinThirteenWeeks) {
    std::vector<double> days_of(400, 1), season(400, 0.1), turn(364, 0.0);
    for (std::size_t t = 330; t < 390; ++t) season[t] = 10;
    for (std::size_t t = 0; t < 30; ++t) turn[t] = 5, turn[363 - t] = 5;  // over the turn of the year
    EXPECT_FALSE(sells_in_part_of_year(days_of));
    EXPECT_TRUE(sells_in_part_of_year(season));
    EXPECT_TRUE(sells_in_part_of_year(turn));
    EXPECT_FALSE(sells_in_part_of_year(std::span(season).last(300))) << "less than a year is known";
    for (auto& v : season) v /= 100;
    EXPECT_FALSE(sells_in_part_of_year(season)) << "seven units tell nothing";
}

}  // namespace
}  // namespace kindling::forecast
