// Before a switch: the estimate finds what each of two models is worth in a world made for it, and only what is worse for certain is kept out, not for ever.
#include "modules/selection/switch.h"
#include "core/random.h"
#include <fmt/format.h>
#include <gtest/gtest.h>

namespace kindling::selection {
namespace {

// In this world good k of a pool of six is taken with these odds, whatever was thought of it.
constexpr double worth[] = {0.30, 0.10, 0.20, 0.05, 0.30, 0.15};

// One says always good `a`, the other good `b`; the truth of each is known.
SwitchEstimate told(std::uint64_t seed, int places, std::size_t a, std::size_t b) {
    Random random(seed);
    std::vector<Slot> slots;
    for (int i = 0; i < places; ++i) {
        Slot s{.place = 2 + i % 4};
        double const odds[] = {0.25, 0.15, 0.15, 0.15, 0.15, 0.15};
        for (int k = 0; k < 6; ++k) s.pool.push_back({.score = static_cast<float>(6 - k)});
        auto left = random.uniform();
        while (s.chosen < 5 && left >= odds[s.chosen]) left -= odds[s.chosen++];
        s.propensity = odds[s.chosen], s.reward = random.chance(worth[s.chosen]) ? 1 : 0;
        slots.push_back(std::move(s));
    }
    return estimate_switch(slots, std::vector(slots.size(), a), std::vector(slots.size(), b));
}

Learned learned(int goods, Milliseconds at) {
    Learned out;
    for (int i = 0; i < goods; ++i) out.shelf.number(fmt::format("p{}", i));
    out.trained_at = at;
    return out;
}

TEST(Switch, TheEstimateFindsTheTruthOfBoth) {
    int inside = 0, asked = 0;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        auto const e = told(seed, 4'000, 0, 3);
        ASSERT_TRUE(e.in_use.readable && e.newer.readable);
        EXPECT_LT(e.newer.high, e.in_use.low) << "0.30 beside 0.05";
        inside += e.in_use.low <= worth[0] && worth[0] <= e.in_use.high, inside += e.newer.low <= worth[3] && worth[3] <= e.newer.high, asked += 2;
    }
    EXPECT_GE(inside, asked * 88 / 100) << "of intervals of 95 %";
}

TEST(Switch, OnlyWhatIsWorseForCertainIsKeptOut) {
    auto const in_use = learned(100, 0), newer = learned(110, milliseconds_per_day);
    int worse = 0, alike = 0, better = 0;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        worse += keeps_older(told(seed, 4'000, 0, 3), in_use, newer);
        alike += keeps_older(told(seed, 4'000, 0, 4), in_use, newer);
        better += keeps_older(told(seed, 4'000, 1, 2), in_use, newer);
    }
    EXPECT_EQ(worse, 60);
    EXPECT_LE(alike, 1) << "as good: two intervals of 95 % hardly ever part";
    EXPECT_EQ(better, 0);
    auto const few = told(1, 200, 0, 3);
    EXPECT_FALSE(few.newer.readable);
    EXPECT_FALSE(keeps_older(few, in_use, newer)) << "30 places or so do not tell";
}

TEST(Switch, WhatIsOutOfDateIsNotKept) {
    auto const worse = told(1, 4'000, 0, 3);
    EXPECT_TRUE(keeps_older(worse, learned(100, 0), learned(100, 14 * milliseconds_per_day)));
    EXPECT_FALSE(keeps_older(worse, learned(100, 0), learned(100, 14 * milliseconds_per_day + 1)));
    EXPECT_TRUE(keeps_older(worse, learned(100, 0), learned(199, 1)));
    EXPECT_FALSE(keeps_older(worse, learned(100, 0), learned(200, 1))) << "it does not know most of the goods";
}

}  // namespace
}  // namespace kindling::selection
