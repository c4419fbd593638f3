#include "engines/inventory/demand.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "engines/inventory/service.h"
#include "engines/inventory/result_for_test.h"

namespace kindling::inventory {
namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

std::vector<std::pair<const char*, Demand>> families() {
    double const values[] = {0, 0, 3, 1, 12, 0}, weights[] = {1, 2, 3, 0, 1, 1};
    return {{"normal", ok(Demand::normal(20, 4))}, {"poisson", ok(Demand::poisson(3.7))}, {"small poisson", ok(Demand::poisson(0.02))}, {"large poisson", ok(Demand::poisson(4e6))},
            {"gamma", ok(Demand::gamma(5, 7))}, {"negative binomial", ok(Demand::negative_binomial(2.5, 11))}, {"lognormal", ok(Demand::lognormal(1, 0.8))}, {"empirical", ok(Demand::empirical(values, weights))}};
}

// The oracle: integrals of the distribution function, by the midpoint rule; it knows no formula of loss.
TEST(Demand, LossesAreTheIntegralsOfWhatIsAbove) {
    for (auto const& [name, d] : families()) {
        for (double const z : {-1.5, -0.3, 0.0, 0.8, 2.5}) {
            auto const x = d.mean() + z * d.deviation();
            double const end = d.mean() + (d.family() == Family::lognormal ? 400 : 45) * d.deviation(), steps = 40'000, step = (end - x) / steps;
            double first = 0, second = 0;
            for (double i = 0; i < steps; ++i) {
                auto const at = x + (i + 0.5) * step, above = 1 - d.cdf(at);
                first += above * step, second += above * (at - x) * step;
            }
            EXPECT_NEAR(d.loss(x), first, 1e-3 * (d.deviation() + first)) << name << " at " << x;
            EXPECT_NEAR(d.second_loss(x), second, 5e-3 * (d.deviation() * d.deviation() + second)) << name << " at " << x;
        }
    }
}

TEST(Demand, QuantilesAreTheSmallestValuesThatReachTheShare) {
    for (auto const& [name, d] : families())
        for (double const p : {1e-6, 0.05, 0.5, 0.9, 0.999, 1 - 1e-9}) {
            auto const q = d.quantile(p);
            EXPECT_GE(d.cdf(q), p - 1e-12) << name << " " << p;
            if (d.whole()) { EXPECT_LT(d.cdf(q - 1), p) << name << " " << p; }
            else { EXPECT_NEAR(d.cdf(q), p, 1e-9) << name << " " << p; }
        }
}

// One of several: chances of narrow ones are the weighted chances; of wide ones the mean is exact, losses are at the values that are kept, and nearly everywhere else.
TEST(Demand, AMixtureIsItsParts) {
    double const seen[] = {0, 0, 1, 2, 7};
    std::vector<std::vector<Demand>> const sets = {{ok(Demand::poisson(3)), ok(Demand::poisson(30)), ok(Demand::counts(12, 60))}, {ok(Demand::counts(400, 9000)), ok(Demand::counts(1500, 40'000))}, {ok(Demand::counts(60'000, 3e7)), ok(Demand::poisson(9000))}, {ok(Demand::empirical(seen)), ok(Demand::poisson(0))}, {ok(Demand::empirical(seen)), ok(Demand::poisson(2))}};
    for (auto const& parts : sets) {
        std::vector<double> weights = {1, 2, 0.5};
        weights.resize(parts.size());
        auto const mix = ok(Demand::mixture(parts, weights));
        double total = 0, mean = 0, widest = 0;
        for (std::size_t i = 0; i < parts.size(); ++i) total += weights[i], mean += weights[i] * parts[i].mean(), widest = std::max(widest, parts[i].quantile(1 - 1e-9));
        EXPECT_NEAR(mix.mean(), mean / total, 1e-6 * (1 + mean));
        EXPECT_TRUE(mix.whole());
        auto const narrow = widest <= 256;
        for (double const share : {0.0, 0.1, 0.37, 0.8, 0.95, 1.1}) {
            auto const x = std::floor(share * widest);
            double loss = 0, below = 0;
            for (std::size_t i = 0; i < parts.size(); ++i) loss += weights[i] / total * parts[i].loss(x), below += weights[i] / total * parts[i].cdf(x);
            EXPECT_NEAR(mix.loss(x), loss, narrow ? 1e-6 * (1 + mean) : 4e-3 * mix.deviation()) << x;
            if (narrow) { EXPECT_NEAR(mix.cdf(x), below, 1e-7) << x; }
        }
    }
    auto const one = ok(Demand::normal(5, 1));
    EXPECT_EQ(reason(Demand::mixture(std::vector{one}, std::vector{1.0})), "inventory_input");
    EXPECT_EQ(reason(Demand::mixture(sets[0], std::vector{1.0})), "inventory_input");
    EXPECT_EQ(reason(Demand::mixture({}, {})), "inventory_input");
}

// What lies between two numbers is shared between them, what lies on one is its own; nothing is lost at the end.
TEST(Demand, ChancesByLossesKeepTheMean) {
    auto const two = chances_by_losses(ok(Demand::empirical(std::vector<double>{0, 10})), 5, 100);
    ASSERT_EQ(two.size(), 3U);
    for (std::size_t k = 0; k < 3; ++k) EXPECT_NEAR(two[k], k == 1 ? 0 : 0.5, 1e-12);
    for (auto const& d : {ok(Demand::empirical(std::vector<double>{3, 3, 8, 41})), ok(Demand::counts(60, 900)), ok(Demand::poisson(7))}) {
        auto const p = chances_by_losses(d, 4, 1000);
        double total = 0, mean = 0;
        for (std::size_t k = 0; k < p.size(); ++k) total += p[k], mean += 4 * static_cast<double>(k) * p[k];
        EXPECT_NEAR(total, 1, 1e-9);
        EXPECT_NEAR(mean, d.mean(), 1e-9 * d.mean());
    }
    EXPECT_EQ(chances_by_losses(ok(Demand::poisson(7)), 4, 2).size(), 2U);
}

// By the ratio of neighbours as by each one's own formula.
TEST(Demand, WholeProbabilitiesAreTheOnesOfTheDistribution) {
    for (auto const& d : {ok(Demand::poisson(0.02)), ok(Demand::poisson(3.7)), ok(Demand::poisson(900)), ok(Demand::counts(2.5, 11)), ok(Demand::counts(0.3, 40)), ok(Demand::counts(700, 90'000)), ok(Demand::counts(5, 5 * (1 + 1e-7)))}) {
        auto const p = ok(whole_probabilities(d, 1e-9));
        for (std::size_t k = 0; k < p.size(); k += std::max<std::size_t>(1, p.size() / 50)) EXPECT_NEAR(p[k], d.probability(static_cast<double>(k)), 1e-8 * p[k] + 1e-12) << d.mean() << " " << k;
    }
}

TEST(Demand, ProbabilitiesAddUpToTheDistribution) {
    for (auto const& [name, d] : families()) {
        if (!d.whole() || d.mean() > 1000) continue;
        double sum = 0, mean = 0;
        for (double k = 0; k <= 300; ++k) {
            sum += d.probability(k), mean += k * d.probability(k);
            EXPECT_NEAR(sum, d.cdf(k), 1e-12) << name << " " << k;
        }
        EXPECT_NEAR(mean, d.mean(), 1e-9) << name;
    }
}

TEST(Demand, SumsHaveTheMomentsOfSums) {
    for (auto const& [name, d] : families()) {
        auto const sum = ok(d.over(5));
        EXPECT_NEAR(sum.mean(), 5 * d.mean(), 1e-9 * (1 + d.mean())) << name;
        EXPECT_NEAR(sum.deviation(), std::sqrt(5.0) * d.deviation(), 1e-7 * (1 + d.deviation())) << name;
        EXPECT_EQ(ok(d.over(0)).mean(), 0) << name;
        if (d.mean() > 1000) continue;
        double const lead[] = {0, 1, 2, 1};  // 2 periods on average, variance 1/2
        auto const random = ok(d.over_random(lead));
        EXPECT_NEAR(random.mean(), 2 * d.mean(), 1e-8 * (1 + d.mean())) << name;
        EXPECT_NEAR(random.deviation(), std::sqrt(2 * d.deviation() * d.deviation() + 0.5 * d.mean() * d.mean()), 1e-6 * (1 + d.deviation())) << name;
    }
    // Two dice, exactly.
    double const faces[] = {1, 2, 3, 4, 5, 6};
    auto const two = ok(ok(Demand::empirical(faces)).over(2));
    for (double k = 2; k <= 12; ++k) EXPECT_NEAR(two.probability(k), (6 - std::abs(k - 7)) / 36, 1e-15);
}

TEST(Demand, NoSpreadIsAPoint) {
    for (auto const& d : {ok(Demand::normal(7, 0)), ok(Demand::gamma(7, 0)), ok(Demand::lognormal(std::log(7.0), 0))}) {
        EXPECT_NEAR(d.quantile(0.01), 7, 1e-12); EXPECT_NEAR(d.quantile(0.99), 7, 1e-12); EXPECT_NEAR(d.loss(5), 2, 1e-12); EXPECT_EQ(d.loss(8), 0);
    }
    auto const none = ok(Demand::poisson(0));
    EXPECT_EQ(none.quantile(0.999), 0); EXPECT_EQ(none.loss(0), 0); EXPECT_EQ(none.cdf(-1), 0); EXPECT_EQ(none.cdf(0), 1);
    EXPECT_EQ(fill_rate({none, none}, 0), 1);
}

TEST(Demand, BadInputIsNamed) {
    EXPECT_EQ(reason(Demand::normal(nothing, 1)), "inventory_input");
    EXPECT_EQ(reason(Demand::normal(1, -1)), "inventory_input");
    EXPECT_EQ(reason(Demand::poisson(-0.1)), "inventory_input");
    EXPECT_EQ(reason(Demand::poisson(1e300)), "inventory_input");
    EXPECT_EQ(reason(Demand::gamma(0, 3)), "inventory_input");
    EXPECT_EQ(reason(Demand::negative_binomial(5, 4)), "inventory_input");
    EXPECT_EQ(reason(Demand::empirical({})), "inventory_input");
    double const bad[] = {1, std::numeric_limits<double>::infinity()}, no_weight[] = {0, 0};
    EXPECT_EQ(reason(Demand::empirical(bad)), "inventory_input");
    EXPECT_EQ(reason(Demand::empirical(no_weight, no_weight)), "inventory_input");
    double const half[] = {0.5, 2};
    EXPECT_EQ(reason(ok(Demand::empirical(half)).over(2)), "inventory_input");
    double const huge[] = {0, 900'000};
    EXPECT_EQ(reason(ok(Demand::empirical(huge)).over(3)), "demand_too_wide");
    auto const error = Demand::normal(nothing, -2).error();
    ASSERT_EQ(error.fields.size(), 2u) << "every bad field at once";
    EXPECT_EQ(error.fields[1].path, "/deviation");
}

TEST(Demand, HugeDemandStaysFinite) {
    for (auto const& d : {ok(Demand::normal(1e15, 1e12)), ok(Demand::poisson(1e12)), ok(Demand::negative_binomial(1e9, 1e15)), ok(Demand::gamma(1e15, 1e15))}) {
        EXPECT_TRUE(std::isfinite(d.quantile(0.999)));
        EXPECT_GE(d.loss(d.quantile(0.999)), 0);
        EXPECT_LE(d.loss(d.quantile(0.999)), d.deviation());
    }
}

TEST(Service, LevelsAreTheLeastThatKeepThePromise) {
    for (auto const& [name, d] : families()) {
        if (d.mean() > 1000) continue;
        ReviewDemand const both{d, ok(d.over(2))};
        for (double const target : {0.5, 0.9, 0.99}) {
            auto const s = ok(level_for_fill_rate(both, target));
            EXPECT_GE(fill_rate(both, s), target - 1e-9) << name;
            auto const step = d.whole() ? 1 : 1e-6 * d.deviation();
            if (s > 0) { EXPECT_LT(fill_rate(both, s - step), target) << name; }
            auto const r = ok(reorder_point_for_fill_rate(d, 10, target));
            EXPECT_GE(fill_rate_reorder(d, r, 10), target - 1e-9) << name;
            if (r > -10) { EXPECT_LT(fill_rate_reorder(d, r - step, 10), target) << name; }
        }
    }
    auto const d = ok(Demand::poisson(3));
    EXPECT_EQ(reason(level_for_cycle_service(d, 1)), "inventory_input");
    EXPECT_EQ(reason(level_for_fill_rate({d, d}, nothing)), "inventory_input");
    EXPECT_EQ(reason(reorder_point_for_fill_rate(d, 0, 0.9)), "inventory_input");
}

}  // namespace
}  // namespace kindling::inventory
