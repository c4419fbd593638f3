// Promotions against brute force: every legal choice is tried and none takes off more; what is taken off lies on the lines to the minor unit.
#include "core/random.h"
#include "shop/promotions/pricing.h"
#include <algorithm>
#include <gtest/gtest.h>
#include <numeric>

namespace kindling::shop::promotions {
namespace {

Rule amount_off(std::string id, std::int64_t off, std::int64_t threshold, std::size_t lines, bool repeats = false) { return {.id = std::move(id), .kind = PromotionKind::amount_off, .threshold_minor = threshold, .off_minor = off, .repeats = repeats, .scope = std::vector<char>(lines, 1), .reward = std::vector<char>(lines, 0), .part = std::vector<int>(lines, -1)}; }
Rule percent_off(std::string id, std::int64_t percent, std::size_t lines) { return {.id = std::move(id), .kind = PromotionKind::percent_off, .percent = percent, .scope = std::vector<char>(lines, 1), .reward = std::vector<char>(lines, 0), .part = std::vector<int>(lines, -1)}; }

std::int64_t below(Random& random, std::int64_t n) { return static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(n))); }

Rule any_rule(Random& random, std::size_t lines, int number) {
    Rule r{.id = "r" + std::to_string(number), .kind = static_cast<PromotionKind>(below(random, 5)), .priority = below(random, 4), .scope = std::vector<char>(lines, 0), .reward = std::vector<char>(lines, 0), .part = std::vector<int>(lines, -1)};
    r.everything = below(random, 4) == 0;
    for (auto& in : r.scope) in = static_cast<char>(r.everything || below(random, 3) > 0);
    if (below(random, 3) == 0) r.group = std::string(1, static_cast<char>('a' + below(random, 2)));
    r.alone = below(random, 8) == 0;
    r.threshold_minor = below(random, 2) ? below(random, 6000) : 0, r.minimum_units = below(random, 4) ? 0 : 1 + below(random, 4);
    r.off_minor = 1 + below(random, 1500), r.percent = 1 + below(random, percent_whole), r.most_off_minor = below(random, 3) ? 0 : 1 + below(random, 1000);
    r.repeats = below(random, 2), r.most_times = below(random, 3), r.buy = 1 + below(random, 3), r.get = 1 + below(random, 2), r.price_minor = below(random, 3000);
    if (r.kind == PromotionKind::buy_get && below(random, 2))
        for (std::size_t l = 0; l < lines; ++l) r.reward[l] = static_cast<char>(below(random, 2));
    if (r.kind == PromotionKind::set_price) {
        auto const parts = 1 + below(random, 2);
        for (std::int64_t p = 0; p < parts; ++p) r.part_units.push_back(1 + below(random, 2));
        for (auto& p : r.part) p = static_cast<int>(below(random, parts + 1)) - 1;
    }
    return r;
}

std::int64_t brute_force(std::span<PricedLine const> lines, std::span<Rule const> rules, std::int64_t shipping) {
    std::int64_t most = 0;
    for (unsigned mask = 0; mask < 1u << rules.size(); ++mask) {
        std::vector<std::size_t> chosen;
        bool legal = true;
        for (std::size_t r = 0; r < rules.size(); ++r) {
            if (!(mask >> r & 1)) continue;
            for (auto c : chosen) legal = legal && legal_together(rules[c], rules[r]);
            chosen.push_back(r);
        }
        if (legal) most = std::max(most, apply(lines, rules, chosen, shipping).off_minor());
    }
    return most;
}

TEST(PricingTest, NoLegalChoiceTakesOffMore) {
    Random random(20260917);
    for (int basket = 0; basket < 3000; ++basket) {
        std::vector<PricedLine> lines;
        for (auto n = 1 + below(random, 5); n > 0; --n) lines.push_back({1 + below(random, 5), 1 + below(random, 3000)});
        std::vector<Rule> rules;
        for (auto n = below(random, 9); n > 0; --n) rules.push_back(any_rule(random, lines.size(), static_cast<int>(n)));
        auto const shipping = below(random, 2) ? 800 : 0;
        auto const found = best(lines, rules, shipping);
        ASSERT_TRUE(found.proven);
        ASSERT_EQ(found.off_minor(), brute_force(lines, rules, shipping)) << "basket " << basket;
        // What was taken off is on the lines, no line goes below nothing, and every pair is legal.
        std::int64_t goods = 0;
        for (std::size_t l = 0; l < lines.size(); ++l) {
            ASSERT_GE(found.off_lines[l], 0);
            ASSERT_LE(found.off_lines[l], lines[l].amount());
            goods += found.off_lines[l];
        }
        ASSERT_EQ(goods, found.goods_off_minor);
        ASSERT_LE(found.shipping_off_minor, shipping);
        for (auto const& a : found.applied) {
            ASSERT_GT(a.amount_minor, 0);
            if (rules[a.rule].kind != PromotionKind::free_shipping) {
                ASSERT_EQ(std::accumulate(a.on_lines.begin(), a.on_lines.end(), std::int64_t{0}), a.amount_minor);
            }
            for (auto const& b : found.applied) ASSERT_TRUE(&a == &b || legal_together(rules[a.rule], rules[b.rule]));
        }
    }
}

