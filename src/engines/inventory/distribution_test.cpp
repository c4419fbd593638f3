// One warehouse and its places: beside single stages at both ends, a simulation of every unit, and levels tried one by one.
#include "engines/inventory/distribution.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <queue>

#include "core/random.h"
#include "engines/inventory/demand.h"
#include "engines/inventory/newsvendor.h"
#include "engines/inventory/result_for_test.h"

namespace kindling::inventory {
namespace {

DistributionNetwork three_places() { return {.lead_time = 2, .holding = 0.4, .places = {{3, 3, 1, 1, 20}, {1, 1, 0.5, 1, 20}, {0.5, 0.5, 2, 1.5, 9}}}; }

TEST(Distribution, IsASingleStageWhenTheWarehouseHoldsAllOrNothing) {
    auto network = three_places();
    std::vector<double> const levels = {6, 2, 2};
    auto const plenty = ok(distribution_cost(network, 60, levels)), none = ok(distribution_cost(network, 0, levels));
    for (std::size_t i = 0; i < 3; ++i) {
        auto const& p = network.places[i];
        auto const near = ok(Demand::poisson(p.mean * p.lead_time)), far = ok(Demand::poisson(p.mean * (p.lead_time + network.lead_time)));
        EXPECT_NEAR(plenty.places[i].owed, near.loss(levels[i]), 1e-9);
        EXPECT_NEAR(none.places[i].owed, far.loss(levels[i]), 1e-9) << "nothing there: every order waits the whole lead time of the warehouse";
        EXPECT_NEAR(none.places[i].fill_rate, far.cdf(levels[i] - 1), 1e-9);
    }
    EXPECT_TRUE(plenty.exact);
    EXPECT_NEAR(plenty.on_hand, 60 - 9, 1e-9);
}

// Every unit by itself: orders wait at the warehouse in their turn.
TEST(Distribution, CostIsWhatASimulationOfUnitsCosts) {
    auto const network = three_places();
    std::vector<double> const levels = {5, 2, 2};
    double const warehouse = 8;
    auto const ours = ok(distribution_cost(network, warehouse, levels));
    Random random(11);
    double const rate = 4.5, end = 200'000;
    struct Change { double at; std::size_t place; double units; bool operator>(const Change& o) const { return at > o.at; } };
    std::priority_queue<Change, std::vector<Change>, std::greater<>> coming;
    std::vector<double> net = levels, hand(3), owed(3);
    std::vector<double> to_warehouse;  // when each order of the warehouse arrives, in turn: order k serves the order `warehouse` places later
    std::size_t orders = 0;
    double now = 0;
    auto const pass = [&](double until) {
        for (std::size_t i = 0; i < 3; ++i) hand[i] += (until - now) * std::max(0.0, net[i]), owed[i] += (until - now) * std::max(0.0, -net[i]);
        now = until;
    };
    while (now < end) {
        double const next = now - std::log(1 - random.uniform()) / rate;
        while (!coming.empty() && coming.top().at <= next) { auto const c = coming.top(); coming.pop(); pass(c.at); net[c.place] += c.units; }
        pass(next);
        double const u = random.uniform() * rate;
        std::size_t const place = u < 3 ? 0 : u < 4 ? 1 : 2;
        net[place] -= 1;
        to_warehouse.push_back(now + network.lead_time);
        // The k-th order is served by stock that was there for the first S_0, else by the (k - S_0)-th unit ordered.
        double const ships = orders < 8 ? now : std::max(now, to_warehouse[orders - 8]);
        ++orders;
        coming.push({ships + network.places[place].lead_time, place, 1});
    }
    double cost = network.holding * ours.on_hand;
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_NEAR(hand[i] / end, ours.places[i].on_hand, 0.02) << i;
        EXPECT_NEAR(owed[i] / end, ours.places[i].owed, 0.01) << i;
        cost += network.places[i].holding * hand[i] / end + network.places[i].stockout * owed[i] / end;
    }
    EXPECT_NEAR(ours.cost, cost, 0.2);
}

TEST(Distribution, BestIsNotBeatenByItsNeighbours) {
    auto const network = three_places();
    auto const best = ok(distribution_best(network));
    std::vector<double> levels;
    for (auto const& p : best.places) levels.push_back(p.level);
    EXPECT_NEAR(ok(distribution_cost(network, best.level, levels)).cost, best.cost, 1e-9);
    for (double s0 = std::max(0.0, best.level - 3); s0 <= best.level + 3; ++s0)
        for (std::size_t i = 0; i < 3; ++i)
            for (double const move : {-1.0, 1.0}) {
                auto other = levels;
                other[i] = std::max(0.0, other[i] + move);
                EXPECT_GE(ok(distribution_cost(network, s0, other)).cost, best.cost - 1e-9);
            }
}

TEST(Distribution, PromisesAreKeptAtTheLeastCost) {
    for (double const variance : {1.0, 2.5}) {  // of a unit of mean: one by one, and in lumps
        auto network = three_places();
        for (auto& p : network.places) p.variance = variance * p.mean, p.promise = 0.97;
        auto const best = ok(distribution_best(network));
        std::vector<double> levels;
        for (auto const& p : best.places) { levels.push_back(p.level); EXPECT_GE(p.fill_rate, 0.97); }
        auto free = network;
        for (auto& p : free.places) p.promise = 0;
        EXPECT_LE(ok(distribution_best(free)).cost, best.cost + 1e-9);
        for (double s0 = std::max(0.0, best.level - 3); s0 <= best.level + 3; ++s0)
            for (std::size_t i = 0; i < 3; ++i)
                for (double const move : {-1.0, 0.0, 1.0}) {
                    auto other = levels;
                    other[i] = std::max(0.0, other[i] + move);
                    auto const tried = ok(distribution_cost(network, s0, other));
                    bool const kept = std::ranges::all_of(tried.places, [](auto const& p) { return p.fill_rate >= 0.97; });
                    EXPECT_TRUE(!kept || tried.cost >= best.cost - 1e-9) << s0 << " " << i << " " << move;
                }
    }
}

// Day by day: the warehouse always has, so a place has on order what was asked for in its lead time.
TEST(Distribution, ServesOfALumpWhatIsThere) {
    DistributionNetwork const network{.lead_time = 2, .holding = 0, .places = {{.mean = 0.4, .variance = 1.4, .lead_time = 3, .holding = 1, .stockout = 9}}};
    double const levels[] = {4};
    auto const ours = ok(distribution_cost(network, 200, levels)).places[0].fill_rate;
    auto const day = ok(Demand::counts(0.4, 1.4));
    Random random(5);
    double asked = 0, served = 0;
    for (int n = 0; n < 400'000; ++n) {
        double on_order = 0;
        for (int d = 0; d < 3; ++d) on_order += day.quantile(std::clamp(random.uniform(), 1e-9, 1 - 1e-9));
        double const wanted = day.quantile(std::clamp(random.uniform(), 1e-9, 1 - 1e-9));
        asked += wanted, served += std::min(wanted, std::max(0.0, levels[0] - on_order));
    }
    EXPECT_NEAR(ours, served / asked, 0.004);
}

TEST(Distribution, ManyUnitsAreMatchedByMoments) {
    auto const four = [](double mean, double variance) {
        DistributionNetwork network{.lead_time = 5, .holding = 0.2, .places = {}};
        for (int i = 0; i < 4; ++i) network.places.push_back({mean, variance, 1, 1, 10});
        return ok(distribution_best(network));
    };
    auto const exact = four(10, 10), matched = four(11, 11);  // 200 and 220 units in the lead time, on both sides of the limit
    EXPECT_TRUE(exact.exact);
    EXPECT_FALSE(matched.exact);
    EXPECT_NEAR(matched.cost / exact.cost, std::sqrt(1.1), 0.03) << "safety grows with the root of the demand: no step where the method changes";
    EXPECT_NEAR(four(11, 44).cost / matched.cost, 2, 0.3) << "twice the deviation, and more of a tail";
    auto const large = four(5000, 5000);  // 10^5 units on order: looked at in steps first
    EXPECT_NEAR(large.cost / exact.cost, std::sqrt(500), 0.1 * std::sqrt(500)) << "few units have a longer tail";
}

TEST(Distribution, SaysWhatIsWrong) {
    auto network = three_places();
    network.places[1].mean = -1, network.places[2].stockout = 0;
    auto const bad = distribution_best(network);
    ASSERT_FALSE(bad);
    EXPECT_EQ(bad.error().reason, "inventory_input");
    ASSERT_EQ(bad.error().fields.size(), 2U);
    EXPECT_EQ(bad.error().fields[0].path, "/places/1/mean");
    EXPECT_EQ(distribution_best({.lead_time = 1, .holding = 0, .places = {}}).error().reason, "inventory_input");
    EXPECT_EQ(distribution_best({.lead_time = 1, .holding = 0, .places = {{0, 0, 1, 1, 1}}}).error().reason, "inventory_input");
    EXPECT_EQ(distribution_best({.lead_time = 1, .holding = 0, .places = {{2e6, 0, 1, 1, 1}}}).error().reason, "demand_too_wide");
    EXPECT_EQ(distribution_cost(three_places(), 2.5, std::vector<double>{1, 1, 1}).error().reason, "inventory_input");
    EXPECT_EQ(distribution_cost(three_places(), 2, std::vector<double>{1, 1}).error().reason, "inventory_input");
}

// A warehouse that sells itself serves from its own shelf: with one such place it is a shelf of the lead time's demand.
TEST(Distribution, APlaceWithNoWayToGoIsServedByTheWarehouse) {
    auto const lead = ok(Demand::poisson(2 * 3));
    DistributionNetwork const own{.lead_time = 3, .holding = 1, .places = {{.mean = 2, .variance = 2, .lead_time = 0, .holding = 1, .stockout = 9}}};
    for (double const place : {0.0, 1.0, 4.0}) {
        double const levels[] = {place};
        EXPECT_NEAR(ok(distribution_cost(own, 7, levels)).places[0].fill_rate, lead.cdf(7 + place - 1), 1e-9) << place;
    }
    double const none[] = {0};
    EXPECT_EQ(ok(distribution_cost(own, 0, none)).places[0].fill_rate, 0);
}

}  // namespace
}  // namespace kindling::inventory
