#include "shop/catalogue/occasion_rows.h"
#include <gmock/gmock.h>

namespace kindling::shop {
namespace {

using testing::ElementsAre, testing::HasSubstr, testing::IsEmpty;

TEST(OccasionRows, AreReadInEitherPunctuation) {
    auto const rows = parse_occasions("# autumn\n中秋、中秋节，mid-autumn：茶具, mugs；礼盒装\n\nhanfu day: dresses , shoes;;worn\r\n gala: bags; worn").value();
    ASSERT_EQ(rows.size(), 3u);
    EXPECT_THAT(rows[0].said, ElementsAre("中秋", "中秋节", "mid-autumn"));
    EXPECT_THAT(rows[0].kinds, ElementsAre("茶具", "mugs"));
    EXPECT_THAT(rows[0].qualities, ElementsAre("礼盒装"));
    EXPECT_FALSE(rows[0].worn);
    EXPECT_THAT(rows[1].kinds, ElementsAre("dresses", "shoes"));
    EXPECT_THAT(rows[1].qualities, IsEmpty());
    EXPECT_TRUE(rows[1].worn);
    EXPECT_THAT(rows[2].qualities, IsEmpty());
    EXPECT_TRUE(rows[2].worn);
    EXPECT_TRUE(parse_occasions("")->empty());
}

TEST(OccasionRows, SayWhichLineIsWrong) {
    for (std::string const& text : std::vector<std::string>{"fishing backpacks", "fishing:", ": backpacks", "fishing: backpacks; outdoor; often", "fishing: backpacks; a1; b2; worn", "f: backpacks", "fishing: " + std::string(61, 'a')}) {
        auto const rows = parse_occasions("# first\n" + text);
        ASSERT_FALSE(rows) << text;
        EXPECT_EQ(rows.error().reason, "occasions_invalid");
        EXPECT_THAT(rows.error().message, HasSubstr("Line 2")) << text;
    }
    std::string words = "fishing: ", lines;
    for (int i = 0; i < 31; ++i) words += "word" + std::to_string(i) + ",";
    for (int i = 0; i < 201; ++i) lines += "fishing: mugs\n";
    EXPECT_FALSE(parse_occasions(words));
    EXPECT_FALSE(parse_occasions(lines));
}

}  // namespace
}  // namespace kindling::shop
