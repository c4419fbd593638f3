// Peeking after every visitor must not break what is promised: coverage by simulation, for rates and for skewed amounts; and the exact sequence for a rate.
#include "core/random.h"
#include "engines/experiment/always_valid.h"
#include <cmath>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace kindling::experiment {
namespace {

// Share of runs in which the interval, looked at after each of `visitors`, ever left out the truth.
template <class Draw> double missed(Draw const& draw, double truth, double share, int runs, int visitors, std::uint64_t seed) {
    int wrong = 0;
    Random const root(seed);
    for (int run = 0; run < runs; ++run) {
        auto random = root.stream("run", static_cast<std::uint64_t>(run));
        Sums sums[2];
        std::int64_t events[2] = {0, 0};
        for (int v = 0; v < visitors; ++v) {
            auto const arm = random.uniform() < share ? 1 : 0;
            auto const value = draw(random, arm);
            sums[arm].add(value), events[arm] += value != 0;
            auto const reading = compare(sums[0], sums[1], events[0], events[1], .05, 4000);
            if (reading.looked && (truth < reading.interval.low || truth > reading.interval.high)) {
                ++wrong;
                break;
            }
        }
    }
    return static_cast<double>(wrong) / runs;
}

// 400 runs: a true miss rate of .05 shows more than .083 once in a thousand times.
TEST(AlwaysValidTest, IntervalHoldsUnderPeekingForRates) {
    for (auto const& [p0, p1] : {std::pair(.05, .05), {.2, .23}, {.5, .45}}) {
        auto const miss = missed([&](Random& r, int arm) { return r.uniform() < (arm ? p1 : p0) ? 1.0 : 0.0; }, p1 - p0, .5, 400, 4000, 5);
        EXPECT_LE(miss, .05) << p0 << " " << p1;
    }
}

TEST(AlwaysValidTest, IntervalHoldsUnderPeekingForSkewedAmountsAndUnevenShares) {
    // One in ten orders, amounts log-normal: what revenue per visitor looks like.
    auto const mean = .1 * std::exp(4 + .8 * .8 / 2);
    auto const miss = missed([&](Random& r, int) { return r.uniform() < .1 ? std::exp(4 + .8 * r.normal()) : 0.0; }, 0, .2, 400, 6000, 6);
    EXPECT_LE(miss, .05) << mean;
}

TEST(AlwaysValidTest, AFixedSizeIntervalWouldNotHoldUnderPeeking) {
    // The same peeking with 1.96 deviations: the check above can fail.
    int wrong = 0;
    for (int run = 0; run < 200; ++run) {
        Random random(900 + static_cast<std::uint64_t>(run));
        Sums sums[2];
        for (int v = 0; v < 4000; ++v) {
            auto const arm = random.uniform() < .5 ? 1 : 0;
            sums[arm].add(random.uniform() < .2);
            if (v < 500) continue;
            auto const z = (sums[1].mean() - sums[0].mean()) / std::sqrt(sums[1].variance() / static_cast<double>(sums[1].n) + sums[0].variance() / static_cast<double>(sums[0].n));
            if (std::abs(z) > 1.96) {
                ++wrong;
                break;
            }
        }
    }
    EXPECT_GT(wrong, 30);  // 5 % would be 10
}

TEST(AlwaysValidTest, AnEffectIsFoundAndThePValueAgreesWithTheInterval) {
    Random random(3);
    Sums sums[2];
    std::int64_t events[2] = {0, 0};
    std::int64_t decided_at = 0;
    for (std::int64_t v = 0; v < 20'000; ++v) {
        auto const arm = random.uniform() < .5 ? 1 : 0;
        auto const value = random.uniform() < (arm ? .14 : .10) ? 1.0 : 0.0;
        sums[arm].add(value), events[arm] += value != 0;
        auto const reading = compare(sums[0], sums[1], events[0], events[1], .05, 10'000);
        EXPECT_EQ(reading.decided(), reading.looked && reading.p < .05);
        if (!decided_at && reading.decided()) decided_at = v;
    }
    EXPECT_GT(decided_at, 400);
    EXPECT_LT(decided_at, 15'000);
}

TEST(AlwaysValidTest, RateIsExact) {
    EXPECT_EQ(rate(0, 0, .05).high, 1);
    auto const none = rate(0, 100, .05);
    EXPECT_EQ(none.low, 0);
    EXPECT_GT(none.high, .05);
    int wrong = 0;
    for (int run = 0; run < 300; ++run) {
        Random random(70 + static_cast<std::uint64_t>(run));
        std::int64_t successes = 0;
        for (std::int64_t n = 1; n <= 500; ++n) {
            successes += random.uniform() < .08;
            auto const r = rate(successes, n, .1);
            if (r.low > .08 || r.high < .08) {
                ++wrong;
                break;
            }
        }
    }
    EXPECT_LE(wrong, 30);
}

TEST(AlwaysValidTest, SampleRatioIsQuietWhenItShouldBeAndFindsALeak) {
    double const shares[] = {1, 1};
    int alarms = 0;
    for (int run = 0; run < 200; ++run) {
        Random random(40 + static_cast<std::uint64_t>(run));
        std::int64_t counts[2] = {0, 0};
        double least = 1;
        for (int v = 0; v < 5000; ++v) {
            ++counts[random.uniform() < .5];
            if (v % 10 == 0) least = std::min(least, sample_ratio_p(counts, shares));
        }
        alarms += least < .01;
    }
    EXPECT_LE(alarms, 5);
    std::int64_t const leaking[] = {10'000, 10'600};
    EXPECT_LT(sample_ratio_p(leaking, shares), .01);
}

TEST(AlwaysValidTest, AssignmentIsStableAndEven) {
    double const shares[] = {.5, .3, .2};
    std::int64_t counts[3] = {0, 0, 0}, both = 0, first = 0;
    for (int s = 0; s < 20'000; ++s) {
        auto const subject = "session:" + std::to_string(s);
        auto const arm = arm_of("salt-a", subject, shares);
        ASSERT_EQ(arm, arm_of("salt-a", subject, shares));
        ++counts[arm];
        first += arm == 0, both += arm == 0 && arm_of("salt-b", subject, shares) == 0;
    }
    EXPECT_GT(sample_ratio_p(counts, shares), .05);
    // Another experiment's arms are independent of this one's.
    EXPECT_NEAR(static_cast<double>(both) / static_cast<double>(first), .5, .02);
}

}  // namespace
}  // namespace kindling::experiment
