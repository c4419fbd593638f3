// elsewhere_test.cpp -- a colour inside another word, a place, a part of a body and half of another adjective are read as none of the goods and qualities that they look like.
#include "modules/dialogue/cues.h"
#include "modules/dialogue/test_shop.h"
#include <gmock/gmock.h>

namespace kindling::dialogue {
namespace {

using testing::Contains, testing::IsEmpty, testing::Not;

struct Home : test::Demo {
    static CatalogueView::Source goods() {
        auto s = test::source();
        s.categories.push_back({"desks", "", "Desks", "书桌"});
        s.categories.push_back({"lamps", "", "Desk Lamps", "台灯"});
        s.categories.push_back({"creams", "", "Creams", "面霜"});
        s.kinds.push_back({"fit", "Fit", "佩戴方式", "", true});
        s.kinds.push_back({"basket", "Basket", "炸篮", "", true});
        s.products.push_back(test::product("k1", "desks", "Oak desk", "橡木书桌", 89900, {}, {{"White", "白色"}}));
        s.products.push_back(test::product("t1", "lamps", "Desk lamp", "台灯", 19900, {}, {{"Gold", "金色"}}));
        s.products.push_back(test::product("c1", "creams", "Day cream", "保湿面霜", 9900, {test::text("fit", "in-ear", "入耳式")}, {{"Burgundy", "酒红"}}));
        s.products.push_back(test::product("c2", "creams", "Night cream", "晚霜", 9900, {test::text("basket", "glass-bowl", "玻璃碗")}, {{"Red", "红色"}}));
        return s;
    }
    Home() : Demo(goods()) {}
    std::vector<std::string> colours(std::string_view said) const {
        std::vector<std::string> out;
        for (auto const& c : read(said).constraints)
            if (c.attribute == "colour" && c.polarity == Polarity::want)
                for (auto const& v : c.values) out.push_back(v.en);
        return out;
    }
    bool wants(std::string_view said, std::string_view category) const {
        return std::ranges::any_of(read(said).constraints, [&](Constraint const& c) { return c.kind == ConstraintKind::category && std::ranges::any_of(c.values, [&](ValueName const& v) { return v.attribute == category; }); });
    }
};

TEST(Elsewhere, AColourInsideAnotherWordIsNone) {
    Home shop;
    for (auto const* said : {"脸容易泛红，想找个面霜", "皮肤发红用什么面霜", "晒黑了用什么面霜", "美白的面霜", "黑头多，买什么面霜", "脸色暗黄 面霜", "红血丝面霜"}) EXPECT_THAT(shop.colours(said), IsEmpty()) << said;
    for (auto const* said : {"红的短靴", "红色面霜", "红裙子", "要红的连衣裙", "大红连衣裙"}) EXPECT_THAT(shop.colours(said), Not(IsEmpty())) << said;
    EXPECT_THAT(shop.colours("黑白连衣裙"), Contains("Black"));
    EXPECT_THAT(shop.colours("golden lamps"), Contains("Gold"));
    EXPECT_THAT(shop.colours("a lamp for my golden retriever"), IsEmpty());
}

TEST(Elsewhere, WhereAThingWillStandIsNotTheThing) {
    Home shop;
    for (auto const* said : {"礼物，送同事，桌上放的", "想要放办公桌上的东西", "书桌上放的礼物", "放在我的书桌上的小礼物", "something for his desk", "a present to put on her desk"}) EXPECT_FALSE(shop.wants(said, "desks")) << said;
    for (auto const* said : {"想买张书桌放在客厅", "书桌", "a desk for my room", "放电脑的书桌", "a present: a desk"}) EXPECT_TRUE(shop.wants(said, "desks")) << said;
    EXPECT_TRUE(shop.wants("放书桌上的台灯", "lamps"));
}

TEST(Elsewhere, WhatSomebodyHasIsNoQuality) {
    Home shop;
    auto const qualities = [&](std::string_view said) {
        std::vector<std::string> out;
        for (auto const& c : shop.read(said).constraints)
            for (auto const& v : c.values)
                if (c.kind == ConstraintKind::value) out.push_back(v.en);
        return out;
    };
    EXPECT_THAT(qualities("my ears hurt"), Not(Contains("in-ear")));
    EXPECT_THAT(qualities("my dog keeps knocking over his water bowl"), Not(Contains("glass-bowl")));
    EXPECT_THAT(qualities("in-ear please"), Contains("in-ear"));
    EXPECT_THAT(qualities("with a glass bowl"), Contains("glass-bowl"));
}

TEST(Elsewhere, HalfOfAnotherAdjectiveMeasuresNothing) {
    auto const measured = [](std::u32string_view said) {
        std::vector<cues::Span> used;
        return !cues::comparatives(said, used).empty();
    };
    for (auto const* said : {U"这个太大众了", U"太小众了", U"太高调", U"太低俗了", U"太重口味", U"更高级的", U"太大牌了"}) EXPECT_FALSE(measured(said));
    for (auto const* said : {U"太大了", U"太小", U"太高了", U"太重了点", U"更高的", U"太大众了而且太大"}) EXPECT_TRUE(measured(said));
    EXPECT_THAT(cues::superlatives(U"最高级的是哪个"), IsEmpty());
    test::Talk talk;
    talk.say("连衣裙");
    auto const turn = talk.say("这个太大众了");
    EXPECT_EQ(talk.read("这个太大众了", {.shown = 2}).intent, Intent::more);
    EXPECT_EQ(talk.read("有没有不太大众的连衣裙", {.shown = 2}).intent, Intent::find);
    for (auto const& c : talk.state.constraints) EXPECT_NE(c.kind, ConstraintKind::number);
    EXPECT_FALSE(turn.blocks.empty());
}

}  // namespace
}  // namespace kindling::dialogue
