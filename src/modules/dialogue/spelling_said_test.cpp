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
    auto const view = CatalogueView::build(std::move(s));
    auto const lexicon = Lexicon::build(view->shared_words());
    EXPECT_EQ(mend_said(*view, *lexicon, "Hi! I need a Yoga Matt, please.").text, "Hi! I need a Yoga mat, please.");
}

}  // namespace
}  // namespace kindling::dialogue
