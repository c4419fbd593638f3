// Histories with accidents in them, beside the same histories without.
#include "engines/series/clean.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/random.h"

namespace kindling::series {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
Options const few = {.levels = {0.1, 0.5, 0.9}};

Forecast ask(std::vector<double> const& y, Frequency frequency, std::size_t horizon = 14, Domain domain = Domain::automatic) { return *forecast({.values = y, .frequency = frequency, .domain = domain}, horizon, few); }

double largest(Forecast const& f) { return std::max(std::ranges::max(f.point), std::ranges::max(f.quantiles.back())); }

std::vector<double> rare(std::size_t n, double chance, std::uint64_t seed) {
    Random random(seed);
    std::vector<double> y;
    for (std::size_t t = 0; t < n; ++t) y.push_back(random.chance(chance) ? 1 + static_cast<double>(random.poisson(1.5)) : 0);
    return y;
}

// Days of a shop: grows, sells by weekday, never at `closed`.
std::vector<double> days(std::size_t n, std::uint64_t seed, std::size_t closed = 7) {
    Random random(seed);
    std::vector<double> y;
    for (std::size_t t = 0; t < n; ++t) y.push_back(t % 7 == closed ? 0 : std::round((400 + 2 * static_cast<double>(t)) * (1 + 0.1 * static_cast<double>(t % 7)) * (1 + 0.05 * random.normal())));
    return y;
}

TEST(Clean, AbsurdValuesOfRareDemand) {
    for (std::uint64_t seed = 1; seed <= 12; ++seed)
        for (double const chance : {0.1, 0.2, 0.3}) {
            auto y = rare(120, chance, seed);
            for (std::size_t const place : {std::size_t(60), std::size_t(119), std::size_t(3)}) {
                y[place] = 1e9;
                auto const f = ask(y, Frequency::daily);
                EXPECT_TRUE(f.flags.has(Flag::spikes_replaced));
                EXPECT_LT(largest(f), 20) << seed << " " << chance << " " << place;
            }
            EXPECT_FALSE(ask(rare(120, chance, seed), Frequency::daily).flags.has(Flag::spikes_replaced));
        }
    auto months = rare(51, 0.25, 7);
    months[30] = 1e9;
    EXPECT_LT(largest(ask(months, Frequency::monthly)), 20);
    std::vector<double> only(50, 0.0);
    only.push_back(1e9);
    auto const f = ask(only, Frequency::daily);
    EXPECT_TRUE(f.flags.has(Flag::spikes_replaced));
    EXPECT_EQ(largest(f), 0) << "one size that no count of demand has";
}

TEST(Clean, ManyAbsurdValuesAtOnce) {
    Random random(5);
    for (std::size_t const count : {std::size_t(1), std::size_t(3), std::size_t(5), std::size_t(9)}) {
        std::vector<double> y;
        for (int t = 0; t < 60; ++t) y.push_back(100 + 10 * random.normal());
        for (std::size_t k = 0; k < count; ++k) y[59 - 6 * k] = k % 2 == 0 ? 1e9 : 3e7;
        auto const f = ask(y, Frequency::monthly);
        EXPECT_TRUE(f.flags.has(Flag::spikes_replaced)) << count;
        EXPECT_LT(largest(f), 200) << count;
        EXPECT_GT(f.quantiles[0][0], 50) << count;
    }
}

TEST(Clean, LeavesWhatIsMerelyLarge) {
    auto y = rare(120, 0.2, 3);
    y[70] = 400;  // a wholesale order
    EXPECT_FALSE(ask(y, Frequency::daily).flags.has(Flag::spikes_replaced));
    std::vector<double> moved(50, 10.0), grown;
    for (int t = 0; t < 8; ++t) moved.push_back(1e5);
    EXPECT_FALSE(ask(moved, Frequency::unknown).flags.has(Flag::spikes_replaced)) << "it stayed";
    for (int t = 0; t < 200; ++t) grown.push_back(std::exp(0.1 * t));
    EXPECT_FALSE(ask(grown, Frequency::unknown).flags.has(Flag::spikes_replaced));
}

TEST(Clean, ReturnsAreNoDemand) {
    Random random(2);
    std::vector<double> y, falling;
    for (int t = 0; t < 90; ++t) y.push_back(static_cast<double>(random.below(3)));
    y[40] = -3;
    for (int t = 0; t < 30; ++t) falling.push_back(30 - t);
    falling.back() = -3;
    for (auto const& history : {y, falling}) {
        auto const f = ask(history, Frequency::daily), real = ask(history, Frequency::daily, 14, Domain::real);
        EXPECT_TRUE(f.flags.has(Flag::negative_as_zero));
        EXPECT_FALSE(real.flags.has(Flag::negative_as_zero));
        EXPECT_GE(std::ranges::min(f.quantiles[0]), 0);
    }
    EXPECT_LT(ask(falling, Frequency::daily, 14, Domain::real).quantiles[0][13], 0) << "the caller said that it may be";
    std::vector<double> profit;
    for (int t = 0; t < 40; ++t) profit.push_back(10 * random.normal());
    EXPECT_FALSE(ask(profit, Frequency::monthly).flags.has(Flag::negative_as_zero)) << "half of it is below zero";
}

TEST(Clean, BridgesInterruptions) {
    auto const whole = days(300, 4);
    auto const clean = ask(whole, Frequency::daily);
    std::vector<std::vector<double>> shut(2, whole);
    for (std::size_t t = 200; t < 214; ++t) shut[0][t] = 0;
    for (std::size_t t = 20; t < 300; t += 40) std::fill_n(shut[1].begin() + static_cast<std::ptrdiff_t>(t), 4, 0.0);
    for (auto const& y : shut) {
        auto const f = ask(y, Frequency::daily);
        EXPECT_TRUE(f.flags.has(Flag::interrupted));
        for (std::size_t h = 0; h < 14; ++h) {
            EXPECT_NEAR(f.point[h], clean.point[h], 0.1 * clean.point[h]);
            EXPECT_GT(f.quantiles[0][h], 0.75 * clean.point[h]);
            EXPECT_LT(f.quantiles[2][h], 1.25 * clean.point[h]);
        }
    }
    EXPECT_FALSE(clean.flags.has(Flag::interrupted));
}

TEST(Clean, LeavesZerosThatAreDemand) {
    EXPECT_FALSE(ask(rare(300, 0.3, 1), Frequency::daily).flags.has(Flag::interrupted));
    EXPECT_FALSE(ask(rare(300, 0.7, 1), Frequency::daily).flags.has(Flag::interrupted));
    auto over = days(300, 4);
    for (std::size_t t = 280; t < 300; ++t) over[t] = 0;
    EXPECT_FALSE(ask(over, Frequency::daily).flags.has(Flag::interrupted)) << "at the end: nobody knows whether it comes back";
    std::vector<double> late(30, 0.0);  // a good that came late and sells seldom: the time before says nothing of it
    late.insert(late.end(), {2, 1, 2, 0, 0, 0, 0, 3, 1, 1});
    EXPECT_FALSE(ask(late, Frequency::monthly).flags.has(Flag::interrupted));
    std::vector<double> winters, fading;
    for (int t = 0; t < 72; ++t) winters.push_back(t % 12 < 3 ? 0 : 100);
    for (int t = 0; t < 120; ++t) fading.push_back(std::max(0.0, std::round(60 * std::sin(t * 3.14159265 / 40))));
    EXPECT_FALSE(ask(winters, Frequency::monthly).flags.has(Flag::interrupted)) << "returns every year";
    EXPECT_FALSE(ask(fading, Frequency::unknown).flags.has(Flag::interrupted)) << "not broken off";
}

TEST(Closed, WeekdaysThatNeverSellAreForecastAsZero) {
    for (std::size_t const closed : {std::size_t(0), std::size_t(5)}) {
        auto const open = ask(days(200, 6), Frequency::daily), f = ask(days(200, 6, closed), Frequency::daily);
        EXPECT_TRUE(f.flags.has(Flag::closed_positions));
        for (std::size_t h = 0; h < 14; ++h)
            if ((200 + h) % 7 == closed) {
                EXPECT_EQ(f.point[h], 0);
                EXPECT_EQ(f.quantiles[2][h], 0);
                for (auto const& m : f.members) EXPECT_EQ(m.point[h], 0);
                EXPECT_NEAR(f.drivers.level + f.drivers.trend[h] + f.drivers.season[h], 0, 1e-9);
            } else EXPECT_NEAR(f.point[h], open.point[h], 0.1 * open.point[h]) << h;
        EXPECT_EQ(ask(days(200, 6, closed), Frequency::daily, 1).point.size(), 1U);
    }
    EXPECT_FALSE(ask(days(200, 6), Frequency::daily).flags.has(Flag::closed_positions));
    EXPECT_FALSE(ask(days(49, 6, 3), Frequency::daily).flags.has(Flag::closed_positions)) << "seven weeks";
}

TEST(Closed, OldSalesGapsAndDeadGoods) {
    auto y = days(200, 6, 2);
    y[2] = y[9] = 700;  // closed since the third week
    y[150] = y[151] = missing;
    auto f = ask(y, Frequency::daily);
    EXPECT_TRUE(f.flags.has(Flag::closed_positions));
    EXPECT_EQ(f.point[(7 + 2 - 200 % 7) % 7], 0);
    y.resize(203, missing);
    f = ask(y, Frequency::daily);
    EXPECT_TRUE(f.flags.has(Flag::ends_early));
    EXPECT_EQ(f.point[(7 + 2 - 203 % 7) % 7], 0);
    EXPECT_GT(f.point[(7 + 3 - 203 % 7) % 7], 500);
    auto dead = days(200, 6);
    std::fill(dead.begin() + 120, dead.end(), 0.0);
    EXPECT_FALSE(ask(dead, Frequency::daily).flags.has(Flag::closed_positions));
    dead[170] = 3;
    EXPECT_FALSE(ask(dead, Frequency::daily).flags.has(Flag::closed_positions)) << "one sale among dead weeks does not close the other days";
    auto rarely = rare(500, 0.25, 8);
    for (std::size_t t = 0; t < rarely.size(); t += 7) rarely[t] = 0;
    EXPECT_EQ(ask(rarely, Frequency::daily).point[(7 - 500 % 7) % 7], 0) << "72 weeks";
}

}  // namespace
}  // namespace kindling::series
