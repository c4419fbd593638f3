// Questions of the goods in view, sums, and several things said in one breath.
#include "modules/dialogue/cues.h"
#include "modules/dialogue/requests.h"
#include "modules/dialogue/test_shop.h"
#include <gmock/gmock.h>

namespace kindling::dialogue {
namespace {

using test::Demo, test::Talk, testing::AllOf, testing::ElementsAre, testing::HasSubstr, testing::IsEmpty, testing::Not, testing::SizeIs;

CatalogueView::Source earphones() {
    auto s = test::source();
    s.categories.push_back({"ears", "", "Earbuds", "耳机"});
    s.kinds.push_back({"battery", "Battery", "续航", "h", true});
    s.kinds.push_back({"water", "Protection", "防护", "", true});
    s.kinds.push_back({"use", "Made for", "适合", "", true});
    using test::number, test::text, test::product;
    s.products.push_back(product("e1", "ears", "Plain earbuds", "普通耳机", 9900, {number("battery", 20, "h"), text("water", "splash-proof", "防泼溅"), text("use", "commuting", "通勤")}));
    s.products.push_back(product("e2", "ears", "Long earbuds", "长效耳机", 29900, {number("battery", 40, "h"), text("water", "waterproof", "防水"), text("use", "jogging", "慢跑")}));
    s.products.push_back(product("e3", "ears", "Sport earbuds", "运动耳机", 19900, {number("battery", 28, "h"), text("water", "waterproof", "防水"), text("use", "jogging", "慢跑")}));
    s.standing["e1"] = {4.2, 20, 90, 3};
    s.standing["e2"] = {4.5, 18, 40, 2};
    s.standing["e3"] = {4.9, 12, 20, 1};
    return s;
}
bool lists(Turn const& turn) { return Talk::has(turn, BlockKind::question) || turn.topic == "find"; }

TEST(Asked, WhatStandsBehindTheOneIsAskedOfIt) {
    for (auto const& [said, title] : {std::pair("最便宜的那款防水吗", "普通耳机"), {"最便宜的防水吗？", "普通耳机"}, {"is the cheapest one waterproof?", "Plain earbuds"}, {"Is the cheapest waterproof?", "Plain earbuds"}, {"评分最高的那个防水吗", "运动耳机"}, {"is the most expensive one waterproof", "Long earbuds"}, {"续航最长的那款防水吗", "长效耳机"}, {"is the best rated one waterproof?", "Sport earbuds"}}) {
        Talk talk(earphones());
        talk.say(surface_of(title)[0] > 0x3000 ? "耳机" : "earbuds");
        ASSERT_THAT(talk.state.shown, SizeIs(3));
        auto const turn = talk.say(said);
        EXPECT_THAT(turn.withheld, IsEmpty()) << said;
        EXPECT_THAT(Talk::text(turn), HasSubstr(title)) << said;
        bool const no = std::string_view(title).starts_with("Plain") || std::string_view(title).starts_with("普通");
        EXPECT_THAT(Talk::text(turn), HasSubstr(no ? surface_of(title)[0] > 0x3000 ? "防泼溅" : "splash-proof" : surface_of(title)[0] > 0x3000 ? "防水" : "waterproof")) << said;
        EXPECT_THAT(turn.blocks.back().cards, SizeIs(1)) << said;
    }
    for (auto const& [said, title] : {std::pair("最便宜的防水的那款有货吗", "运动耳机"), {"is the cheapest waterproof one in stock?", "Sport earbuds"}}) {   // among those that are
        Talk talk(earphones());
        talk.say(surface_of(title)[0] > 0x3000 ? "耳机" : "earbuds");
        EXPECT_THAT(Talk::text(talk.say(said)), HasSubstr(title)) << said;
    }
}
TEST(Asked, TheBestOfAnAmountIsTheMostOfIt) {
    for (auto const* said : {"which one has the best battery", "which has the best battery life?", "longest battery life", "what's the best for battery life", "哪个电池最好", "哪个续航最强", "哪个续航最长", "续航最长的呢"}) {
        Talk talk(earphones());
        talk.say(surface_of(said)[0] > 0x3000 ? "耳机" : "earbuds");
        auto const turn = talk.say(said);
        EXPECT_THAT(Talk::text(turn), AllOf(HasSubstr(surface_of(said)[0] > 0x3000 ? "长效耳机" : "Long earbuds"), HasSubstr("40"))) << said;
        EXPECT_FALSE(lists(turn)) << said;
    }
    for (auto const* said : {"earbuds with the best battery", "do you have the best battery earbuds", "电池耐用的耳机"}) {
        Talk talk(earphones());
        talk.say("boots");
        EXPECT_EQ(talk.say(said).topic, "find") << said;
    }
}
TEST(Asked, BestForAUseIsAmongThoseMadeForIt) {
    for (auto const* said : {"which is best for jogging?", "哪个最适合慢跑"}) {
        Talk talk(earphones());
        talk.say(surface_of(said)[0] > 0x3000 ? "耳机" : "earbuds");
        auto const turn = talk.say(said);
        auto const text = Talk::text(turn);
        EXPECT_THAT(text, Not(testing::AnyOf(HasSubstr("普通耳机"), HasSubstr("Plain earbuds")))) << said;
        EXPECT_TRUE(Talk::has(turn, BlockKind::comparison) || turn.blocks.back().cards.size() == 1) << said << text;
    }
    Talk talk(earphones());
    talk.say("earbuds");
    EXPECT_THAT(Talk::text(talk.say("which is best for dancing?")), HasSubstr("does not say"));
}
TEST(Asked, AQuestionOfTheGoodsInViewIsNoNewWish) {
    for (auto const* said : {"跑步戴会掉吗", "延迟多少毫秒", "能自己安装吗", "这个会不会误吞", "can I assemble it myself", "will they fall off when I run?", "does it hurt after an hour?", "how loud are they?", "can I assemble the first one myself?", "第一个会不会夹耳朵"}) {
        Talk talk(earphones());
        talk.say(surface_of(said)[0] > 0x3000 ? "耳机" : "earbuds");
        auto const before = talk.state.shown;
        auto const turn = talk.say(said);
        EXPECT_THAT(turn.withheld, IsEmpty()) << said;
        EXPECT_EQ(turn.topic, "fact") << said;
        EXPECT_EQ(talk.state.shown, before) << said;
        EXPECT_THAT(Talk::text(turn), testing::AnyOf(HasSubstr("does not say"), HasSubstr("没有提到"))) << said;
    }
    for (auto const* said : {"有没有慢跑用的", "do you have waterproof ones?", "can I see others?", "有便宜点的吗", "可以推荐别的吗", "any waterproof ones?", "are there black dresses?", "有短靴吗"}) {
        Talk talk(earphones());
        talk.say(surface_of(said)[0] > 0x3000 ? "耳机" : "earbuds");
        EXPECT_EQ(talk.say(said).topic, "find") << said;
    }
    Talk talk(earphones());
    talk.say("earbuds");
    auto const text = Talk::text(talk.say("will they fall off when I run?"));
    EXPECT_EQ(text.find("does not say"), text.rfind("does not say"));   // once of all
}
TEST(Asked, WhatBuyersSayIsAskedOfBuyers) {
    for (auto const* said : {"有人说挤脚吗", "有没有人觉得夹耳朵", "does anyone say they hurt?"}) {
        Talk talk;
        talk.say("boots");
        EXPECT_EQ(talk.say(said).topic, "reviews") << said;
    }
}
TEST(Asked, WhenItComesIsTheRuleOfTheShop) {
    for (auto const* said : {"when would the first one arrive?", "which of those arrives fastest", "how soon can the second get here", "哪个到得最快", "哪款先到", "第一个明天能到吗"}) {
        Talk talk;
        talk.say("boots");
        auto const turn = talk.say(said);
        EXPECT_EQ(turn.topic, "shipping") << said;
    }
    for (auto const* said : {"哪个到得最快", "which of those arrives fastest"}) {
        Talk talk;
        talk.say("boots");
        EXPECT_THAT(Talk::text(talk.say(said)), testing::AnyOf(HasSubstr("No time of arrival"), HasSubstr("没有写明到货时间"))) << said;
    }
    EXPECT_FALSE(cues::asks_arrival(surface_of("my order arrived broken")));
    EXPECT_FALSE(cues::asks_arrival(surface_of("which is the first to be waterproof")));
}
TEST(Asked, SoManyAtAPriceAreAddedUp) {
    for (auto const& [said, total] : {std::pair("if I buy two dresses for 219 each how much", "438"), {"how much are 3 at 59 each?", "177"}, {"买两条219的裙子能减多少", "438"}, {"两件129元的一共多少钱", "258"}, {"what would 4 at 25 each come to", "100"}}) {
        Talk talk;
        auto const turn = talk.say(said);
        EXPECT_THAT(turn.withheld, IsEmpty()) << said;
        EXPECT_THAT(Talk::text(turn), HasSubstr(total)) << said;
        EXPECT_FALSE(lists(turn)) << said;
    }
    for (auto const* said : {"two dresses for 300 in total", "两条裙子，总共500", "dresses under 219", "219的裙子"}) {
        Talk talk;
        EXPECT_NE(talk.say(said).topic, "sum") << said;
    }
}
TEST(Asked, CouponsByWhateverName) {
    for (auto const* said : {"首单券怎么领", "新人券在哪领", "有券吗", "how do I get a first order coupon", "is there a welcome discount?", "在哪里领券"}) EXPECT_EQ(Demo().read(said).topic, "coupon") << said;
    for (auto const* said : {"证券公司的礼物", "连衣裙"}) EXPECT_NE(Demo().read(said).topic, "coupon") << said;
}
TEST(Asked, TwoWishesInOneBreathAreTwo) {
    Demo demo;
    auto const split = [&](std::string_view text) { return requests(text, *demo.view, *demo.lexicon, {}).size(); };
    for (auto const* said : {"a dress for work and also a mug", "连衣裙，另外还要一个杯子", "dresses, and I also need a teapot"}) EXPECT_EQ(split(said), 2u) << said;
    for (auto const* said : {"a dress and also pockets", "a dress with long sleeves and also a mug", "a dress that is long and also warm", "a red dress", "一条裙子，还要便宜"}) EXPECT_EQ(split(said), 1u) << said;
}
TEST(Asked, NeverMindBesideAnotherWishIsTheWish) {
    for (auto const* said : {"算了，不要连衣裙了，看看短靴", "never mind the dress, show me boots", "算了，看看短靴"}) {
        Talk talk;
        talk.say("dresses");
        auto const turn = talk.say(said);
        EXPECT_THAT(Talk::shown(turn), testing::Contains(testing::StartsWith("b"))) << said;
    }
    for (auto const* said : {"算了", "never mind", "不用了"}) {
        Talk talk;
        talk.say("dresses");
        EXPECT_EQ(talk.say(said).topic, "thanks") << said;
    }
}
TEST(Asked, TooDearIsOfTheKindThatIsNamed) {
    Talk talk;
    talk.say("dresses");
    talk.state.shown = {"d2-White", "b1-Brown"};   // a page of several kinds
    talk.say("鞋子太贵，换便宜点的");
    auto const price = std::ranges::find(talk.state.constraints, ConstraintKind::price, &Constraint::kind);
    ASSERT_NE(price, talk.state.constraints.end());
    EXPECT_EQ(price->max, 49899);
}
TEST(Asked, ABodyInAnyNotation) {
    for (auto const* said : {"160/64kg穿啥码", "160/64kg穿什么码"}) {
        auto const r = Demo().read(said, {.shown = 2});
        EXPECT_EQ(r.intent, Intent::size_help) << said;
        EXPECT_EQ(r.body.at(shop::BodyMeasure::height), 160) << said;
        EXPECT_EQ(r.body.at(shop::BodyMeasure::weight), 64) << said;
    }
    Demo demo;
    EXPECT_THAT(requests("160/64kg穿啥码？顺便看看短靴", *demo.view, *demo.lexicon, {.shown = 2}), SizeIs(2));
}

}  // namespace
}  // namespace kindling::dialogue
