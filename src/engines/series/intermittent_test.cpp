// Rates against hand-computed values, distributions against their own moments, learning against series whose truth is known.
#include "engines/series/intermittent.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/random.h"
#include "engines/series/alike.h"
#include "engines/series/learn.h"

namespace kindling::series {
namespace {

TEST(Intermittent, RatesAreThoseOfTheFormulas) {
    // Sizes 4 and 2 after 2 and 3 steps; smoothed with 0.5: size 3, interval 2.5.
    std::vector<double> const y = {0, 4, 0, 0, 2, 0};
    EXPECT_DOUBLE_EQ(croston(y, 0.5), 3 / 2.5);
    EXPECT_DOUBLE_EQ(sba(y, 0.5), 0.75 * 3 / 2.5);
    // Probability from 1/3: .1667 .5833 .2917 .1458 .5729 .2865; size from 3: 3.5, 2.75.
    EXPECT_NEAR(tsb(y, 0.5, 0.5), 2.75 * 0.286458333, 1e-8);
    std::vector<double> const none(5, 0.0), steady(12, 3.0);
    for (double const rate : {croston(none), sba(none), tsb(none), adida(none, 5), imapa(none, 5), smoothed_rate(none)}) EXPECT_EQ(rate, 0);
    EXPECT_NEAR(adida(steady, 3), 3, 1e-12);
    EXPECT_NEAR(imapa(steady, 4), 3, 1e-12);
    // Nothing sells any more: TSB forgets, Croston never notices.
    std::vector<double> fading(40, 0.0);
    for (std::size_t t = 0; t < 20; t += 2) fading[t] = 2;
    EXPECT_LT(tsb(fading), 0.2 * croston(fading));
}

// Simple smoothing of sums with its constant found by trying many: the definition of ADIDA (Nikolopoulos et al. 2011), and of IMAPA, the mean over block lengths.
double by_blocks(std::vector<double> const& y, std::size_t length) {
    std::vector<double> sums;
    for (std::size_t from = y.size() % length; from < y.size(); from += length) sums.push_back(std::accumulate(y.begin() + static_cast<std::ptrdiff_t>(from), y.begin() + static_cast<std::ptrdiff_t>(from + length), 0.0));
    std::size_t const head = std::max<std::size_t>(1, sums.size() / 4);
    double const start = std::accumulate(sums.begin(), sums.begin() + static_cast<std::ptrdiff_t>(head), 0.0) / static_cast<double>(head);
    double least = 1e300, rate = 0;
    for (double alpha = 0.01; alpha <= 0.5; alpha += 0.0005) {
        double level = start, squares = 0;
        for (double const v : sums) squares += (v - level) * (v - level), level += alpha * (v - level);
        if (squares < least) least = squares, rate = level / static_cast<double>(length);
    }
    return rate;
}

TEST(Intermittent, AggregatesAreSmoothedSums) {
    std::vector<double> const y = {0, 5, 0, 0, 4, 0, 0, 0, 6, 0, 1, 0, 0, 2, 0, 0, 0, 1, 0, 2, 0, 0, 1};
    double const mean = 22.0 / 23;
    EXPECT_NEAR(adida(y, 3.2), by_blocks(y, 3), 0.01);
    EXPECT_GT(std::abs(by_blocks(y, 3) - mean), 0.05) << "a plain mean must not pass";
    EXPECT_NEAR(imapa(y, 3.2), (by_blocks(y, 1) + by_blocks(y, 2) + by_blocks(y, 3)) / 3, 0.01);
    EXPECT_GT(std::abs(imapa(y, 3.2) - adida(y, 3.2)), 0.005);
}

TEST(Counts, NegativeBinomialHasItsMoments) {
    for (double const mean : {0.1, 1.0, 20.0})
        for (double const dispersion : {0.0, 0.5, 3.0}) {
            auto const p = negative_binomial(mean, dispersion);
            double sum = 0, first = 0, second = 0;
            for (std::size_t k = 0; k < p.size(); ++k) { auto const x = static_cast<double>(k); sum += p[k], first += x * p[k], second += x * x * p[k]; }
            EXPECT_NEAR(sum, 1, 2e-6);
            EXPECT_NEAR(first, mean, 1e-3 * mean + 1e-3);
            EXPECT_NEAR(second - first * first, mean + dispersion * mean * mean, 0.01 * (mean + dispersion * mean * mean) + 1e-3);
        }
}

TEST(Counts, QuantilesAreWholeAndOrdered) {
    std::vector<double> const history = {0, 0, 3, 0, 1, 0, 0, 7, 0, 0, 2, 0};
    auto const q = demand_quantiles(history, 1.1, std::vector<double>{0.1, 0.5, 0.9, 0.99});
    EXPECT_EQ(q[0], 0);
    for (std::size_t i = 0; i < q.size(); ++i) { EXPECT_EQ(q[i], std::floor(q[i])); if (i > 0) { EXPECT_GE(q[i], q[i - 1]); } }
    EXPECT_GE(q[3], 5);
    EXPECT_EQ(demand_quantiles(history, 0, std::vector<double>{0.5, 0.99}), (std::vector<double>{0, 0}));
    // Amounts that are not whole: sizes of the history, scaled to the mean.
    std::vector<double> const weights = {0, 0, 1.5, 0, 0, 1.5, 0, 0, 1.5};
    auto const w = demand_quantiles(weights, 1, std::vector<double>{0.5, 0.9}, {.forget = 1});
    EXPECT_EQ(w[0], 0);
    EXPECT_NEAR(w[1], 3, 1e-9) << "the mean is twice that of the history";
}

TEST(Counts, CoverPoissonDemand) {
    Random random(4);
    double below = 0, count = 0;
    for (int k = 0; k < 200; ++k) {
        std::vector<double> y;
        for (int t = 0; t < 60; ++t) y.push_back(static_cast<double>(random.poisson(0.4)));
        auto const f = forecast({.values = std::span(y).first(52)}, 8, {.levels = {0.9}});
        for (std::size_t h = 0; h < 8; ++h) below += y[52 + h] <= f->quantiles[0][h], count += 1;
    }
    EXPECT_GT(below / count, 0.9) << "the smallest whole number that holds at least 90 %";
    EXPECT_LT(below / count, 0.97);
}

// Goods of two kinds with the same mean: one piece every second step, or eight every sixteenth.
std::vector<double> two_kinds(Random& random, bool large, std::size_t steps) {
    std::vector<double> y;
    for (std::size_t t = 0; t < steps; ++t) y.push_back(large ? 8.0 * random.chance(1.0 / 16) : 1.0 * random.chance(0.5));
    return y;
}

TEST(Alike, FindsItsOwnKind) {
    Random random(21);
    AlikeDemand alike;
    for (std::size_t s = 0; s < 400; ++s) {
        auto const y = two_kinds(random, s % 2 == 0, 60);
        alike.add(s, std::span(y).first(48), 0.5, std::span(y).last(12));
    }
    alike.finish();
    auto const large = two_kinds(random, true, 48), small = two_kinds(random, false, 48);
    auto const of_large = alike.near(large, 0.5), of_small = alike.near(small, 0.5);
    ASSERT_GE(of_large.size(), 600u);
    EXPECT_TRUE(std::ranges::is_sorted(of_large));
    EXPECT_EQ(of_small.back(), 1) << "no eight among those that sell ones";
    EXPECT_EQ(of_large.front(), 0);
    EXPECT_LT(std::ranges::count(of_large, 1), 40) << "hardly any of the others' ones: a good that sold nothing lately lies far from them";
    EXPECT_NEAR(static_cast<double>(std::ranges::count(of_large, 8)) / static_cast<double>(of_large.size()), 1.0 / 16, 0.03);
    EXPECT_TRUE(alike.near(large, 0.6).empty()) << "more than any lesson was said to sell";
    EXPECT_TRUE(AlikeDemand{}.near(large, 0.5).empty()) << "nothing was taught";
    AlikeDemand one;
    for (std::size_t s = 0; s < 100; ++s) one.add(0, std::span(small), 0.5, std::span(small).first(12));
    one.finish();
    EXPECT_TRUE(one.near(small, 0.5, 0).empty()) << "a good is no example for itself";
}

TEST(Counts, MixGoodsAlike) {
    std::vector<double> const history = {0, 0, 1, 0, 1, 0, 0, 1}, near = {0, 0, 0, 0, 0, 0, 0, 0, 4, 4};
    auto const levels = std::vector<double>{0.5, 0.7, 0.95};
    EXPECT_EQ(demand_quantiles(history, 1e-6, levels, {.alike = 1}, near), (std::vector<double>{0, 0, 4})) << "theirs alone";
    EXPECT_EQ(demand_quantiles(history, 0.4, levels, {.alike = 1}), demand_quantiles(history, 0.4, levels)) << "without neighbours the own distribution";
    EXPECT_EQ(demand_quantiles(history, 0.4, levels, {}, near), demand_quantiles(history, 0.4, levels)) << "a share of nothing";
}

TEST(Intermittent, KnowsClosedDays) {
    Random random(9);
    std::vector<double> y;
    for (int t = 0; t < 210; ++t) y.push_back(t % 7 == 5 ? 0 : static_cast<double>(random.poisson(0.6)));
    auto const f = *forecast({.values = y, .frequency = Frequency::daily}, 14);
    EXPECT_EQ(f.point[5], 0) << "the sixth day of the week never sold";
    EXPECT_EQ(f.quantiles.back()[12], 0);
    EXPECT_NEAR(f.point[0], 0.6, 0.25);
}

std::vector<std::vector<double>> fading_goods(std::uint64_t seed, std::size_t count) {
    Random random(seed);
    std::vector<std::vector<double>> out(count);
    for (auto& y : out) {
        double const rate = random.uniform(0.2, 0.8);
        for (int t = 0; t < 48; ++t) y.push_back(static_cast<double>(random.poisson(rate * std::exp(-0.02 * t))));
    }
    return out;
}

TEST(Learn, SeesThatGoodsOfAKindFade) {
    auto const goods = fading_goods(2, 200);
    std::vector<Series> known;
    for (auto const& y : goods) known.push_back({.values = std::span(y).first(36)});
    auto const learned = *learn(known, 12, Learn::weights_and_calibration);
    EXPECT_LT(learned.level, 0.95);
    double plain = 0, taught = 0, actual = 0;
    for (std::size_t s = 0; s < goods.size(); ++s) {
        auto const a = *forecast(known[s], 12), b = *forecast(known[s], 12, learned.options());
        for (std::size_t h = 0; h < 12; ++h) plain += a.point[h], taught += b.point[h], actual += goods[s][36 + h];
    }
    EXPECT_LT(std::abs(taught - actual), std::abs(plain - actual));
    auto const again = *learn(known, 12, Learn::weights_and_calibration, {}, 3);
    EXPECT_EQ(again.weights, learned.weights) << "the same on any number of threads";
}

// Each good's rate wanders, so the next year of a busy one is calmer and of a still one busier than its history: only others can tell.
TEST(Learn, TakesUpperQuantilesFromGoodsAlike) {
    Random random(31);
    std::vector<std::vector<double>> all(600);
    for (auto& y : all) {
        double rate = random.normal() - 1;
        for (int t = 0; t < 48; ++t) rate += -0.08 * (rate + 1) + 0.45 * random.normal(), y.push_back(static_cast<double>(random.poisson(std::exp(rate))));
    }
    std::vector<Series> known;
    for (auto const& y : all) known.push_back({.values = std::span(y).first(36)});
    auto const options = Options{.levels = {0.5, 0.9, 0.95, 0.99}};
    auto const learned = *learn(known, 12, Learn::weights_and_calibration, options);
    EXPECT_GT(learned.shape.alike, 0);
    auto by_itself = learned;
    by_itself.shape.alike = 0;
    auto const loss = [&](const Learned& l) {
        double sum = 0;
        for (std::size_t s = 0; s < all.size(); ++s) {
            auto const f = *forecast(known[s], 12, l.options(options));
            for (std::size_t h = 0; h < 12; ++h)
                for (std::size_t i = 0; i < f.levels.size(); ++i) {
                    double const miss = all[s][36 + h] - f.quantiles[i][h];
                    sum += miss > 0 ? f.levels[i] * miss : (f.levels[i] - 1) * miss;
                }
        }
        return sum;
    };
    EXPECT_LT(loss(learned), 0.98 * loss(by_itself));
}

TEST(Learn, CalibratesQuantilesOfASet) {
    // Errors with heavy tails, which no normal distribution fits.
    Random random(11);
    std::vector<std::vector<double>> all(300);
    for (auto& y : all) {
        double level = 50;
        for (int t = 0; t < 48; ++t) level += 0.3 * random.normal(), y.push_back(level + random.normal() / std::sqrt(random.exponential(1) + 0.05));
    }
    std::vector<Series> known;
    for (auto const& y : all) known.push_back({.values = std::span(y).first(40)});
    auto const options = Options{.levels = {0.025, 0.975}, .methods = {Method::ses, Method::dynamic_theta}};
    auto const learned = *learn(known, 8, Learn::calibration, options);
    double inside = 0, count = 0;
    for (std::size_t s = 0; s < all.size(); ++s) {
        auto const f = *forecast(known[s], 8, learned.options(options));
        for (std::size_t h = 0; h < 8; ++h) inside += all[s][40 + h] >= f.quantiles[0][h] && all[s][40 + h] <= f.quantiles[1][h], count += 1;
    }
    EXPECT_NEAR(inside / count, 0.95, 0.015);
    EXPECT_EQ(learn(std::span(known).first(10), 8, Learn::calibration).error().reason, "too_few_series");
}

}  // namespace
}  // namespace kindling::series
