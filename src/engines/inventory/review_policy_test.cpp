#include "engines/inventory/review_policy.h"

#include <gtest/gtest.h>

#include "core/random.h"
#include "engines/inventory/periodic_review.h"
#include "engines/inventory/result_for_test.h"
#include "engines/inventory/service.h"
#include "engines/inventory/simulate.h"

namespace kindling::inventory {
namespace {

// A review of one period and a lead time of `lead` periods.
ReviewTerms terms(const Demand& day, int lead, double fixed = 0) {
    ReviewTerms t{day, ok(day.over(lead)), ok(day.over(lead + 1))};
    t.fixed = fixed, t.holding = 1;
    return t;
}

// Lots, played: at or below r, the least multiple of Q that gets above it.
double played_fill_rate(const Demand& day, int lead, const ReviewPolicy& p) {
    WholeSampler const sampler(ok(whole_probabilities(day)));
    Random random(11);
    std::vector<double> coming(static_cast<std::size_t>(lead) + 1);
    double on_hand = p.order_up_to, position = on_hand, asked = 0, served = 0;
    for (int t = 0; t < 400'000; ++t) {
        auto const q = order_now(p, position);
        coming[static_cast<std::size_t>(t + lead) % coming.size()] = q, position += q;
        on_hand += std::exchange(coming[static_cast<std::size_t>(t) % coming.size()], 0);
        auto const d = sampler.draw(random);
        asked += d, served += std::min(d, std::max(0.0, on_hand)), on_hand -= d, position -= d;
    }
    return served / asked;
}

TEST(ReviewPolicy, BaseStockIsTheLeastLevelOfTheTextbook) {
    for (auto const& day : {ok(Demand::poisson(0.3)), ok(Demand::negative_binomial(4, 20)), ok(Demand::poisson(40))})
        for (double const target : {0.8, 0.95, 0.99}) {
            auto t = terms(day, 4);
            t.target = target;
            auto const p = ok(review_policy(t));
            EXPECT_EQ(p.kind, ReviewKind::base_stock);
            EXPECT_EQ(p.order_up_to, ok(level_for_fill_rate({t.lead, t.protection}, target)));
            EXPECT_NEAR(p.fill_rate, fill_rate({t.lead, t.protection}, p.order_up_to), 1e-6);
        }
}

TEST(ReviewPolicy, MinMaxMeetsTheSimulation) {
    for (auto const& day : {ok(Demand::poisson(0.8)), ok(Demand::negative_binomial(3, 15))}) {
        auto const t = terms(day, 3, 20);
        auto const p = ok(review_policy(t));
        EXPECT_EQ(p.kind, ReviewKind::min_max);
        auto const s = ok(simulate(day, p.reorder_level, p.order_up_to, {.lead_time = 3, .periods = 4'000, .runs = 60}));
        EXPECT_NEAR(s.fill_rate, p.fill_rate, 5 * s.fill_rate_error);
        EXPECT_NEAR(s.orders, p.orders, 0.01);
        EXPECT_GE(p.fill_rate, t.target);
        EXPECT_LT(ok(evaluate_review(t, ReviewKind::min_max, p.reorder_level - 1, p.order_up_to - 1)).fill_rate, t.target) << "one less would not do";
    }
}

TEST(ReviewPolicy, WhatIsMissedCountsAmongThoseThatKeepThePromise) {
    auto t = terms(ok(Demand::poisson(0.4)), 5, 12);
    auto const plain = ok(review_policy(t));
    t.missed = 400;
    auto const counted = ok(review_policy(t));
    auto const whole = [&](ReviewPolicy const& p) { return p.cost + t.missed * (1 - p.fill_rate) * t.review.mean(); };
    EXPECT_LT(whole(counted), whole(plain));
    EXPECT_GE(counted.fill_rate, t.target);
    EXPECT_LE(plain.cost, counted.cost);
    // For each gap the least level that keeps the promise; of these none is cheaper with what is missed.
    for (double gap = 1; gap <= 30; ++gap)
        for (double up_to = gap; up_to < gap + 30; ++up_to)
            if (auto const other = ok(evaluate_review(t, ReviewKind::min_max, up_to - gap, up_to)); other.fill_rate >= t.target) { EXPECT_GE(whole(other), whole(counted) - 1e-9) << gap; break; }
}

TEST(ReviewPolicy, NoGapInReachIsCheaper) {
    auto const t = terms(ok(Demand::poisson(1.5)), 2, 30);
    auto const p = ok(review_policy(t));
    for (double gap = 1; gap <= 60; ++gap)
        for (double up_to = gap; up_to < gap + 30; ++up_to)
            if (auto const other = ok(evaluate_review(t, ReviewKind::min_max, up_to - gap, up_to)); other.fill_rate >= t.target) {
                EXPECT_GE(other.cost, p.cost - 1e-9) << gap << ' ' << up_to;
                break;
            }
}

TEST(ReviewPolicy, PacksAndLeastOrders) {
    auto const day = ok(Demand::negative_binomial(2, 6));
    auto t = terms(day, 5, 3);
    t.pack = 6, t.minimum = 12;
    auto const p = ok(review_policy(t));
    EXPECT_EQ(p.kind, ReviewKind::lots);
    EXPECT_EQ(std::fmod(p.quantity, 6), 0);
    EXPECT_GE(p.quantity, 12);
    EXPECT_NEAR(played_fill_rate(day, 5, p), p.fill_rate, 0.004);
    EXPECT_EQ(order_now(p, p.reorder_level + 1), 0);
    EXPECT_EQ(order_now(p, p.reorder_level), p.quantity);
    EXPECT_EQ(order_now(p, p.reorder_level - p.quantity), 2 * p.quantity);
}

TEST(ReviewPolicy, AKindOrAQuantityThatWasChosenIsKept) {
    auto const day = ok(Demand::negative_binomial(3, 15));
    auto t = terms(day, 3, 20);
    auto const free = ok(review_policy(t));
    t.only = ReviewKind::base_stock;
    auto const base = ok(review_policy(t));
    EXPECT_EQ(base.kind, ReviewKind::base_stock);
    EXPECT_EQ(base.order_up_to, ok(level_for_fill_rate({t.lead, t.protection}, 0.95)));
    t.only = ReviewKind::lots;
    auto const lots = ok(review_policy(t));
    EXPECT_EQ(lots.kind, ReviewKind::lots);
    EXPECT_LE(free.cost, lots.cost);  // (s, S) is best of all where units come singly
    EXPECT_LT(lots.cost, base.cost);
    t.quantity = 17;
    auto const fixed = ok(review_policy(t));
    EXPECT_EQ(fixed.quantity, 17);
    EXPECT_GE(fixed.fill_rate, 0.95);
    EXPECT_LT(ok(evaluate_review(t, ReviewKind::lots, fixed.reorder_level - 1, fixed.order_up_to - 1)).fill_rate, 0.95);
    EXPECT_NEAR(played_fill_rate(day, 3, fixed), fixed.fill_rate, 0.004);
    auto much = terms(ok(Demand::gamma(50'000, 9'000)), 4, 2'000);
    much.only = ReviewKind::lots, much.quantity = 33'333;
    EXPECT_EQ(ok(review_policy(much)).quantity, 33'333);
    t.quantity = 0.5;
    EXPECT_EQ(reason(review_policy(t)), "inventory_input");
}

TEST(ReviewPolicy, LimitsAndOddDemand) {
    auto t = terms(ok(Demand::poisson(5)), 6, 10);
    t.most = 20;
    auto const held = ok(review_policy(t));
    EXPECT_TRUE(held.limited);
    EXPECT_LE(held.order_up_to, 20);
    auto const nothing = ok(review_policy(terms(ok(Demand::poisson(0)), 3)));
    EXPECT_EQ(nothing.order_up_to, 0);
    EXPECT_EQ(order_now(nothing, 0), 0);
    auto const much = ok(review_policy(terms(ok(Demand::gamma(50'000, 9'000)), 4, 2'000)));
    EXPECT_NEAR(much.fill_rate, 0.95, 0.01);
    t.target = 1;
    EXPECT_EQ(reason(review_policy(t)), "inventory_input");
    t.target = 0.9, t.pack = 0;
    EXPECT_EQ(reason(review_policy(t)), "inventory_input");
    auto cycle = terms(ok(Demand::poisson(2)), 3);
    cycle.promise = Promise::cycle_service, cycle.target = 0.9;
    EXPECT_EQ(ok(review_policy(cycle)).order_up_to, ok(level_for_cycle_service(cycle.protection, 0.9)));
}

// Values far apart, counted in units of many: what is asked for at most counts as much as the rest.
TEST(ReviewPolicy, AWideDemandKeepsItsGreatestValue) {
    std::vector<double> const usual = {100, 4000}, more = {300, 700, 9000};
    ReviewTerms t{ok(Demand::counts(1500, 4e6)), ok(Demand::empirical(usual)), ok(Demand::empirical(more))};
    t.holding = 1;
    for (double const level : {500.0, 3000.0, 5000.0, 8500.0}) {
        auto const p = ok(evaluate_review(t, ReviewKind::base_stock, level - 1, level));
        EXPECT_NEAR(p.fill_rate, fill_rate({t.lead, t.protection}, p.order_up_to), 0.03) << level;
    }
    t.target = 0.95;
    EXPECT_NEAR(ok(review_policy(t)).order_up_to, ok(level_for_fill_rate({t.lead, t.protection}, 0.95)), 200);
}

// A mixture leaves a part in a thousand million of its tail out: what is asked for in no time at all is none, and no fault.
TEST(ReviewPolicy, ARoundingOfMeansIsNoContradiction) {
    auto t = terms(ok(Demand::counts(0, 0)), 4);
    t.lead = ok(Demand::counts(5, 9)), t.protection = ok(Demand::counts(5 * (1 - 1e-8), 9));
    EXPECT_TRUE(review_policy(t));
    EXPECT_TRUE(evaluate_review(t, ReviewKind::min_max, 3, 9));
    t.protection = ok(Demand::counts(4.9, 9));
    EXPECT_FALSE(review_policy(t));
}

}  // namespace
}  // namespace kindling::inventory
