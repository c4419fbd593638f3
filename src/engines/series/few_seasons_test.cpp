// Around two seasons of history: a season that is plain is followed, one that is not there is not, and bands neither break in nor burst when one value more makes two seasons of it.
#include <gtest/gtest.h>

#include <cmath>

#include "core/random.h"
#include "engines/series/prepare.h"

namespace kindling::series {
namespace {

struct Kind { Frequency frequency; std::size_t period, horizon; };
constexpr Kind months{Frequency::monthly, 12, 12}, quarters{Frequency::quarterly, 4, 8}, days{Frequency::daily, 7, 14}, weeks{Frequency::weekly, 52, 26};

// A level that wanders a little, times a season of its own, times noise of 6 %.
std::vector<double> made(const Kind& kind, std::size_t length, double season, std::uint64_t seed) {
    Random random(seed);
    std::vector<double> index(kind.period), y;
    for (std::size_t j = 0; j < kind.period; ++j) index[j] = kind.period > 24 ? std::sin(6.283185307 * static_cast<double>(j) / static_cast<double>(kind.period) + static_cast<double>(seed)) : random.normal();
    double level = 0;
    for (std::size_t t = 0; t < length; ++t) level += 0.01 * random.normal(), y.push_back(500 * std::exp(level + season * index[t % kind.period] + 0.06 * random.normal()));
    return y;
}

struct Scores { double ours = 0, season_before = 0, held = 0, width = 0; };  // mean absolute errors, share inside the 80 % band, its width beside the mean
Scores scores(const Kind& kind, std::size_t length, double season) {
    constexpr std::uint64_t series = 40;
    Scores out;
    double const each = 1.0 / static_cast<double>(series * kind.horizon);
    for (std::uint64_t seed = 1; seed <= series; ++seed) {
        auto const y = made(kind, length + kind.horizon, season, seed);
        auto const f = forecast({.values = {y.begin(), y.begin() + static_cast<std::ptrdiff_t>(length)}, .frequency = kind.frequency}, kind.horizon, {.levels = {0.1, 0.9}});
        if (!f) { ADD_FAILURE() << f.error().reason; return out; }
        for (std::size_t h = 0; h < kind.horizon; ++h) {
            double const v = y[length + h], before = y[length - kind.period + h % kind.period];
            out.ours += each * std::abs(v - f->point[h]) / 500, out.season_before += each * std::abs(v - before) / 500;
            out.held += each * (v >= f->quantiles[0][h] && v <= f->quantiles[1][h]), out.width += each * (f->quantiles[1][h] - f->quantiles[0][h]) / 500;
        }
    }
    return out;
}

TEST(FewSeasons, APlainSeasonIsFollowedFromTwoOnAndBefore) {
    for (auto const& [kind, lengths] : {std::pair(months, std::vector<std::size_t>{20, 24, 25, 27, 30, 36, 40, 48}), {quarters, {8, 9, 11, 12, 14, 16, 20}}, {days, {12, 14, 15, 17, 21, 28}}, {weeks, {104, 105, 107, 110}}})
        for (auto const n : lengths) {
            auto const s = scores(kind, n, 0.35);
            // Of less than three some are too noisy to be believed.
            EXPECT_LT(s.ours, s.season_before * (n < 2 * kind.period ? 1.4 : n < 3 * kind.period ? 1.2 : 1.02)) << kind.period << " steps a season, " << n;
        }
}

TEST(FewSeasons, WhatIsNotThereCostsNothing) {
    for (auto const& [kind, lengths] : {std::pair(months, std::vector<std::size_t>{20, 24, 27, 36}), {quarters, {8, 10, 14}}, {days, {12, 14, 17, 24}}})
        for (auto const n : lengths) {
            auto const s = scores(kind, n, 0);
            EXPECT_LT(s.ours, 0.9 * s.season_before) << kind.period << " steps a season, " << n;
        }
}

TEST(FewSeasons, BandsNeitherBreakInNorBurst) {
    for (auto const season : {0.0, 0.1, 0.35})
        for (auto const& [kind, lengths] : {std::pair(months, std::vector<std::size_t>{24, 25, 26, 27, 28, 29, 32}), {days, {14, 15, 16, 17, 18, 19}}, {weeks, {103, 104, 105, 106, 107, 108, 110, 116}}}) {
            double before = 0;
            for (auto const n : lengths) {
                auto const s = scores(kind, n, season);
                EXPECT_GT(s.held, 0.62) << kind.period << " steps a season, " << n << ", season " << season;
                EXPECT_LT(s.held, 0.95) << kind.period << " steps a season, " << n << ", season " << season;
                if (before > 0) { EXPECT_LT(std::max(s.width / before, before / s.width), 1.4) << kind.period << " steps a season, " << n << ", season " << season; }
                before = s.width;
            }
        }
}

TEST(FewSeasons, TheLineIsNoSeason) {
    Random random(3);
    std::vector<double> line, wave;
    for (std::size_t t = 0; t < 24; ++t) line.push_back(100 + 5 * static_cast<double>(t) + random.normal()), wave.push_back(100 + 40 * std::sin(6.283185307 * static_cast<double>(t) / 12));
    EXPECT_GT(season_beside_line(line, 12), 0.8);
    EXPECT_LT(season_beside_line(wave, 12), 0.1);
    EXPECT_GT(season_beside_line(std::span(wave).first(15), 12), 1e9) << "too few values have one before them";
    auto const s = decompose(wave, 12, true);
    EXPECT_NEAR(s.index[3], 1.4, 0.02);
    EXPECT_NEAR(s.index[9], 0.6, 0.02);
}

}  // namespace
}  // namespace kindling::series
