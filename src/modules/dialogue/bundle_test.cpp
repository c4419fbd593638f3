// The bundle against every combination, the relaxations against every subset: nothing better may exist.
#include "core/random.h"
#include "modules/dialogue/bundle.h"
#include "modules/dialogue/relax.h"
#include "modules/dialogue/requests.h"
#include "modules/dialogue/trade_off.h"
#include "modules/dialogue/test_shop.h"
#include <bit>
#include <gmock/gmock.h>
#include <set>

namespace kindling::dialogue {
namespace {

using test::Demo, test::Talk;
using testing::Each, testing::ElementsAre, testing::IsEmpty, testing::Not, testing::SizeIs;

using Slots = std::vector<std::vector<BundleCandidate>>;
struct Sum { std::int64_t price = 0, worth = 0; bool twice = false; };   // twice: a good stands in two slots
Sum sum_of(Slots const& slots, std::vector<std::size_t> const& chosen) {
    Sum sum;
    std::set<std::size_t> goods;
    for (std::size_t s = 0; s < slots.size(); ++s) {
        auto const& candidate = slots[s][chosen[s]];
        sum.price += candidate.price_minor, sum.worth += candidate.worth;
        sum.twice = sum.twice || (candidate.good != SIZE_MAX && !goods.insert(candidate.good).second);
    }
    return sum;
}
std::vector<Sum> every_choice(Slots const& slots) {
    std::vector<Sum> out;
    std::vector<std::size_t> at(slots.size(), 0);
    for (;;) {
        out.push_back(sum_of(slots, at));
        std::size_t s = 0;
        while (s < slots.size() && ++at[s] == slots[s].size()) at[s++] = 0;
        if (s == slots.size()) return out;
    }
}

TEST(Bundle, IsTheBestOfAllCombinationsWithNothingTwice) {
    for (bool const shared : {false, true}) {   // whether a good may fill several slots
        Random random(7);
        int met = 0;
        for (int round = 0; round < 400; ++round) {
            Slots slots(static_cast<std::size_t>(random.between(1, shared ? 3 : 4)));
            for (auto& slot : slots)
                for (auto n = random.between(1, 6); n > 0; --n) slot.push_back({random.between(0, 30), random.between(0, 12), shared ? static_cast<std::size_t>(random.between(0, 5)) : SIZE_MAX});
            std::optional<std::int64_t> limit;
            if (random.chance(0.8)) limit = random.between(0, 80);
            auto choices = every_choice(slots);
            auto const found = best_bundle(slots, limit);
            ASSERT_TRUE(found);
            if (std::ranges::all_of(choices, &Sum::twice)) continue;   // the same thing has to do
            std::erase_if(choices, [](Sum const& c) { return c.twice; });
            std::optional<std::pair<std::int64_t, std::int64_t>> best;  // worth, -price
            std::int64_t least = INT64_MAX;
            for (auto const& c : choices) {
                least = std::min(least, c.price);
                if (!limit || c.price <= *limit) best = best ? std::max(*best, std::pair(c.worth, -c.price)) : std::pair(c.worth, -c.price);
            }
            auto const own = sum_of(slots, found->chosen);
            EXPECT_FALSE(own.twice) << round;
            EXPECT_EQ(own.price, found->price_minor);
            EXPECT_EQ(own.worth, found->worth);
            EXPECT_EQ(found->within, best.has_value());
            if (best) { EXPECT_EQ(std::pair(own.worth, -own.price), *best) << round; }
            else if (!shared) { EXPECT_EQ(own.price, least) << round; }
            ++met;
        }
        EXPECT_GT(met, 200);
    }
}
TEST(Bundle, AnEmptySlotOrTooMuchMoneyIsNoBundle) {
    std::vector<std::vector<BundleCandidate>> const empty{{{1, 1}}, {}};
    EXPECT_FALSE(best_bundle(empty, {}));
    std::vector<std::vector<BundleCandidate>> const huge{{{INT64_MAX / 2, 1}}, {{INT64_MAX / 2, 1}}};
    EXPECT_FALSE(best_bundle(huge, {}));
    EXPECT_FALSE(best_bundle({}, 100));
}

TEST(Relaxations, AreTheSmallestSetsThatLeaveSomethingToBuy) {
    Demo demo;
    for (auto const* wish : {"red wool dress under 100", "亚麻连衣裙 裙长150cm 100以内 不要黑色", "leather boots under 50 in white", "麂皮乐福鞋 100以内 有货"}) {
        GuideState state;
        remember(state, demo.read(wish), *demo.view);
        auto const& all = state.constraints;
        ASSERT_LE(all.size(), 8u);
        auto const left = [&](unsigned dropped) {
            std::vector<Constraint> kept;
            for (std::size_t c = 0; c < all.size(); ++c)
                if (!(dropped >> c & 1)) kept.push_back(all[c]);
            return select(*demo.view, kept, {}).full.size();
        };
        unsigned never = 0;
        for (std::size_t c = 0; c < all.size(); ++c)
            if (all[c].kind == ConstraintKind::category) never |= 1u << c;
        std::vector<unsigned> minimal;
        for (unsigned d = 0; d < 1u << all.size(); ++d) {
            if ((d & never) || left(d) == 0) continue;
            bool smaller = false;
            for (unsigned e = 0; e < 1u << all.size(); ++e) smaller = smaller || (e != d && (e & d) == e && !(e & never) && left(e) > 0);
            if (!smaller) minimal.push_back(d);
        }
        auto const found = relaxations(*demo.view, all, 50);
        if (left(0) > 0) { EXPECT_THAT(found, IsEmpty()) << wish; continue; }
        ASSERT_THAT(found, SizeIs(minimal.size())) << wish;
        for (auto const& r : found) {
            unsigned mask = 0;
            for (auto c : r.dropped) mask |= 1u << c;
            EXPECT_THAT(minimal, testing::Contains(mask)) << wish;
            EXPECT_EQ(r.products, left(mask)) << wish;
        }
    }
}
// Measured here once more, from the catalogue's own numbers: what beats what.
TEST(TradeOffs, NothingOnTheFrontIsBeatenAndWhatBeatsTheOthersIsSaid) {
    Demo demo;
    auto const& view = *demo.view;
    auto const all = select(view, {}, {}).full;
    for (bool const wishes : {false, true}) {
        Constraint length{.kind = ConstraintKind::number, .attribute = "length", .target = 900, .said = "90 cm", .soft = true}, linen{.kind = ConstraintKind::value, .values = {{"material", "linen", "亚麻"}}, .said = "linen", .soft = true};
        std::vector<Constraint> const asked = wishes ? std::vector{length, linen} : std::vector<Constraint>();
        auto const found = trade_offs(view, all, asked);
        ASSERT_GT(found.front, 0u);
        ASSERT_EQ(found.axes.size(), wishes ? 4u : 3u);   // with wishes: price, length, linen, rating; else price, rating, sales
        auto const values = [&](std::size_t at) {
            auto const& entry = view[all[found.picks[at]].product];
            std::vector<double> out{-static_cast<double>(entry.variants[all[found.picks[at]].variant].price_minor), cautious_rating(entry.standing)};
            if (!wishes) out.push_back(entry.standing.popularity);
            else {
                double near = -infinity, is_linen = 0;
                for (auto const& a : entry.data.attributes) {
                    if (a.name == "length") near = -std::abs(*a.number * (a.unit == "cm" ? 10 : 1) - 900);
                    if (a.name == "material") is_linen = a.text_en == "linen";
                }
                out.push_back(near), out.push_back(is_linen);
            }
            return out;
        };
        auto const beats = [&](std::size_t by, std::size_t at) {
            auto const x = values(by), y = values(at);
            for (std::size_t i = 0; i < x.size(); ++i)
                if (x[i] < y[i]) return false;
            return x != y;
        };
        ASSERT_EQ(found.picks.size(), 7u);   // one of the eight is sold out
        for (std::size_t at = 0; at < found.picks.size(); ++at) {
            bool beaten = false;
            for (std::size_t by = 0; by < found.picks.size(); ++by) beaten = beaten || beats(by, at);
            EXPECT_EQ(at >= found.front, beaten) << view[all[found.picks[at]].product].data.product_id;
            if (at < found.front) continue;
            auto const& why = found.beaten[at - found.front];
            EXPECT_TRUE(why.by < found.front && beats(why.by, at));
            EXPECT_FALSE(why.in.empty());
            for (auto const a : why.in) EXPECT_GT(found.worth[why.by][a], found.worth[at][a]);
        }
        EXPECT_LE(found.named.size(), 5u);
        for (auto const& named : found.named) EXPECT_LT(named.at, found.front);
    }
}
TEST(TradeOffs, AreWeighedByWhatWasAskedForAndWorthIt) {
    Demo demo;
    Constraint const longer{.kind = ConstraintKind::number, .attribute = "length", .min = 800, .said = "at least 80 cm"}, dress{.kind = ConstraintKind::category, .values = {{"dresses", "Dresses", "连衣裙"}}};
    std::vector<Constraint> const asked{dress, longer};
    auto const all = select(*demo.view, asked, {}).full;
    auto const found = trade_offs(*demo.view, all, asked);
    ASSERT_EQ(found.axes.size(), 3u);
    EXPECT_EQ(found.axes[1].kind, TradeOffKind::amount);
    EXPECT_EQ(found.axes[1].sense, TradeOffSense::more);
    EXPECT_EQ(found.axes[2].kind, TradeOffKind::rating);   // and no sales: the shopper said what counts
    auto const longest = std::ranges::find_if(found.named, [](TradeOff::Named const& n) { return std::ranges::find(n.best_in, std::size_t{1}) != n.best_in.end(); });
    ASSERT_NE(longest, found.named.end());
    EXPECT_EQ((*demo.view)[all[found.picks[longest->at]].product].data.product_id, "d4");
}
TEST(TradeOffs, AreOfferedAndToldInATalk) {
    for (auto const& [wish, choose, kind] : {std::tuple("连衣裙，最好是亚麻的", "帮我选", TradeOffKind::wish), std::tuple("a dress, ideally linen", "Which should I choose?", TradeOffKind::wish), std::tuple("a dress of at least 80 cm", "Which should I choose?", TradeOffKind::amount)}) {
        Talk talk;
        auto const offered = talk.say(wish);
        EXPECT_TRUE(std::ranges::any_of(offered.blocks, [&](Block const& b) { return std::ranges::any_of(b.chips, [&](Chip const& c) { return c.text == choose; }); })) << wish;
        auto const turn = talk.say(choose);
        auto const block = std::ranges::find_if(turn.blocks, [](Block const& b) { return !b.points.empty(); });
        ASSERT_NE(block, turn.blocks.end()) << choose;
        EXPECT_THAT(turn.withheld, IsEmpty());
        EXPECT_EQ(block->axes[1].kind, kind);
        EXPECT_TRUE(std::ranges::any_of(block->rows, [&](ComparisonRow const& r) { return r.attribute == (kind == TradeOffKind::wish ? "wish" : "length"); }));
        for (auto const& point : block->points) EXPECT_EQ(point.best, point.beaten_by.empty());
        // A changed fact is seen: a product that claims to be linen, and one that beats what it does not.
        auto lie = *block;
        lie.points.front().texts[1] = lie.points.front().texts[1] + "!";
        EXPECT_THAT(breaches(lie, *talk.view, turn.grounds), Not(IsEmpty()));
        lie = *block;
        std::swap(lie.points.front().best, lie.points.back().best);
        EXPECT_EQ(breaches(lie, *talk.view, turn.grounds).empty(), block->points.front().best == block->points.back().best);
    }
}

TEST(Requests, AreToldApartOnlyWhenEachStandsByItself) {
    Demo demo;
    auto const parts = [&](std::string_view text) { return requests(text, *demo.view, *demo.lexicon, {.shown = 3}).size(); };
    EXPECT_EQ(parts("red dress under 300, not wool, for my mother"), 1u);
    EXPECT_EQ(parts("the cheaper one, add it"), 1u);
    EXPECT_EQ(parts("where is my order 88001, my phone ends in 4321"), 1u);
    EXPECT_EQ(parts("看看连衣裙，然后把第一个加入购物车"), 2u);
    EXPECT_EQ(parts("add the first one, then show my basket, and what does shipping cost?"), 3u);
    EXPECT_EQ(parts("第一个加购，另外运费怎么算"), 2u);
}
TEST(Guide, DoesSeveralThingsAskedForInOneBreath) {
    Talk talk;
    auto const turn = talk.say("看看短靴，然后把第二个加入购物车");
    EXPECT_THAT(Talk::shown(turn), Not(IsEmpty()));
    EXPECT_THAT(talk.basket.held, SizeIs(1));
}
TEST(Guide, KnowsWhichOneIsMeant) {
    Talk talk;
    talk.say("dresses");
    talk.say("add the cheapest one to my basket");
    ASSERT_THAT(talk.basket.held, SizeIs(1));
    EXPECT_EQ(talk.basket.held[0].sku, "d2-White");
    talk.say("重新开始"), talk.say("连衣裙");
    talk.say("羊毛的那个加购");
    ASSERT_THAT(talk.basket.held, SizeIs(2));
    EXPECT_THAT(talk.basket.held[1].sku, testing::StartsWith("d4-"));
}
TEST(Guide, CorrectsTheBasket) {
    Talk talk;
    talk.say("boots");
    talk.say("add the first one to my basket");
    auto const first = talk.basket.held[0].sku;
    talk.say("no, I meant the second one");
    ASSERT_THAT(talk.basket.held, SizeIs(1));
    EXPECT_NE(talk.basket.held[0].sku, first);
    talk.say("make it two pairs");
    ASSERT_THAT(talk.basket.held, SizeIs(1));
    EXPECT_EQ(talk.basket.held[0].quantity, 2);
    Talk other;
    other.say("linen dress"), other.say("把第一个加购，黑色的");
    other.say("换成红色的");
    ASSERT_THAT(other.basket.held, SizeIs(1));
    EXPECT_EQ(other.basket.held[0].sku, "d1-Red");
}
TEST(Guide, PutsASetTogetherWithinABudget) {
    Talk talk;
    auto const turn = talk.say("连衣裙和短靴，总共450以内");
    Block const* set = nullptr;
    for (auto const& b : turn.blocks)
        if (b.bundle) set = &b;
    ASSERT_TRUE(set);
    EXPECT_THAT(turn.withheld, IsEmpty());
    EXPECT_EQ(set->bundle->total_minor, 15900 + 25900);
    talk.say("全部加入购物车");
    EXPECT_THAT(talk.basket.held, SizeIs(2));
    Talk poor;
    auto const above = poor.say("a dress and boots for 100 yuan in total");
    EXPECT_THAT(Talk::text(above), testing::HasSubstr("318.00 above it"));
}
TEST(Guide, SaysWhatMayGiveWhenNothingFits) {
    Talk talk;
    auto const turn = talk.say("皮短靴，100以内");
    std::vector<std::string> chips;
    for (auto const& b : turn.blocks)
        for (auto const& chip : b.chips) chips.push_back(chip.text);
    EXPECT_THAT(chips, testing::Contains("预算不限"));
    EXPECT_THAT(Talk::shown(talk.say("预算不限")), ElementsAre("b1"));
}

}  // namespace
}  // namespace kindling::dialogue
