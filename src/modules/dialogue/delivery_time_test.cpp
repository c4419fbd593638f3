// By when something is to come is a question of how fast the shop sends, and no property of goods.
#include "modules/dialogue/cues.h"
#include "modules/dialogue/requests.h"
#include "modules/dialogue/test_shop.h"
#include "core/utf8.h"
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
}
TEST(DeliveryTime, IsNotWhatHasComeNorWhatOnlySoundsLikeIt) {
    for (auto const* other : {"今天收到的杯子碎了", "the mug you delivered today arrived broken", "a ship in a bottle", "a bag I can have in black", "今天看到的那双短靴", "以前买的杯子到货了吗", "something for before bed", "a dress for a wedding in may", "明天去爬山穿什么鞋"}) EXPECT_EQ(found(other), "") << other;
}
TEST(DeliveryTime, BesideGoodsIsARequestOfItsOwn) {
    Talk talk;
    auto const cut = [&](std::string text) { return requests(text, *talk.view, *talk.lexicon, {}); };
    EXPECT_THAT(cut("找三天内到的短靴"), ElementsAre("找 短靴", "三天内到的"));
    EXPECT_EQ(cut("ankle boots that ship today").size(), 2u);
    EXPECT_EQ(cut("今天能发货吗").size(), 1u);
    EXPECT_EQ(cut("今天收到的短靴碎了").size(), 1u);
    EXPECT_THAT(Talk::shown(talk.say("找三天内到的短靴")), Not(testing::IsEmpty()));
}

TEST(DeliveryTime, IsAnsweredByThePartOfTheRulesThatCountsDays) {
    struct Rules final : Knowledge {
        std::optional<std::string> policy(std::string const&, Locale locale) override {
            return locale == Locale::zh ? "运费怎么算？\n满99元包邮。\n\n多久能到？\n付款后34小时内发出，2到5天送达。\n\n从哪里发货？\n我们在上海和天津有仓库。"
                                        : "What does shipping cost?\nFree from 99 yuan.\n\nHow long does it take?\nOrders leave within 34 hours; 2 to 5 days.\n\nWhere do you ship from?\nFrom Shanghai and Tianjin.";
        }
    } rules;
    Talk talk;
    for (auto const* asked : {"今天能发货吗", "do you have anything that ships today?", "when will it arrive?"}) {
        auto const turn = take_turn(talk.view, *talk.lexicon, {}, {.knowledge = &rules}, talk.state, {.text = asked}, {});
        EXPECT_THAT(Talk::text(turn), testing::AllOf(testing::HasSubstr("34"), Not(testing::HasSubstr("99")), Not(testing::HasSubstr("天津")), Not(testing::HasSubstr("Tianjin")))) << asked;
    }
}

}  // namespace
}  // namespace kindling::dialogue
