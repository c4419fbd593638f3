// Shoppers that are played against the law of choice that they were drawn from, and against themselves.
#include "engines/optimise/assortment/play.h"
#include <gmock/gmock.h>

namespace kindling::assortment {
namespace {

// A set whose truth is known for certain: no deviations.
PlayedSet certain(double substitution) {
    PlayedSet set{.arrivals_per_day = 2000, .intercept = -2, .reference = std::log(4.0), .substitution = {substitution, 0}, .goods = {}};
    for (double const a : {0.5, 0.0, -0.4, 0.9}) {
        PlayedGood g{.attraction = {a, 0}, .elasticity = {-2, 0}, .trend = {}, .economics = {.price_minor = 1000 + 100 * a, .cost_minor = 600, .returned = 0, .return_cost_minor = 50, .supply = 1, .display_units = 3, .cover_days = 20}, .today = Offer{}, .changed = Offer{}};
        set.goods.push_back(g);
    }
    return set;
}
ChoiceSet law(PlayedSet const& set, Terms const& terms, bool changed) {
    ChoiceSet out{.demand = {.arrivals = set.arrivals_per_day * terms.horizon_days, .intercept = set.intercept, .substitution = set.substitution.mean, .reference = set.reference}, .items = {}};
    for (auto const& g : set.goods) {
        out.items.emplace_back();
        if (auto const& offer = changed ? g.changed : g.today) out.items.back().options = {make_option(g.attraction, g.elasticity, g.trend, g.economics, terms, *offer)};
    }
    return out;
}
Choice all(ChoiceSet const& set) {
    Choice out;
    for (auto const& item : set.items) out.push_back(item.options.empty() ? -1 : 0);
    return out;
}

TEST(Play, ShoppersFollowTheLawOfChoiceOnEveryShelf) {
    for (double const substitution : {1.0, 0.7, 0.3}) {
        auto set = certain(substitution);
        set.goods[3].changed = {};                            // the most attractive leaves
        set.goods[1].changed = Offer{.price_factor = 0.9};    // another becomes cheaper
        set.goods[2].changed = Offer{.pushed = true};
        PlaySettings const s{.terms = {.horizon_days = 28, .push_lift = 1.3}, .runs = 60};
        auto const played = play({set}, s, {}, 2).value();
        for (bool const changed : {false, true}) {
            auto const expected_set = law(set, s.terms, changed);
            auto const expected = outcome(expected_set, all(expected_set));
            auto const& got = changed ? played.shop.changed : played.shop.today;
            EXPECT_NEAR(got.profit.expected / expected.profit, 1, 0.01) << substitution << changed;
            for (std::size_t i = 0; i < 4; ++i) {
                auto const& good = changed ? played.goods[0][i].changed : played.goods[0][i].today;
                // 60 runs: the mean lies within five deviations of a Poisson mean.
                EXPECT_NEAR(good.units.expected, expected.units[i], 5 * std::sqrt(expected.units[i] / 60 + 1e-9)) << substitution << changed << i;
            }
            EXPECT_EQ(got.lost.expected, 0);  // everything is in stock
        }
        EXPECT_NEAR(played.shoppers, 56000, 100);
    }
}

TEST(Play, WhoTakesOverAddsUp) {
    auto set = certain(0.5);
    set.goods[0].changed = {};
    set.goods.push_back(set.goods[1]), set.goods[4].today = {};  // one leaves, one is new
    auto const played = play({set}, {.runs = 50}, {}, 2).value();
    double left = 0, came = 0, to_nobody = 0;
    for (auto const& f : played.flows[0]) {
        EXPECT_TRUE(f.from == 0 || f.to == 4) << f.from << " " << f.to;  // only what was changed moves anybody
        if (f.from == 0) left += f.units.expected;
        if (f.to == 4) came += f.units.expected;
        if (f.from == 0 && f.to == nothing) to_nobody += f.units.expected;
    }
    EXPECT_NEAR(left, played.goods[0][0].today.units.expected, 1e-6);
    EXPECT_NEAR(came, played.goods[0][4].changed.units.expected, 1e-6);
    EXPECT_GT(to_nobody, 0);
    EXPECT_LT(to_nobody, 0.75 * left);
    double difference = 0;
    for (auto const& g : played.goods[0]) difference += g.difference.units.expected;
    EXPECT_NEAR(difference, played.shop.difference.units.expected, 1e-6);
    EXPECT_NEAR(played.days.back().difference.expected, played.shop.difference.profit.expected, 1e-3);
}

TEST(Play, TheSameListMakesNoDifference) {
    auto set = certain(0.6);
    for (auto& g : set.goods) g.attraction.deviation = 0.3, g.economics.supply = 0.8, g.economics.returned = 0.2;
    set.substitution.deviation = 0.1;
    auto const played = play({set, set}, {.runs = 20, .shop_level_deviation = 0.2, .set_level_deviation = 0.1}).value();
    EXPECT_EQ(played.shop.difference.profit.low, 0);
    EXPECT_EQ(played.shop.difference.profit.high, 0);
    EXPECT_EQ(played.better, 0.5);
    EXPECT_TRUE(played.flows[0].empty());
    EXPECT_LT(played.shop.today.profit.low, played.shop.today.profit.expected);
    EXPECT_GT(played.shop.today.profit.high, played.shop.today.profit.expected);
    EXPECT_NEAR(played.shop.today.returned.expected / played.shop.today.units.expected, 0.2, 0.02);
    // Goods that are out of stock one day in five: some of their buyers take another, some are lost, and all that is less than a fifth.
    auto full = set;
    for (auto& g : full.goods) g.economics.supply = 1;
    auto const filled = play({full, full}, {.runs = 20, .shop_level_deviation = 0.2, .set_level_deviation = 0.1}).value();
    EXPECT_GT(played.shop.today.lost.expected, 0);
    EXPECT_LT(played.shop.today.units.expected, filled.shop.today.units.expected);
    EXPECT_GT(played.shop.today.units.expected, 0.8 * filled.shop.today.units.expected);
    EXPECT_NEAR(played.shop.today.units.expected + played.shop.today.lost.expected, filled.shop.today.units.expected, 0.06 * filled.shop.today.units.expected);
}

TEST(Play, StockOfTheFirstMorningIsPlayedFromThere) {
    auto set = certain(0.6);
    for (auto& g : set.goods) g.economics.supply = 0.9;
    auto empty = set;
    for (auto& g : empty.goods) g.in_stock_now = 0;
    PlaySettings const s{.terms = {.horizon_days = 14}, .runs = 40, .out_days = 7};
    EXPECT_LT(play({empty}, s).value().shop.today.units.expected, 0.85 * play({set}, s).value().shop.today.units.expected);
}

TEST(Play, IsTheSameForEveryNumberOfThreadsAndStops) {
    auto set = certain(0.6);
    set.goods[0].changed = {};
    auto const one = play({set, set, set}, {.runs = 5}, {}, 1).value(), two = play({set, set, set}, {.runs = 5}, {}, 2).value();
    EXPECT_EQ(one.shop.today.profit.expected, two.shop.today.profit.expected);
    EXPECT_EQ(one.shop.difference.profit.high, two.shop.difference.profit.high);
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(play({set}, {.runs = 5}, {.stop = stop.get_token()}).error().reason, "cancelled");
    EXPECT_EQ(play({set}, {.runs = 0}).error().reason, "bad_play");
    set.goods[0].attraction.mean = std::nan("");
    EXPECT_EQ(play({set}, {}).error().reason, "bad_play");
    EXPECT_EQ(play({}, {}).value().days.size(), 28u);
}

}  // namespace
}  // namespace kindling::assortment
