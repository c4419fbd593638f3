#include "shop/accounts/attempts.h"
#include <gtest/gtest.h>
#include <atomic>
#include <thread>
#include <vector>

namespace kindling::shop {
namespace {

constexpr Attempts::Rule three_a_minute{3, 60'000};

TEST(Attempts, WindowIsUsedUpAndOpensAgain) {
    Attempts attempts;
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(attempts.take("a", three_a_minute, 1'000 + i));
    EXPECT_FALSE(attempts.take("a", three_a_minute, 1'003));
    EXPECT_TRUE(attempts.take("b", three_a_minute, 1'003)) << "another key has a window of its own";
    EXPECT_FALSE(attempts.take("a", three_a_minute, 60'999));
    EXPECT_TRUE(attempts.take("a", three_a_minute, 61'000)) << "the window began with the first try";
}

TEST(Attempts, RightTryIsGivenBack) {
    Attempts attempts;
    for (int i = 0; i < 20; ++i) {
        EXPECT_TRUE(attempts.take("a", three_a_minute, 1'000));
        attempts.give_back("a");
    }
    attempts.give_back("a");
    attempts.give_back("nobody");
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(attempts.take("a", three_a_minute, 1'000)) << "giving back never earns more than there were";
    EXPECT_FALSE(attempts.take("a", three_a_minute, 1'000));
}

TEST(Attempts, StrangersCannotFillTheMemory) {
    Attempts attempts(100);
    EXPECT_TRUE(attempts.take("kept", {1, 1'000'000}, 0));
    for (int i = 0; i < 99; ++i) EXPECT_TRUE(attempts.take("old" + std::to_string(i), {1, 10}, 0));
    EXPECT_TRUE(attempts.take("new", {1, 10}, 20)) << "windows that ended make room";
    EXPECT_FALSE(attempts.take("kept", {1, 1'000'000}, 20));
    for (int i = 0; i < 10'000; ++i) EXPECT_TRUE(attempts.take("x" + std::to_string(i), {1, 1'000'000}, 30));
}

TEST(Attempts, ManyAtOnceDoNotSlipThrough) {
    Attempts attempts;
    std::atomic<int> allowed = 0;
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 8; ++t) threads.emplace_back([&] { for (int i = 0; i < 100; ++i) allowed += attempts.take("a", {50, 60'000}, 5); });
    }
    EXPECT_EQ(allowed, 50);
}

}  // namespace
}  // namespace kindling::shop
