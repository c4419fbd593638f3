// Rules on ranked lists: what is hidden is gone, pins lead in their order, strength moves places as said, and nothing else moves.
#include "core/random.h"
#include "modules/merchandising/arrange.h"
#include <algorithm>
#include <gtest/gtest.h>
#include <numeric>

namespace kindling::merchandising {
namespace {

std::vector<Ranked> plain(std::size_t n) {
    std::vector<Ranked> out(n);
    for (std::size_t i = 0; i < n; ++i) out[i].item = i;
    return out;
}

TEST(ArrangeTest, WithoutRulesNothingMoves) {
    auto const list = plain(50);
    std::vector<std::size_t> same(50);
    std::iota(same.begin(), same.end(), 0);
    EXPECT_EQ(arrange(list), same);
}

TEST(ArrangeTest, PinsLeadInTheirOrderAndHiddenIsGone) {
    auto list = plain(6);
    list[4].pin = 0, list[1].pin = 1, list[0].hidden = true, list[2].pin = 2, list[2].hidden = true;
    EXPECT_EQ(arrange(list), (std::vector<std::size_t>{4, 1, 3, 5}));
}

TEST(ArrangeTest, StrengthMovesByPlaces) {
    auto list = plain(10);
    list[9].strength = 2;   // the tenth stands by the fifth
    list[0].strength = .25; // the first by the fourth
    EXPECT_EQ(arrange(list), (std::vector<std::size_t>{1, 2, 0, 3, 4, 9, 5, 6, 7, 8}));
}

TEST(ArrangeTest, WhatIsLeftIsWhatWasThereLessTheHidden) {
    Random random(5);
    for (int run = 0; run < 300; ++run) {
        auto list = plain(random.below(40));
        std::size_t hidden = 0;
        for (auto& r : list) r.strength = random.uniform(.1, 10), r.hidden = random.chance(.2), r.pin = random.chance(.1) ? static_cast<int>(random.below(5)) : -1, hidden += r.hidden;
        auto const out = arrange(list);
        ASSERT_EQ(out.size(), list.size() - hidden);
        auto sorted = out;
        std::ranges::sort(sorted);
        ASSERT_TRUE(std::ranges::adjacent_find(sorted) == sorted.end());
        for (auto item : out) ASSERT_FALSE(list[item].hidden);
        bool unpinned_seen = false;
        for (auto item : out) {
            unpinned_seen = unpinned_seen || list[item].pin < 0;
            ASSERT_TRUE(!unpinned_seen || list[item].pin < 0);
        }
    }
}

}  // namespace
}  // namespace kindling::merchandising
