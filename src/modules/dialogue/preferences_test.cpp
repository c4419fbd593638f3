// What is only preferred orders and leaves nothing out; what goes with something; accessories; another currency; sizes by the shop's own table.
#include "modules/dialogue/occasions.h"
#include "modules/dialogue/product_index.h"
#include "modules/dialogue/retrieval.h"
#include "modules/dialogue/api.h"
#include "modules/dialogue/test_shop.h"
#include <gmock/gmock.h>

namespace kindling::dialogue {
namespace {

using test::Demo, test::Talk;
using testing::AllOf, testing::AnyOf, testing::Contains, testing::ElementsAre, testing::HasSubstr, testing::IsEmpty, testing::Not, testing::SizeIs;

TEST(Preferences, OrderWhatFitsAndLeaveNothingOut) {
    Talk talk;
    auto const turn = talk.say("dresses, preferably linen, under 350");
    EXPECT_THAT(Talk::shown(turn), AllOf(SizeIs(3), Contains("d2"))) << "cotton is not left out";
    EXPECT_THAT(Talk::shown(turn).back(), "d2");
    EXPECT_THAT(Talk::text(turn), HasSubstr("preference"));
    for (auto const& c : turn.state.constraints) EXPECT_EQ(c.soft, c.kind == ConstraintKind::value) << c.label_en;
    for (auto const& block : turn.blocks)
        for (auto const& card : block.cards) {
            EXPECT_THAT(card.misses, IsEmpty());
            EXPECT_EQ(std::ranges::find(card.why, "linen") != card.why.end(), card.product_id != "d2");
        }
    EXPECT_TRUE(turn.withheld.empty());
    // A limit takes the place of the preference, and a preference never that of a limit.
    auto const must = talk.say("it must be cotton");
    EXPECT_THAT(Talk::shown(must), ElementsAre("d2"));
    EXPECT_THAT(Talk::shown(talk.say("ideally linen")), ElementsAre("d2"));
}

TEST(Preferences, OfAmountsAreReadAgainstTheGoods) {
    Talk talk;
    auto const turn = talk.say("连衣裙，最好长一点");
    EXPECT_EQ(Talk::shown(turn).size(), 4u);
    talk.state = {};
    auto const stretched = talk.say("a dress, around 200 but can go over");
    EXPECT_THAT(Talk::shown(stretched), SizeIs(4)) << "the budget leaves nothing out";
    EXPECT_THAT(Talk::shown(stretched).back(), "d4");
    EXPECT_TRUE(std::ranges::any_of(stretched.state.constraints, [](Constraint const& c) { return c.kind == ConstraintKind::price && c.soft && c.min == 16000 && c.max == 24000; })) << "near it";
    auto const budget = talk.say("a dress, budget around 200 but can go over");
    EXPECT_TRUE(std::ranges::any_of(budget.state.constraints, [](Constraint const& c) { return c.kind == ConstraintKind::price && c.soft && !c.min && c.max == 20000; })) << "where it should end";
}

TEST(Preferences, AreReadWhereTheyAreSpokenOf) {
    Demo demo;
    auto const soft = [&](std::string_view text) {
        std::vector<std::string> out;
        for (auto const& c : demo.read(text).constraints)
            if (c.soft) out.push_back(c.said);
        return out;
    };
    EXPECT_THAT(soft("a black dress, ideally linen, under 300"), ElementsAre("linen"));
    EXPECT_THAT(soft("亚麻连衣裙，最好是黑色的"), ElementsAre("黑色"));
    EXPECT_THAT(soft("boots in brown if possible"), ElementsAre("brown"));
    EXPECT_THAT(soft("最好的连衣裙"), IsEmpty()) << "a superlative is no wish";
    EXPECT_THAT(soft("哪个最好，黑色还是红色"), IsEmpty());
    EXPECT_THAT(soft("最好是短靴，但必须是黑色"), IsEmpty()) << "what must be is no preference";
}

TEST(Sets, WhatGoesWithSomethingIsWantedBesideIt) {
    Demo demo;
    EXPECT_THAT(demo.read("a red dress and boots to match").slots, SizeIs(2));
    EXPECT_THAT(demo.read("一条红裙子和一双短靴").slots, SizeIs(2));
    EXPECT_THAT(demo.read("boots and a dress").slots, SizeIs(2));
    EXPECT_THAT(demo.read("dresses or boots").slots, IsEmpty());
    EXPECT_THAT(demo.read("连衣裙和短靴都看看").slots, IsEmpty()) << "neither is counted";
    auto const match = demo.read("boots to match a red dress");
    EXPECT_THAT(match.slots, IsEmpty());
    ASSERT_FALSE(match.constraints.empty());
    EXPECT_EQ(match.constraints.front().values.front().attribute, "boots");
    auto const own = demo.read("a dress under 200 and boots under 300");
    ASSERT_THAT(own.slots, SizeIs(2));
    EXPECT_THAT(own.slots[0], HasSubstr("200"));
    EXPECT_THAT(own.slots[1], HasSubstr("300"));
    EXPECT_THAT(own.shared, Not(HasSubstr("300")));
}

TEST(Accessories, OfAKindAreNoWishForTheKind) {
    Demo demo;
    EXPECT_THAT(demo.read("boots cover").not_sold, ElementsAre("boots cover"));
    EXPECT_THAT(demo.read("短靴鞋垫").not_sold, ElementsAre("短靴鞋垫"));
    EXPECT_THAT(demo.read("a dress with a cover").not_sold, IsEmpty());
    EXPECT_THAT(demo.read("连衣裙套装").not_sold, IsEmpty());
}

TEST(Currency, IsAskedOnceAndAYesMakesALimit) {
    Talk talk;
    auto const asked = talk.say("连衣裙，200美元以内");
    EXPECT_TRUE(Talk::has(asked, BlockKind::question));
    EXPECT_THAT(Talk::text(asked), AllOf(HasSubstr("CNY"), HasSubstr("200")));
    EXPECT_THAT(Talk::shown(talk.say("是的")), ElementsAre("d1", "d2"));
    talk.state = {};
    talk.say("a dress under 200 dollars");
    auto const no = talk.say("no");
    EXPECT_THAT(Talk::text(no), HasSubstr("limit"));
    EXPECT_THAT(Talk::shown(no), SizeIs(4)) << "it never became one";
    EXPECT_THAT(Talk::shown(talk.say("160")), ElementsAre("d2"));
}

TEST(Sizes, AreToldByTheShopsTableOrNotAtAll) {
    struct Table final : Records {
        Result<std::vector<PricePoint>> prices(std::string const&) override { return std::vector<PricePoint>(); }
        Result<Sizes> sizes(std::string const&) override { return Sizes{}; }
        Result<std::vector<shop::SizeRow>> size_charts() override { return shop::parse_size_charts("dresses M: height 158-166, weight 48-57\ndresses L: height 163-172, weight 55-65"); }
    } table;
    Talk talk;
    auto const say = [&](std::string text) {
        auto turn = take_turn(talk.view, *talk.lexicon, {}, {.records = &table}, talk.state, {.text = std::move(text)}, {});
        EXPECT_TRUE(turn.withheld.empty());
        talk.state = turn.state;
        return Talk::text(turn);
    };
    say("a linen dress under 250");
    EXPECT_THAT(say("I'm 168 cm and 60 kg, what size should I take?"), AllOf(HasSubstr("168 cm"), HasSubstr("is L")));
    EXPECT_THAT(say("身高160体重63公斤穿什么码"), AllOf(HasSubstr("按身高是M"), HasSubstr("按体重是L")));
    EXPECT_THAT(say("I'm 195 cm, what size am I?"), HasSubstr("does not reach"));
    talk.state = {};
    say("短靴");
    EXPECT_THAT(say("我身高170，穿多大码"), HasSubstr("没有尺码表"));
    // No kind was named: what the tables that there are say.
    talk.state = {};
    EXPECT_THAT(say("我身高165体重56，穿多大码"), AllOf(HasSubstr("165cm"), Not(HasSubstr("没有尺码表")), AnyOf(HasSubstr("连衣裙 M"), HasSubstr("连衣裙 L"))));
    // What was said of the body earlier answers whether one of the goods fits; what a thing fits into is not about a body.
    talk.state = {};
    say("I'm 168 cm tall and weigh 60 kg, show me dresses");
    EXPECT_THAT(say("does the first one fit?"), AllOf(HasSubstr("60 kg"), HasSubstr("is L")));
    EXPECT_THAT(say("and will the second one fit me?"), HasSubstr("is L"));
    EXPECT_THAT(say("does it fit into a small suitcase?"), Not(HasSubstr("is L")));
    talk.state = {};
    say("我身高160体重50公斤，想买连衣裙");
    EXPECT_THAT(say("第二件合身吗"), HasSubstr("M"));
    EXPECT_THAT(say("第一件我能穿吗"), HasSubstr("M"));
}

TEST(Occasions, AreFoundByTheirLongestWords) {
    Occasions const occasions;
    auto const words = [&](std::u32string_view text) { auto const found = occasions.in(text); return found ? std::u32string(text.substr(found->begin, found->end - found->begin)) : std::u32string(); };
    EXPECT_EQ(words(U"a dress for a beach wedding"), U"beach wedding");
    EXPECT_EQ(words(U"面试穿什么"), U"面试");
    EXPECT_EQ(words(U"a plain mug"), U"");
    Talk talk;
    auto const turn = talk.say("something for a wedding");  // of its kinds this shop has two
    EXPECT_THAT(Talk::shown(turn), SizeIs(2));
    EXPECT_THAT(Talk::text(turn), HasSubstr("wedding"));
}

TEST(Occasions, OneKindIsEnoughWhereNoTitleSpeaksOfIt) {
    Talk talk;
    auto const interview = talk.say("something for a job interview");  // of its kinds this shop has loafers
    EXPECT_THAT(Talk::shown(interview), ElementsAre("l2"));
    EXPECT_THAT(Talk::text(interview), HasSubstr("job interview"));
    auto s = test::source();
    s.products.push_back(test::product("c1", "dresses", "Job interview card game", "面试桌游", 900, {}));
    talk.view = CatalogueView::build(std::move(s)), talk.lexicon = Lexicon::build(talk.view->shared_words()), talk.state = {};
    EXPECT_THAT(Talk::text(talk.say("something for a job interview")), Not(HasSubstr("the shop has these")));
}

TEST(Occasions, OfTheOwnerStandBesideTheBuiltIn) {
    auto s = test::source();
    s.occasions = shop::parse_occasions("国风茶会, tea gathering: 连衣裙; linen, 亚麻\n面试: ankle boots").value();
    Talk talk;
    talk.view = CatalogueView::build(std::move(s)), talk.lexicon = Lexicon::build(talk.view->shared_words());
    for (auto const* said : {"something for a tea gathering", "国风茶会有什么推荐"}) {
        talk.state = {};
        auto const turn = talk.say(said);
        EXPECT_THAT(Talk::shown(turn), testing::IsSupersetOf({"d1", "d3"})) << said << Talk::text(turn);
        EXPECT_TRUE(turn.withheld.empty());
    }
    talk.state = {};
    EXPECT_THAT(Talk::shown(talk.say("面试用的东西")), test::some_and_each(testing::StartsWith("b"))) << "the owner's row counts where both know the word";
    talk.state = {};
    EXPECT_THAT(Talk::shown(talk.say("something for a wedding")), SizeIs(2)) << "the built-in rows stay";
}

TEST(Occasions, WhatSomebodyDoesIsNoNameOfGoods) {
    auto s = test::source();
    s.categories.push_back({"toys", "", "Toys", "玩具"});
    s.products.push_back(test::product("t1", "toys", "Fishes that swim in the bath", "游泳的鱼", 2900, {}));
    s.products.push_back(test::product("t2", "toys", "Magnetic fishing game", "磁性钓鱼玩具", 3900, {}));
    Talk talk;
    talk.view = CatalogueView::build(std::move(s)), talk.lexicon = Lexicon::build(talk.view->shared_words());
    auto const index = ProductIndex::open({}).value();
    ASSERT_TRUE(index->rebuild(*talk.view));
    TextScorer const scorer = [&](std::string_view words) { return retrieve({.view = talk.view, .lexicon = talk.lexicon, .index = {index.get(), [](auto const*) {}}}, words); };
    auto const say = [&](std::string text) { return take_turn(talk.view, *talk.lexicon, scorer, {}, {}, {.text = std::move(text)}, {}); };
    for (auto const* said : {"a gift for my dad who fishes", "送给爱钓鱼的爸爸的礼物"}) {
        auto const turn = say(said);
        EXPECT_THAT(Talk::shown(turn), test::some_and_each(Not(testing::StartsWith("t")))) << said;
        EXPECT_THAT(Talk::text(turn), testing::AnyOf(HasSubstr("Nothing here is made for"), HasSubstr("没有专门适合"))) << said;
        EXPECT_TRUE(turn.withheld.empty());
    }
    EXPECT_THAT(Talk::shown(say("a gift for my son who loves fishing")), ElementsAre("t2")) << "a child may be given what is called so, and no fish";
}

}  // namespace
}  // namespace kindling::dialogue
