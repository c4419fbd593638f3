// The basket by what its goods are called, several of one good, and other wishes or questions in the same breath.
#include "modules/dialogue/requests.h"
#include "modules/dialogue/test_shop.h"
#include <gmock/gmock.h>

namespace kindling::dialogue {
namespace {

using test::Talk, testing::ElementsAre, testing::HasSubstr, testing::IsEmpty, testing::Not, testing::SizeIs;

std::string held(Talk const& talk) {
    std::string out;
    for (auto const& line : talk.basket.held) out += (out.empty() ? "" : " ") + line.sku + ":" + std::to_string(line.quantity);
    return out;
}

TEST(BasketNamed, TheCheaperOfTwoIsOne) {
    for (auto const* said : {"add the cheaper of the first two", "the cheaper of the first two please, add it", "add the cheapest of the first two", "cheapest of the first two, put it in my basket", "前两个里便宜的加购物车", "i'll take the cheaper of the first two"}) {
        Talk talk;
        talk.say("dresses");
        auto const list = talk.state.shown;
        auto const cheaper = list[0] == "d2-White" || (list[1] != "d2-White" && list[0].starts_with("d1")) ? list[0] : list[1];
        talk.say(said);
        ASSERT_THAT(talk.basket.held, SizeIs(1)) << said;
        EXPECT_EQ(talk.basket.held[0].sku.substr(0, 2), cheaper.substr(0, 2)) << said;
        EXPECT_EQ(talk.basket.held[0].quantity, 1) << said;
    }
}

TEST(BasketNamed, TheNumberOfTheCheapestOneIsKept) {
    for (auto const& [said, units] : {std::pair("add 2 of the cheapest one", 2), {"add two of the cheapest one", 2}, {"add 3 of the cheapest ones", 3}, {"add the cheapest one", 1}, {"最便宜的来两件", 2}}) {
        Talk talk;
        talk.say("dresses"), talk.say(said);
        ASSERT_THAT(talk.basket.held, SizeIs(1)) << said;
        EXPECT_EQ(talk.basket.held[0].sku, "d2-White") << said;
        EXPECT_EQ(talk.basket.held[0].quantity, units) << said;
    }
}

TEST(BasketNamed, OneOfEachColourAndWhatDoesNotComeSo) {
    Talk talk;
    talk.say("linen dress under 250");
    ASSERT_THAT(talk.state.shown, SizeIs(1));
    talk.say("add two, one black one red");
    EXPECT_EQ(held(talk), "d1-Black:1 d1-Red:1");
    Talk other;
    other.say("wool dress");
    ASSERT_THAT(other.state.shown, SizeIs(1));
    auto const turn = other.say("add two, one navy and one red");
    EXPECT_EQ(held(other), "d4-Navy:1");
    EXPECT_THAT(Talk::text(turn), HasSubstr("does not come in Red"));
    EXPECT_THAT(turn.withheld, IsEmpty());
    Talk counted;
    counted.say("亚麻连衣裙 250以内"), counted.say("要两件黑色一件红色的，加购物车");
    EXPECT_EQ(held(counted), "d1-Black:2 d1-Red:1");
}

TEST(BasketNamed, TheOtherWishOfABreathIsLookedFor) {
    for (auto const* said : {"add the first one and a pair of boots", "add the first one and some boots", "I'll take the first one and also show me boots", "第一个加购物车，再来一双短靴", "第一个加购，顺便看看短靴", "I'll take the first one and I also need boots", "第一个来一件，再来一双短靴，一起放进购物车"}) {
        Talk talk;
        talk.say("dresses");
        auto const turn = talk.say(said);
        EXPECT_THAT(talk.basket.held, SizeIs(1)) << said;
        EXPECT_THAT(Talk::shown(turn), testing::Contains(testing::StartsWith("b"))) << said;
    }
    Talk talk;
    talk.say("dresses");
    auto const turn = talk.say("3 of those and some boots");
    EXPECT_THAT(Talk::text(turn), HasSubstr("Which one do you mean?"));
    EXPECT_THAT(Talk::shown(turn), testing::Contains(testing::StartsWith("b")));
    for (auto const* said : {"add the first and a second one", "add the first one in black", "add the first one and the second", "两个第一个和一个第三个"}) {
        Talk one;
        one.say("dresses");
        EXPECT_THAT(requests(said, *one.view, *one.lexicon, {.categories = {0}, .shown = 4}), SizeIs(1)) << said;
    }
}

TEST(BasketNamed, AChoiceAndAQuestionAreBothAnswered) {
    for (auto const* said : {"ok the second one. any code i can use?", "fine the second, how long till it's here", "I'll take the second one, ship it to my sister's address", "就第二个吧，多久能到", "好，就要第二个，能用什么券", "great, the second one then. can I return it if it doesn't fit?"}) {
        Talk talk;
        talk.say("dresses");
        auto const second = talk.state.shown[1];
        auto const turn = talk.say(said);
        ASSERT_THAT(talk.basket.held, SizeIs(1)) << said;
        EXPECT_EQ(talk.basket.held[0].sku, second) << said;
        EXPECT_THAT(turn.trace.requests, SizeIs(2)) << said;
        EXPECT_FALSE(Talk::has(turn, BlockKind::cards)) << said;
    }
    Talk talk;
    talk.say("dresses");
    EXPECT_THAT(Talk::text(talk.say("I'll take the second one, ship it to my sister's address")), HasSubstr("at the checkout"));
    EXPECT_THAT(Talk::text(talk.say("能直接寄到我妈家吗")), HasSubstr("结算时填写"));
    // By itself it only points.
    Talk other;
    other.say("dresses"), other.say("ok the second one");
    EXPECT_THAT(other.basket.held, IsEmpty());
}

TEST(BasketNamed, WhatIsTakenOutIsLookedForInTheBasket) {
    for (auto const* said : {"take the boots out again, too dear", "take one out again, one is enough", "take the dress out of my basket", "把裙子从购物车拿出来", "put the boots back"}) {
        Talk talk;
        talk.say("dresses");
        auto const turn = talk.say(said);
        EXPECT_THAT(Talk::text(turn), testing::AnyOf(HasSubstr("basket is empty"), HasSubstr("购物车是空的"))) << said;
        EXPECT_FALSE(Talk::has(turn, BlockKind::cards)) << said;
    }
    Talk talk;
    talk.say("dresses"), talk.say("add the first one");
    EXPECT_THAT(Talk::text(talk.say("take the boots out again")), HasSubstr("no \u201cboots\u201d in your basket"));
    EXPECT_THAT(talk.basket.held, SizeIs(1));
    talk.say("boots"), talk.say("add the first one");
    ASSERT_THAT(talk.basket.held, SizeIs(2));
    talk.say("take the boots out again, too dear");
    ASSERT_THAT(talk.basket.held, SizeIs(1));
    EXPECT_TRUE(talk.basket.held[0].sku.starts_with("d"));
}

TEST(BasketNamed, TheNamedLineIsChanged) {
    Talk talk;
    talk.say("dresses"), talk.say("add the second one"), talk.say("boots"), talk.say("add the first one");
    ASSERT_THAT(talk.basket.held, SizeIs(2));
    auto const dress = talk.basket.held[0].sku, boots = talk.basket.held[1].sku;
    talk.say("actually make it two dresses");
    EXPECT_EQ(held(talk), dress + ":2 " + boots + ":1");
    talk.say("one is enough");
    EXPECT_EQ(held(talk), dress + ":1 " + boots + ":1");
    auto const turn = talk.say("actually make it two loafers");
    EXPECT_EQ(held(talk), dress + ":1 " + boots + ":1");
    EXPECT_THAT(Talk::text(turn), HasSubstr("no \u201cloafers\u201d in your basket"));
    talk.say("改成三双短靴");
    EXPECT_EQ(held(talk), dress + ":1 " + boots + ":3");
    // So many of a line, and not the line.
    talk.say("remove one pair of boots");
    EXPECT_THAT(held(talk), HasSubstr(boots + ":2"));
    talk.say("把短靴拿掉一双");
    EXPECT_THAT(held(talk), HasSubstr(boots + ":1"));
}

TEST(BasketNamed, AnEmptyBasketShowsNoListAsPopular) {
    Talk talk;
    talk.say("dresses");
    for (auto const* said : {"whats my total", "show my basket", "购物车"}) {
        auto const turn = talk.say(said);
        EXPECT_FALSE(Talk::has(turn, BlockKind::cards)) << said;
        EXPECT_THAT(Talk::text(turn), testing::AnyOf(HasSubstr("Your basket is empty."), HasSubstr("购物车还是空的。"))) << said;
        EXPECT_THAT(Talk::text(turn), Not(HasSubstr("popular"))) << said;
    }
}

}  // namespace
}  // namespace kindling::dialogue
