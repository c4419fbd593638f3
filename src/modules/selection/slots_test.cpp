// Places left to chance: drawn with the odds that are kept, and an estimate that finds the truth of a world made for it.
#include "modules/selection/slots.h"
#include "core/random.h"
#include <gmock/gmock.h>
#include <map>

namespace kindling::selection {
namespace {

std::vector<recommend::Offer> offers(std::size_t n) {
    std::vector<recommend::Offer> out;
    for (std::size_t i = 0; i < n; ++i) out.push_back({.item = static_cast<recommend::Item>(i), .score = 2 - 0.3f * static_cast<float>(i), .stock = 5, .margin_share = i % 3 == 0 ? 0.6f : 0.1f, .age_days = 10, .group = static_cast<std::uint32_t>(1 + i % 4)});
    return out;
}

TEST(Slots, AreDrawnWithTheOddsThatAreKept) {
    auto const all = offers(16);
    recommend::Rules const rules{.count = 5};
    Random random(3);
    std::map<std::pair<std::int64_t, std::size_t>, int> drawn;
    std::map<std::pair<std::int64_t, std::size_t>, double> odds;
    std::map<std::int64_t, int> places;
    int left = 0, changed = 0;
    constexpr int n = 40'000;
    for (int i = 0; i < n; ++i) {
        auto ranking = recommend::apply_rules(all, rules);
        auto const before = ranking.placed;
        auto const slot = leave_to_chance(ranking, all, rules, 0.25, {random.uniform(), random.uniform(), random.uniform()});
        if (!slot) { EXPECT_EQ(before, ranking.placed); continue; }
        ++left, ++places[slot->place], ++drawn[{slot->place, slot->chosen}];
        odds[{slot->place, slot->chosen}] = slot->propensity;
        auto const at = static_cast<std::size_t>(slot->place - 1);
        ASSERT_GE(slot->place, 2) << "the first is never touched";
        EXPECT_EQ(ranking.placed[0], before[0]);
        EXPECT_EQ(slot->pool.size(), 10u);
        EXPECT_EQ(slot->pool[0].score, all[before[at].item].score);
        EXPECT_EQ(slot->pool[slot->chosen].score, all[ranking.placed[at].item].score);
        EXPECT_GE(slot->propensity, 0.05);
        changed += ranking.placed[at].item != before[at].item;
    }
    EXPECT_NEAR(left, n * 0.25, 400);
    EXPECT_EQ(places.size(), 4u);
    EXPECT_GT(changed, left / 4);
    for (auto const& [key, times] : drawn) EXPECT_NEAR(static_cast<double>(times) / places[key.first], odds[key], 0.04) << key.first << " " << key.second;
}

TEST(Slots, AFullGroupIsNotMadeFuller) {
    auto all = offers(12);
    for (auto& o : all) o.group = o.item < 2 ? 1 : 2;
    recommend::Rules const rules{.count = 3, .group_limit = 2};
    auto const ranking = recommend::apply_rules(all, rules);   // 0, 1 of group 1; 2 of group 2
    for (double choice = 0; choice < 1; choice += 0.01) {
        auto now = ranking;
        if (!leave_to_chance(now, all, rules, 1, {0, 0.99, choice})) continue;   // the third place
        EXPECT_NE(all[now.placed[2].item].group, 1u);
    }
    auto alone = recommend::apply_rules(std::span(all).first(3), {.count = 3});
    EXPECT_FALSE(leave_to_chance(alone, std::span(all).first(3), {.count = 3}, 1, {0, 0, 0})) << "nothing else could stand there";
}

// In this world high margins repel: what the model scores lower is taken more often when it has a low margin.
double truth(PoolRow const& r) { return r.margin_share > 0.3f ? 0.05 : 0.25; }

TEST(Slots, TheEstimateFindsWhatOtherWeightsAreWorth) {
    Random random(11);
    std::vector<Slot> slots;
    double as_ordered = 0, proposed = 0;
    recommend::Rules const logged{.count = 4}, other{.count = 4, .margin_weight = -3};
    for (int i = 0; i < 12'000; ++i) {
        auto all = offers(14);
        for (auto& o : all) o.score += static_cast<float>(random.uniform(-0.5, 0.5)), o.margin_share = random.chance(0.6) ? 0.6f : 0.1f;
        auto ranking = recommend::apply_rules(all, logged);
        auto slot = leave_to_chance(ranking, all, logged, 1, {0, random.uniform(), random.uniform()});
        ASSERT_TRUE(slot);
        slot->reward = random.chance(truth(slot->pool[slot->chosen])) ? 1 : 0;
        std::size_t best = 0;
        for (std::size_t k = 1; k < slot->pool.size(); ++k)
            if (slot->pool[k].score - 3 * slot->pool[k].margin_share > slot->pool[best].score - 3 * slot->pool[best].margin_share) best = k;
        as_ordered += truth(slot->pool[0]) / 12'000, proposed += truth(slot->pool[best]) / 12'000;
        slots.push_back(std::move(*slot));
    }
    auto const found = estimate_slots(slots, other);
    EXPECT_EQ(found.places, 12'000);
    EXPECT_TRUE(found.as_ordered.readable && found.proposed.readable);
    EXPECT_GT(proposed, as_ordered + 0.05) << "the world is as it was meant";
    EXPECT_LT(found.as_ordered.low, as_ordered);
    EXPECT_GT(found.as_ordered.high, as_ordered);
    EXPECT_LT(found.proposed.low, proposed);
    EXPECT_GT(found.proposed.high, proposed);
    EXPECT_GT(found.proposed.low, found.as_ordered.high) << "and told apart";
    EXPECT_NEAR(found.proposed.snips, proposed, 0.03);
    // The same weights put the same there, whatever was drawn.
    auto const same = estimate_slots(slots, logged);
    EXPECT_NEAR(same.proposed.value, same.as_ordered.value, 0.01);
    EXPECT_EQ(estimate_slots({}, other).places, 0);
}

TEST(Slots, WhatIsKeptIsReadBackAndSoIsWhatWasKeptBefore) {
    Slot const slot{.place = 3, .pool = {{.score = 1.5f, .margin_share = 0.25f, .age_days = 9, .shown = 2}, {.score = -1003}}, .asked = Asked{.placement = Placement::return_visit, .seen = {"a", "b\"]"}, .in_view = {"c"}, .goods = {"d", "e"}}};
    Slot back;
    ASSERT_TRUE(read_text(text_of(slot), back, true));
    ASSERT_EQ(back.pool.size(), 2u);
    EXPECT_EQ(back.pool[0].score, 1.5f);
    EXPECT_EQ(back.pool[0].shown, 2u);
    ASSERT_TRUE(back.asked);
    EXPECT_EQ(back.asked->placement, Placement::return_visit);
    EXPECT_EQ(back.asked->seen, slot.asked->seen);
    EXPECT_EQ(back.asked->in_view, slot.asked->in_view);
    EXPECT_EQ(back.asked->goods, slot.asked->goods);
    Slot weights_only;
    ASSERT_TRUE(read_text(text_of(slot), weights_only, false));
    EXPECT_EQ(weights_only.pool.size(), 2u);
    EXPECT_FALSE(weights_only.asked);
    for (std::string_view text : {R"([[3,0.5,9,0],[2,0,1e6,1]])", R"({"pool":[[3,0.5,9,0],[2,0,1e6,1]],"placement":"home","goods":["x"]})", R"({"pool":[[3,0.5,9,0],[2,0,1e6,1]],"placement":"roof","goods":["x","y"],"seen":7})"}) {
        Slot old;
        ASSERT_TRUE(read_text(text, old, true));
        EXPECT_EQ(old.pool.size(), 2u);
        EXPECT_FALSE(old.asked) << "before what rows rest on was kept, or not as it is kept: " << text;
    }
    Slot none;
    EXPECT_FALSE(read_text("[[", none, true));
}

}  // namespace
}  // namespace kindling::selection
