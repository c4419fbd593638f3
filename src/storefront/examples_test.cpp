#include "storefront/examples.h"
#include "shop/catalogue/spoken_amount.h"
#include <gtest/gtest.h>

namespace kindling::storefront {

TEST(Examples, SayAmountsAsPeopleDo) {
    EXPECT_EQ(shop::spoken_amount(85), 80);
    EXPECT_EQ(shop::spoken_amount(163), 150);
    EXPECT_EQ(shop::spoken_amount(18900), 20000);
    EXPECT_EQ(shop::spoken_amount(1), 1);
    EXPECT_EQ(shop::spoken_amount(0), 0);
    EXPECT_EQ(said(20000, "CNY", Locale::zh), "200元");
    EXPECT_EQ(said(20000, "CNY", Locale::en), "¥200");
    EXPECT_EQ(said(250, "GBP", Locale::en), "£2.50");
    EXPECT_EQ(said(1500, "JPY", Locale::zh), "JP¥1,500");
}

// The prices are those of the goods: in a shop where things cost a pound nothing is "under £200".
TEST(Examples, TakeTheirPricesFromTheGoods) {
    std::vector<Wares> const cheap{{"Christmas", "圣诞", {42, 85, 125, 165, 210, 295}}, {"Bags", "包袋", {165}}, {"Garden", "园艺", {85, 125, 145, 295, 500}}, {"Toys", "玩具", {}}};
    auto const said = examples_of(cheap, "GBP");
    ASSERT_EQ(said.size(), 4u);
    EXPECT_EQ(said[0].en, "Christmas under £1.50");
    EXPECT_EQ(said[0].zh, "£1.50以内的圣诞");
    EXPECT_EQ(said[1].en, "The best rated bags");
    EXPECT_EQ(said[2].en, "Garden between £1.20 and £3");
    EXPECT_EQ(said[3].zh, "热门玩具");
    ASSERT_TRUE(gift_example(cheap, "GBP"));
    EXPECT_EQ(gift_example(cheap, "GBP")->en, "A gift under £1.50");
}

TEST(Examples, NameNoPriceWhereNoneIsKnown) {
    std::vector<Wares> const nothing{{"Christmas", "圣诞", {}}, {"Bags", "包袋", {}}};
    auto const said = examples_of(nothing, "GBP");
    ASSERT_EQ(said.size(), 1u);
    EXPECT_EQ(said[0].en, "The best rated bags");
    EXPECT_FALSE(gift_example(nothing, "GBP"));
}

}  // namespace kindling::storefront
