#include "engines/inventory/simulate.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "engines/inventory/periodic_review.h"
#include "engines/inventory/pooled_demand.h"
#include "engines/inventory/service.h"
#include "engines/inventory/result_for_test.h"

namespace kindling::inventory {
namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

TEST(Sampler, DrawsByProbability) {
    double const p[] = {0.5, 0, 0.25, 0.125, 0.125};
    WholeSampler const sampler(p);
    Random random(3);
    std::vector<double> seen(5, 0);
    int const draws = 400'000;
    for (int i = 0; i < draws; ++i) seen[static_cast<std::size_t>(sampler.draw(random))] += 1.0 / draws;
    for (std::size_t k = 0; k < 5; ++k) EXPECT_NEAR(seen[k], p[k], 0.004) << k;
}

TEST(Simulation, MeetsTheFormulasOfBaseStock) {
    for (auto const& day : {ok(Demand::poisson(0.7)), ok(Demand::negative_binomial(3, 12))}) {
        ReviewDemand const review{ok(day.over(4)), ok(day.over(5))};
        auto const level = ok(level_for_fill_rate(review, 0.9));
        SimulationPlan const plan{.lead_time = 4, .periods = 2'000, .runs = 60};
        auto const s = ok(simulate(day, level - 1, level, plan));
        EXPECT_NEAR(s.fill_rate, fill_rate(review, level), 5 * s.fill_rate_error);
        EXPECT_NEAR(s.owed, review.protection.loss(level), 0.05 * (0.1 + review.protection.loss(level)));
        EXPECT_NEAR(s.on_hand - s.owed, level - review.protection.mean(), 0.03 * level);
        EXPECT_EQ(ok(simulate(day, level - 1, level, plan)).on_hand, s.on_hand) << "the same seed, the same answer";
    }
}

TEST(Simulation, MeetsTheExactCostOfMinMax) {
    auto const day = ok(Demand::poisson(2)), protection = ok(Demand::poisson(6));
    PeriodicCosts const c{24, 1, 9};
    auto const best = ok(min_max_exact(c, day, protection));
    auto const s = ok(simulate(day, best.reorder_level, best.order_up_to, {.lead_time = 2, .periods = 5'000, .runs = 40}));
    EXPECT_NEAR(c.fixed * s.orders + c.holding * s.on_hand + c.stockout * s.owed, best.cost, 0.02 * best.cost);
}

TEST(Simulation, LostSalesAreNotOwed) {
    auto const day = ok(Demand::poisson(2));
    auto const s = ok(simulate(day, 2, 3, {.lead_time = 3, .lost_sales = true}));
    EXPECT_EQ(s.owed, 0);
    EXPECT_LT(s.fill_rate, 0.6);
    EXPECT_GT(s.fill_rate, 0.3);
}

TEST(Simulation, ScepticalCases) {
    auto const none = ok(Demand::poisson(0));
    EXPECT_EQ(ok(simulate(none, -1, 0, {})).fill_rate, 1) << "nothing asked for, nothing missed";
    EXPECT_EQ(ok(simulate(none, 4, 5, {})).on_hand, 5);
    auto const day = ok(Demand::poisson(2));
    EXPECT_EQ(ok(simulate(day, 99, 100, {.lead_time = 0})).fill_rate, 1) << "without lead time the shelf is full each morning";
    EXPECT_EQ(reason(simulate(day, 5, 5, {})), "inventory_input");
    EXPECT_EQ(reason(simulate(day, nothing, 5, {})), "inventory_input");
    EXPECT_EQ(reason(simulate(day, 4, 5, {.lead_time = -1})), "inventory_input");
    EXPECT_EQ(reason(simulate(day, 4, 5, {.runs = 0})), "inventory_input");
    EXPECT_EQ(reason(simulate(ok(Demand::poisson(1e12)), 4, 5, {})), "demand_too_wide");
}

std::vector<std::vector<double>> drawn(std::size_t goods, std::size_t periods, std::uint64_t seed) {
    Random random(seed);
    std::vector<std::vector<double>> out(goods);
    for (auto& h : out) {
        auto const rate = std::exp(random.uniform(-2.5, 0.5));
        for (std::size_t t = 0; t < periods; ++t) h.push_back(static_cast<double>(random.poisson(rate)));
    }
    return out;
}

TEST(Pooled, LevelsCoverTheirShareOfWhatComes) {
    // The truth is known: in a new stretch of time the share of goods whose demand stays within the level is the quantile.
    auto const all = drawn(800, 51, 1);
    std::vector<std::vector<double>> known;
    for (auto const& h : all) known.emplace_back(h.begin(), h.begin() + 48);
    auto const model = ok(PooledDemand::learn(known, {.protection = 3, .quantile = 0.9}));
    double covered = 0, reached = 0;
    for (std::size_t i = 0; i < known.size(); ++i) {
        DemandState s;
        for (double const d : known[i]) observe(s, d, model.smoothing());
        auto const level = std::floor(model.level(s, 0.9) + 1e-9), sold = all[i][48] + all[i][49] + all[i][50];
        covered += sold <= level, reached += sold < level;
    }
    EXPECT_GE(covered / 800, 0.86);
    EXPECT_LE(reached / 800, 0.93);
}

TEST(Pooled, LevelsGrowWithTheQuantileAndTheSize) {
    auto const model = ok(PooledDemand::learn(drawn(300, 40, 5), {.protection = 2}));
    DemandState const s{0.4, 3, 40, 16}, twice{0.4, 6, 40, 16};
    EXPECT_LE(model.level(s, 0.5), model.level(s, 0.9));
    EXPECT_LE(model.level(s, 0.9), model.level(s, 0.99));
    EXPECT_NEAR(model.level(twice, 0.9), 2 * model.level(s, 0.9), 1e-9);
    EXPECT_EQ(model.level({}, 0.99), 0) << "never sold";
}

// A wholesale order among ones sets neither that good's level nor those of all who sell as often.
TEST(Pooled, OneHugeOrderSetsNoLevels) {
    auto all = drawn(300, 60, 5);
    auto const plain = ok(PooledDemand::learn(all, {.protection = 2}));
    all[7][40] = 12'000;
    auto const model = ok(PooledDemand::learn(all, {.protection = 2}));
    DemandState const s{0.4, 1, 40, 16};
    EXPECT_LE(model.level(s, 0.99), 1.5 * plain.level(s, 0.99) + 1);
    DemandState own;
    for (double const d : all[7]) observe(own, d, model.smoothing());
    EXPECT_LT(own.size, 40) << "smoothed as a mean it was above 100";
}

TEST(Pooled, BadInputIsNamed) {
    std::vector<std::vector<double>> few{{1, 2, 3}};
    EXPECT_EQ(reason(PooledDemand::learn(few, {})), "history_too_short");
    few[0][1] = -4;
    EXPECT_EQ(reason(PooledDemand::learn(few, {})), "inventory_input");
    few[0] = {1, nothing, 2};
    EXPECT_EQ(reason(PooledDemand::learn(few, {})), "inventory_input") << "a hole after the first sale";
    EXPECT_EQ(reason(PooledDemand::learn({}, {})), "history_too_short");
    EXPECT_EQ(reason(PooledDemand::learn(drawn(300, 40, 5), {.quantile = 1})), "inventory_input");
    EXPECT_EQ(reason(PooledDemand::learn(std::vector<std::vector<double>>(50, std::vector<double>(60, 0)), {})), "history_too_short") << "nothing was ever sold";
}

}  // namespace
}  // namespace kindling::inventory
