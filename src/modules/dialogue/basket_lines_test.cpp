// How many of which place, and the lines of a basket corrected one by one; comparisons of several places.
#include "modules/dialogue/cues.h"
#include "modules/dialogue/test_shop.h"
#include <gmock/gmock.h>

namespace kindling::dialogue {
namespace {

using test::Talk, testing::ElementsAre, testing::HasSubstr, testing::IsEmpty, testing::Not, testing::SizeIs;

// "2:1 3:4": of each line of the basket what was shown in which place, and how many.
std::string held(Talk const& talk, std::vector<std::string> const& list) {
    std::string out;
    for (auto const& line : talk.basket.held) {
        auto const at = std::ranges::find(list, line.sku);
        out += (out.empty() ? "" : " ") + std::to_string(at - list.begin() + 1) + ":" + std::to_string(line.quantity);
    }
    return out;
}
std::string counted(std::string_view text) {
    std::string out;
    for (auto const& [n, count] : cues::counts_of_places(surface_of(text), 4)) out += (out.empty() ? "" : " ") + std::to_string(n) + ":" + std::to_string(count);
    return out;
}

TEST(BasketLines, ANumberCountsThePlaceThatItTouches) {
    for (auto const& [said, counts] : {std::pair("add 3 of the first one and 2 of the third", "1:3 3:2"), {"add two of the second one and one of the first", "2:2 1:1"}, {"put the first and two of the second in my basket", "1:1 2:2"}, {"第一个来一个，第二个来两个", "1:1 2:2"}, {"第一个要三个，第三个要两个", "1:3 3:2"},
                                       {"两个第一个和一个第三个", "1:2 3:1"}, {"前两个各来三个", "1:3 2:3"}, {"two of each of the first two", "1:2 2:2"}, {"two of the first and the third", "1:2 3:2"}, {"第一个和第三个来两个", "1:2 3:2"}, {"the first one x2, the third one x 4", "1:2 3:4"}, {"第二款十二件", "2:12"}, {"给我来三个第一个", "1:3"}})
        EXPECT_EQ(counted(said), counts) << said;
    for (auto const* said : {"第一个有三个口袋吗", "is the first one under 300", "the first one in size 43", "compare the first three", "第一个比第二个轻", "does the second hold 2 litres", "第一个两个都要"}) EXPECT_EQ(counted(said), "") << said;
}
TEST(BasketLines, AsManyGoInAsWereSaidOfEach) {
    for (auto const& [said, lines] : {std::pair("add 3 of the first one and 2 of the third", "1:3 3:2"), {"add two of the second one and one of the first", "2:2 1:1"}, {"put the first and two of the second in my basket", "1:1 2:2"}, {"第一个来一个，第二个来两个", "1:1 2:2"}, {"第一个要三个，第三个要两个", "1:3 3:2"}, {"第二个买一个，第三个买四个", "2:1 3:4"},
                                      {"前两个各来三个", "1:3 2:3"}, {"加第一个和第二个", "1:1 2:1"}, {"I'd like the first, and three of the third please", "1:1 3:3"}, {"add the first and the second", "1:1 2:1"}, {"第一个加两个", "1:2"}}) {
        Talk talk;
        talk.say("dresses");
        auto const list = talk.state.shown;
        ASSERT_GE(list.size(), 3u);
        talk.say(said);
        auto expected = std::string(lines);
        EXPECT_THAT(held(talk, list), testing::AnyOf(expected, expected.size() == 7 ? expected.substr(4) + " " + expected.substr(0, 3) : expected)) << said;
    }
    for (auto const* said : {"compare the first and the third", "第一个和第三个哪个好", "is the first one cheaper than the second", "第一个有几个口袋", "the first and the second", "tell me about the first"}) {
        Talk talk;
        talk.say("dresses"), talk.say(said);
        EXPECT_THAT(talk.basket.held, IsEmpty()) << said;
    }
}
TEST(BasketLines, TheLineThatIsDescribedGoesOut) {
    for (auto const* said : {"remove the white one", "把白色的去掉", "白色的那个不要了", "take the white one out", "actually drop the white one", "删掉白色的", "take the second one out", "第二个不要了", "remove the second one"}) {
        Talk talk;
        talk.say("dresses");
        talk.say("add the first one in black"), talk.say("add the second one");
        ASSERT_THAT(talk.basket.held, SizeIs(2)) << said;
        auto const turn = talk.say(said);
        EXPECT_THAT(turn.withheld, IsEmpty()) << said;
        ASSERT_THAT(talk.basket.held, SizeIs(1)) << said;
        EXPECT_EQ(talk.basket.held[0].sku, "d1-Black") << said;
        EXPECT_THAT(Talk::text(turn), HasSubstr(surface_of(said)[0] > 0x3000 ? "已移除：“纯棉连衣裙”" : "Removed: 1 × \u201cCotton dress\u201d")) << said;
        EXPECT_TRUE(Talk::has(turn, BlockKind::basket)) << said;
        EXPECT_FALSE(Talk::has(turn, BlockKind::cards)) << said;
    }
}
TEST(BasketLines, TheLastLineGoneIsSaid) {
    for (auto const& [said, empty] : {std::pair("remove the white one", "Your basket is empty now."), {"白色的那个不要了", "购物车现在空了。"}, {"不要了", "购物车现在空了。"}, {"remove it from my basket", "Your basket is empty now."}, {"清空购物车", "购物车现在空了。"}}) {
        Talk talk;
        talk.say("dresses"), talk.say("add the second one");
        auto const turn = talk.say(said);
        EXPECT_THAT(talk.basket.held, IsEmpty()) << said;
        EXPECT_THAT(Talk::text(turn), HasSubstr(empty)) << said;
        // Who throws all away begins anew, and is shown where.
        EXPECT_EQ(Talk::has(turn, BlockKind::cards), said == std::string_view("清空购物车")) << said;
    }
}
TEST(BasketLines, WhatNobodyPutInIsRefusedInTheSearch) {
    for (auto const* said : {"remove the white one", "把白色的去掉", "no black ones", "不要黑色的"}) {
        Talk talk;
        talk.say("dresses"), talk.say("add the third one");
        ASSERT_THAT(talk.basket.held, SizeIs(1));
        talk.say(said);
        EXPECT_THAT(talk.basket.held, SizeIs(1)) << said;
    }
}
TEST(BasketLines, OfALineAnotherNumberIsSet) {
    for (auto const& [said, lines] : {std::pair("actually just one of each", "1:1 2:1"), {"每样一个就行", "1:1 2:1"}, {"make it two of the second one", "1:3 2:2"}, {"set the second one to 4", "1:3 2:4"}, {"第二个改成四个", "1:3 2:4"}, {"make it one of the first and two of the second", "1:1 2:2"}, {"take one out", "1:3 2:2"}, {"拿掉一个", "1:3 2:2"}, {"remove two of the first one", "1:1 2:3"}, {"第一个少要一个", "1:2 2:3"}, {"第一个也加一个", "1:4 2:3"}}) {
        Talk talk;
        talk.say("dresses");
        auto const list = talk.state.shown;
        talk.say("add three of the first one in black"), talk.say("add three of the second one");
        ASSERT_EQ(held(talk, list), "1:3 2:3") << said;
        auto const turn = talk.say(said);
        EXPECT_THAT(turn.withheld, IsEmpty()) << said;
        if (talk.basket.held.size() == 3) talk.basket.held[0].quantity += talk.basket.held[2].quantity, talk.basket.held.pop_back();   // this basket keeps a line each
        EXPECT_EQ(held(talk, list), lines) << said;
        EXPECT_TRUE(Talk::has(turn, BlockKind::basket)) << said;
    }
}
TEST(BasketLines, WordsOfAWishTakeNothingOut) {
    for (auto const* said : {"要至少一百块的", "便宜少一点的", "I don't want leather", "其他都不错，只要一个能机洗的", "drop waist in white", "show me the"}) {
        Talk talk;
        talk.say("dresses"), talk.say("add three of the second one");
        auto const before = talk.basket.held;
        ASSERT_THAT(before, SizeIs(1));
        talk.say(said);
        ASSERT_THAT(talk.basket.held, SizeIs(1)) << said;
        EXPECT_EQ(talk.basket.held[0].quantity, 3) << said;
    }
    Talk talk;
    talk.say("dresses"), talk.say("add three of the third one"), talk.say("第三个拿掉一个");
    ASSERT_THAT(talk.basket.held, SizeIs(1));
    EXPECT_EQ(talk.basket.held[0].quantity, 2) << "one, though it is the third";
}
TEST(BasketLines, OfSeveralThatAnswerItIsAskedWhich) {
    Talk talk;
    talk.say("dresses"), talk.say("add the first one in black"), talk.say("add the second one");
    auto const turn = talk.say("remove the dress");
    EXPECT_THAT(talk.basket.held, SizeIs(2));
    EXPECT_THAT(Talk::text(turn), HasSubstr("Which one do you mean?"));
    EXPECT_TRUE(Talk::has(turn, BlockKind::basket));
}
TEST(BasketLines, PlacesThatAreComparedAreThoseThatWereSaid) {
    for (auto const& [said, places] : {std::pair("difference between the 2nd and the 4th", "24"), {"what's the difference between the 2nd and the 4th?", "24"}, {"how do the 1st and the 3rd differ", "13"}, {"compare the first three", "123"}, {"compare the top three", "123"}, {"compare the top 3", "123"}, {"对比前三个", "123"}, {"对比前三", "123"}, {"compare the last two", "34"}, {"how does the first differ from the third?", "13"}, {"compare the first two", "12"}, {"第二个和第四个有什么区别", "24"}}) {
        Talk talk;
        talk.say("dresses");
        ASSERT_THAT(talk.state.shown, SizeIs(4));
        std::vector<std::string> expected;
        for (char const* n = places; *n; ++n) expected.push_back(talk.state.shown[static_cast<std::size_t>(*n - '1')]);
        auto const turn = talk.say(said);
        EXPECT_TRUE(Talk::has(turn, BlockKind::comparison)) << said;
        EXPECT_EQ(talk.state.compared, expected) << said;
        EXPECT_THAT(turn.blocks, SizeIs(1)) << said;
    }
    Talk talk;
    EXPECT_THAT(talk.read("delivered in the first two weeks", {.shown = 4}).ordinals, IsEmpty());
    EXPECT_THAT(talk.read("前三天", {.shown = 4}).ordinals, IsEmpty());
}

}  // namespace
}  // namespace kindling::dialogue
