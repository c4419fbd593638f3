// Codes of promotions in a talk: read out of what is said, entered into the basket, and told of in the shop's own words.
#include "modules/dialogue/codes_entered.h"
#include "modules/dialogue/test_shop.h"
#include <gmock/gmock.h>

namespace kindling::dialogue {
namespace {

using testing::HasSubstr, testing::IsEmpty, testing::Not;

TEST(CodeSaid, IsReadNearTheWordForIt) {
    for (auto const& [said, code, sure] : {std::tuple{"use code WELCOME20", "WELCOME20", true}, {"apply coupon save99 please", "save99", true}, {"用优惠码WELCOME20", "WELCOME20", true}, {"优惠码是HELLO", "HELLO", true}, {"I have a voucher: XMAS-15", "XMAS-15", true}, {"can I use my SPRING coupon?", "SPRING", true}, {"apply promo code hello", "hello", false},
                                           {"how much do I pay with code WELCOME20?", "WELCOME20", true}, {"券码 ab12cd 还能用吗", "ab12cd", true}, {"我有个折扣码 welcome20，帮我用上", "welcome20", true}}) {
        auto const found = code_said(said);
        ASSERT_TRUE(found) << said;
        EXPECT_EQ(found->code, code) << said;
        EXPECT_EQ(found->sure, sure) << said;
    }
    for (auto const* none : {"is there a coupon?", "有优惠券吗", "SPF50 sunscreen", "a mug", "", "what's your dress code", "a QR decoder", "500ml bottle"}) {
        auto const found = code_said(none);
        EXPECT_FALSE(found && found->sure) << none;
    }
    EXPECT_FALSE(code_said(std::string(100'000, 'A') + " code"));
}

struct Counter final : Promotions {
    std::vector<std::string> kept;
    Result<Told> running(std::string const&) override { return Told{}; }
    Result<std::vector<AddOn>> add_ons(std::string const&, std::string const&, std::span<std::string const>) override { return std::vector<AddOn>(); }
    Result<std::optional<Entered>> enter(std::string const& basket, std::string const& code, bool keep) override {
        if (code != "HELLO") return std::optional(Entered{.applied = false, .exists = false, .told = {"There is no such code.", "没有这个优惠码。"}, .now = {}});
        if (keep) kept.push_back(code);
        if (basket.empty()) return std::optional(Entered{.applied = false, .exists = true, .told = {"Its threshold is not reached.", "未达到门槛。"}, .now = {}});
        return std::optional(Entered{.applied = true, .exists = true, .told = {"This code counts.", "优惠码已生效。"}, .now = {.goods_minor = 19'900, .discount_minor = 2'000, .shipping_minor = 800, .total_minor = 18'700}});
    }
};
struct Buyer : test::Demo {
    GuideState state;
    test::TestBasket basket;
    Counter counter;
    std::string basket_id;
    std::string say(std::string text) {
        auto turn = take_turn(view, *lexicon, {}, {.basket = &basket, .promotions = &counter}, state, {.text = std::move(text), .basket_id = basket_id}, {});
        state = turn.state, basket_id = turn.basket_id;
        EXPECT_THAT(turn.withheld, IsEmpty());
        std::string out;
        for (auto const& b : turn.blocks) out += b.text + "\n";
        return out;
    }
};

TEST(CodesEntered, AreAppliedAndTold) {
    for (auto const* said : {"use code HELLO", "用优惠码HELLO"}) {
        Buyer buyer;
        buyer.basket_id = "b";
        EXPECT_THAT(buyer.say(said), testing::AllOf(HasSubstr("HELLO"), HasSubstr("20.00"), HasSubstr("187.00"))) << said;
        EXPECT_THAT(buyer.counter.kept, testing::ElementsAre("HELLO")) << said;
    }
    Buyer asking;
    asking.basket_id = "b";
    EXPECT_THAT(asking.say("does the code HELLO still work?"), HasSubstr("This code counts."));
    EXPECT_THAT(asking.counter.kept, IsEmpty());
}

TEST(CodesEntered, WhatDoesNotExistIsSaid) {
    for (auto const& [said, told] : {std::pair{"use code SAVE99", "no such code"}, {"用优惠码SAVE99", "没有这个优惠码"}}) {
        Buyer buyer;
        EXPECT_THAT(buyer.say(said), HasSubstr(told)) << said;
        EXPECT_THAT(buyer.counter.kept, IsEmpty());
    }
    Buyer buyer;   // of no code at all nothing is said
    EXPECT_THAT(buyer.say("is there a dress code for weddings"), Not(HasSubstr("no such code")));
}

TEST(CodesEntered, OfAnEmptyBasketThatIsSaid) {
    Buyer buyer;
    EXPECT_THAT(buyer.say("use code HELLO"), testing::AllOf(HasSubstr("threshold"), HasSubstr("empty")));
}

}  // namespace
}  // namespace kindling::dialogue
