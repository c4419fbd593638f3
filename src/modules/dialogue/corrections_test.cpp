// "No, the second one": what was put in, asked, compared, wished for or awaited last, set right; within one sentence too; and undone.
#include "modules/dialogue/cues.h"
#include "modules/dialogue/test_shop.h"
#include <gmock/gmock.h>

namespace kindling::dialogue {
namespace {

using test::Talk, testing::ElementsAre, testing::HasSubstr, testing::IsEmpty, testing::Not, testing::SizeIs;

// The guide's rest of a sentence behind what takes something back; empty: nothing is taken back.
std::string in_its_place(std::string_view text) {
    auto const t = surface_of(text);
    auto const behind = cues::behind_what_takes_back(t, 0);
    return behind == 0 ? std::string() : to_utf8(std::u32string_view(t).substr(behind));
}

TEST(Corrections, WhatTakesBackIsToldFromWhatRefuses) {
    for (auto const& [said, rest] : {std::pair("no, the second one", "the second one"), {"oh no, sorry, I meant 500", "500"}, {"wait, in L", "in l"}, {"No the third one", "the third one"}, {"Oops - wrong size, 40 please", "40 please"}, {"不对，是第三个", "是第三个"}, {"不，要L码", "要l码"}, {"哦不好意思，我说的是第二个", "第二个"}, {"说错了，500", "500"}, {"不对我说的是第三个", "第三个"}, {"不对不对，第三个", "第三个"}, {"尺码错了，40的", "40的"}, {"not that, the third", "the third"}, {"too many, make it two", "make it two"}}) EXPECT_EQ(in_its_place(said), rest) << said;
    for (auto const* said : {"no lace", "no red, black or pink", "no", "sorry", "不要红色", "不是真皮的", "等等", "a note book", "nothing else", "actual leather", "不锈钢杯子", "应收", "Not that expensive please", "Too many buttons, something simpler", "correction tape", "wrong size arrived", "不对称领口的连衣裙", "多了解一下第一款", "少了一件，怎么办", "错了位的扣子", "应该是红色"}) EXPECT_EQ(in_its_place(said), "") << said;
}
TEST(Corrections, WhatWasPutInIsChangedInTheBasket) {
    for (auto const& [said, sku] : {std::pair("no, the second one", "d2-White"), {"sorry, I meant the second", "d2-White"}, {"no, in red", "d1-Red"}, {"make it red", "d1-Red"}, {"change the colour to red", "d1-Red"}, {"I meant red", "d1-Red"}, {"不对，是第二个", "d2-White"}, {"不，要红色的", "d1-Red"}, {"换成红色的", "d1-Red"}, {"颜色改成红色", "d1-Red"}, {"选错了，第二件", "d2-White"}}) {
        Talk talk;
        talk.say("dresses"), talk.say("add the first one in black");
        ASSERT_THAT(talk.basket.held, SizeIs(1));
        ASSERT_EQ(talk.basket.held[0].sku, "d1-Black");
        EXPECT_THAT(talk.say(said).withheld, IsEmpty());
        ASSERT_THAT(talk.basket.held, SizeIs(1)) << said;
        EXPECT_EQ(talk.basket.held[0].sku, sku) << said;
        EXPECT_EQ(talk.basket.held[0].quantity, 1) << said;
    }
}
TEST(Corrections, OneOfSeveralThatIsNamedIsChanged) {
    Talk talk;
    talk.say("dresses"), talk.say("add the first one in black"), talk.say("add the second one");
    talk.say("not the first one, the third one");
    ASSERT_THAT(talk.basket.held, SizeIs(2));
    EXPECT_EQ(talk.basket.held[0].sku, "d2-White");
    EXPECT_EQ(talk.basket.held[1].sku, "d3-Burgundy");
}
TEST(Corrections, TheLastChangeIsUndone) {
    for (auto const* back : {"never mind, put the old one back", "change it back", "undo that", "算了，还是换回原来的", "撤销"}) {
        Talk talk;
        talk.say("dresses"), talk.say("add the first one in black"), talk.say("no, the second one");
        ASSERT_EQ(talk.basket.held[0].sku, "d2-White");
        talk.say(back);
        ASSERT_THAT(talk.basket.held, SizeIs(1)) << back;
        EXPECT_EQ(talk.basket.held[0].sku, "d1-Black") << back;
    }
    Talk talk;
    talk.say("dresses"), talk.say("add the first one in black"), talk.say("remove it from my basket");
    ASSERT_THAT(talk.basket.held, IsEmpty());
    talk.say("no wait, put it back");
    ASSERT_THAT(talk.basket.held, SizeIs(1));
    EXPECT_EQ(talk.basket.held[0].sku, "d1-Black");
}
TEST(Corrections, WhatWasAskedIsAnsweredForTheOther) {
    for (auto const& [asked, right] : {std::pair("how long is the first one?", "no, the second"), {"how long is the first one?", "I meant the second one"}, {"第一个多长？", "不对，第二个"}}) {
        Talk talk;
        talk.say("dresses"), talk.say(asked);
        EXPECT_THAT(Talk::text(talk.say(right)), HasSubstr("87")) << right;
    }
    Talk talk;
    talk.say("dresses");
    auto const turn = talk.say("compare 1 and 2, no, 1 and 3");
    ASSERT_TRUE(Talk::has(turn, BlockKind::comparison));
    EXPECT_THAT(talk.state.compared, ElementsAre("d1-Black", "d3-Burgundy"));
    talk.say("sorry, 2 and 3");
    EXPECT_THAT(talk.state.compared, ElementsAre("d2-White", "d3-Burgundy"));
}
TEST(Corrections, AnAmountTakesThePlaceOfAnAmount) {
    for (auto const& [said, right] : {std::pair("dresses under 180", "sorry, 300"), {"dresses under 180... sorry, 300", ""}, {"180以内的连衣裙", "说错了，300"}, {"连衣裙，180以内，不对，300以内", ""}}) {
        Talk talk;
        talk.say(said);
        if (*right) talk.say(right);
        auto const price = std::ranges::find(talk.state.constraints, ConstraintKind::price, &Constraint::kind);
        ASSERT_NE(price, talk.state.constraints.end()) << said;
        EXPECT_EQ(price->max, 30000) << said;
    }
}
TEST(Corrections, APersonTakesThePlaceOfAPerson) {
    for (auto const& [said, right, whom] : {std::tuple("a gift for my dad — mom, I mean", "", "woman"), {"a gift for my dad", "sorry, I mean my mom", "woman"}, {"送爸爸的礼物", "说错了，是妈妈", "woman"}, {"送妈妈的礼物，不对，送爸爸", "", "man"}}) {
        Talk talk;
        talk.say(said);
        if (*right) talk.say(right);
        EXPECT_EQ(talk.state.whom, whom) << said << " / " << right;
    }
}
TEST(Corrections, AReasonToSendBackIsNoCorrection) {
    for (auto const* said : {"Wrong size, I want to return it", "wrong colour, can you exchange it", "尺码错了，想换货", "少了，少发一件"}) {
        Talk talk;
        EXPECT_THAT(talk.say(said).trace.requests, ElementsAre(said)) << said;
    }
}
TEST(Corrections, WhatIsNotInTheBasketIsNeitherTakenOutNorPutBack) {
    {
        Talk talk;
        talk.say("dresses"), talk.say("add the first one in black");
        talk.basket.held.clear();   // taken out on its page
        for (auto const* said : {"I don't want it any more", "undo that", "不要了"}) EXPECT_THAT(Talk::text(talk.say(said)), Not(HasSubstr("Removed"))) << said;
        EXPECT_THAT(talk.state.taken_out, IsEmpty());
    }
    for (auto const* other : {"boots", "短靴"}) {   // other goods were looked at
        Talk talk;
        talk.say("dresses"), talk.say("add the first one in black"), talk.say("remove it from my basket"), talk.say(other);
        talk.say("put it back");
        EXPECT_THAT(talk.basket.held, IsEmpty()) << other;
    }
    for (auto const* asked : {"色彩还原度高的连衣裙", "恢复原来价格的短靴"}) {
        Talk talk;
        talk.say("dresses"), talk.say("add the first one in black"), talk.say("remove it from my basket");
        talk.say(asked);
        EXPECT_THAT(talk.basket.held, IsEmpty()) << asked;
    }
}
TEST(Corrections, OfALineAsManyGoAsWereMeant) {
    for (auto const* said : {"undo that", "撤销"}) {
        Talk talk;
        talk.basket.held = {{"d1-Black", 2}};
        talk.say("dresses");
        talk.state.added = "d1-Black", talk.state.added_quantity = 1, talk.state.added_turn = talk.state.turn - 1;
        talk.basket_id = "b";
        talk.say(said);
        ASSERT_THAT(talk.basket.held, SizeIs(1)) << said;
        EXPECT_EQ(talk.basket.held[0].quantity, 1) << said;
    }
}
TEST(Corrections, ANoThatAnswersAQuestionIsNone) {
    Talk talk;
    talk.say("dresses"), talk.say("add the first one in black");
    talk.say("thanks"), talk.say("no, show me boots");
    EXPECT_THAT(talk.basket.held, SizeIs(1));
    EXPECT_EQ(talk.basket.held[0].sku, "d1-Black");
}

}  // namespace
}  // namespace kindling::dialogue
