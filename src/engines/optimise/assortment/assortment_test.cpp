// The engine against brute force, against the exact mixed integer programme, and against data of which the truth is known.
#include "core/random.h"
#include "engines/optimise/assortment/estimate.h"
#include "engines/optimise/assortment/minimise.h"
#include "engines/optimise/assortment/plan.h"
#include <algorithm>
#include <functional>
#include <gmock/gmock.h>
#include <numeric>

namespace kindling::assortment {
namespace {

ChoiceSet some_set(Random& random, int items, int options, double substitution) {
    ChoiceSet set{.demand = {.arrivals = random.uniform(500, 3000), .intercept = random.uniform(-3, 0), .substitution = substitution, .reference = std::log(items / 2.0)}, .items = {}};
    for (int i = 0; i < items; ++i) {
        Item item;
        auto const attraction = std::exp(random.normal(0, 0.8)), price = random.uniform(20, 100), cost = price * random.uniform(0.3, 0.9);
        for (int l = 0; l < options; ++l) {
            auto const factor = 1 - 0.1 * l;
            item.options.push_back({.attraction = attraction * std::pow(factor, -2.5), .unit_profit = price * factor - cost, .fixed_profit = -random.uniform(0, 300), .fixed_use = {1, cost * 5, l == 0 ? 0.0 : 1.0, 0}, .unit_use = {0, cost * 0.1, 0, 0}});
        }
        set.items.push_back(item);
    }
    return set;
}

// Every choice there is.
double brute(Problem const& p) {
    std::vector<std::pair<std::size_t, std::size_t>> goods;
    std::vector<Choice> now;
    for (std::size_t s = 0; s < p.sets.size(); ++s) {
        now.emplace_back(p.sets[s].items.size(), -1);
        for (std::size_t i = 0; i < p.sets[s].items.size(); ++i) goods.emplace_back(s, i);
    }
    double best = -1e300;
    std::function<void(std::size_t)> const go = [&](std::size_t g) {
        if (g == goods.size()) {
            double profit = 0;
            Uses used = {};
            for (std::size_t s = 0; s < p.sets.size(); ++s) {
                auto const o = outcome(p.sets[s], now[s]);
                profit += o.profit;
                for (std::size_t k = 0; k < most_limits; ++k) used[k] += o.use[k];
            }
            for (std::size_t k = 0; k < p.limits.size(); ++k) if (used[k] > p.limits[k] * (1 + 1e-9) + 1e-9) return;
            best = std::max(best, profit);
            return;
        }
        auto const [s, i] = goods[g];
        for (int option = p.sets[s].items[i].required ? 0 : -1; option < static_cast<int>(p.sets[s].items[i].options.size()); ++option) now[s][i] = option, go(g + 1);
        now[s][i] = -1;
    };
    go(0);
    return best;
}

TEST(Choice, MissingGoodsLeaveTheirBuyersAsTheModelSays) {
    // Few buy: of those whose good is missing about 1 - substitution take another.
    for (double const substitution : {1.0, 0.65, 0.2}) {
        ChoiceSet set{.demand = {.arrivals = 1e6, .intercept = -8, .substitution = substitution, .reference = std::log(50.0)}, .items = std::vector<Item>(50, Item{.options = {{.attraction = 1, .unit_profit = 1}}})};
        Choice all(50, 0), one_less = all;
        one_less[7] = -1;
        auto const before = outcome(set, all), after = outcome(set, one_less);
        auto const lost = before.profit - after.profit;
        EXPECT_NEAR(1 - lost / before.units[7], 1 - substitution, 0.02) << substitution;
    }
}

TEST(Optimise, FindsTheBestOfAllChoices) {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        auto random = Random(seed).stream("brute");
        Problem p;
        auto const sets = 1 + static_cast<int>(random.below(2));
        for (int s = 0; s < sets; ++s) p.sets.push_back(some_set(random, sets == 1 ? 7 : 4, 2, random.chance(0.4) ? 1.0 : random.uniform(0.3, 0.95)));
        if (random.chance(0.5)) p.sets[0].items[1].required = true;
        p.limits = {static_cast<double>(random.between(2, 6)), random.uniform(300, 1800), static_cast<double>(random.between(0, 3))};
        auto const best = brute(p);
        auto const plan = optimise(p);
        if (best < -1e200) {
            ASSERT_FALSE(plan) << seed;
            EXPECT_EQ(plan.error().reason, "limits_too_tight") << seed;
            continue;
        }
        ASSERT_TRUE(plan) << seed << ": " << plan.error().message;
        EXPECT_LE(plan->profit, best + 1e-6 * std::abs(best)) << seed;
        EXPECT_GE(plan->bound, best - 1e-6 * std::abs(best)) << seed;  // the proof
        EXPECT_GE(plan->profit, best - 1e-3 * std::abs(best)) << seed;
        for (std::size_t k = 0; k < p.limits.size(); ++k) EXPECT_LE(plan->used[k], p.limits[k] * (1 + 1e-9) + 1e-9) << seed;
    }
}

TEST(Optimise, TheExactProgrammeIsExact) {
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        auto random = Random(seed).stream("exact small");
        Problem p;
        for (int s = 0; s < 2; ++s) p.sets.push_back(some_set(random, 6, 1, 1));
        p.limits = {static_cast<double>(random.between(3, 8)), random.uniform(600, 2000)};
        auto const best = brute(p);
        auto const exact = optimise(p, {.method = Method::mixed_integer, .gap = 1e-6});
        ASSERT_TRUE(exact) << seed << ": " << exact.error().message;
        EXPECT_NEAR(exact->profit, best, 1e-5 * best) << seed;
        EXPECT_NEAR(exact->bound, best, 1e-3 * best) << seed;
    }
}

