#include "engines/series/series.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "core/random.h"
#include "engines/series/combine.h"

namespace kindling::series {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

std::vector<double> seasonal(std::size_t n, std::size_t period, double trend, double noise, std::uint64_t seed) {
    Random random(seed);
    std::vector<double> y;
    for (std::size_t t = 0; t < n; ++t) {
        auto const at = static_cast<double>(t);
        y.push_back((100 + trend * at) * (1 + 0.3 * std::sin(6.283185307 * at / static_cast<double>(period))) * (1 + noise * random.normal()));
    }
    return y;
}

// What is always true of an answer.
void expect_sane(const Series& series, const Forecast& f, std::size_t horizon) {
    ASSERT_EQ(f.point.size(), horizon);
    ASSERT_EQ(f.quantiles.size(), f.levels.size());
    ASSERT_EQ(f.drivers.trend.size(), horizon);
    bool negative = series.domain == Domain::real;
    double largest = 0;
    for (double const v : series.values)
        if (!std::isnan(v)) largest = std::max(largest, std::abs(v)), negative = negative || (v < 0 && series.domain == Domain::automatic);
    double const bound = largest * (10 + 20 * static_cast<double>(horizon));
    double weights = 0;
    for (auto const& m : f.members) weights += m.weight;
    EXPECT_NEAR(weights, 1, 1e-9);
    for (std::size_t h = 0; h < horizon; ++h) {
        ASSERT_TRUE(std::isfinite(f.point[h]));
        ASSERT_LE(std::abs(f.point[h]), bound);
        ASSERT_NEAR(f.drivers.level + f.drivers.trend[h] + f.drivers.season[h], f.point[h], 1e-9 * (1 + bound));
        if (!negative) { ASSERT_GE(f.point[h], 0); }
        for (std::size_t i = 0; i < f.quantiles.size(); ++i) {
            ASSERT_TRUE(std::isfinite(f.quantiles[i][h]));
            if (!negative) { ASSERT_GE(f.quantiles[i][h], 0); }
            if (i > 0) { ASSERT_LE(f.quantiles[i - 1][h], f.quantiles[i][h]); }
        }
    }
}

std::string reason(const Result<Forecast>& r) { return r ? "" : r.error().reason; }

TEST(Forecast, FollowsTrendAndSeason) {
    auto const y = seasonal(120, 12, 0.5, 0.02, 1), next = seasonal(132, 12, 0.5, 0, 1);
    auto const f = forecast({.values = y, .frequency = Frequency::monthly}, 12);
    ASSERT_TRUE(f);
    double error = 0;
    for (std::size_t h = 0; h < 12; ++h) error += std::abs(f->point[h] - next[120 + h]) / next[120 + h] / 12;
    EXPECT_LT(error, 0.02) << "noise of 2 % leaves an error of at most that";
    expect_sane({.values = y}, *f, 12);
    EXPECT_GT(f->drivers.season[3], 20) << "the height of the season, about 0.3 x 160";
    EXPECT_LT(f->drivers.season[9], -20);
    EXPECT_NEAR(f->drivers.level, 160, 5);
}

TEST(Forecast, SaysWhatIsWrong) {
    std::vector<double> const good = {1, 2, 3, 4, 5, 6, 7, 8}, none, gaps = {missing, missing}, infinite = {1, std::numeric_limits<double>::infinity()}, huge = {1, 1e16};
    EXPECT_EQ(reason(forecast({.values = none}, 1)), "series_empty");
    EXPECT_EQ(reason(forecast({.values = gaps}, 1)), "series_empty");
    EXPECT_EQ(reason(forecast({.values = infinite}, 1)), "series_value");
    EXPECT_EQ(reason(forecast({.values = huge}, 1)), "series_value");
    EXPECT_EQ(forecast({.values = huge}, 1).error().fields.at(0).path, "/values/1");
    EXPECT_EQ(reason(forecast({.values = good}, 0)), "horizon_out_of_range");
    EXPECT_EQ(reason(forecast({.values = good}, 10001)), "horizon_out_of_range");
    EXPECT_EQ(reason(forecast({.values = good}, 1, {.levels = {0.5, 0.5}})), "quantile_out_of_range");
    EXPECT_EQ(reason(forecast({.values = good}, 1, {.levels = {0.0}})), "quantile_out_of_range");
    EXPECT_EQ(reason(forecast({.values = good}, 1, {.methods = {Method::ses}, .weights = {1, 2}})), "weights_mismatch");
    EXPECT_EQ(reason(forecast({.values = good}, 1, {.methods = {Method::ses}, .weights = {0}})), "weights_mismatch");
    std::vector<double> const too_long(longest_series + 1, 1.0);
    EXPECT_EQ(reason(forecast({.values = too_long}, 1)), "series_too_long");
}

TEST(Forecast, AnswersPoorSeriesWithAFlag) {
    auto const ask = [](std::vector<double> y, std::size_t horizon = 6) {
        Series const s{.values = y, .frequency = Frequency::monthly};
        auto f = forecast(s, horizon);
        EXPECT_TRUE(f);
        expect_sane(s, *f, horizon);
        return std::move(*f);
    };
    auto f = ask({7});
    EXPECT_TRUE(f.flags.has(Flag::short_history) && f.flags.has(Flag::constant));
    EXPECT_EQ(f.point, std::vector<double>(6, 7.0));
    f = ask(std::vector<double>(30, 0.0));
    EXPECT_TRUE(f.flags.has(Flag::no_demand));
    EXPECT_EQ(f.quantiles.back(), std::vector<double>(6, 0.0));
    f = ask(std::vector<double>(30, 4.5));
    EXPECT_TRUE(f.flags.has(Flag::constant));
    f = ask({1, 2});
    EXPECT_TRUE(f.flags.has(Flag::short_history) && f.flags.has(Flag::uncalibrated) && f.flags.has(Flag::beyond_history));
    f = ask({missing, 3, missing, 5, 4, 6, 5, missing});
    EXPECT_TRUE(f.flags.has(Flag::gaps_filled));
    f = ask({3, 5, 4, 6, 5});
    EXPECT_FALSE(f.flags.has(Flag::gaps_filled));
    auto y = seasonal(60, 12, 0, 0.1, 3);
    y[41] = 1e9;
    f = ask(y);
    EXPECT_TRUE(f.flags.has(Flag::spikes_replaced));
    EXPECT_LT(f.point[0], 300);
    EXPECT_LT(f.quantiles.back()[5], 1000);
    y[20] = 1e9;
    f = ask(y);
    EXPECT_TRUE(f.flags.has(Flag::spikes_replaced)) << "two are as absurd as one";
    EXPECT_LT(f.point[0], 300);
    f = ask({5, 6, 1e9, 5});
    EXPECT_TRUE(f.flags.has(Flag::spikes_replaced));
    EXPECT_LT(f.point[0], 10);
    y = std::vector<double>(61, 10);
    for (std::size_t t = 0; t < y.size(); ++t) y[t] += 0.1 * static_cast<double>(t % 5) + (t % 12 == 3 && t < 30 ? 500 : 0);
    EXPECT_FALSE(ask(y).flags.has(Flag::spikes_replaced)) << "what returns at one time of the year is no accident";
    f = ask(seasonal(60, 12, 1, 0.1, 3), 10000);
    EXPECT_TRUE(f.flags.has(Flag::beyond_history));
}

// A trend is not told on for a thousand times as long as it was seen.
TEST(Forecast, FarHorizonsRepeatWhatWasWithinReach) {
    std::vector<double> line, seasons;
    for (int t = 0; t < 9; ++t) line.push_back(2 + t);
    for (int t = 0; t < 48; ++t) seasons.push_back(100 + 2 * t + 30 * std::sin(t * 2 * std::numbers::pi / 12));
    auto const f = forecast({.values = line}, 10000), near = forecast({.values = line}, 9);
    ASSERT_TRUE(f && near);
    expect_sane({.values = line}, *f, 10000);
    EXPECT_TRUE(f->flags.has(Flag::beyond_history) && !near->flags.has(Flag::beyond_history));
    for (std::size_t h = 0; h < 9; ++h) EXPECT_DOUBLE_EQ(f->point[h], near->point[h]) << "nearer steps are as they were";
    for (std::size_t h = 9; h < 10000; ++h) ASSERT_EQ(f->point[h], f->point[8]);
    EXPECT_LT(f->point[9999], 20);
    auto const g = forecast({.values = seasons, .frequency = Frequency::monthly}, 1000);
    ASSERT_TRUE(g);
    for (std::size_t h = 48; h < 1000; ++h) ASSERT_EQ(g->point[h], g->point[h - 12]);
    EXPECT_GT(*std::max_element(g->point.begin() + 900, g->point.end()) - *std::min_element(g->point.begin() + 900, g->point.end()), 8) << "the season stays";
    for (auto const& m : g->members) EXPECT_EQ(m.point.size(), 1000U);
}

TEST(Forecast, StepsOverGapsAtTheEnd) {
    std::vector<double> y;
    for (int t = 0; t < 36; ++t) y.push_back(10 + 5 * (t % 12));
    auto const whole = forecast({.values = y, .frequency = Frequency::monthly}, 15);
    y.insert(y.end(), 3, missing);
    auto const f = forecast({.values = y, .frequency = Frequency::monthly}, 12);
    ASSERT_TRUE(whole && f);
    EXPECT_TRUE(f->flags.has(Flag::ends_early));
    EXPECT_FALSE(whole->flags.has(Flag::ends_early));
    EXPECT_EQ(f->point, std::vector<double>(whole->point.begin() + 3, whole->point.end())) << "the first step asked for is the fourth after the last value";
    EXPECT_NEAR(f->point[0], 25, 0.5);
    expect_sane({.values = y}, *f, 12);
    y.insert(y.end(), 30003 - 3, missing);  // 36 + 30,003 steps: a fourth month comes next, as before
    auto const far = forecast({.values = y, .frequency = Frequency::monthly}, 12);
    ASSERT_TRUE(far);
    expect_sane({.values = y}, *far, 12);
    EXPECT_NEAR(far->point[0], 25, 3);
}

TEST(Forecast, LearnsFromBeforeAJump) {
    Random random(8);
    std::vector<double> y;
    for (int t = 0; t < 60; ++t) y.push_back((t < 40 ? 10 : 100) * (1 + 0.01 * random.normal()));
    auto const f = forecast({.values = y}, 6, {.levels = {0.1, 0.9}});
    ASSERT_TRUE(f);
    EXPECT_TRUE(f->flags.has(Flag::level_moved));
    for (std::size_t h = 0; h < 6; ++h) {
        EXPECT_NEAR(f->point[h], 100, 2);
        EXPECT_GT(f->quantiles[0][h], 95);
        EXPECT_LT(f->quantiles[1][h], 105);
    }
    std::vector<double> line, growth, steps;
    for (int t = 0; t < 60; ++t) line.push_back(10 + 3 * t), growth.push_back(10 * std::pow(1.08, t)), steps.push_back(10 + (t < 40 ? 0 : 90) + 5 * random.normal());
    for (auto const& kept : {line, growth}) EXPECT_FALSE(forecast({.values = kept}, 6)->flags.has(Flag::level_moved)) << "a slope is no jump";
    EXPECT_TRUE(forecast({.values = steps}, 6)->flags.has(Flag::level_moved)) << "negative values: moved by the difference";
    EXPECT_FALSE(forecast({.values = seasonal(60, 12, 0.5, 0.05, 2), .frequency = Frequency::monthly}, 6)->flags.has(Flag::level_moved));
}

TEST(Forecast, KeepsToItsDomain) {
    // Falling fast: any straight line would pass below zero.
    std::vector<double> falling;
    for (int t = 0; t < 24; ++t) falling.push_back(std::max(0.5, 100 - 5.0 * t));
    auto const f = forecast({.values = falling}, 24);
    for (double const v : f->point) EXPECT_GE(v, 0);
    for (double const v : f->quantiles[0]) EXPECT_GE(v, 0);
    for (auto& v : falling) v -= 50;
    EXPECT_LT(forecast({.values = falling}, 24)->quantiles[0][23], 0) << "a series that was negative may be so again";
    auto const cut = forecast({.values = falling, .domain = Domain::non_negative}, 24);
    EXPECT_GE(cut->quantiles[0][23], 0);
}

TEST(Forecast, IsTheSameInAnyUnit) {
    auto y = seasonal(60, 12, 0.5, 0.05, 9);
    auto const f = *forecast({.values = y, .frequency = Frequency::monthly}, 6);
    for (auto& v : y) v *= 1048576;
    auto const g = *forecast({.values = y, .frequency = Frequency::monthly}, 6);
    for (std::size_t h = 0; h < 6; ++h) EXPECT_NEAR(g.point[h] / 1048576, f.point[h], 1e-6 * f.point[h]);
}

TEST(Forecast, CoversWhatItSays) {
    // 300 series of known kind; the 80 % interval must hold about 80 % of what comes.
    Random random(5);
    double inside = 0, count = 0;
    for (int k = 0; k < 300; ++k) {
        std::vector<double> y;
        double level = 100;
        for (int t = 0; t < 66; ++t) level += random.normal(), y.push_back(level + 3 * random.normal());
        auto const f = forecast({.values = std::span(y).first(60)}, 6, {.levels = {0.1, 0.9}, .methods = {Method::ses, Method::dynamic_theta}});
        for (std::size_t h = 0; h < 6; ++h) inside += y[60 + h] >= f->quantiles[0][h] && y[60 + h] <= f->quantiles[1][h], count += 1;
    }
    EXPECT_NEAR(inside / count, 0.8, 0.05);
}

TEST(Forecast, HoldsForAnyNumbers) {
    Random random(77);
    for (int round = 0; round < 400; ++round) {
        std::vector<double> y;
        auto const n = 1 + random.below(80);
        auto const kind = random.below(6);
        for (std::size_t t = 0; t < n; ++t) {
            double v = kind == 0 ? random.normal(0, 1e6) : kind == 1 ? static_cast<double>(random.poisson(0.3)) : kind == 2 ? std::exp(random.normal(0, 5)) : kind == 3 ? 1e-9 * random.normal() : kind == 4 ? static_cast<double>(t * t) : random.uniform();
            if (random.chance(0.05)) v = missing;
            if (random.chance(0.02)) v = 1e9;
            y.push_back(v);
        }
        Series const s{.values = y, .frequency = static_cast<Frequency>(random.below(7)), .period = random.chance(0.3) ? random.below(20) : 0};
        auto const horizon = 1 + random.below(30);
        auto const f = forecast(s, horizon, {.combine = static_cast<Combine>(random.below(4))});
        if (!f) { EXPECT_EQ(f.error().reason, "series_empty"); continue; }
        expect_sane(s, *f, horizon);
    }
}

TEST(Combine, LeavesTheEndsOut) {
    std::vector<double> values = {9, 1, 2, 3, 1000};
    std::vector<double> const equal(5, 0.2);
    EXPECT_DOUBLE_EQ(combine(values, equal, Combine::trimmed_mean), (2 + 3 + 9) / 3.0);
    EXPECT_DOUBLE_EQ(combine(values, equal, Combine::median), 3);
    values = {4, 2};
    EXPECT_DOUBLE_EQ(combine(values, std::vector<double>{1, 3}, Combine::mean), 2.5);
    EXPECT_DOUBLE_EQ(combine(values, std::vector<double>{1, 3}, Combine::trimmed_mean), 3) << "two have no ends to leave out";
}

TEST(Combine, WeighsByWhatWasRight) {
    // A straight line: drift is right at every origin, the mean never.
    std::vector<double> line;
    for (int t = 0; t < 40; ++t) line.push_back(10 + t);
    auto const p = *prepare({.values = line});
    auto const w = rolling_weights(p, std::vector<Method>{Method::drift, Method::mean}, 6);
    EXPECT_GT(w[0], 0.999);
    EXPECT_NEAR(w[0] + w[1], 1, 1e-12);
}

}  // namespace
}  // namespace kindling::series
