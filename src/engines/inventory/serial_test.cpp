#include "engines/inventory/serial.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/random.h"
#include "engines/inventory/distribution.h"
#include "engines/inventory/newsvendor.h"
#include "engines/inventory/result_for_test.h"

namespace kindling::inventory {
namespace {

TEST(Serial, OneStageIsTheNewsvendor) {
    SerialStage const one[] = {{2, 3}};
    for (auto const& d : {ok(Demand::normal(50, 8)), ok(Demand::poisson(4)), ok(Demand::gamma(5, 4))}) {
        auto const ours = ok(serial_exact(one, 18, d));
        auto const best = ok(newsvendor({2, 18}, ok(d.over(3))));
        EXPECT_NEAR(ours.cost, best.cost, d.whole() ? 1e-6 : 0.01 * best.cost);
        EXPECT_NEAR(ours.echelon_base_stock[0], best.level, d.whole() ? 0 : 0.2);
    }
}

// Continuous review of whole demand, by its own events: stages ship one for one as far as they have, each unit travels its lead time.
TEST(Serial, CostIsWhatASimulationOfUnitsCosts) {
    SerialStage const stages[] = {{1, 1}, {0.5, 2}};
    auto const d = ok(Demand::poisson(3));
    double const levels[] = {5, 11};
    auto const ours = ok(serial_cost(stages, 9, d, levels));
    // Echelon positions at equal times: IN_1(t + L_1) = S_1 - D; what stage 0 has then is min(S_0, IN_1) less the demand of L_0.
    Random random(3);
    double sum = 0;
    int const runs = 400'000;
    for (int i = 0; i < runs; ++i) {
        auto const up = levels[1] - static_cast<double>(random.poisson(6)), down = std::min(levels[0], up) - static_cast<double>(random.poisson(3));
        sum += 0.5 * up + 1 * down + (9 + 1.5) * std::max(0.0, -down);
    }
    EXPECT_NEAR(ours, sum / runs, 0.03);
}

// A warehouse with one place is a chain of two.
TEST(Serial, IsTheWarehouseWithOnePlace) {
    double const place = 1.5, warehouse = 1, stockout = 12;
    SerialStage const stages[] = {{place - warehouse, 2}, {warehouse, 5}};
    auto const chain = ok(serial_exact(stages, stockout, ok(Demand::poisson(1.7))));
    auto const star = ok(distribution_best({.lead_time = 5, .holding = warehouse, .places = {{.mean = 1.7, .variance = 1.7, .lead_time = 2, .holding = place, .stockout = stockout}}}));
    EXPECT_EQ(chain.echelon_base_stock[0], star.places[0].level);
    EXPECT_EQ(chain.echelon_base_stock[1], star.level + star.places[0].level);
    EXPECT_NEAR(chain.cost, star.cost + warehouse * 1.7 * 2, 1e-5 * chain.cost) << "a chain counts what is on the way between its stages";
}

TEST(Serial, BestLevelsAreBestAndInsideTheBounds) {
    SerialStage const stages[] = {{3, 1}, {2, 1}, {2, 2}};
    for (auto const& d : {ok(Demand::poisson(5)), ok(Demand::negative_binomial(2, 6))}) {
        auto const ours = ok(serial_exact(stages, 37.12, d));
        auto const bounds = ok(serial_newsvendor_bounds(stages, 37.12, d));
        for (std::size_t j = 0; j < 3; ++j) {
            EXPECT_GE(ours.echelon_base_stock[j], bounds.lower[j]); EXPECT_LE(ours.echelon_base_stock[j], bounds.upper[j]);
            for (double const step : {-1.0, 1.0}) {
                auto other = ours.echelon_base_stock;
                other[j] += step;
                EXPECT_GE(ok(serial_cost(stages, 37.12, d, other)), ours.cost - 1e-9);
            }
        }
        EXPECT_NEAR(ok(serial_cost(stages, 37.12, d, ours.echelon_base_stock)), ours.cost, 1e-9);
        EXPECT_LT(ok(serial_cost(stages, 37.12, d, bounds.middle)), 1.03 * ours.cost);
    }
    // Published bounds of example 6.1 (normal): their mean.
    auto const middle = ok(serial_newsvendor_bounds(stages, 37.12, ok(Demand::normal(5, 1)))).middle;
    EXPECT_NEAR(middle[0], 6.490880975286938, 1e-6); EXPECT_NEAR(middle[1], 12.027434723327854, 1e-6); EXPECT_NEAR(middle[2], 22.634032391786285, 1e-6);
}

TEST(Serial, ScepticalCases) {
    SerialStage const stages[] = {{1, 0}, {1, 0}};
    EXPECT_NEAR(ok(serial_exact(stages, 5, ok(Demand::poisson(4)))).cost, 0, 1e-9) << "no lead time: nothing need be kept";
    SerialStage const slow[] = {{1, 2}};
    EXPECT_NEAR(ok(serial_exact(slow, 5, ok(Demand::poisson(0)))).cost, 0, 1e-9);
    auto const d = ok(Demand::poisson(4));
    EXPECT_EQ(reason(serial_exact({}, 5, d)), "inventory_input");
    EXPECT_EQ(reason(serial_exact(slow, -5, d)), "inventory_input");
    SerialStage const bad[] = {{std::numeric_limits<double>::quiet_NaN(), -1}};
    auto const error = serial_exact(bad, 5, d).error();
    EXPECT_EQ(error.fields.size(), 2u);
    double const level[] = {1, 2};
    EXPECT_EQ(reason(serial_cost(slow, 5, d, level)), "inventory_input");
    EXPECT_EQ(reason(serial_exact(slow, 5, ok(Demand::poisson(1e9)))), "demand_too_wide");
}

}  // namespace
}  // namespace kindling::inventory
