// Goods whose variance follows their mean by a power: the law must be found, and the promise kept by one factor, also when the world moves away from its past.
#include "engines/inventory/shared_spread.h"

#include <gmock/gmock.h>

#include <cmath>

#include "core/random.h"
#include "engines/inventory/simulate.h"

namespace kindling::inventory {
namespace {

// Orders come with one chance for all goods; a few are twenty times as large as the others.
std::vector<std::vector<double>> goods_with_large_orders(std::size_t goods, std::size_t periods, std::uint64_t seed) {
    std::vector<std::vector<double>> out;
    for (std::size_t i = 0; i < goods; ++i) {
        auto random = Random(seed).stream("good", i);
        auto const size = std::round(std::exp(random.uniform(0, 4)));
        auto& h = out.emplace_back();
        for (std::size_t t = 0; t < periods; ++t) h.push_back(random.chance(0.3) ? size * (random.chance(0.02) ? 20 : 1) : 0);
    }
    return out;
}

std::vector<SpreadTrack> seen(const std::vector<std::vector<double>>& goods, const SpreadOptions& options) {
    std::vector<SpreadTrack> out(goods.size());
    for (std::size_t i = 0; i < goods.size(); ++i)
        for (auto const d : goods[i]) out[i].see(d, options);
    return out;
}

TEST(SharedSpread, AGoodThatSawALargeOrderAndOneThatDidNotAreTakenForMoreAlike) {
    auto const goods = goods_with_large_orders(400, 60, 7);
    SpreadOptions const options;
    auto const tracks = seen(goods, options);
    SpreadLaw const law(tracks, options), alone({}, options);
    SpreadTrack quiet, loud;
    for (int t = 0; t < 60; ++t) quiet.see(t % 3 == 0 ? 10 : 0, options), loud.see(t % 3 == 0 ? (t == 30 ? 200 : 10) : 0, options);
    auto const spread = [](const SpreadLaw& l, const SpreadTrack& good) { return l.level(good, 4, 5) - l.level(good, 4, 0); };
    EXPECT_GT(spread(law, quiet), 1.1 * spread(alone, quiet));
    EXPECT_LT(spread(law, loud), spread(alone, loud));
    EXPECT_GE(law.level(quiet, 4, 3), law.level(quiet, 4, 1));
    SpreadTrack silent;
    for (int t = 0; t < 60; ++t) silent.see(0, options);
    EXPECT_EQ(law.level(silent, 4, 3), 0);
}

TEST(SharedSpread, AGoodKeepsStockFromItsFirstSaleOn) {
    auto const goods = goods_with_large_orders(400, 60, 7);
    SpreadOptions const options;
    auto const tracks = seen(goods, options);
    SpreadLaw const law(tracks, options);
    SpreadTrack fresh, other;
    EXPECT_EQ(law.level(fresh, 4, 3), 0);
    fresh.see(5, options), other.see(50, options);
    EXPECT_GT(law.level(fresh, 4, 3), 5 * 4) << "the law of the others gives it a spread";
    EXPECT_GT(law.level(other, 4, 3), law.level(fresh, 4, 3));
}

TEST(SharedSpread, TheFactorFoundKeepsThePromiseOnWhatFollows) {
    auto const goods = goods_with_large_orders(500, 300, 11);
    std::vector<std::vector<double>> known;
    for (auto const& h : goods) known.emplace_back(h.begin(), h.begin() + 200);
    SpreadOptions const options;
    auto const start = factor_that_kept(known, {.target = 0.9, .lead = 3});
    ASSERT_TRUE(start) << start.error().message;
    EXPECT_GT(*start, 0);
    // The next hundred periods ask for half as much again, in orders as many.
    auto const tracks = seen(known, options);
    std::vector<Shelf> shelves(goods.size(), Shelf(3));
    auto const play = [&](bool moved) {
        auto now = tracks;
        auto shelf = shelves;
        SafetyFactor control(*start, 0.9, 3, 100);
        double asked = 0, served = 0;
        for (std::size_t t = 200; t < 300; ++t) {
            SpreadLaw const law(now, options);
            double a = 0, s = 0;
            for (std::size_t i = 0; i < goods.size(); ++i) {
                auto const up_to = law.level(now[i], 4, moved ? control.now() : *start);
                if (t == 200) shelf[i] = Shelf(3, false, up_to);
                shelf[i].order(up_to - 1, up_to);
                auto const demand = 1.5 * goods[i][t];
                a += demand, s += shelf[i].serve(demand), now[i].see(demand, options);
            }
            control.seen(a, a - s), asked += a, served += s;
        }
        return served / asked;
    };
    EXPECT_NEAR(play(true), 0.9, 0.02);
    EXPECT_LE(std::abs(play(true) - 0.9), std::abs(play(false) - 0.9));
}

TEST(SharedSpread, WhatIsMissedRaisesTheFactorAndWhatIsNotLowersItLess) {
    SafetyFactor calm(5, 0.95, 2, 50), short_of(5, 0.95, 2, 50), idle(5, 0.95, 2, 50);
    for (int t = 0; t < 20; ++t) calm.seen(100, 0), short_of.seen(100, 10), idle.seen(0, 0);
    EXPECT_LT(calm.now(), 5);
    EXPECT_GT(short_of.now(), 5);
    EXPECT_EQ(idle.now(), 5);
    for (int t = 0; t < 10'000; ++t) calm.seen(100, 0);
    EXPECT_EQ(calm.now(), 0);
}

TEST(SharedSpread, BadInputIsNamed) {
    auto const reason = [](const Result<double>& r) { return r ? std::string() : r.error().fields.empty() ? r.error().reason : r.error().fields[0].path; };
    std::vector<std::vector<double>> const fine(5, std::vector<double>(60, 1)), brief(5, std::vector<double>(10, 1)), unequal = {std::vector<double>(60, 1), std::vector<double>(61, 1)};
    EXPECT_TRUE(factor_that_kept(fine, {}));
    EXPECT_EQ(reason(factor_that_kept(fine, {.target = 1})), "/target");
    EXPECT_EQ(reason(factor_that_kept(fine, {.lead = 0})), "/lead");
    EXPECT_EQ(reason(factor_that_kept(fine, {.periods = 0})), "/periods");
    EXPECT_EQ(reason(factor_that_kept(fine, {}, {.mean_weight = 0})), "/mean_weight");
    EXPECT_EQ(reason(factor_that_kept(fine, {}, {.law_periods = -1})), "/law_periods");
    EXPECT_EQ(reason(factor_that_kept(unequal, {})), "/histories");
    EXPECT_EQ(reason(factor_that_kept(brief, {})), "history_too_short");
    EXPECT_EQ(reason(factor_that_kept({}, {})), "history_too_short");
    auto negative = fine;
    negative[1][3] = -1;
    EXPECT_EQ(reason(factor_that_kept(negative, {})), "/histories/1/3");
}

}  // namespace
}  // namespace kindling::inventory