TEST(Optimise, AgreesWithTheExactProgramme) {
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        auto random = Random(seed).stream("exact");
        Problem p;
        for (int s = 0; s < 4; ++s) p.sets.push_back(some_set(random, 7, 1, 1));
        p.limits = {12, 3000};
        auto const columns = optimise(p);
        auto const exact = optimise(p, {.method = Method::mixed_integer, .gap = 1e-6});
        ASSERT_TRUE(columns) << columns.error().message;
        ASSERT_TRUE(exact) << exact.error().message;
        EXPECT_GE(columns->bound, exact->profit * (1 - 1e-6)) << seed;
        EXPECT_GE(exact->bound, columns->profit * (1 - 1e-6)) << seed;
        EXPECT_GE(columns->profit, exact->profit * 0.999) << seed;
    }
}

TEST(Optimise, KeepsLimitsOfLargerProblems) {
    for (std::uint64_t seed = 8; seed <= 12; ++seed) {
        auto random = Random(seed).stream("larger");
        Problem p;
        for (int s = 0; s < 6; ++s) p.sets.push_back(some_set(random, 20, 5, random.uniform(0.4, 1)));
        p.limits = {66, random.uniform(8000, 14000), 5};
        auto const plan = optimise(p, {.gap = 0.001, .most_nodes = 6});
        ASSERT_TRUE(plan) << plan.error().message;
        for (std::size_t k = 0; k < p.limits.size(); ++k) EXPECT_LE(plan->used[k], p.limits[k] * (1 + 1e-9) + 1e-9) << seed << " " << k;
        EXPECT_LT(plan->gap(), 0.01) << seed;
        EXPECT_GE(plan->bound, plan->profit);
    }
}

TEST(Optimise, DualPricesSayWhatOneMoreIsWorth) {
    auto random = Random(5).stream("dual");
    Problem p;
    for (int s = 0; s < 12; ++s) p.sets.push_back(some_set(random, 20, 1, 0.7));
    p.limits = {80};
    auto const before = optimise(p).value();
    ASSERT_GT(before.dual_price[0], 0);
    p.limits = {90};
    auto const after = optimise(p).value();
    EXPECT_LE(after.profit - before.profit, 10 * before.dual_price[0] * 1.01 + before.bound - before.profit);  // profit is concave in the limit, as the bound is
    EXPECT_GE(after.profit - before.profit, 10 * before.dual_price[0] * 0.6);
    p.limits = {1e9};
    EXPECT_EQ(optimise(p).value().dual_price[0], 0);
}

TEST(Optimise, RefusesWhatMakesNoSense) {
    auto random = Random(1).stream("bad");
    Problem p{.sets = {some_set(random, 3, 1, 0.7)}, .limits = {1}};
    EXPECT_EQ(optimise(p, {.method = Method::mixed_integer}).error().reason, "not_multinomial");
    p.sets[0].items[0].options[0].attraction = 0;
    EXPECT_EQ(optimise(p).error().reason, "bad_problem");
    p.limits = {1, 2, 3, 4, 5};
    EXPECT_EQ(optimise(p).error().reason, "too_many_limits");
    EXPECT_EQ(optimise({}).value().profit, 0);
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(optimise({.sets = {some_set(random, 3, 1, 0.7)}, .limits = {1}}, {}, {.stop = stop.get_token()}).error().reason, "cancelled");
}

struct Truth { std::vector<double> attraction, elasticity; Demand demand; };

