// Adaptive quantiles: the published bound on sequences that fight back, the published recursion by hand, and scores that change their spread.
#include "engines/series/adaptive.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/random.h"
#include "engines/series/intervals.h"

namespace kindling::series {
namespace {

TEST(AdaptiveQuantile, FollowsThePublishedRecursion) {
    AdaptiveQuantile q(0.9, 0.1, 4);
    EXPECT_TRUE(std::isinf(q.quantile()));
    EXPECT_EQ(q.bounded(), 0);
    for (double const s : {4.0, 1.0, 3.0, 2.0}) q.learn(s);
    EXPECT_EQ(q.judged(), 0U);
    EXPECT_DOUBLE_EQ(q.quantile(), 4) << "0.9 of 1, 2, 3, 4 lies beyond the last of them";
    q.see(5);  // above: 0.9 + 0.1 (0.9 - 0)
    EXPECT_DOUBLE_EQ(q.asked(), 0.99);
    EXPECT_DOUBLE_EQ(q.quantile(), 5) << "1, 2, 3, 5: the oldest, 4, has gone";
    q.see(0);  // below: 0.99 + 0.1 (0.9 - 1)
    EXPECT_DOUBLE_EQ(q.asked(), 0.98);
    q.see(NAN);
    EXPECT_EQ(q.judged(), 2U);
    EXPECT_DOUBLE_EQ(q.covered(), 0.5);
}

// Whoever knows the quantile chooses the next score: just above it, just below it, and by what hurts most. Proposition 4.1 holds all the same.
TEST(AdaptiveQuantile, KeepsTheBoundAgainstAnAdversary) {
    for (double const level : {0.05, 0.5, 0.9, 0.99})
        for (double const rate : {0.005, 0.05, 0.3})
            for (int const foe : {0, 1, 2, 3}) {
                AdaptiveQuantile q(level, rate, 50);
                Random random(7);
                for (int t = 1; t <= 3000; ++t) {
                    double const now = q.quantile(), finite = std::isinf(now) ? (now > 0 ? 1e9 : -1e9) : now;
                    bool const over = foe == 0 || (foe == 1 && t % 7 != 0) || (foe == 2 && random.uniform() < 0.5) || (foe == 3 && (t / 500) % 2 == 0);
                    q.see(over ? finite + 1 : finite - 1);
                    ASSERT_LE(std::abs(q.covered() - level), (std::max(level, 1 - level) + rate) / (rate * t) + 1e-9) << level << ' ' << rate << ' ' << foe << ' ' << t;
                }
            }
}

// Spread three times as wide from the middle on: what was right before covers far too little; the tracker comes back.
TEST(AdaptiveQuantile, FollowsAChangeThatASplitDoesNot) {
    Random random(3);
    AdaptiveQuantile low(0.05, 0.02), high(0.95, 0.02);
    std::vector<double> first;
    for (int t = 0; t < 250; ++t) first.push_back(random.normal());
    for (double const s : first) low.learn(s), high.learn(s);
    std::ranges::sort(first);
    double fixed = 0, adaptive = 0, width = 0;
    constexpr int count = 1500;
    for (int t = 0; t < count; ++t) {
        double const s = 3 * random.normal();
        fixed += s >= sample_quantile(first, 0.05) && s <= sample_quantile(first, 0.95), adaptive += s >= low.bounded() && s <= high.bounded(), width += high.bounded() - low.bounded();
        low.see(s), high.see(s);
    }
    EXPECT_LT(fixed / count, 0.5);
    EXPECT_NEAR(adaptive / count, 0.9, 0.03);
    EXPECT_NEAR(width / count, 2 * 3 * 1.645, 1.5) << "and is not bought by width";
}

// Without a change it costs little: about as wide as the quantile that is known.
TEST(AdaptiveQuantile, RestsWhenNothingChanges) {
    Random random(5);
    AdaptiveQuantile q(0.9);
    for (int t = 0; t < 4000; ++t) q.see(random.normal());
    EXPECT_NEAR(q.covered(), 0.9, 0.01);
    EXPECT_NEAR(q.bounded(), 1.2816, 0.4);
}

}  // namespace
}  // namespace kindling::series