TEST(PricingTest, HintsComeTrue) {
    Random random(7);
    int tried = 0;
    for (int basket = 0; basket < 2000; ++basket) {
        std::vector<PricedLine> lines;
        for (auto n = 1 + below(random, 4); n > 0; --n) lines.push_back({1 + below(random, 3), 1 + below(random, 3000)});
        std::vector<Rule> rules;
        for (auto n = 1 + below(random, 5); n > 0; --n) rules.push_back(any_rule(random, lines.size(), static_cast<int>(n)));
        auto const now = best(lines, rules, 800);
        for (auto const& h : hints(lines, rules, now, 800)) {
            if (h.missing_units) continue;
            // Goods of just that worth, known to that rule alone, take off what was said or, when rules for everything count them too, as much.
            auto more = lines;
            auto wider = rules;
            more.push_back({1, h.missing_minor});
            for (std::size_t r = 0; r < rules.size(); ++r) {
                wider[r].scope.push_back(r == h.rule || (rules[r].everything && rules[r].kind != PromotionKind::buy_get)), wider[r].reward.push_back(0), wider[r].part.push_back(-1);
            }
            auto const then = best(more, wider, 800);
            ASSERT_EQ(then.off_minor() - now.off_minor(), h.gain_minor);
            ASSERT_GT(h.gain_minor, 0);
            // One minor unit less is not enough for this rule's next step.
            more.back().unit_minor -= 1;
            auto const short_of = best(more, wider, 800);
            ASSERT_LE(short_of.off_minor(), then.off_minor());
            ++tried;
        }
    }
    EXPECT_GT(tried, 300);
}

TEST(PricingTest, EveryTwoHundredTakesOffThirtyEachTime) {
    std::vector<PricedLine> const lines{{1, 19900}, {2, 15000}};
    std::vector<Rule> rules{amount_off("each", 3000, 20000, 2, true)};
    auto const priced = best(lines, rules, 0);
    EXPECT_EQ(priced.goods_off_minor, 6000);
    EXPECT_EQ(priced.off_lines[0] + priced.off_lines[1], 6000);
    EXPECT_EQ(priced.off_lines[0], 2393);  // 6000 · 199/499 = 2392.78…, largest remainder
    auto const more = hints(lines, rules, priced, 0);
    ASSERT_EQ(more.size(), 1u);
    EXPECT_EQ(more[0].missing_minor, 10100);
    EXPECT_EQ(more[0].gain_minor, 3000);
    rules[0].most_times = 1;
    EXPECT_EQ(best(lines, rules, 0).goods_off_minor, 3000);
}

TEST(PricingTest, AHintDoesNotCountOnOthersThatKnowOnlyWhatIsThere) {
    // 12 % off the one line there is, and 30 off every 300 of anything: 80.88 more is missing, and 30 comes off for it, whatever it is.
    std::vector<PricedLine> const lines{{1, 24900}};
    std::vector<Rule> rules{percent_off("kind", 1200, 1), amount_off("each", 3000, 30000, 1, true)};
    rules[0].priority = 10, rules[1].priority = 20, rules[1].everything = true;
    auto const now = best(lines, rules, 0);
    auto const more = hints(lines, rules, now, 0);
    ASSERT_EQ(more.size(), 1u);
    EXPECT_EQ(more[0].missing_minor, 8088);
    EXPECT_EQ(more[0].gain_minor, 3000);
}

TEST(PricingTest, LaterPromotionCountsWhatEarlierOnesLeft) {
    std::vector<PricedLine> const lines{{1, 10000}};
    std::vector<Rule> rules{percent_off("a", 2000, 1), amount_off("b", 1000, 0, 1)};
    rules[0].priority = 1, rules[1].priority = 2;
    EXPECT_EQ(best(lines, rules, 0).goods_off_minor, 3000);  // 100 · 0.8 - 10
    rules[0].priority = 3;
    EXPECT_EQ(best(lines, rules, 0).goods_off_minor, 2800);  // (100 - 10) · 0.2 + 10
    rules[1].threshold_minor = 9000, rules[0].priority = 1;
    EXPECT_EQ(best(lines, rules, 0).goods_off_minor, 2000);  // 80 is left: the threshold is not met, and the percentage takes off more
}

TEST(PricingTest, BuyTwoGetOneGivesTheCheapest) {
    std::vector<PricedLine> const lines{{1, 900}, {2, 500}, {3, 700}};
    Rule r{.id = "b", .kind = PromotionKind::buy_get, .percent = percent_whole, .repeats = true, .buy = 2, .get = 1, .scope = {1, 1, 1}, .reward = {0, 0, 0}, .part = {-1, -1, -1}};
    auto const priced = best(lines, std::span(&r, 1), 0);
    EXPECT_EQ(priced.goods_off_minor, 1000);
    EXPECT_EQ(priced.off_lines[1], 1000);
}

TEST(PricingTest, SetForAPriceTakesTheDearestUnits) {
    std::vector<PricedLine> const lines{{2, 3000}, {1, 5000}, {1, 1000}};
    Rule r{.id = "s", .kind = PromotionKind::set_price, .repeats = true, .price_minor = 6000, .part_units = {2}, .scope = {0, 0, 0}, .reward = {0, 0, 0}, .part = {0, 0, 0}};
    EXPECT_EQ(best(lines, std::span(&r, 1), 0).goods_off_minor, 2000);  // 50 + 30 for 60; the second set would cost more than its units
}

TEST(PricingTest, ManyRulesForEverythingStayProven) {
    std::vector<PricedLine> lines;
    for (int l = 0; l < 12; ++l) lines.push_back({1, 1000 + 137 * l});
    std::vector<Rule> rules;
    for (int i = 0; i < 14; ++i) rules.push_back(i % 2 ? percent_off("p" + std::to_string(i), 300 + 10 * i, lines.size()) : amount_off("a" + std::to_string(i), 200 + i, 15000 + 300 * i, lines.size()));
    auto const found = best(lines, rules, 0);
    EXPECT_TRUE(found.proven);
    EXPECT_EQ(found.off_minor(), brute_force(lines, rules, 0));
}

}  // namespace
}  // namespace kindling::shop::promotions
