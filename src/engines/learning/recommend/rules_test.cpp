#include "engines/learning/recommend/rules.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "core/random.h"

namespace kindling::recommend {
namespace {

std::vector<Item> placed(const Ranking& r) {
    std::vector<Item> out;
    for (auto const& p : r.placed) out.push_back(p.item);
    return out;
}
Left why(const Ranking& r, Item item) {
    for (auto const& [left, reason] : r.left)
        if (left == item) return reason;
    ADD_FAILURE() << item << " was placed";
    return Left::below;
}

TEST(Rules, LeaveTheOrderAloneWithoutWishes) {
    std::vector<Offer> const offers = {{.item = 1, .score = 1, .stock = 1}, {.item = 2, .score = 3, .stock = 1}, {.item = 3, .score = 2, .stock = 0}};
    auto const r = apply_rules(offers, {});
    EXPECT_EQ(placed(r), (std::vector<Item>{2, 1}));
    EXPECT_EQ(why(r, 3), Left::out_of_stock);
    EXPECT_EQ(placed(apply_rules(offers, {.count = 1, .in_stock_only = false})), std::vector<Item>{2});
    EXPECT_EQ(r.placed[0].moved, Moved::by_score);
}

TEST(Rules, WeighMarginFreshnessAndShownInLogOdds) {
    std::vector<Offer> const offers = {{.item = 1, .score = 1.0f, .stock = 1, .margin_share = 0.1f}, {.item = 2, .score = 0.9f, .stock = 1, .margin_share = 0.6f}, {.item = 3, .score = 0.8f, .stock = 1, .age_days = 0}};
    auto const margin = apply_rules(offers, {.margin_weight = 1});
    EXPECT_EQ(placed(margin), (std::vector<Item>{2, 1, 3}));
    EXPECT_FLOAT_EQ(margin.placed[0].value, 1.5f);
    EXPECT_EQ(margin.placed[0].moved, Moved::by_margin);
    auto const fresh = apply_rules(offers, {.fresh_weight = 0.5f});
    EXPECT_EQ(placed(fresh), (std::vector<Item>{3, 1, 2}));
    EXPECT_EQ(fresh.placed[0].moved, Moved::by_freshness);
    auto shown = offers;
    shown[0].shown = 3;
    EXPECT_EQ(placed(apply_rules(shown, {.shown_weight = 0.2f})), (std::vector<Item>{2, 3, 1}));
    auto const enough = apply_rules(shown, {.shown_limit = 2});
    EXPECT_EQ(placed(enough), (std::vector<Item>{2, 3}));
    EXPECT_EQ(why(enough, 1), Left::shown_enough);
}

TEST(Rules, MixByMarginalRelevance) {
    // 1 and 2 are the same thing; 3 is another.
    std::vector<Offer> const offers = {{.item = 1, .score = 3, .stock = 1}, {.item = 2, .score = 2.5f, .stock = 1}, {.item = 3, .score = 2, .stock = 1}};
    auto const alike = [](Item a, Item b) { return a + b == 3 ? 1.0f : 0.0f; };
    EXPECT_EQ(placed(apply_rules(offers, {}, alike)), (std::vector<Item>{1, 2, 3}));
    auto const mixed = apply_rules(offers, {.variety = 1}, alike);
    EXPECT_EQ(placed(mixed), (std::vector<Item>{1, 3, 2}));
    EXPECT_EQ(mixed.placed[1].moved, Moved::by_variety);
    EXPECT_FLOAT_EQ(mixed.placed[2].value, 1.5f);
}

TEST(Rules, PinBanAndCapGroups) {
    std::vector<Offer> offers;
    for (Item i = 0; i < 6; ++i) offers.push_back({.item = i, .score = static_cast<float>(10 - i), .stock = i == 4 ? 0 : 1, .group = i < 3 ? 1u : 0u});
    auto const r = apply_rules(offers, {.group_limit = 1, .pinned = {4, 5, 99}, .banned = {0}});
    EXPECT_EQ(placed(r), (std::vector<Item>{5, 1, 3})) << "a pinned item that is not in stock is not shown";
    EXPECT_EQ(r.placed[0].moved, Moved::pinned);
    EXPECT_EQ(why(r, 0), Left::banned);
    EXPECT_EQ(why(r, 2), Left::group_full);
    EXPECT_EQ(why(r, 4), Left::out_of_stock);
}

TEST(Rules, HoldForAnyOffers) {
    Random random(12);
    for (int round = 0; round < 300; ++round) {
        std::vector<Offer> offers;
        for (Item i = 0; i < 30; ++i)
            offers.push_back({.item = i, .score = random.chance(0.05) ? NAN : static_cast<float>(random.normal()), .stock = random.between(-1, 3), .margin_share = static_cast<float>(random.uniform(-2, 2)), .age_days = static_cast<float>(random.uniform(-5, 100)), .shown = static_cast<std::uint32_t>(random.below(4)), .group = static_cast<std::uint32_t>(random.below(4))});
        Rules const rules{.count = 1 + random.below(12), .margin_weight = 0.5f, .fresh_weight = 0.3f, .shown_weight = 0.2f, .shown_limit = 2, .group_limit = 3, .variety = static_cast<float>(random.uniform()), .pinned = {3, 7}, .banned = {9}};
        auto const r = apply_rules(offers, rules, [](Item a, Item b) { return a % 5 == b % 5 ? 1.0f : 0.0f; });
        EXPECT_LE(r.placed.size(), rules.count);
        EXPECT_EQ(r.placed.size() + r.left.size(), offers.size()) << "every offer is placed or its reason given";
        std::map<std::uint32_t, std::size_t> groups;
        std::set<Item> seen;
        for (auto const& p : r.placed) {
            auto const& o = offers[p.item];
            EXPECT_TRUE(seen.insert(p.item).second);
            EXPECT_GT(o.stock, 0);
            EXPECT_LE(o.shown, 2u);
            EXPECT_NE(p.item, 9u);
            if (o.group != 0) { EXPECT_LE(++groups[o.group], rules.group_limit); }
        }
        for (auto const& [item, reason] : r.left)
            if (reason == Left::below && r.placed.size() < rules.count) { EXPECT_TRUE(std::isnan(offers[item].score)) << "a place is left free only when nothing may take it"; }
    }
}

}  // namespace
}  // namespace kindling::recommend
