// persons_test.cpp -- whom goods are for, where people belong to people.
#include "modules/dialogue/reader.h"
#include "modules/dialogue/test_shop.h"
#include <gmock/gmock.h>

namespace kindling::dialogue {
namespace {

using Whom = Reading::Whom;

struct Told { char const* text; char const* head; Whom whom; };

void expect_heads(std::initializer_list<Told> all) {
    for (auto const& [text, head, whom] : all) {
        auto const t = surface_of(text);
        auto const person = person_in(t);
        ASSERT_TRUE(person) << text;
        EXPECT_EQ(to_utf8(std::u32string_view(t).substr(person->head.begin, person->head.end - person->head.begin)), head) << text;
        EXPECT_EQ(person->whom, whom) << text;
    }
}

TEST(Persons, TheHeadOfAChainIsMeant) {
    expect_heads({{"a gift for my son's teacher", "teacher", Whom::unknown}, {"a present for my wife's boss", "boss", Whom::unknown}, {"gift for my sons coach", "coach", Whom::unknown}, {"for my 8 year old daughter's new piano teacher", "teacher", Whom::unknown},
                  {"a gift for my boss's daughter", "daughter", Whom::child}, {"my husband's mother", "mother", Whom::woman}, {"a gift for the teacher of my daughter", "teacher", Whom::unknown}, {"for my friend's little brother", "brother", Whom::man},
                  {"我儿子的老师", "老师", Whom::unknown}, {"给女儿的小提琴老师", "老师", Whom::unknown}, {"孩子班主任", "班主任", Whom::unknown}, {"送朋友的孩子", "孩子", Whom::child}, {"老婆的同事", "同事", Whom::unknown}, {"朋友家的小孩", "小孩", Whom::child}, {"我妈的朋友", "朋友", Whom::unknown}});
}
TEST(Persons, WhoIsOfAChildsAgeIsAChild) { expect_heads({{"a gift for my daughter's best friend", "friend", Whom::child}, {"我女儿的同学", "同学", Whom::child}, {"my wife's best friend", "friend", Whom::unknown}, {"爸爸的老朋友", "朋友", Whom::unknown}}); }
TEST(Persons, TheHeadStandsBeforeTheOfWhateverFollows) {
    expect_heads({{"a present for the teacher of my son's friend", "teacher", Whom::unknown}, {"the coach of my daughter's best friend's brother", "coach", Whom::unknown}, {"for the mother of the teacher of my son", "mother", Whom::woman},
                  {"for the friend of my daughter", "friend", Whom::child}, {"for a friend of my son's teacher", "friend", Whom::unknown}, {"a present for the friend of the son of my boss's wife", "friend", Whom::child}, {"my son's friend's classmate", "classmate", Whom::child}, {"my son's teacher's friend", "friend", Whom::unknown}, {"a present for my friend from my daughter", "friend", Whom::unknown}});
}
TEST(Persons, ANumberIsSaidOfSomebodyOnlyWhereItCountsYears) {
    test::Demo const demo;
    for (auto const* text : {"预算500我儿子老师的礼物", "预算500块我八岁儿子的老师的礼物", "500以内我3岁半的女儿的老师的礼物", "预算500，给我两个女儿的老师买礼物", "budget 500 my son's teacher's present", "budget 500, a gift for my 8 year old son's teacher", "送上小学的女儿的老师，预算500"}) {
        auto const reading = demo.read(text);
        ASSERT_EQ(reading.constraints.size(), 1) << text;
        EXPECT_EQ(reading.constraints.front().kind, ConstraintKind::price) << text;
        EXPECT_EQ(reading.constraints.front().max, 50000) << text;
        EXPECT_EQ(reading.whom, Whom::unknown) << text;
    }
}
TEST(Persons, SomebodysChildWhoIsGrownUpIsNone) {
    expect_heads({{"想给刚毕业的侄女挑个礼物", "侄女", Whom::woman}, {"a gift for my 30 year old son", "son", Whom::man}, {"a present for my niece who just graduated from college", "niece", Whom::woman}, {"送25岁的儿子的礼物", "儿子", Whom::man}, {"给小学毕业的女儿买礼物", "女儿", Whom::child}, {"a gift for my 8 year old son", "son", Whom::child}, {"送8岁的女儿", "女儿", Whom::child}});
}
TEST(Persons, BeforeGoodsAWordSaysWhichAndIsNobody) {
    expect_heads({{"strap for my wife's coach bag", "wife", Whom::woman}, {"a gift for my wife's coach", "coach", Whom::unknown}, {"my son's coach gift", "coach", Whom::unknown}});
}
TEST(Persons, APairIsNoChain) { expect_heads({{"给爸爸妈妈买礼物", "妈妈", Whom::woman}, {"a gift for my mom and my teacher", "mom", Whom::woman}, {"送妈妈的礼物和送老师的礼物", "妈妈", Whom::woman}, {"my son's birthday, his teacher comes too", "son", Whom::child}}); }
TEST(Persons, WhoIsGivenSomethingCounts) { expect_heads({{"my wife says to get something for my boss", "boss", Whom::unknown}, {"a present for my dad from my daughter", "dad", Whom::man}, {"my daughter wants to buy a present for her grandpa", "grandpa", Whom::man}, {"妈妈让我给老师挑份礼物", "老师", Whom::unknown}}); }
TEST(Persons, WhoseItIsSaysNothingOfTheGoods) {
    test::Demo const demo;
    for (auto const* text : {"a gift for my 8 year old son's teacher", "送我八岁儿子的老师的礼物", "a gift for a kindergarten teacher", "给一年级老师的礼物"}) {
        auto const reading = demo.read(text);
        EXPECT_EQ(reading.intent, Intent::gift) << text;
        EXPECT_EQ(reading.whom, Whom::unknown) << text;
        EXPECT_THAT(reading.constraints, testing::IsEmpty()) << text;
    }
    EXPECT_EQ(demo.read("a gift for my 8 year old son").whom, Whom::child);
    EXPECT_EQ(demo.read("a gift for my son's teacher").recipient, "son's teacher");
    EXPECT_EQ(demo.read("送我儿子的老师的礼物").recipient, "儿子的老师");
    EXPECT_EQ(demo.read("a gift for her teacher").whom, Whom::unknown) << "her teacher may be a man";
    EXPECT_EQ(demo.read("a gift for my teacher, she loves tea").whom, Whom::woman);
}

}  // namespace
}  // namespace kindling::dialogue
