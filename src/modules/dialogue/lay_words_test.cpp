// lay_words_test.cpp -- everyday words for what goods are like, ages without the word "years", numbers that are of something else.
#include "modules/dialogue/test_shop.h"
#include <algorithm>

namespace kindling::dialogue {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

// Lamps, shirts, shoes and food with data, some of whose highlights stand in descriptions alone.
CatalogueView::Source shop() {
    auto s = test::source();
    for (auto const* id : {"lamps", "tops", "food", "cups"}) s.categories.push_back({id, "", id == std::string("lamps") ? "Desk Lamp" : id == std::string("tops") ? "Shirts" : id == std::string("food") ? "Pet Food" : "Mugs", id == std::string("lamps") ? "台灯" : id == std::string("tops") ? "衬衫" : id == std::string("food") ? "宠物粮" : "马克杯"});
    s.kinds.insert(s.kinds.end(), {{"power", "Power", "供电", "", true}, {"dimming", "Dimming", "调光", "", true}, {"animal", "For", "适用宠物", "", true}, {"stage", "Life stage", "适用阶段", "", true}, {"audience", "For whom", "适用人群", "", true}, {"cable", "Cable", "线长", "cm", true}});
    using test::number, test::product, test::text;
    auto lamp = [&](std::string id, std::string power_en, std::string power_zh, std::string dim_en, std::string dim_zh) { return product(std::move(id), "lamps", "Lamp", "台灯", 9900, {text("power", std::move(power_en), std::move(power_zh)), text("dimming", std::move(dim_en), std::move(dim_zh)), number("cable", 150, "cm")}); };
    s.products.push_back(lamp("m1", "mains", "插电", "on-off", "按键开关"));
    s.products.push_back(lamp("m2", "rechargeable", "充电", "stepless", "无极调光"));
    auto shirt = [&](std::string id, std::string material_en, std::string material_zh, std::string who_en, std::string who_zh) { return product(std::move(id), "tops", "Shirt", "衬衫", 12900, {text("material", std::move(material_en), std::move(material_zh)), text("audience", std::move(who_en), std::move(who_zh))}); };
    s.products.push_back(shirt("t1", "flannel", "法兰绒", "men", "男"));
    s.products.push_back(shirt("t2", "non-iron-cotton", "长绒棉免烫", "women", "女"));
    s.products.push_back(shirt("t3", "linen", "亚麻", "men and women", "男女同款"));
    s.products.back().description_en = "Breathable. It keeps its shape.", s.products.back().description_zh = "透气不闷汗。";
    auto feed = [&](std::string id, std::string en, std::string zh, std::string stage_en, std::string stage_zh) { return product(std::move(id), "food", "Dry food", "干粮", 4900, {text("animal", std::move(en), std::move(zh)), text("stage", std::move(stage_en), std::move(stage_zh))}); };
    s.products.push_back(feed("f1", "cats", "猫", "young", "幼年"));
    s.products.push_back(feed("f2", "dogs", "犬", "young", "幼年"));
    s.products.push_back(feed("f3", "dogs", "犬", "senior", "老年"));
    s.products.push_back(product("c1", "cups", "Mug, orange", "马克杯 柑橘", 3900, {text("animal", "puppy", "小狗")}));
    return s;
}

std::vector<std::string> first_of(std::string const& said) {
    test::Talk talk(shop());
    auto shown = test::Talk::shown(talk.say(said));
    if (shown.size() > 1) shown.resize(1);
    return shown;
}

TEST(LayWords, AreBorneOutByValuesOfTheShop) {
    for (auto const* said : {"台灯，不要插线的", "想要个台灯，不插电", "台灯能调暗吗，想买个能调暗的台灯", "a cordless desk lamp", "I need a desk lamp I can dim", "desk lamp, battery powered please"}) EXPECT_THAT(first_of(said), ElementsAre("m2")) << said;
    for (auto const* said : {"衬衫，不用熨的", "有没有免熨的衬衫", "衬衫不要老是皱，抗皱的", "a no iron shirt", "shirts that don't need ironing, wrinkle free"}) EXPECT_THAT(first_of(said), ElementsAre("t2")) << said;
    for (auto const* said : {"衬衫，暖和一点的", "想买件保暖的衬衫", "a warm shirt", "shirts, something warm"}) EXPECT_THAT(first_of(said), ElementsAre("t1")) << said;
}
TEST(LayWords, AreBorneOutByDescriptionsWhereHighlightsStand) {
    for (auto const* said : {"透气的衬衫", "衬衫要透气一点", "a breathable shirt", "shirt, not stuffy"}) EXPECT_THAT(first_of(said), ElementsAre("t3")) << said;
}
TEST(LayWords, AreNotBorneOutByATextAgainstTheValue) {
    auto s = shop();
    for (auto& p : s.products)
        if (p.product_id == "m1") p.description_en = "Cordless look, dimmable bulb not included.", p.description_zh = "可充电设备旁的好搭档，调光灯泡另购。";
    for (auto const* said : {"台灯，不要插线的", "台灯，要能调暗的", "a cordless desk lamp"}) {
        test::Talk talk(s);
        EXPECT_THAT(test::Talk::shown(talk.say(said)), testing::ElementsAre("m2")) << said;
    }
}
TEST(LayWords, ThatNothingBearsOutAreSaidAndStandInNobodysWay) {
    test::Talk talk(shop());
    auto const turn = talk.say("shirts for the gym");
    EXPECT_THAT(test::Talk::shown(turn), test::some_and_each(Not(testing::EndsWith("*"))));
    EXPECT_THAT(test::Talk::text(turn), testing::HasSubstr("gym"));
    EXPECT_THAT(talk.state.constraints, testing::Each(testing::Field(&Constraint::said, Not(testing::HasSubstr("gym")))));
}
TEST(LayWords, LeaveGoodsAndValuesOfThatNameAlone) {
    test::Demo demo(shop());
    for (auto const* said : {"免烫衬衫", "wool dress", "linen shirt", "washing machine", "洗碗机", "微波炉", "exercise bike"})
        EXPECT_THAT(demo.read(said).constraints, testing::Each(testing::Field(&Constraint::soft, false))) << said;
}

TEST(Ages, AreUnderstoodWithoutTheWord) {
    test::Demo demo(shop());
    for (auto const* said : {"a present for my dad, he's 60ish", "my mum is 62, any gift ideas?", "妈妈节想送妈妈礼物，她50多", "送爷爷的礼物，他今年80", "something for my wife, she's in her 40s", "gift for grandpa, he is about 75"})
        EXPECT_THAT(demo.read(said).constraints, Not(Contains(testing::Field(&Constraint::kind, ConstraintKind::price)))) << said;
    for (auto const* said : {"my son is getting into magic, hes 10", "she's 4 and loves dinosaurs", "my neighbour's baby is one next month", "朋友家小孩满周岁，送什么好", "侄女上小学二年级，送什么", "a gift for my niece, second grade"})
        EXPECT_EQ(demo.read(said).whom, Reading::Whom::child) << said;
    EXPECT_EQ(demo.read("a present for my son, he is 7 and loves cats").whom, Reading::Whom::child) << "the cats are what he loves";
    // What it counts is no age.
    for (auto const* said : {"he's 180 cm", "she is looking for dresses under 200", "预算500，给她买裙子", "送她50多块的裙子"}) EXPECT_NE(demo.read(said).whom, Reading::Whom::child) << said;
    EXPECT_THAT(demo.read("送她200块以内的裙子").constraints, Contains(testing::Field(&Constraint::kind, ConstraintKind::price)));
}

TEST(Animals, EatWhatIsMadeForThem) {
    for (auto const* said : {"狗狗三个月大，泰迪，吃什么粮好", "三个月的小狗吃什么粮", "我家泰迪吃什么粮", "food for my labrador puppy", "what food for a 3 month old puppy"}) {
        test::Talk talk(shop());
        EXPECT_THAT(test::Talk::shown(talk.say(said)), test::some_and_each(testing::AnyOf("f2", "f3"))) << said;
    }
    for (auto const* said : {"大橘吃什么粮", "布偶猫吃什么粮", "what should my ragdoll kitten eat, dry food please"}) {
        test::Talk talk(shop());
        EXPECT_THAT(test::Talk::shown(talk.say(said)), test::some_and_each(std::string("f1"))) << said;
    }
}

TEST(Asides, OfABodyAreNoLimits) {
    test::Demo demo(shop());
    for (auto const* said : {"160，130斤，穿几码", "我160,120斤穿什么码", "160 130斤穿多大码", "身高160 体重130斤，选什么码", "160/65公斤穿什么尺码"}) {
        auto const r = demo.read(said);
        EXPECT_THAT(r.constraints, IsEmpty()) << said;
        EXPECT_EQ(r.body.count(shop::BodyMeasure::height), 1u) << said;
        EXPECT_EQ(r.body.count(shop::BodyMeasure::weight), 1u) << said;
        EXPECT_THAT(r.free_text, IsEmpty()) << said;
    }
    EXPECT_THAT(demo.read("160,130块以内").body, IsEmpty());
    for (auto const* said : {"衬衫，男的，一米八", "给我老公买衬衫，他一米七五", "我身高一米六，想买衬衫"}) EXPECT_EQ(demo.read(said).body.count(shop::BodyMeasure::height), 1u) << said;
    for (auto const* said : {"给他买张一米八的床", "我要台灯，线长一米八", "衬衫，一米八以内"}) EXPECT_THAT(demo.read(said).body, IsEmpty()) << said;
}
TEST(Asides, OfRoomsAndOfThePastAreNoLimits) {
    test::Demo demo(shop());
    for (auto const* said : {"层高才2米6，台灯会不会太高", "台灯，天花板2.5米", "台灯，门宽1米", "a desk lamp, the ceilings are 2.6 m", "买了大概十个月", "锅用了半年", "I bought it 10 months ago"})
        EXPECT_THAT(demo.read(said).constraints, Not(Contains(testing::Field(&Constraint::kind, ConstraintKind::number)))) << said;
    EXPECT_THAT(demo.read("台灯线长1米5").constraints, Contains(testing::Field(&Constraint::kind, ConstraintKind::number)));
    EXPECT_EQ(demo.read("台灯选多大的").intent, Intent::find);
    EXPECT_EQ(demo.read("衬衫选多大的，我170 60公斤").intent, Intent::size_help);
}

TEST(Receiver, IsShownNothingMadeForOthers) {
    for (auto const* said : {"给我妈买件衬衫", "a shirt for my mum", "给老婆买衬衫"}) {
        test::Talk talk(shop());
        EXPECT_THAT(test::Talk::shown(talk.say(said)), testing::AllOf(Not(IsEmpty()), Not(Contains("t1")))) << said;
        EXPECT_THAT(test::Talk::shown(talk.say("便宜点的")), testing::AllOf(Not(IsEmpty()), Not(Contains("t1")))) << said;
    }
    test::Talk talk(shop());
    EXPECT_THAT(test::Talk::shown(talk.say("my boyfriend recommended a linen shirt")), Not(IsEmpty()));
    EXPECT_EQ(talk.state.whom, "");
}
TEST(Receiver, LikesOneThingOrTheOther) {
    test::Demo demo(shop());
    for (auto const* said : {"a birthday present for my niece, she loves puzzles and drawing", "a gift for my dad, he likes tea and fishing", "送爸爸的礼物，他喜欢喝茶和钓鱼"}) {
        auto const r = demo.read(said);
        EXPECT_TRUE(r.gift) << said;
        EXPECT_THAT(r.constraints, Not(Contains(testing::Field(&Constraint::kind, ConstraintKind::category)))) << said;
    }
    auto const r = demo.read("送弟弟的礼物，他喜欢亚麻和法兰绒");
    ASSERT_EQ(r.constraints.size(), 1u);
    EXPECT_EQ(r.constraints.front().attribute, of_an_interest);
    EXPECT_GE(r.constraints.front().values.size(), 2u);
}

}  // namespace
}  // namespace kindling::dialogue
