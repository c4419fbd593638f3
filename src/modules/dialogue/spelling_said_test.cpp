// spelling_said_test.cpp -- slips and pinyin in what is said to the guide.
#include "modules/dialogue/spelling.h"
#include "modules/dialogue/test_shop.h"
#include <gmock/gmock.h>

namespace kindling::dialogue {
namespace {

using testing::HasSubstr, testing::IsEmpty;

struct Said : test::Talk {
    SpellingSaid mended(std::string_view text) const { return mend_said(*view, *lexicon, text); }
};

TEST(SpellingSaid, ASentenceInPinyinIsChinese) {
    Said const talk;
    for (auto const& [typed, meant] : {std::pair("wo yao duanxue", "我要短靴"), {"wo xiang mai lianyiqun", "我想买连衣裙"}, {"you mei you hongse de lian yi qun", "有没有红色的连衣裙"}, {"gei mama mai lianyiqun 200 yuan yinei", "给妈妈买连衣裙200元以内"}}) {
        auto const read = talk.mended(typed);
        EXPECT_TRUE(read.chinese) << typed;
        EXPECT_EQ(read.text, meant) << typed;
    }
}
TEST(SpellingSaid, BehindAnAmountStandsALimit) {
    Said const talk;
    for (auto const& [typed, meant] : {std::pair("lianyiqun 300 yixia", "连衣裙300以下"), {"lianyiqun 300 yuan yi xia", "连衣裙300元以下"}, {"lianyiqun 300 yishang", "连衣裙300以上"}, {"lianyiqun 300 kuai yinei", "连衣裙300块以内"}, {"lianyiqun 300 zuoyou", "连衣裙300左右"}, {"kan yixia lianyiqun", "看一下连衣裙"}, {"lianyiqun 100 dao 300", "连衣裙100到300"}}) EXPECT_EQ(talk.mended(typed).text, meant) << typed;
    Said limited;
    limited.say("lianyiqun 200 yixia");
    ASSERT_EQ(limited.state.constraints.size(), 2);
    EXPECT_EQ(limited.state.constraints.back().max, 20000);
}
TEST(SpellingSaid, ASlipIsToldOnceAndPutRightWhereverItStands) {
    auto s = test::source();
    for (int i = 0; i < 4; ++i) s.products.push_back(test::product("y" + std::to_string(i), "dresses", "Cork yoga mat " + std::to_string(i), "软木瑜伽垫", 9900, {})), s.products.push_back(test::product("w" + std::to_string(i), "dresses", "Steel water bottle " + std::to_string(i), "钢水瓶", 9900, {}));
    test::Talk talk(std::move(s));
    auto const twice = mend_said(*talk.view, *talk.lexicon, "a watter bottle, a yoga matt and another yoga matt");
    EXPECT_EQ(twice.text, "a water bottle, a yoga mat and another yoga mat");
    EXPECT_THAT(twice.corrections, testing::ElementsAre(std::pair("watter", "water"), std::pair("matt", "mat")));
    EXPECT_EQ(mend_said(*talk.view, *talk.lexicon, "Matt wants a yoga matt").text, "Matt wants a yoga mat") << "the name is none";
    auto const notices = [&](std::string said) {
        talk.state = {};
        auto const text = test::Talk::text(talk.say(std::move(said)));
        std::size_t n = 0;
        for (auto at = text.find("I read"); at != text.npos; at = text.find("I read", at + 1)) ++n;
        return std::pair(n, text);
    };
    EXPECT_EQ(notices("a yoga matt, a yoga matt, a yoga matt and a yoga matt").first, 1);
    auto const [named, text] = notices("a yoga matt, a watter bottle, a yoga maat, a water botle, a yogga mat");
    EXPECT_EQ(named, 3);
    EXPECT_THAT(text, HasSubstr("Other words put right"));
}
TEST(SpellingSaid, TheLooksAtTitlesAreOfTheWholeSentence) {
    Said const talk;
    std::size_t spent = most_looks_at_titles + 1;
    EXPECT_THAT(mend_words(*talk.view, *talk.lexicon, "lyocell dres", spent).text, IsEmpty());
    std::size_t looks = 0;
    std::string said;
    for (int i = 0; i < 3; ++i) (void)mend_words(*talk.view, *talk.lexicon, "longdress linendress", looks), said += std::to_string(looks) + " ";
    EXPECT_GT(looks, 0) << said;
}
TEST(SpellingSaid, GoodsThatAreNotSoldAreReadToo) { EXPECT_EQ(Said().mended("wo yao lanya erji").text, "我要蓝牙耳机"); }
TEST(SpellingSaid, AnswersInTheLanguageThatIsMeant) {
    Said talk;
    auto const turn = talk.say("wo yao lian yi qun");
    EXPECT_EQ(turn.locale, Locale::zh);
    EXPECT_THAT(Said::shown(turn), testing::SizeIs(4));
    EXPECT_THAT(Said::text(turn), HasSubstr("我要连衣裙"));
    Said other;
    EXPECT_EQ(other.say("do you have a lianyiqun in red?").locale, Locale::en);
}
TEST(SpellingSaid, WhatIsWrittenRightStays) {
    Said const talk;
    for (auto const* said : {"can you show me a nice one", "a linen dress, please", "I like the women's dress", "he has a man to ban", "lin@example.com", "order ord_01M8DEYKJ399M119SMBZCN61EH", "亚麻连衣裙", "he", "", "Hello!"}) EXPECT_THAT(talk.mended(said).text, IsEmpty()) << said;
}
TEST(SpellingSaid, TheRestIsLeftAsItWasWritten) {
    auto s = test::source();
    for (int i = 0; i < 4; ++i) s.products.push_back(test::product("y" + std::to_string(i), "dresses", "Cork yoga mat " + std::to_string(i), "软木瑜伽垫", 9900, {}));
    test::Demo const shop(std::move(s));
    EXPECT_EQ(mend_said(*shop.view, *shop.lexicon, "Hi! I need a Yoga Matt, please.").text, "Hi! I need a Yoga mat, please.");
}

}  // namespace
}  // namespace kindling::dialogue
