#include "engines/series/temporal.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>

#include "core/random.h"

namespace kindling::series {
namespace {

std::vector<double> months(std::size_t n, double noise, std::uint64_t seed) {
    Random random(seed);
    std::vector<double> y;
    for (std::size_t t = 0; t < n; ++t) y.push_back((100 + static_cast<double>(t)) * (1 + 0.3 * std::sin(static_cast<double>(t) * 6.283185307 / 12)) * (1 + noise * random.normal()));
    return y;
}

TEST(Temporal, AsksEveryPaceOfTheSeason) {
    auto const y = months(72, 0.05, 1);
    auto const f = forecast_temporal({.values = y, .frequency = Frequency::monthly}, 18);
    ASSERT_TRUE(f);
    EXPECT_EQ(f->paces, (std::vector<std::size_t>{1, 2, 3, 4, 6, 12}));
    EXPECT_EQ(f->forecast.point.size(), 18U);
    for (std::size_t h = 0; h < 18; ++h) {
        EXPECT_NEAR(f->forecast.drivers.level + f->forecast.drivers.trend[h] + f->forecast.drivers.season[h], f->forecast.point[h], 1e-6);
        for (std::size_t i = 1; i < f->forecast.quantiles.size(); ++i) EXPECT_LE(f->forecast.quantiles[i - 1][h], f->forecast.quantiles[i][h]);
    }
    auto const short_one = forecast_temporal({.values = std::span(y).first(30), .frequency = Frequency::monthly}, 6);
    ASSERT_TRUE(short_one);
    EXPECT_EQ(short_one->paces, (std::vector<std::size_t>{1, 2, 3, 4, 6})) << "two years have no four years to look at";
}

// By the formula of the paper for a season of two: with error variances v1 of a step and v2 of the sum, the gap of the sum is shared out in proportion.
TEST(Temporal, SharesTheGapByVariance) {
    std::vector<double> y;
    Random random(5);
    for (int t = 0; t < 60; ++t) y.push_back(50 + 10 * (t % 2) + 3 * random.normal());
    Options const options{.levels = {}};
    auto const steps = forecast({.values = y, .period = 2}, 2, options);
    std::vector<double> sums;
    for (std::size_t t = 0; t < 60; t += 2) sums.push_back(y[t] + y[t + 1]);
    auto const pairs = forecast({.values = sums, .period = 1}, 1, options);
    auto const f = forecast_temporal({.values = y, .period = 2}, 2, options);
    ASSERT_TRUE(steps && pairs && f);
    double const gap = pairs->point[0] - steps->point[0] - steps->point[1], v1 = steps->scale * steps->scale, v2 = pairs->scale * pairs->scale;
    for (std::size_t h = 0; h < 2; ++h) EXPECT_NEAR(f->forecast.point[h], steps->point[h] + gap * v1 / (2 * v1 + v2), 1e-6);
}

TEST(Temporal, LeavesAloneWhatHasNoSums) {
    double const missing = std::numeric_limits<double>::quiet_NaN();
    auto y = months(48, 0.1, 2);
    auto const same = [](const Series& s, std::size_t horizon) {
        auto const f = forecast_temporal(s, horizon);
        EXPECT_TRUE(f);
        EXPECT_EQ(f->paces, std::vector<std::size_t>{1});
        EXPECT_EQ(f->forecast.point, forecast(s, horizon)->point);
    };
    same({.values = y, .frequency = Frequency::yearly}, 4);
    same({.values = std::span(y).first(5), .frequency = Frequency::monthly}, 4);
    std::vector<double> rare(60);
    for (std::size_t t = 0; t < 60; t += 7) rare[t] = 3;
    same({.values = rare, .frequency = Frequency::monthly}, 4);
    y.push_back(missing);
    same({.values = y, .frequency = Frequency::monthly}, 4);
    EXPECT_EQ(forecast_temporal({.values = {}}, 4).error().reason, "series_empty");
    y[10] = missing, y.pop_back();
    auto const gap = forecast_temporal({.values = y, .frequency = Frequency::monthly}, 10'000);
    ASSERT_TRUE(gap);
    for (double const v : gap->forecast.point) ASSERT_TRUE(std::isfinite(v) && v >= 0);
}

TEST(Temporal, SeesThroughNoise) {
    double own = 0, plain = 0;
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        auto const y = months(72, 0.3, seed), truth = months(84, 0, seed);
        auto const known = Series{.values = y, .frequency = Frequency::monthly};
        auto const a = forecast_temporal(known, 12, {.levels = {}});
        auto const b = forecast(known, 12, {.levels = {}});
        for (std::size_t h = 0; h < 12; ++h) own += std::abs(a->forecast.point[h] - truth[72 + h]), plain += std::abs(b->point[h] - truth[72 + h]);
    }
    EXPECT_LT(own, plain) << "sums over a year hide noise of 30 %";
}

}  // namespace
}  // namespace kindling::series
