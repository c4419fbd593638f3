// progress_test.cpp -- asking how far one's own return or refund is, told from asking for one and from asking for the rules.
#include "modules/dialogue/cues.h"
#include "modules/dialogue/order_number.h"
#include <gtest/gtest.h>

namespace kindling::dialogue {
namespace {

Intent intent_of(char const* text) { return cues::intent(surface_without_orders(text, false), {}); }

TEST(Progress, OfOnesOwnReturnIsAskedOfTheOrder) {
    for (auto const* text : {"where is my refund?", "Where's the refund for order ord_01M8DEYKJ399M119SMBZCN61EH?", "has my refund been processed yet", "I still haven't received my refund", "when do I get my money back? Is the refund done?", "any news about my exchange?", "is my return req_01M8EQ3G accepted?",
                             "what is the status of my return", "refund status please", "did my return request get approved?", "when will my refund arrive?", "how long does my refund take", "where is my money?", "when will I get my money back",
                             "我的退款到账了吗", "退货进度", "查一下订单ord_01M8DEYKJ399M119SMBZCN61EH的退货进度", "退款怎么样了", "我的换货申请通过了吗", "钱退了吗", "我的退款什么时候到账", "换货有消息了吗", "我申请的退货同意了没", "钱什么时候退给我"})
        EXPECT_EQ(intent_of(text), Intent::order_status) << text;
}
TEST(Progress, NotTheRulesNorTheWishForOne) {
    for (auto const* text : {"how long does a refund take?", "what is your return policy", "退款多久到账", "可以退货吗", "退货运费谁出"}) EXPECT_EQ(intent_of(text), Intent::ask_policy) << text;
    for (auto const* text : {"I want to return my shoes", "我要退货", "我想退款", "refund my order please"}) EXPECT_EQ(intent_of(text), Intent::return_goods) << text;
    for (auto const* text : {"my mug arrived broken, please refund me", "is it possible to return my boots?", "can I return my shoes if they don't fit?", "when my boots came I wanted to return them", "我收到的杯子碎了，要退款", "where do I send my return?", "a refundable deposit bottle", "换一批"}) EXPECT_NE(intent_of(text), Intent::order_status) << text;
}
TEST(Progress, ARequestsNumberIsTakenOut) {
    auto const t = surface_without_orders("is my return req_01M8EQ3G7KX accepted?", false);
    EXPECT_EQ(t.find(U"01m"), t.npos);
    EXPECT_NE(t.find(order_mark), t.npos);
}

}  // namespace
}  // namespace kindling::dialogue
