// What people say around a wish is no condition on goods, and what is said for company is answered in kind.
#include "modules/dialogue/small_talk.h"
#include "modules/dialogue/test_shop.h"
#include "core/utf8.h"
#include <gmock/gmock.h>

namespace kindling::dialogue {
namespace {

using test::Talk;
using testing::HasSubstr, testing::IsEmpty, testing::Not;

CatalogueView::Source music_shop() {
    CatalogueView::Source s;
    s.categories = {{"music", "", "Musical Instruments", "乐器"}, {"toys", "", "Toys and Games", "玩具"}, {"kindle", "", "Kindle Store", "电子书"}};
    s.products = {test::titled_good("m1", "music", "Levys Hey Jude 2 inch Guitar Strap"), test::titled_good("m2", "music", "Clip On Tuner for Guitar"), test::titled_good("m3", "music", "Hickory Drum Sticks"), test::titled_good("m4", "music", "Guitar Capo"), test::titled_good("t1", "toys", "LOL Surprise Doll"), test::titled_good("t6", "toys", "LOL Surprise Pets"), test::titled_good("t7", "toys", "LOL Surprise House"),
                  test::titled_good("t2", "toys", "Mad Hatter Costume"), test::titled_good("t3", "toys", "Painted Horse"), test::titled_good("t4", "toys", "Yo Yo with String"), test::titled_good("k1", "kindle", "A Festive Pride and Prejudice Variation"), test::titled_good("k2", "kindle", "Derelict: A Space Opera"), test::titled_good("t5", "toys", "Peking Opera Doll")};
    s.currency = "USD";
    return s;
}

TEST(SmallTalk, ContractionsAreWrittenOut) {
    EXPECT_EQ(cues::written_out("hes 10, shes allergic, im off, dont tell"), "he's 10, she's allergic, i'm off, don't tell");
    EXPECT_EQ(cues::written_out("what do u have? ur shop pls"), "what do you have? your shop please");
    EXPECT_EQ(cues::written_out("does it come w a bulb, w/o shade, w/ stand"), "does it come with a bulb, without shade, with stand");
    EXPECT_EQ(cues::written_out("for my bass, its a 5 string"), "for my bass, it's a 5 string");
    for (auto const* same : {"u shape pillow", "u-shaped desk", "a 5 w lamp", "r&b", "the dog and its bowl", "shell, well, id card", "w", "想要u型枕"}) EXPECT_EQ(cues::written_out(same), same);
}

TEST(SmallTalk, ChatIsNoWordToLookFor) {
    Talk const talk(music_shop());
    for (auto const& [said, looked_for] : {std::pair("hey, clip-on tuner for guitar", "guitar tuner"), {"Hey do you sell drum sticks? my boy broke his again lol", "drum sticks"}, {"haha ok, what about drum sticks then", "drum sticks"}, {"hmm so actually I was thinking of picking up drum sticks next week", "drum sticks"},
                                           {"nah, a capo tbh", "capo"}, {"my capo keeps buzzing, got another capo?", "capo capo"}, {"heyyy looking for a capo, my bro broke mine haha", "capo"}, {"mine fell apart yesterday, do you sell drum sticks", "drum sticks"}, {"sooo ummm any drum sticks? idk", "drum sticks"}, {"omg my drum sticks snapped yesterday, need several pairs", "drum sticks"}})
        EXPECT_EQ(talk.read(said).free_text, looked_for) << said;
}

TEST(SmallTalk, StaysWhereATitleIsNamed) {
    Talk const talk(music_shop());
    EXPECT_EQ(talk.read("hey jude guitar strap").free_text, "hey jude guitar strap");
    EXPECT_THAT(talk.read("do you have lol surprise dolls").free_text, HasSubstr("lol"));
    EXPECT_EQ(talk.read("a mad hatter costume").free_text, "mad hatter costume");
    EXPECT_EQ(talk.read("she's mad about horses").free_text, "horses");
    EXPECT_EQ(talk.read("a yo yo").free_text, "yo yo");
}

TEST(SmallTalk, ChineseFillersAndTalesAreNoConditions) {
    Talk talk;
    EXPECT_THAT(talk.read("其实是短靴，我记错了").free_text, IsEmpty());
    EXPECT_THAT(talk.read("先试试短靴，单价三百以内").free_text, IsEmpty());
    EXPECT_THAT(talk.read("室友睡得早，找双短靴").free_text, IsEmpty());
    EXPECT_THAT(talk.read("那个早C晚A你们有吗").free_text, IsEmpty());
    EXPECT_THAT(talk.read("那个早C晚A你们有吗").unheard, testing::ElementsAre("早c晚a"));
    EXPECT_THAT(talk.read("C调的短笛").free_text, HasSubstr("c"));
    EXPECT_EQ(talk.read("最近天气好冷，有没有短靴").intent, Intent::find);
    EXPECT_THAT(talk.read("我皮肤很干，连衣裙要纯棉的").constraints, Not(IsEmpty()));
}

TEST(SmallTalk, CompanyIsAnsweredAndNothingIsSearched) {
    for (auto const* said : {"hey what's up, bored at work lol", "how are you?", "lol just looking haha", "好无聊啊", "哈哈哈随便逛逛", "hey dude, long day", "what a day omg", "i'm so tired today haha", "hows it going", "在忙吗"}) {
        Talk talk;
        auto const turn = talk.say(said);
        EXPECT_THAT(Talk::shown(turn), IsEmpty()) << said;
        EXPECT_TRUE(Talk::has(turn, BlockKind::text)) << said;
        EXPECT_THAT(talk.state.free_text, IsEmpty()) << said;
        EXPECT_THAT(talk.state.constraints, IsEmpty()) << said;
        EXPECT_THAT(Talk::shown(talk.say("boots under 300 yuan")), testing::ElementsAre("b2")) << said << ": nothing of it stays";
    }
}

TEST(SmallTalk, AWishBesideItIsAWish) {
    Talk talk;
    EXPECT_THAT(Talk::shown(talk.say("hey what's up, bored at work lol, show me boots under 300")), testing::ElementsAre("b2"));
    EXPECT_THAT(Talk::shown(talk.say("lol ok, a red dress then")), Not(IsEmpty()));
    auto const thanks = talk.say("haha thanks");
    EXPECT_THAT(Talk::text(thanks), testing::AnyOf(HasSubstr("welcome"), HasSubstr("Gladly")));
}

TEST(SmallTalk, BooksAreLookedForAmongBooks) {
    Talk const talk(music_shop());
    auto const in_books = [&](char const* said) {
        for (auto const& c : talk.read(said).constraints)
            if (c.kind == ConstraintKind::category) return c.values.front().attribute == "kindle";
        return false;
    };
    for (auto const* said : {"To Kill a Mockingbird for kindle", "a good space opera", "any good cosy mysteries", "that book by agatha christie", "a novel for the train", "想看言情小说"}) EXPECT_TRUE(in_books(said)) << said;
    for (auto const* said : {"a kindle case", "coloring book", "guitar strap", "a song book for guitar", "opera doll"}) EXPECT_FALSE(in_books(said)) << said;
    EXPECT_TRUE(in_books("do you have anything by Stephen King"));
    EXPECT_FALSE(in_books("do you have anything by Levys Hey"));
    EXPECT_THAT(talk.read("do you have a romance novel").not_sold, IsEmpty());
    EXPECT_THAT(talk.read("do you sell bread makers?").not_sold, testing::ElementsAre("bread makers"));
    EXPECT_THAT(talk.read("a sewing machine").not_sold, testing::ElementsAre("sewing machine"));
    EXPECT_EQ(talk.read("what about pride and prej").free_text, "pride prejudice");
}

TEST(SmallTalk, CircumstancesAreKnown) {
    for (auto const* said : {"gym", "tiny flat", "the office", "宿舍", "通勤用"}) EXPECT_TRUE(cues::only_circumstances(to_utf32(said))) << said;
    for (auto const* said : {"leather", "gym shoes", "宿舍灯", "", "desk"}) EXPECT_FALSE(cues::only_circumstances(to_utf32(said))) << said;
}

}  // namespace
}  // namespace kindling::dialogue
