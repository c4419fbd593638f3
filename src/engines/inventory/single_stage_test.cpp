// Models of one place: published optima (stockpyl's own tests, instances of Snyder & Shen's textbook), brute force, and bad input.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>

#include "core/random.h"
#include "engines/inventory/continuous_review.h"
#include "engines/inventory/finite_horizon.h"
#include "engines/inventory/lot_size.h"
#include "engines/inventory/order_quantity.h"
#include "engines/inventory/periodic_review.h"
#include "engines/inventory/result_for_test.h"

namespace kindling::inventory {
namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN(), endless = std::numeric_limits<double>::infinity();

#define EXPECT_CLOSE(ours, theirs) EXPECT_NEAR((ours) / (theirs), 1, 1e-7)

TEST(Newsvendor, PublishedOptima) {
    auto const d = ok(Demand::normal(50, 8));
    auto const a = ok(newsvendor({0.18, 0.7}, d));
    EXPECT_CLOSE(a.level, 56.603955927433887); EXPECT_CLOSE(a.cost, 1.997605193176645);
    EXPECT_CLOSE(ok(newsvendor_cost({0.18, 0.7}, d, 40)), 7.356131552870388);
    auto const lead = ok(newsvendor({0.18, 0.7}, ok(d.over(5))));
    EXPECT_CLOSE(lead.level, 2.647668943741548e+02); EXPECT_CLOSE(lead.cost, 4.466781004149578);
    auto const b = ok(newsvendor({200, 270}, ok(Demand::poisson(18))));
    EXPECT_EQ(b.level, 19); EXPECT_CLOSE(b.cost, 7.860884409351115e+02);
    auto const c = ok(newsvendor({1, 0.1765}, ok(Demand::lognormal(6, 0.3))));
    EXPECT_CLOSE(c.level, 2.956266448071368e+02); EXPECT_NEAR(c.cost, 29.442543582135290, 1e-5);
    double const values[] = {1, 2, 3, 4, 5, 6, 7, 8}, weights[] = {0.25, 0.05, 0.1, 0.2, 0.15, 0.10, 0.10, 0.05};
    auto const e = ok(newsvendor({500000, 1000000}, ok(Demand::empirical(values, weights))));
    EXPECT_EQ(e.level, 5); EXPECT_CLOSE(e.cost, 1225000);
    auto const f = ok(newsvendor_profit(1, 0.3, 0.12, d));
    EXPECT_CLOSE(f.quantity, 56.603955927433887); EXPECT_CLOSE(f.profit, 0.7 * 50 - 1.997605193176645);
}

TEST(OrderQuantity, PublishedOptima) {
    EXPECT_CLOSE(ok(economic_order_quantity(8, 0.225, 1300)).quantity, 304.0467800264368);
    EXPECT_CLOSE(ok(economic_order_quantity(2250, 275, 182500)).cost, 475230.2073732266);
    auto const b = ok(economic_order_quantity_with_backorders(8, 0.225, 5, 1300));
    EXPECT_CLOSE(b.quantity, 310.8125551589646); EXPECT_CLOSE(b.backordered_share, 0.043062200956938); EXPECT_CLOSE(b.cost, 66.921363550973254);
    auto const p = ok(economic_production_quantity(4, 0.08, 80, 110));
    EXPECT_CLOSE(p.quantity, 171.2697677155351); EXPECT_CLOSE(p.cost, 3.736794931975310);
    EXPECT_EQ(ok(economic_order_quantity(8, 1, 0)).quantity, 0);
    EXPECT_EQ(reason(economic_order_quantity(-8, 1, 5)), "inventory_input");
    EXPECT_EQ(reason(economic_order_quantity(8, 0, 5)), "inventory_input");
    EXPECT_EQ(reason(economic_order_quantity(8, 1, nothing)), "inventory_input");
    EXPECT_EQ(reason(economic_production_quantity(4, 1, 80, 80)), "inventory_input");
}

TEST(OrderQuantity, DiscountsAgainstEveryQuantity) {
    PriceBreak const breaks[] = {{0, 0.75}, {400, 0.72}, {800, 0.68}};
    for (auto const kind : {Discount::all_units, Discount::incremental})
        for (double const fixed : {0.5, 8.0, 60.0}) {
            auto const ours = ok(economic_order_quantity_with_discounts(fixed, 0.3, 1300, breaks, kind));
            double best = endless;
            for (double q = 1; q < 6000; q += 0.25) {
                double bought = 0;  // what q units cost
                for (std::size_t i = 0; i < 3; ++i) {
                    auto const end = i < 2 ? breaks[i + 1].from : endless;
                    if (kind == Discount::incremental) bought += std::max(0.0, std::min(q, end) - breaks[i].from) * breaks[i].unit_cost;
                    else if (q >= breaks[i].from && q < end) bought = q * breaks[i].unit_cost;
                }
                best = std::min(best, (fixed + bought) * 1300 / q + 0.3 * bought / 2);
            }
            EXPECT_LE(ours.cost, best + 1e-9); EXPECT_GE(ours.cost, best - 1e-3);
        }
    PriceBreak const rising[] = {{0, 1}, {10, 2}}, late[] = {{5, 1}};
    EXPECT_EQ(reason(economic_order_quantity_with_discounts(1, 0.3, 10, rising, Discount::all_units)), "inventory_input");
    EXPECT_EQ(reason(economic_order_quantity_with_discounts(1, 0.3, 10, late, Discount::all_units)), "inventory_input");
}

TEST(JointReplenishment, IsExactAmongCyclicPolicies) {
    Random random(5);
    for (int round = 0; round < 40; ++round) {
        std::vector<JointGood> goods;
        for (int i = 0; i < 3; ++i) goods.push_back({random.uniform(0.1, 60), random.uniform(0.1, 5), random.uniform(1, 300)});
        auto const shared = random.uniform(0, 40);
        auto const ours = ok(joint_replenishment(shared, goods)), silver = ok(joint_replenishment_silver(shared, goods));
        double best = endless;
        for (long a = 1; a <= 30; ++a)
            for (long b = 1; b <= 30; ++b)
                for (long c = 1; c <= 30; ++c) {
                    if (a > 1 && b > 1 && c > 1) continue;
                    auto const m = {a, b, c};
                    double orders = shared, keeping = 0;
                    std::size_t i = 0;
                    for (long const k : m) orders += goods[i].fixed_cost / static_cast<double>(k), keeping += goods[i].holding * goods[i].demand_rate * static_cast<double>(k), ++i;
                    best = std::min(best, std::sqrt(2 * orders * keeping));
                }
        EXPECT_NEAR(ours.cost, best, 1e-9 * best); EXPECT_LE(ours.cost, silver.cost + 1e-9);
    }
    EXPECT_EQ(reason(joint_replenishment(1, {})), "inventory_input");
}

TEST(ContinuousReview, PublishedPolicies) {
    ReorderCosts const c{8, 0.225, 7.5, 1300};
    auto const lead = ok(ok(Demand::normal(1300, 150)).over(1.0 / 12));
    EXPECT_CLOSE(ok(reorder_cost(c, lead, 100, 250)), 87.346478028174985);
    EXPECT_CLOSE(ok(best_reorder_point(c, lead, 318)), 1.277880348669655e+02);
    EXPECT_CLOSE(ok(best_reorder_point(c, lead, 750)), 99.853773396165280);
    auto const eil = ok(reorder_approximate(ReorderApproximation::expected_inventory, c, lead));
    EXPECT_NEAR(eil.reorder_point, 2.139704421358024e+02, 1e-4); EXPECT_NEAR(eil.quantity, 3.185901810768729e+02, 1e-4); EXPECT_NEAR(eil.cost, 95.451140222851961, 1e-5);
    auto const eoqb = ok(reorder_approximate(ReorderApproximation::backorder_quantity, c, lead));
    EXPECT_CLOSE(eoqb.reorder_point, 1.286378144242710e+02); EXPECT_CLOSE(eoqb.quantity, 3.085737801203754e+02);
    auto const safety = ok(reorder_approximate(ReorderApproximation::order_quantity_and_safety, c, lead));
    EXPECT_CLOSE(safety.reorder_point, 1.903369965715624e+02); EXPECT_CLOSE(safety.quantity, 3.040467800264368e+02);
    auto const loss = ok(reorder_approximate(ReorderApproximation::loss_function, c, lead));
    EXPECT_NEAR(loss.reorder_point, 1.268670642878315e+02, 1e-4); EXPECT_NEAR(loss.quantity, 3.284491413581765e+02, 1e-4);
    auto const exact = ok(reorder_exact(c, lead));
    for (auto const& a : {eoqb, safety, loss}) EXPECT_LE(exact.cost, a.cost + 1e-9);
    EXPECT_CLOSE(exact.cost, ok(reorder_cost(c, lead, exact.reorder_point, exact.quantity)));
    for (double const dr : {-0.5, 0.5})
        for (double const dq : {-1.0, 0.0, 1.0}) EXPECT_LT(exact.cost, ok(reorder_cost(c, lead, exact.reorder_point + dr, exact.quantity + dq)));
    ReorderCosts const p{100, 20, 150, 1.5};
    auto const poisson = ok(reorder_exact(p, ok(Demand::poisson(3))));
    EXPECT_EQ(poisson.reorder_point, 3); EXPECT_EQ(poisson.quantity, 5); EXPECT_CLOSE(poisson.cost, 1.079235806331498e+02);
    EXPECT_CLOSE(ok(reorder_cost(p, ok(Demand::poisson(3)), 8, 12)), 2.425281637662021e+02);
}

TEST(ContinuousReview, WholeDemandAgainstEveryPolicy) {
    for (auto const& d : {ok(Demand::poisson(6)), ok(Demand::negative_binomial(6, 40)), ok(Demand::poisson(0))}) {
        ReorderCosts const c{30, 1, 9, 4};
        auto const ours = ok(reorder_exact(c, d));
        double best = endless;
        for (double r = -30; r < 60; ++r)
            for (double q = 1; q < 80; ++q) best = std::min(best, ok(reorder_cost(c, d, r, q)));
        EXPECT_NEAR(ours.cost, best, 1e-9);
        EXPECT_NEAR(ok(reorder_cost(c, d, ok(best_reorder_point(c, d, ours.quantity)), ours.quantity)), best, 1e-9);
    }
    auto const d = ok(Demand::normal(5, 1));
    EXPECT_EQ(reason(reorder_exact({1, 1, 1, 0}, d)), "never_orders");
    EXPECT_EQ(reason(reorder_exact({1, -1, 1, 3}, d)), "inventory_input");
    EXPECT_EQ(reason(reorder_exact({nothing, 1, 1, 3}, d)), "inventory_input");
    EXPECT_EQ(reason(reorder_approximate(ReorderApproximation::expected_inventory, {80, 50, 0.01, 3}, d)), "no_convergence");
    EXPECT_NEAR(ok(reorder_exact({0, 1, 9, 3}, d)).reorder_point, d.quantile(0.9), 1e-6) << "free orders: base stock";
}

TEST(PeriodicReview, AgainstEveryPairAndTheChainItself) {
    for (auto const& [d, lead] : {std::pair{ok(Demand::poisson(2)), 0.0}, std::pair{ok(Demand::negative_binomial(1, 5)), 2.0}, std::pair{ok(Demand::poisson(0.1)), 1.0}}) {
        PeriodicCosts const c{12, 1, 7};
        auto const protection = ok(d.over(lead + 1));
        auto const ours = ok(min_max_exact(c, d, protection));
        double best = endless;
        for (double s = -25; s < 25; ++s)
            for (double upper = s + 1; upper < 45; ++upper) best = std::min(best, ok(min_max_cost(c, d, protection, s, upper)));
        EXPECT_NEAR(ours.cost, best, 1e-9);
        // The position after ordering as a Markov chain, by power iteration.
        auto const p = ok(whole_probabilities(d));
        auto const n = static_cast<std::size_t>(ours.order_up_to - ours.reorder_level);
        std::vector<double> at(n, 1.0 / static_cast<double>(n));  // at[j]: position S - j
        double orders = 0;
        for (int i = 0; i < 4000; ++i) {
            std::vector<double> next(n, 0);
            orders = 0;
            for (std::size_t j = 0; j < n; ++j)
                for (std::size_t k = 0; k < p.size(); ++k)
                    if (j + k < n) next[j + k] += at[j] * p[k];
                    else next[0] += at[j] * p[k], orders += at[j] * p[k];
            at = next;
        }
        double cost = c.fixed * orders;
        for (std::size_t j = 0; j < n; ++j) cost += at[j] * expected_cost({c.holding, c.stockout}, protection, ours.order_up_to - static_cast<double>(j));
        EXPECT_NEAR(ours.cost, cost, 1e-6);
    }
    auto const none = ok(Demand::poisson(0));
    EXPECT_EQ(ok(min_max_exact({5, 1, 9}, none, none)).cost, 0);
    EXPECT_EQ(reason(min_max_exact({5, 1, -9}, none, none)), "inventory_input");
    EXPECT_EQ(reason(min_max_cost({5, 1, 9}, none, none, 4, 4)), "inventory_input");
    EXPECT_EQ(reason(min_max_exact({5, 1, 9}, ok(Demand::poisson(1e9)), ok(Demand::poisson(1e9)))), "demand_too_wide");
}

TEST(FiniteHorizon, WithoutFixedCostEachLevelIsTheMyopicOne) {
    // Problem 4.29 of the textbook; the myopic levels are 23.279 and, in the last period, 22.723, on whole units.
    std::vector<HorizonPeriod> const periods(10, {ok(Demand::normal(18, 3)), 0, 1, 1, 25});
    auto const plan = ok(finite_horizon(periods, {1, 25}, 0.98, 0));
    for (std::size_t t = 0; t < 10; ++t) EXPECT_NEAR(plan.order_up_to[t], t < 9 ? 23.279 : 22.723, 1);
}

TEST(FiniteHorizon, AgainstRecursionOverEveryOrder) {
    double const shape[] = {0, 1, 2, 4}, weights[] = {2, 3, 3, 1};
    auto const d = ok(Demand::empirical(shape, weights));
    for (double const fixed : {0.0, 6.0}) {
        std::vector<HorizonPeriod> const periods{{d, fixed, 1, 1, 9}, {ok(Demand::poisson(0)), fixed, 2, 1, 9}, {d, fixed, 1, 0.5, 4}, {d, fixed, 3, 1, 9}};
        HorizonEnd const end{2, 8};
        std::function<double(std::size_t, double)> const value = [&](std::size_t t, double x) -> double {
            if (t == periods.size()) return x > 0 ? end.holding * x : -end.stockout * x;
            double best = endless;
            auto const& p = periods[t];
            for (double y = x; y <= 14; ++y) {
                double cost = (y > x ? p.fixed : 0) + p.unit_cost * (y - x);
                for (double k = 0; k <= 4; ++k)
                    if (auto const chance = p.demand.probability(k); chance > 0) cost += chance * ((y >= k ? p.holding * (y - k) : p.stockout * (k - y)) + 0.9 * value(t + 1, y - k));
                best = std::min(best, cost);
            }
            return best;
        };
        for (double const start : {-3.0, 0.0, 2.0}) EXPECT_NEAR(ok(finite_horizon(periods, end, 0.9, start)).cost, value(0, start), 1e-9) << fixed << " " << start;
    }
    EXPECT_EQ(reason(finite_horizon({}, {}, 1, 0)), "inventory_input");
    std::vector<HorizonPeriod> const never{{d, 1, 50, 1, 9}};
    EXPECT_EQ(reason(finite_horizon(never, {1, 1}, 1, 0)), "inventory_input") << "cheaper to owe than to buy";
    EXPECT_EQ(reason(finite_horizon(std::vector<HorizonPeriod>{{d, 1, 1, 1, 9}}, {1, 1}, 1.2, 0)), "inventory_input");
}

TEST(FiniteHorizon, OrdersThatTakeTimeAreChargedOnWhatTheyMustLastFor) {
    auto const day = ok(Demand::poisson(3)), other = ok(Demand::poisson(7));
    // Without a lead time that is the period's own demand, and nothing changes.
    std::vector<HorizonPeriod> plain{{day, 9, 0, 1, 8}, {other, 9, 0, 1, 8}, {day, 9, 0, 1, 8}}, charged = plain;
    for (auto& p : charged) p.charged = p.demand;
    auto const a = ok(finite_horizon(plain, {3, 8}, 0.97, 2)), b = ok(finite_horizon(charged, {3, 8}, 0.97, 2));
    EXPECT_EQ(a.reorder_level, b.reorder_level);
    EXPECT_EQ(a.order_up_to, b.order_up_to);
    EXPECT_NEAR(a.cost, b.cost, 1e-9);
    // Far from the end of a long season of equal days it is the stationary (s, S) of Zheng & Federgruen, and a period costs what that costs.
    auto const season = [&](std::size_t n) { return ok(finite_horizon(std::vector<HorizonPeriod>(n, {day, 20, 0, 1, 9, ok(day.over(5))}), {}, 1, 0)); };
    auto const best = ok(min_max_exact({20, 1, 9}, day, ok(day.over(5))));
    auto const longer = season(121), shorter = season(81);
    EXPECT_NEAR(longer.reorder_level[0], best.reorder_level, 1);
    EXPECT_NEAR(longer.order_up_to[0], best.order_up_to, 1);
    EXPECT_NEAR((longer.cost - shorter.cost) / 40, best.cost, 0.002 * best.cost);
    // What is left at the end costs: at the last order day less is bought.
    auto const ending = ok(finite_horizon(std::vector<HorizonPeriod>(8, {day, 20, 0, 1, 9, ok(day.over(5))}), {50, 0}, 1, 0));
    EXPECT_LT(ending.order_up_to[7], longer.order_up_to[0]);
    EXPECT_LE(ending.order_up_to[7], ending.order_up_to[0]);
}

std::vector<LotPeriod> periods(std::initializer_list<double> demand, double fixed, double holding) {
    std::vector<LotPeriod> out;
    for (double const d : demand) out.push_back({d, fixed, 0, holding});
    return out;
}

TEST(LotSize, PublishedPlans) {
    EXPECT_CLOSE(ok(lot_sizes(periods({150, 100, 80, 200}, 120, 0.8))).cost, 424);
    auto const plan = ok(lot_sizes(periods({730, 580, 445, 650, 880}, 100, 0.1)));
    EXPECT_CLOSE(plan.cost, 423); EXPECT_EQ(plan.orders, (std::vector<double>{1310, 0, 1095, 0, 880}));
    EXPECT_CLOSE(ok(lot_sizes(periods({200, 200, 200, 200, 200}, 100, 0.1))).cost, 280);
    auto const none = ok(lot_sizes(periods({0, 0, 0}, 100, 1)));
    EXPECT_EQ(none.cost, 0); EXPECT_EQ(none.orders, (std::vector<double>{0, 0, 0}));
}

TEST(LotSize, LimitsAgainstEveryPlan) {
    Random random(11);
    int impossible = 0, solved = 0;
    for (int round = 0; round < 300; ++round) {
        std::vector<LotPeriod> p;
        for (int t = 0; t < 4; ++t) p.push_back({static_cast<double>(random.below(7)), random.uniform(0, 9), random.uniform(0, 3), random.uniform(0, 2)});
        LotLimits limits;
        if (random.chance(0.6)) limits.capacity = static_cast<double>(random.between(2, 9));
        limits.minimum = static_cast<double>(random.below(5)), limits.pack = static_cast<double>(random.between(1, 3)), limits.shelf_life = random.below(4), limits.stock_at_start = static_cast<double>(random.below(4));
        double best = endless;
        std::function<void(std::size_t, double, double)> const walk = [&](std::size_t t, double stock, double cost) {
            if (t == 4) return void(best = std::min(best, cost));
            for (double q = 0; q <= 40; q += limits.pack) {
                if (q > 0 && (q < limits.minimum || q > limits.capacity.value_or(40))) continue;
                auto const left = stock + q - p[t].demand;
                double sellable = 0;
                for (std::size_t e = t + 1; limits.shelf_life > 0 && e < std::min<std::size_t>(4, t + limits.shelf_life); ++e) sellable += p[e].demand;
                if (left < 0 || (limits.shelf_life > 0 && left > sellable)) continue;
                walk(t + 1, left, cost + (q > 0 ? p[t].fixed : 0) + q * p[t].unit_cost + left * p[t].holding);
            }
        };
        walk(0, limits.stock_at_start, 0);
        auto const ours = lot_sizes(p, limits);
        if (best == endless) {
            EXPECT_EQ(reason(ours), "no_plan");
            ++impossible;
            continue;
        }
        ASSERT_TRUE(ours) << ours.error().message;
        EXPECT_NEAR(ours->cost, best, 1e-9) << round;
        ++solved;
        double stock = limits.stock_at_start, cost = 0;
        for (std::size_t t = 0; t < 4; ++t) {
            stock += ours->orders[t] - p[t].demand, cost += (ours->orders[t] > 0 ? p[t].fixed : 0) + ours->orders[t] * p[t].unit_cost + stock * p[t].holding;
            EXPECT_GE(stock, 0);
        }
        EXPECT_NEAR(cost, ours->cost, 1e-9) << "the orders are the plan that was priced";
    }
    EXPECT_GT(impossible, 10); EXPECT_GT(solved, 100);
}

TEST(LotSize, BadInputIsNamed) {
    EXPECT_EQ(reason(lot_sizes({})), "inventory_input");
    EXPECT_EQ(reason(lot_sizes(periods({1, nothing}, 1, 1))), "inventory_input");
    EXPECT_EQ(reason(lot_sizes(periods({1, 2}, 1, -1))), "inventory_input");
    EXPECT_EQ(reason(lot_sizes(periods({1.5}, 1, 1), {.capacity = 3.0})), "inventory_input");
    EXPECT_EQ(reason(lot_sizes(periods({1e8, 1e8}, 1, 1), {.capacity = 2e8})), "plan_too_wide");
    EXPECT_EQ(reason(lot_sizes(periods({9}, 1, 1), {.capacity = 3.0})), "no_plan");
}

}  // namespace
}  // namespace kindling::inventory
