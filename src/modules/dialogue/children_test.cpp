// children_test.cpp -- wishes that are said beside goods for children, and what "not too short" refuses: none of them is dropped in silence. Blanks end a Chinese refusal.
#include "modules/dialogue/test_shop.h"
#include <gmock/gmock.h>

namespace kindling::dialogue {
namespace {

using testing::Contains, testing::HasSubstr, testing::IsEmpty, testing::Not;

struct Toys : test::Talk {
    static CatalogueView::Source goods() {
        CatalogueView::Source s;
        s.categories = {{"toys", "", "Toys", "玩具"}, {"cups", "", "Cups", "杯子"}, {"drums", "", "Drums", "架子鼓"}, {"dresses", "", "Dresses", "连衣裙"}};
        s.kinds = {{"material", "Material", "材质", "", true}, {"colour", "Colour", "颜色", "", true}, {"cut", "Length", "裙长", "", true}, {"use", "Use", "用途", "", true}};
        auto const add = [&](std::string id, std::string kind, std::string en, std::string zh, std::vector<shop::Attribute> a, std::pair<std::string, std::string> colour = {"Blue", "蓝色"}) { s.products.push_back(test::product(std::move(id), std::move(kind), std::move(en), std::move(zh), 5000, std::move(a), {std::move(colour)})); };
        add("t1", "toys", "Boys robot", "男孩机器人玩具", {}), add("t2", "toys", "Girls doll house", "女孩娃娃屋玩具", {}), add("t3", "toys", "Wooden train", "小火车玩具", {});
        add("c1", "cups", "Glass cup", "玻璃杯子", {test::text("material", "borosilicate glass", "高硼硅玻璃")}), add("c2", "cups", "Steel cup", "不锈钢杯子", {test::text("material", "stainless steel", "不锈钢")}), add("c3", "cups", "Enamel cup", "搪瓷杯子", {test::text("material", "enamel", "搪瓷")}), add("c4", "cups", "Bone china cup", "骨瓷杯子", {test::text("material", "bone china", "骨瓷")});
        add("m1", "drums", "Drum kit", "架子鼓五鼓", {}), add("m2", "drums", "Junior drum kit for kids", "儿童架子鼓", {}), add("m3", "drums", "Electronic drum kit", "电子架子鼓", {});
        add("d1", "dresses", "Mini dress", "短款连衣裙", {test::text("cut", "Mini", "短款"), test::text("use", "running", "跑步")}, {"Black", "黑色"}), add("d2", "dresses", "Midi dress", "中长款连衣裙", {test::text("cut", "Midi", "中长款"), test::text("use", "running", "跑步")}, {"Red", "红色"}), add("d3", "dresses", "Maxi dress", "长款连衣裙", {test::text("cut", "Maxi", "长款"), test::text("use", "office", "办公")}, {"White", "白色"});
        return s;
    }
    Toys() : Talk(goods()) {}
    std::vector<std::string> goods_for(std::string text) { state = {}; return shown(say(std::move(text))); }
};

TEST(Children, WhatIsForBoysOrGirlsIsRefusedBehindToo) {
    Toys shop;
    for (auto const* said : {"玩具，男孩玩的不要", "不要男孩玩的玩具", "toys, nothing for boys"}) {
        EXPECT_THAT(shop.goods_for(said), testing::AllOf(Not(Contains("t1")), Contains("t3"))) << said;
        EXPECT_EQ(shop.state.recipient, "") << said;
    }
    EXPECT_THAT(shop.goods_for("女孩玩的玩具不要"), Not(Contains("t2")));
    EXPECT_THAT(shop.goods_for("给男孩玩的玩具"), Contains("t1"));
    EXPECT_EQ(shop.read("送给男孩的礼物").recipient, "男孩");
}

TEST(Children, WhatMustNotBreakIsNotOfGlassOrChina) {
    Toys shop;
    for (auto const* said : {"摔不坏的杯子", "给孩子买个不怕摔的杯子", "an unbreakable cup", "杯子，要防摔"}) {
        auto const found = shop.goods_for(said);
        EXPECT_THAT(found, testing::AllOf(Contains("c2"), Contains("c3"), Not(Contains("c1")), Not(Contains("c4")))) << said;
    }
    EXPECT_THAT(shop.goods_for("杯子"), Contains("c1"));
    EXPECT_THAT(shop.goods_for("摔不坏的玻璃杯子"), Contains("c1"));
}

TEST(Children, NoSmallPartsIsToldWhereNothingSpeaksOfIt) {
    Toys shop;
    for (auto const* said : {"玩具，不能有小零件", "两岁玩具，不要有小零件"}) EXPECT_THAT(Talk::text(shop.say(said)), HasSubstr("小零件")) << said;
    EXPECT_THAT(Talk::text(shop.say("a toy for my 2 year old, no small parts")), HasSubstr("small parts"));
    EXPECT_THAT(shop.read("玩具").unheard, IsEmpty());
}

TEST(Children, GoodsForAChildSaySoFirst) {
    Toys shop;
    for (auto const* said : {"小朋友用的架子鼓", "drums for my kid", "给孩子买架子鼓"}) {
        auto const found = shop.goods_for(said);
        ASSERT_FALSE(found.empty()) << said;
        EXPECT_EQ(found.front(), "m2") << said;
        EXPECT_THAT(found, Contains("m1")) << said;   // nothing is left out
    }
    EXPECT_TRUE(std::ranges::none_of(shop.read("架子鼓").constraints, &Constraint::soft));
}

TEST(Children, AnAgeIsReadHoweverItIsWritten) {
    Toys shop;
    for (auto const* said : {"toys for my kid, 6yo", "toys for my 6 year old"}) EXPECT_EQ(shop.read(said).whom, Reading::Whom::child) << said;
    EXPECT_NE(shop.read("toys, yoga 6").whom, Reading::Whom::child);
}

TEST(Children, NotTooShortRefusesWhatIsCalledShort) {
    Toys shop;
    for (auto const* said : {"连衣裙，不要太短的", "a dress, not too short", "别太短的连衣裙"}) EXPECT_THAT(shop.goods_for(said), testing::AllOf(Not(Contains("d1")), Contains("d2"), Contains("d3"))) << said;
    EXPECT_THAT(shop.goods_for("a dress, not too long"), testing::AllOf(Contains("d1"), Contains("d2"), Not(Contains("d3"))));
    EXPECT_THAT(shop.goods_for("短款连衣裙"), Contains("d1"));
}

TEST(Children, ABlankEndsARefusalAndAListGoesOn) {
    Toys shop;
    auto const wanted = [&](std::string_view said, std::string_view attribute, Polarity polarity) {
        return std::ranges::any_of(shop.read(said).constraints, [&](Constraint const& c) { return c.polarity == polarity && std::ranges::any_of(c.values, [&](ValueName const& v) { return v.attribute == attribute; }); });
    };
    EXPECT_TRUE(wanted("连衣裙 不要黑白 跑步", "use", Polarity::want));
    EXPECT_FALSE(wanted("连衣裙 不要黑白 跑步", "use", Polarity::avoid));
    EXPECT_TRUE(wanted("不要黑色 跑步 连衣裙", "use", Polarity::want));
    EXPECT_TRUE(wanted("连衣裙 不要 黑色", "colour", Polarity::avoid));
    EXPECT_FALSE(wanted("连衣裙 不要黑色 白色", "colour", Polarity::want));
    EXPECT_THAT(shop.goods_for("连衣裙 不要黑白 跑步"), testing::ElementsAre("d2"));
}

TEST(Children, WhatIsToBeDroppedIsNotWished) {
    Toys shop;
    for (auto const* said : {"actually drop the black one", "remove the black one", "get rid of the black ones", "ditch the black one please"}) {
        shop.state = {}, shop.say("dresses");
        auto const found = Talk::shown(shop.say(said));
        EXPECT_THAT(found, testing::AllOf(Not(Contains("d1")), Contains("d2"))) << said;
    }
    EXPECT_TRUE(std::ranges::none_of(shop.read("a red dress to remove the black stains").constraints, [](Constraint const& c) { return c.polarity == Polarity::avoid; }));
}

}  // namespace
}  // namespace kindling::dialogue
