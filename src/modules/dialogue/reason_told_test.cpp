// reason_told_test.cpp -- why something goes back, its correction, and proofs of an order as people give them.
#include "modules/dialogue/reason_told.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/lexicon.h"
#include "modules/dialogue/test_shop.h"
#include <gmock/gmock.h>

namespace kindling::dialogue {
namespace {

using testing::HasSubstr, testing::IsEmpty, testing::Not, testing::SizeIs;

std::string told(std::string_view text) { return reason_told(surface_of(text)); }

TEST(ReasonTold, WhatBreaksInUseIsQualityAndWhatCameBrokenIsDamage) {
    for (auto const* said : {"用了两天就漏水", "保温杯漏水", "水壶用了一周就不热了", "洗了一次就掉色", "穿了两次就开线了", "质量问题", "it leaks", "the kettle stopped working after a week", "it broke after two days, broken handle", "the zip came off after a week", "won't charge any more", "the print faded after the first wash"})
        EXPECT_EQ(told(said), "quality") << said;
    for (auto const* said : {"收到时就碎了", "收到就漏水", "快递把它压坏了，盒子破损", "杯子碎了", "it arrived broken", "the mug came cracked", "broken", "damaged in transit"}) EXPECT_EQ(told(said), "damaged") << said;
    EXPECT_EQ(told("发错颜色了，坏了"), "wrong_item");
    EXPECT_EQ(told("用了一周觉得太小"), "size");
    EXPECT_EQ(told("it came a size larger"), "size");
    EXPECT_EQ(told("I no longer need it"), "changed_mind");
    EXPECT_EQ(told("它到得太晚了"), "late");
    EXPECT_EQ(told("我要退货"), "");
    EXPECT_EQ(told("I want to return my order"), "");
}
TEST(ReasonTold, WhatIsDeniedIsNoReason) {
    EXPECT_EQ(told("不是破损，是质量问题"), "quality");
    EXPECT_EQ(told("it's not damaged, the quality is poor"), "quality");
    EXPECT_EQ(told("不是尺码的问题，收到时就碎了"), "damaged");
    EXPECT_EQ(told("这不是我买的那件"), "wrong_item");
}

struct Buyer final : Orders {
    std::vector<Errand> asked;
    std::string proof;
    OrderView order{.order_id = "88001", .status = "delivered", .items = {"Linen dress"}, .lines = {{0, "d1-Black", "d1", "Linen dress", 1, 0}}};
    Result<Found> find(std::string const& number, std::string const& contact) override {
        proof = contact;
        if (number == "88001" && (contact == "4321" || contact == "13800138000" || contact == "test@example.com")) return Found{Access::granted, order};
        return Found{contact.empty() ? Access::need_proof : Access::unknown_order, {}};
    }
    Result<std::vector<OrderView>> mine() override { return std::vector<OrderView>(); }
    Result<OrderView> again(std::string const&) override { return order; }
    Result<std::string> request(Errand const& errand) override { asked.push_back(errand); return std::string("req_x"); }
    Result<void> cancel(std::string const&) override { return {}; }
};
struct Shopper : test::Demo {
    GuideState state;
    Buyer orders;
    Turn say(std::string text) {
        auto turn = take_turn(view, *lexicon, {}, {.orders = &orders}, state, {.text = std::move(text)}, {});
        EXPECT_THAT(turn.withheld, IsEmpty());
        state = turn.state;
        return turn;
    }
};

TEST(AfterSale, AReasonIsCorrectedUntilTheYes) {
    for (auto const* correction : {"是质量问题", "不是破损，是质量问题", "no, it is a quality problem", "the quality is poor"}) {
        Shopper s;
        s.say("我要退货，订单88001，4321，收到时破损");
        EXPECT_EQ(s.state.errand_reason, "damaged");
        EXPECT_EQ(test::asks(s.say(correction)), "errand_confirm") << correction;
        s.say("确认");
        ASSERT_THAT(s.orders.asked, SizeIs(1)) << correction;
        EXPECT_EQ(s.orders.asked[0].reason, "quality") << correction;
    }
    // While the order is still asked for, too; and a plain no ends it.
    Shopper early;
    early.say("我要退货，收到就碎了"), early.say("是质量问题"), early.say("88001"), early.say("4321"), early.say("确认");
    ASSERT_THAT(early.orders.asked, SizeIs(1));
    EXPECT_EQ(early.orders.asked[0].reason, "quality");
    Shopper none;
    none.say("我要退货，订单88001，4321，质量问题"), none.say("不用了"), none.say("确认");
    EXPECT_THAT(none.orders.asked, IsEmpty());
}
TEST(AfterSale, AProofInTheSameBreathIsRead) {
    for (auto const* said : {"I want to return order 88001 please, my phone number is 138 0013 8000", "return order 88001, phone: 138-0013-8000", "我要退货，订单号88001，手机号138 0013 8000", "退货，订单88001，我的电话是13800138000", "I want to return order 88001, my email is test@example.com"}) {
        Shopper s;
        auto const turn = s.say(said);
        EXPECT_THAT(s.orders.proof, testing::AnyOf("13800138000", "test@example.com")) << said;
        EXPECT_EQ(test::asks(turn), "errand_reason") << said << "\n" << test::Talk::text(turn);
        EXPECT_FALSE(turn.needs_person) << said;
    }
    // Who asks for the shop's number or to be called still gets a person.
    for (auto const* said : {"what is your phone number", "打电话给我", "你们电话号码多少", "call me, my phone number is 138 0013 8000, I want to talk to a human"}) {
        Shopper s;
        EXPECT_TRUE(s.say(said).needs_person) << said;
    }
}
TEST(AfterSale, WithoutANumberTheWayOnIsTold) {
    for (auto const* begin : {"I want to return my order", "我要退货", "where is my order"})
        for (auto const* said : {"I don't have the number, email is test@example.com", "test@example.com", "不知道订单号怎么办", "找不到订单号了", "I can't find my order number", "I lost it", "没有号码"}) {
            Shopper s;
            EXPECT_EQ(test::asks(s.say(begin)), "order") << begin;
            auto const turn = s.say(said);
            EXPECT_THAT(test::Talk::text(turn), testing::AnyOf(HasSubstr("message that confirmed"), HasSubstr("在下单确认信息里"))) << begin << " / " << said << "\n" << test::Talk::text(turn);
            EXPECT_TRUE(turn.needs_person) << said;
            EXPECT_THAT(test::Talk::text(turn), Not(HasSubstr("example.com"))) << said;
        }
    Shopper s;
    s.say("I want to return my order");
    EXPECT_EQ(test::asks(s.say("88001")), "contact");
    EXPECT_EQ(test::asks(s.say("test@example.com")), "errand_reason");
}
TEST(AfterSale, GoodsAskedForAreNoNumberThatIsMissing) {
    for (auto const* said : {"有没有38号的靴子", "有没有水杯", "店在哪"}) EXPECT_FALSE(cues::has_no_order_number(surface_of(said), true)) << said;
    for (auto const* said : {"没有号码", "忘了", "在哪看订单号"}) EXPECT_TRUE(cues::has_no_order_number(surface_of(said), true)) << said;
}
TEST(Telephone, IsToldByItsWordAndItsLength) {
    auto const digits = [](std::string_view text) { auto const t = cues::telephone(surface_of(text)); return t ? t->digits : ""; };
    EXPECT_EQ(digits("my phone number is 138 0013 8000"), "13800138000");
    EXPECT_EQ(digits("phone: +86 (138) 0013-8000."), "8613800138000");
    EXPECT_EQ(digits("手机号13800138000，谢谢"), "13800138000");
    EXPECT_EQ(digits("手机尾号4321"), "");
    EXPECT_EQ(digits("a phone case under 200"), "");
    EXPECT_EQ(digits("order 88001234"), "");
}

}  // namespace
}  // namespace kindling::dialogue