std::pair<ChoiceData, Truth> trade(Random& random, std::size_t items, std::size_t periods, double substitution) {
    Truth truth{.attraction = {}, .elasticity = {}, .demand = {.arrivals = 0, .intercept = -2, .substitution = substitution, .reference = std::log(static_cast<double>(items))}};
    ChoiceData d{.items = items, .periods = periods, .arrivals = std::vector<double>(periods), .years = std::vector<double>(periods), .available = std::vector<float>(items * periods), .log_price = std::vector<float>(items * periods), .units = std::vector<float>(items * periods), .alike = {}};
    for (std::size_t i = 0; i < items; ++i) truth.attraction.push_back(random.normal(0, 0.8)), truth.elasticity.push_back(random.normal(-2.2, 0.3));
    for (std::size_t t = 0; t < periods; ++t) {
        d.arrivals[t] = static_cast<double>(random.between(800, 1500)), d.years[t] = (static_cast<double>(t) - static_cast<double>(periods)) / 365;
        std::vector<double> u(items);
        for (std::size_t i = 0; i < items; ++i) {
            d.available[t * items + i] = random.chance(0.8) ? 1 : 0;
            d.log_price[t * items + i] = random.chance(0.15) ? static_cast<float>(std::log(1 - 0.05 * static_cast<double>(random.between(1, 6)))) : 0;
            u[i] = static_cast<double>(d.available[t * items + i]) * std::exp(truth.attraction[i] + truth.elasticity[i] * static_cast<double>(d.log_price[t * items + i]));
        }
        auto const sum = std::reduce(u.begin(), u.end());
        auto demand = truth.demand;
        demand.arrivals = d.arrivals[t];
        for (std::size_t i = 0; i < items; ++i) d.units[t * items + i] = static_cast<float>(random.poisson(units_per_attraction(demand, sum) * u[i]));
    }
    return {d, truth};
}

TEST(Estimate, FindsTheTruthAgain) {
    for (double const substitution : {0.9, 0.5}) {
        auto random = Random(3).stream("truth");
        std::vector<ChoiceData> data;
        std::vector<Truth> truths;
        for (int s = 0; s < 4; ++s) { auto [d, t] = trade(random, 12, 200, substitution); data.push_back(d), truths.push_back(t); }
        auto const fits = estimate(data).value();
        double elasticity = 0, gamma = 0;
        for (std::size_t s = 0; s < fits.size(); ++s) {
            auto const shift = std::reduce(truths[s].attraction.begin(), truths[s].attraction.end()) / 12;
            double own = 0;
            for (auto const& a : fits[s].attraction) own += a.mean / 12;
            for (std::size_t i = 0; i < 12; ++i) {
                EXPECT_NEAR(fits[s].attraction[i].mean - own, truths[s].attraction[i] - shift, 0.15) << s << " " << i;
                EXPECT_LT(fits[s].attraction[i].deviation, 0.1);
                elasticity += fits[s].elasticity[i].mean / 48;
            }
            gamma += fits[s].demand.substitution / 4;
        }
        EXPECT_NEAR(elasticity, -2.2, 0.15);
        EXPECT_NEAR(gamma, substitution, 0.1);
    }
}

TEST(Estimate, ScoresNewGoodsByTheirNeighbours) {
    auto random = Random(8).stream("new");
    auto [d, truth] = trade(random, 20, 120, 0.7);
    // Two kinds: kind 1 attracts e^2 times as much; the last good of each was never on sale.
    for (std::size_t t = 0; t < d.periods; ++t)
        for (std::size_t i = 0; i < d.items; ++i) {
            auto const strong = i >= 10;
            d.available[t * d.items + i] = i == 9 || i == 19 ? 0 : 1;
            d.units[t * d.items + i] = static_cast<float>(i == 9 || i == 19 ? 0 : random.poisson(strong ? 15 : 2));
            d.log_price[t * d.items + i] = 0;
        }
    std::vector<std::vector<std::uint32_t>> attributes;
    for (std::uint32_t i = 0; i < 20; ++i) attributes.push_back({i >= 10 ? 1u : 0u, 100 + i});
    d.alike = neighbours(attributes);
    auto const fit = estimate({d}).value()[0];
    EXPECT_GT(fit.attraction[19].mean - fit.attraction[9].mean, 1.0);
    EXPECT_GT(fit.attraction[9].deviation, 3 * fit.attraction[0].deviation);
    EXPECT_EQ(fit.units_seen[9], 0);
}

TEST(Estimate, RefusesWrongSizes) {
    auto random = Random(8).stream("bad");
    auto d = trade(random, 3, 4, 0.7).first;
    d.units.pop_back();
    EXPECT_EQ(estimate({d}).error().reason, "bad_choice_data");
    d.units.push_back(-1);
    EXPECT_EQ(estimate({d}).error().reason, "bad_choice_data");
    EXPECT_TRUE(estimate({}).value().empty());
}

TEST(Minimise, FindsTheBottomOfAValley) {
    std::vector<double> x{-1.2, 1};
    auto const value = minimise(x, [](std::span<double const> p, std::span<double> g) {  // Rosenbrock
        auto const a = 1 - p[0], b = p[1] - p[0] * p[0];
        g[0] = -2 * a - 400 * p[0] * b, g[1] = 200 * b;
        return a * a + 100 * b * b;
    }, 500, 1e-8);
    EXPECT_NEAR(value, 0, 1e-10);
    EXPECT_NEAR(x[0], 1, 1e-5);
    EXPECT_NEAR(x[1], 1, 1e-5);
}

}  // namespace
}  // namespace kindling::assortment
