// By when something is to come is a question of how fast the shop sends, and no property of goods.
#include "modules/dialogue/cues.h"
#include "modules/dialogue/requests.h"
#include "modules/dialogue/test_shop.h"
#include "core/utf8.h"
#include <chrono>
#include <gmock/gmock.h>

namespace kindling::dialogue {
namespace {

using test::Talk;
using testing::ElementsAre, testing::Not;

std::string found(std::string_view text) {
    auto const t = surface_of(text);
    auto const span = cues::delivery_time(t);
    return span ? to_utf8(std::u32string_view(t).substr(span->begin, span->end - span->begin)) : "";
}

TEST(DeliveryTime, IsFoundWithTheWordsThatBelongToIt) {
    EXPECT_EQ(found("do you have anything that ships today?"), "that ships today");
    EXPECT_EQ(found("which of these can be delivered by friday?"), "can be delivered by friday");
    EXPECT_EQ(found("a mug to arrive before my sister's wedding"), "to arrive before my sister's wedding");
    EXPECT_EQ(found("boots delivered within 3 days"), "delivered within 3 days");
    EXPECT_EQ(found("找今天发货的保温杯"), "今天发货的");
    EXPECT_EQ(found("三天内到的短靴"), "三天内到的");
    EXPECT_EQ(found("要能周五前送到"), "要能周五前送到");
    EXPECT_EQ(found("开学前能到吗"), "开学前能到吗");
    EXPECT_EQ(found("妈妈生日前能收到吗"), "妈妈生日前能收到吗");
    EXPECT_EQ(found("boots delivered within 48 hours"), "delivered within 48 hours");
    EXPECT_EQ(found("boots by courier, arrive by december 24"), "arrive by december 24");
    EXPECT_EQ(found("anything that ships today or tomorrow"), "that ships today or tomorrow");
}
TEST(DeliveryTime, IsNotWhatHasComeNorWhatOnlySoundsLikeIt) {
    for (auto const* other : {"今天收到的杯子碎了", "the mug you delivered today arrived broken", "a ship in a bottle", "a bag I can have in black", "今天看到的那双短靴", "以前买的杯子到货了吗", "something for before bed", "a dress for a wedding in may", "明天去爬山穿什么鞋",
                              "周六要到朋友家做客，送什么好", "明天就到妈妈生日了，送什么好", "下周要到海边玩，推荐条裙子", "婚礼当天穿的裙子能到膝盖吗", "保温杯第二天能到多少度", "今天能到店里试穿吗", "do you have it in 24", "it should be here by now", "what should I wear on a cruise ship in july",
                              "短靴今天红色的能发货吗", "短靴下周到货了告诉我", "冬天内搭到货了吗", "我前天拍的能到吗"}) EXPECT_EQ(found(other), "") << other;
}
TEST(DeliveryTime, BesideGoodsIsARequestOfItsOwn) {
    Talk talk;
    auto const cut = [&](std::string text) { return requests(text, *talk.view, *talk.lexicon, {}); };
    EXPECT_THAT(cut("找三天内到的短靴"), ElementsAre("找 短靴", "三天内到的"));
    EXPECT_EQ(cut("ankle boots that ship today").size(), 2u);
    EXPECT_THAT(cut("帮我找今天发货的短靴"), ElementsAre("帮我找 短靴", "今天发货的"));
    EXPECT_EQ(cut("今天能发货吗，运费多少").size(), 1u);
    EXPECT_EQ(cut("今天能发货吗").size(), 1u);
    EXPECT_EQ(cut("今天收到的短靴碎了").size(), 1u);
    EXPECT_EQ(cut("短靴下周到货了告诉我").size(), 1u) << "a watch";
    EXPECT_THAT(cut("找三天内到的短靴，顺便查下我的订单"), ElementsAre(testing::HasSubstr("短靴"), testing::HasSubstr("订单")));
    EXPECT_EQ(cut("送妈妈的生日礼物，周五前送到").size(), 2u);
    EXPECT_EQ(cut("macbook sleeve that ships today").size(), 2u);
    EXPECT_EQ(talk.read("which of these can be delivered by friday?").intent, Intent::ask_policy);
    EXPECT_EQ(talk.read("macbook sleeve that ships today").intent, Intent::find);
    EXPECT_EQ(talk.read("a birthday gift for my mother delivered by friday").intent, Intent::gift);
    EXPECT_THAT(Talk::shown(talk.say("找三天内到的短靴")), Not(testing::IsEmpty()));
}

TEST(DeliveryTime, IsLookedForInTheTimeOfOneLook) {
    std::string hostile;
    for (int i = 0; i < 60; ++i) hostile += "以前要到9分钟";
    Talk talk;
    auto const began = std::chrono::steady_clock::now();
    (void)talk.read(hostile);
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(3));   // hours of looks before; a sanitizer's build counts too
}
TEST(Again, IsTheSameOnlyWhereNothingElseIsSaid) {
    for (auto const* same : {"再来个一样的", "再来一个同款", "another of the same"}) EXPECT_TRUE(cues::same_again(surface_of(same))) << same;
    EXPECT_TRUE(cues::takes_some(surface_of("再来个同款"), true));
    EXPECT_FALSE(cues::takes_some(surface_of("再来个同款"), false)) << "of a list nothing is in view";
    for (auto const* other : {"再来一个不一样颜色的", "再来一双不同款", "再来一个同样价位的", "one more, but not the same"}) EXPECT_FALSE(cues::same_again(surface_of(other))) << other;
}
TEST(DeliveryTime, IsAnsweredByThePartOfTheRulesThatCountsDays) {
    struct Rules final : Knowledge {
        std::optional<std::string> policy(std::string const&, Locale locale) override {
            return locale == Locale::zh ? "运费怎么算？\n满99元包邮。\n\n多久能到？\n付款后34小时内发出，2到5天送达。\n\n从哪里发货？\n我们在上海和天津有仓库。"
                                        : "What does shipping cost?\nFree from 99 yuan.\n\nHow long does it take?\nOrders leave within 34 hours; 2 to 5 days.\n\nWhere do you ship from?\nFrom Shanghai and Tianjin.";
        }
    } rules;
    Talk talk;
    auto const said = [&](std::string text) { return Talk::text(take_turn(talk.view, *talk.lexicon, {}, {.knowledge = &rules}, talk.state, {.text = std::move(text)}, {})); };
    EXPECT_THAT(said("什么时候包邮"), testing::HasSubstr("99")) << "when is no question of days here";
    for (auto const* asked : {"今天能发货吗", "do you have anything that ships today?", "when will it arrive?"}) {
        auto const turn = take_turn(talk.view, *talk.lexicon, {}, {.knowledge = &rules}, talk.state, {.text = asked}, {});
        EXPECT_THAT(Talk::text(turn), testing::AllOf(testing::HasSubstr("34"), Not(testing::HasSubstr("99")), Not(testing::HasSubstr("天津")), Not(testing::HasSubstr("Tianjin")))) << asked;
    }
}

TEST(ShippingCost, IsToldFromTheSettingsWhereNothingIsWritten) {
    struct Settings final : Knowledge {
        bool written = false;
        std::optional<std::string> policy(std::string const& topic, Locale) override { return written && topic == "shipping" ? std::optional<std::string>("Couriers bring it.") : std::nullopt; }
        std::string shipping_cost(Locale locale) override { return locale == Locale::zh ? "每笔订单运费¥8，满¥99免运费。" : "Shipping costs $8 an order and is free from $99."; }
    } settings;
    Talk talk;
    auto const said = [&](std::string text) { return Talk::text(take_turn(talk.view, *talk.lexicon, {}, {.knowledge = &settings}, talk.state, {.text = std::move(text)}, {})); };
    for (auto const* asked : {"包邮吗", "运费多少", "寄到北京要多少钱邮费", "how much is shipping?", "is shipping free?", "do you charge for delivery?", "what does delivery cost"}) EXPECT_THAT(said(asked), testing::AllOf(testing::HasSubstr("8"), testing::HasSubstr("99"))) << asked;
    for (auto const* other : {"送到国外吗", "do you ship abroad?", "how long does delivery take?", "保修多久"}) EXPECT_THAT(said(other), Not(testing::HasSubstr("99"))) << other;
    settings.written = true;
    EXPECT_THAT(said("how much is shipping?"), testing::HasSubstr("Couriers")) << "the shop's own words come first";
}

}  // namespace
}  // namespace kindling::dialogue
