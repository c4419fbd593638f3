// presents_said_for_test.cpp -- what the catalogue says is for somebody stands first among the presents for them; what nobody says is not made up.
#include "modules/dialogue/test_shop.h"
#include <gmock/gmock.h>

namespace kindling::dialogue {
namespace {

using testing::HasSubstr, testing::Not, testing::StartsWith;

struct Gifts : test::Talk {
    Gifts() : Talk(goods()) {}
    static CatalogueView::Source goods() {
        auto s = test::source();
        s.categories.push_back({"cups", "", "Cups", "杯子"}), s.categories.push_back({"toys", "", "Toys", "玩具"}), s.categories.push_back({"pandas", "toys", "Pandas", "熊猫玩偶"});
        s.products.push_back(test::product("t1", "cups", "Teacher mug, thank you print", "教师节马克杯", 9900, {}));
        s.products.push_back(test::product("m1", "cups", "Stoneware mug", "粗陶马克杯", 9900, {}));
        s.products.push_back(test::product("p1", "pandas", "Panda of cloth", "熊猫布偶", 9900, {}));
        return s;
    }
    std::string first(std::string said) {
        state = {};
        auto const turn = say(std::move(said));
        told = text(turn);
        return shown(turn).empty() ? std::string() : shown(turn).front();
    }
    std::string told;
};

TEST(PresentsSaidFor, ATeacherIsGivenWhatIsSaidToBeForOne) {
    Gifts talk;
    for (auto const* said : {"a gift for my teacher", "a gift for my son's teacher", "送老师的礼物", "给女儿的班主任挑份礼物"}) {
        EXPECT_EQ(talk.first(said), "t1") << said;
        EXPECT_THAT(talk.told, Not(HasSubstr("Nothing here is made for"))) << said;
    }
}
TEST(PresentsSaidFor, ThatNothingIsSaidOfABossIsTold) {
    Gifts talk;
    EXPECT_NE(talk.first("a gift for my boss"), "t1");
    EXPECT_THAT(talk.told, HasSubstr("Nothing here is made for \u201cboss\u201d"));
    EXPECT_NE(talk.first("a gift for my friend"), "");
    EXPECT_THAT(talk.told, Not(HasSubstr("Nothing here is made for"))) << "a present for a friend is any present";
}
TEST(PresentsSaidFor, APandaIsNoPetsThing) {
    if (!is_listed_chinese_word(U"熊猫")) GTEST_SKIP() << "there is no list of words on this machine";
    Gifts talk;
    auto const turn = talk.say("a gift for my nephew");
    EXPECT_THAT(Gifts::shown(turn), testing::Contains("p1"));
}

}  // namespace
}  // namespace kindling::dialogue
