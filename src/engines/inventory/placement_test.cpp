#include "engines/inventory/placement.h"
#include "engines/inventory/result_for_test.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>

#include "core/random.h"

namespace kindling::inventory {
namespace {

// Every combination of service times, priced by the definition.
double brute_force(const Network& n) {
    std::vector<int> service(n.stages.size(), 0);
    double best = std::numeric_limits<double>::infinity();
    std::function<void(std::size_t)> const walk = [&](std::size_t j) {
        if (j == n.stages.size()) {
            double cost = 0;
            for (std::size_t k = 0; k < n.stages.size(); ++k) {
                auto wait = n.stages[k].inbound_at_least;
                for (auto const& a : n.arcs)
                    if (a.to == k) wait = std::max(wait, service[a.from]);
                auto const net = wait + n.stages[k].time - service[k];
                if (net < 0) return;
                cost += n.stages[k].holding * n.stages[k].bound * std::sqrt(net);
            }
            best = std::min(best, cost);
            return;
        }
        for (int s = 0; s <= (n.stages[j].service_at_most < 0 ? 9 : n.stages[j].service_at_most); ++s) service[j] = s, walk(j + 1);
    };
    walk(0);
    return best;
}

Network random_network(Random& random, std::size_t stages, double more_arcs) {
    Network n;
    for (std::size_t j = 0; j < stages; ++j) n.stages.push_back({static_cast<int>(random.below(3)), random.uniform(0, 4), random.chance(0.1) ? 0 : random.uniform(0, 9), static_cast<int>(random.chance(0.2)), -1});
    for (std::uint32_t j = 1; j < stages; ++j) {
        auto const i = static_cast<std::uint32_t>(random.below(j));
        n.arcs.push_back({i, j});
    }
    for (std::uint32_t j = 0; j < stages; ++j)
        for (std::uint32_t i = 0; i < j; ++i)
            if (random.chance(more_arcs)) n.arcs.push_back({i, j});
    for (std::uint32_t j = 0; j < stages; ++j)
        if (std::ranges::none_of(n.arcs, [&](const Arc& a) { return a.from == j; })) n.stages[j].service_at_most = static_cast<int>(random.below(3));
    return n;
}

TEST(Placement, TreesAreSolvedExactly) {
    Random random(1);
    for (int round = 0; round < 60; ++round) {
        auto const n = random_network(random, 4 + random.below(2), 0);
        auto const p = ok(place_safety_stock(n));
        EXPECT_TRUE(p.forest);
        EXPECT_NEAR(p.cost, brute_force(n), 1e-9 * (1 + p.cost)) << round;
        EXPECT_NEAR(p.lower_bound, p.cost, 1e-9 * (1 + p.cost));
    }
}

TEST(Placement, BoundsHoldAndPlansAreGoodOnAnyNetwork) {
    Random random(2);
    int closed = 0, best_found = 0;
    for (int round = 0; round < 80; ++round) {
        auto const n = random_network(random, 5, 0.5);
        auto const p = ok(place_safety_stock(n, {.passes = 300}));
        auto const best = brute_force(n);
        ASSERT_LE(p.lower_bound, best + 1e-9 * (1 + best)) << round << ": the bound must never pass the best plan";
        ASSERT_GE(p.cost, best - 1e-9 * (1 + best)) << round;
        EXPECT_NEAR(placement_cost(n, p.service), p.cost, 1e-9 * (1 + p.cost));
        EXPECT_LE(p.gap(), 0.15) << round;
        best_found += p.cost <= best * (1 + 1e-9) + 1e-12, closed += p.gap() < 1e-6;
    }
    EXPECT_GE(best_found, 76);
    EXPECT_GE(closed, 40);
}

TEST(Placement, PublishedTree) {
    // Example 6.5 of Snyder & Shen: 1 -> 3 -> {2, 4}; promised 0 and 1.
    auto const root2 = std::sqrt(2.0);
    Network const n{{{2, 1, root2, 1, -1}, {1, 3, 1, 0, 0}, {1, 2, root2, 0, -1}, {1, 3, 1, 0, 1}}, {{0, 2}, {2, 1}, {2, 3}}};
    double const own[] = {0, 1, 0, 1};
    auto const b = ok(bounds(n, own));
    EXPECT_NEAR(b[0], root2, 1e-12);
    EXPECT_NEAR(b[2], root2, 1e-12);
    auto const p = ok(place_safety_stock(n));
    EXPECT_NEAR(p.cost, 8.277916867529369, 1e-12);
    EXPECT_EQ(p.service, (std::vector<int>{0, 0, 0, 1}));
}

TEST(Placement, UnitsMultiplyAlongPathsAndAddOverThem) {
    // 0 goes into 3 twice by 1 and three times by 2.
    Network n{std::vector<Stage>(4), {{0, 1, 2}, {0, 2, 3}, {1, 3, 1}, {2, 3, 1}}};
    double const own[] = {1, 0, 0, 2};
    EXPECT_NEAR(ok(bounds(n, own))[0], std::sqrt(1 + 25 * 4.0), 1e-12);
}

TEST(Placement, ScepticalCases) {
    EXPECT_EQ(reason(place_safety_stock({})), "inventory_input");
    EXPECT_EQ(reason(place_safety_stock({{{1, 1, 1}}, {{0, 0}}})), "cyclic_network");
    EXPECT_EQ(reason(place_safety_stock({{{1, 1, 1}, {1, 1, 1}}, {{0, 1}, {1, 0}}})), "cyclic_network");
    EXPECT_EQ(reason(place_safety_stock({{{1, 1, 1}}, {{0, 7}}})), "inventory_input");
    EXPECT_EQ(reason(place_safety_stock({{{-1, 1, 1}}, {}})), "inventory_input");
    EXPECT_EQ(reason(place_safety_stock({{{1, std::numeric_limits<double>::quiet_NaN(), -4}}, {}})), "inventory_input");
    EXPECT_EQ(place_safety_stock({{{1, -1, -4}}, {}}).error().fields.size(), 2u);
    Network deep{std::vector<Stage>(3, {4'000, 1, 1, 0, -1}), {{0, 1}, {1, 2}}};
    EXPECT_EQ(reason(place_safety_stock(deep)), "network_too_wide");
    Network const still{{{0, 5, 3, 0, 0}}, {}};
    EXPECT_EQ(ok(place_safety_stock(still)).cost, 0) << "no time, no stock";
    Network const twice{{{2, 1, 1, 0, -1}, {1, 3, 1, 0, 0}}, {{0, 1}, {0, 1}}};
    EXPECT_TRUE(ok(place_safety_stock(twice)).forest) << "an arc said twice is one arc";
    int const too_slow[] = {9, 0};
    EXPECT_TRUE(std::isnan(placement_cost(twice, too_slow)));
    int asked = 0;
    Random random(4);
    auto const stopped = ok(place_safety_stock(random_network(random, 6, 0.8), {.stop = [&] { return ++asked == 1; }}));
    EXPECT_GT(stopped.service.size(), 0u) << "stopped early, there is still a plan";
}

}  // namespace
}  // namespace kindling::inventory
