// order_number_test.cpp -- which runs of letters and digits are the number of an order, and that nothing of them is left to be read.
#include "modules/dialogue/order_number.h"
#include "engines/text/analysis/normalise.h"
#include "modules/dialogue/lexicon.h"
#include <algorithm>
#include <gtest/gtest.h>

namespace kindling::dialogue {
namespace {

struct Taken { std::string number; std::size_t marks; };
Taken taken(std::string_view text, bool asked = false) {
    text::Normalised written;
    text::normalise(text, written);
    auto t = surface_of(text);
    auto const before = t.size();
    auto number = take_order_number(t, written.text, asked);
    return {t.size() == before ? number : "length changed", static_cast<std::size_t>(std::ranges::count(t, order_mark))};
}

TEST(OrderNumber, ByItsFormBehindTheWordOrWhenAskedFor) {
    EXPECT_EQ(taken("订单ord_01M8DEYKJ399M119SMBZCN61EH的杯子碎了").number, "ord_01m8deykj399m119smbzcn61eh");
    EXPECT_EQ(taken("订单ord_01M8DEYKJ399M119SMBZCN61EH的杯子碎了").marks, 30u);
    EXPECT_EQ(taken("what's the status of order 123456?").number, "123456");
    EXPECT_EQ(taken("my order number is KD-20").number, "kd-20");
    EXPECT_EQ(taken("订单号：A1234").number, "a1234");
    EXPECT_EQ(taken("KD-1", true).number, "kd-1");
    EXPECT_EQ(taken("7", true).number, "7");
    EXPECT_EQ(taken("it is 100000", true).number, "100000");
}
TEST(OrderNumber, NotWhatOnlyLooksLikeOne) {
    for (auto const* text : {"I want to order wh-1000xm5 headphones", "order 2 mugs", "a 500ml bottle", "mugs under 12345", "下单12345个", "ordinary cups", "ord_"}) EXPECT_EQ(taken(text).number, "") << text;
    EXPECT_EQ(taken("KD-1").number, "");
    EXPECT_EQ(taken("1234", true).number, "");              // the last digits of a telephone
    EXPECT_EQ(taken("lin_22@example.com", true).number, "");
    EXPECT_EQ(taken("show me a 500ml bottle", true).number, "");
}
TEST(OrderNumber, EveryOneIsMarkedTheFirstIsMeant) {
    auto const both = taken("return ord_01M8DEYKJ3 and ord_01M8DEYKJ4");
    EXPECT_EQ(both.number, "ord_01m8deykj3");
    EXPECT_EQ(both.marks, 28u);
}

}  // namespace

}  // namespace kindling::dialogue
