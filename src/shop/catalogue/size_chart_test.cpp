// Size tables as an owner writes them, and what they say of a body: one size, several, or none; a wrong line is named.
#include "shop/catalogue/size_chart.h"
#include <gmock/gmock.h>

namespace kindling::shop {
namespace {

using testing::ElementsAre, testing::HasSubstr, testing::IsEmpty, testing::Pair;

constexpr std::string_view written = "# dresses\ndresses S: height 155-160, weight 45-50\ndresses M: height 160-165, weight 50-56\n\ndresses L: 身高 165-170, 体重 56-62\r\nshoes EU 38: foot 24\n";

TEST(SizeChart, TellsASizeOnlyWhereTheTableDoes) {
    auto const table = parse_size_charts(written);
    ASSERT_TRUE(table);
    ASSERT_EQ(table->size(), 4u);
    EXPECT_EQ(table->back().size, "EU 38");
    std::vector<SizeRow> const dresses(table->begin(), table->begin() + 3);
    EXPECT_EQ(size_for(dresses, {{BodyMeasure::height, 163}, {BodyMeasure::weight, 52}}).size, "M");
    EXPECT_EQ(size_for(dresses, {{BodyMeasure::height, 168}}).size, "L");
    auto const mixed = size_for(dresses, {{BodyMeasure::height, 158}, {BodyMeasure::weight, 60}});
    EXPECT_THAT(mixed.size, IsEmpty());
    EXPECT_THAT(mixed.by_measure, ElementsAre(Pair(BodyMeasure::height, "S"), Pair(BodyMeasure::weight, "L")));
    EXPECT_THAT(size_for(dresses, {{BodyMeasure::height, 190}}).beyond, ElementsAre(BodyMeasure::height));
    auto const nothing = size_for(dresses, {{BodyMeasure::waist, 70}});
    EXPECT_TRUE(nothing.size.empty() && nothing.by_measure.empty() && nothing.beyond.empty());
}

TEST(SizeChart, AWrongLineIsNamed) {
    for (auto const& [text, line] : std::vector<std::pair<std::string, std::string>>{{"dresses M", "Line 1"}, {"dresses: height 1-2", "Line 1"}, {"dresses M: height 160-165\ndresses L: girth 5", "Line 2"}, {"dresses M: height 170-160", "Line 1"}, {"dresses M:", "Line 1"}, {"dresses M: height tall", "Line 1"}}) {
        auto const found = parse_size_charts(text);
        ASSERT_FALSE(found) << text;
        EXPECT_EQ(found.error().reason, "size_chart_invalid");
        EXPECT_THAT(found.error().message, HasSubstr(line)) << text;
    }
    EXPECT_TRUE(parse_size_charts("")->empty());
}

}  // namespace
}  // namespace kindling::shop
