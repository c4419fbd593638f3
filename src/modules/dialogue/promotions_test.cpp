// Promotions in a talk: told when asked for, with sums from the shop's own computation; unasked seldom, never twice, never more often than the owner allows.
// And the owner's rules: they rearrange what fits and add nothing.
#include "modules/dialogue/test_shop.h"
#include <gmock/gmock.h>

namespace kindling::dialogue {
namespace {

using testing::ElementsAre, testing::HasSubstr, testing::IsEmpty, testing::Not;

struct Offers final : Promotions {
    Told told;
    std::vector<AddOn> adds;
    Result<Told> running(std::string const& basket) override {
        auto out = told;
        if (basket.empty()) out.more.clear(), out.discount_minor = out.goods_total_minor = 0;
        return out;
    }
    Result<std::vector<AddOn>> add_ons(std::string const&, std::string const&, std::span<std::string const> skus) override {
        std::vector<AddOn> out;
        for (auto const& a : adds)
            if (std::ranges::find(skus, a.sku) != skus.end()) out.push_back(a);
        return out;
    }
};

struct Buyer : test::Demo {
    GuideState state;
    test::TestBasket basket;
    Offers offers;
    std::string basket_id;
    Turn say(std::string text) {
        auto turn = take_turn(view, *lexicon, {}, {.basket = &basket, .promotions = &offers}, state, {.text = std::move(text), .basket_id = basket_id}, {});
        state = turn.state, basket_id = turn.basket_id;
        EXPECT_THAT(turn.withheld, IsEmpty());
        return turn;
    }
    static std::string words(Turn const& turn) {
        std::string out;
        for (auto const& b : turn.blocks) out += b.text + "\n";
        return out;
    }
};

TEST(GuidePromotionsTest, WhatRunsIsToldWithGoodsThatReachTheThreshold) {
    Buyer buyer;
    buyer.offers.told = {.offers = {{{"30 off every 300", "每满300减30"}, ""}, {{"Welcome", "新客礼"}, "HELLO"}}, .more = {{"each", {"30 off every 300", "每满300减30"}, 10'100, 0, 3'000}}, .discount_minor = 0, .goods_total_minor = 19'900, .most_offers = 0};
    buyer.offers.adds = {{"d2-White", 19'900 + 15'900 - 3'000}};
    buyer.basket_id = "b";
    auto const turn = buyer.say("is there a coupon?");
    EXPECT_EQ(turn.topic, "promotions");
    EXPECT_FALSE(turn.needs_person);
    auto const said = Buyer::words(turn);
    EXPECT_THAT(said, HasSubstr("30 off every 300"));
    EXPECT_THAT(said, HasSubstr("HELLO"));
    EXPECT_THAT(said, HasSubstr("101.00"));
    EXPECT_THAT(said, HasSubstr("129.00 more than now"));  // 159 - 30
    std::vector<std::string> cards;
    for (auto const& b : turn.blocks)
        for (auto const& c : b.cards) cards.push_back(c.sku);
    EXPECT_THAT(cards, ElementsAre("d2-White"));
}

TEST(GuidePromotionsTest, NothingRunsNothingIsInvented) {
    Buyer buyer;
    auto const turn = buyer.say("有优惠券吗");
    EXPECT_NE(turn.topic, "promotions");
    EXPECT_THAT(Buyer::words(turn), HasSubstr("现在没有优惠券"));
    EXPECT_FALSE(turn.needs_person);
}

TEST(GuidePromotionsTest, HowMuchIsMissingIsAnsweredWithTheShopsSum) {
    for (auto const* asked : {"how much more until the next discount?", "how much do I need to spend to save?", "还差多少可以满减", "再买多少能享受下一档优惠"}) {
        Buyer buyer;
        buyer.offers.told = {.offers = {{{"30 off every 300", "每满300减30"}, ""}}, .more = {{"each", {"30 off every 300", "每满300减30"}, 10'100, 0, 3'000}}, .discount_minor = 0, .goods_total_minor = 19'900, .most_offers = 0};
        buyer.basket_id = "b";
        auto const turn = buyer.say(asked);
        EXPECT_EQ(turn.topic, "promotions") << asked;
        EXPECT_THAT(Buyer::words(turn), HasSubstr("101.00")) << asked;
        buyer.offers.told.more.clear(), buyer.offers.told.discount_minor = 3'000;
        EXPECT_THAT(Buyer::words(buyer.say(asked)), testing::AnyOf(HasSubstr("no further discount"), HasSubstr("没有更多优惠"))) << asked;
    }
    Buyer buyer;
    buyer.offers.told = {.offers = {{{"30 off every 300", "每满300减30"}, ""}}, .more = {{"each", {"30 off every 300", "每满300减30"}, 10'100, 0, 3'000}}, .discount_minor = 0, .goods_total_minor = 19'900, .most_offers = 0};
    buyer.basket_id = "b";
    EXPECT_NE(buyer.say("how much more is the leather one?").topic, "promotions");
}

TEST(GuidePromotionsTest, UnaskedItSpeaksSeldomAndNeverTwiceOfOne) {
    for (std::int64_t const allowed : {0, 1}) {
        Buyer buyer;
        buyer.offers.told = {.offers = {}, .more = {{"each", {"30 off every 300", "每满300减30"}, 5'000, 0, 3'000}}, .discount_minor = 0, .goods_total_minor = 25'000, .most_offers = allowed};
        buyer.say("I want a dress");
        auto const first = Buyer::words(buyer.say("add the first one"));
        if (allowed) EXPECT_THAT(first, HasSubstr("another"));
        else EXPECT_THAT(first, Not(HasSubstr("another")));
        for (int turn = 0; turn < 5; ++turn) EXPECT_THAT(Buyer::words(buyer.say("add the second one")), Not(HasSubstr("comes off"))) << turn;
        EXPECT_EQ(buyer.state.offered.size(), static_cast<std::size_t>(allowed));
    }
}

TEST(GuidePromotionsTest, FarFromTheThresholdItKeepsStill) {
    Buyer buyer;
    buyer.offers.told = {.offers = {}, .more = {{"each", {"x", "x"}, 20'000, 0, 3'000}}, .discount_minor = 0, .goods_total_minor = 25'000, .most_offers = 5};
    buyer.say("I want a dress");
    buyer.say("add the first one");
    EXPECT_THAT(buyer.state.offered, IsEmpty());
}

}  // namespace
}  // namespace kindling::dialogue
