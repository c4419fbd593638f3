#include "modules/dialogue/measure.h"
#include "core/utf8.h"
#include "engines/text/analysis/normalise.h"
#include <gmock/gmock.h>

namespace kindling::dialogue {
namespace {

using K = Quantity::Kind;
using L = Quantity::Limit;

std::vector<Quantity> read(std::string_view s) { return quantities(to_utf32(text::normalise(s))); }

struct Case { char const* text; K kind; L limit; double value, upper; char const* base; };
class OneQuantity : public testing::TestWithParam<Case> {};

TEST_P(OneQuantity, IsReadWithItsLimit) {
    auto const& c = GetParam();
    auto const got = read(c.text);
    ASSERT_EQ(got.size(), 1u) << c.text;
    EXPECT_EQ(got[0].kind, c.kind) << c.text;
    EXPECT_EQ(got[0].limit, c.limit) << c.text;
    EXPECT_NEAR(got[0].value, c.value, 1e-6) << c.text;
    EXPECT_NEAR(got[0].upper, c.upper, 1e-6) << c.text;
    EXPECT_EQ(got[0].base, c.base) << c.text;
}
INSTANTIATE_TEST_SUITE_P(All, OneQuantity, testing::Values(
    Case{"裙长85厘米", K::measure, L::exact, 850, 0, "mm"}, Case{"85 cm long", K::measure, L::exact, 850, 0, "mm"}, Case{"85厘米±1", K::measure, L::exact, 850, 0, "mm"},
    Case{"200块以内", K::money, L::at_most, 200, 0, ""}, Case{"预算三百左右", K::plain, L::about, 300, 0, ""}, Case{"under $50", K::money, L::at_most, 50, 0, ""},
    Case{"不超过1,299.5元", K::money, L::at_most, 1299.5, 0, ""}, Case{"200-300元", K::money, L::range, 200, 300, ""}, Case{"between 50 and 80 dollars", K::money, L::range, 50, 80, ""},
    Case{"一百五以下", K::plain, L::at_most, 150, 0, ""}, Case{"两千五", K::plain, L::exact, 2500, 0, ""}, Case{"一百零五块", K::money, L::exact, 105, 0, ""}, Case{"十二厘米", K::measure, L::exact, 120, 0, "mm"},
    Case{"at least 500ml", K::measure, L::at_least, 500, 0, "ml"}, Case{"0.5L以上", K::measure, L::at_least, 500, 0, "ml"}, Case{"no more than two hundred yuan", K::money, L::at_most, 200, 0, ""},
    Case{"1万块", K::money, L::exact, 10000, 0, ""}, Case{"100 to 200 yuan", K::money, L::range, 100, 200, ""}, Case{"三双", K::count, L::exact, 3, 0, ""}, Case{"2 pairs", K::count, L::exact, 2, 0, ""},
    Case{"少于5公分", K::measure, L::below, 50, 0, "mm"}, Case{"10 inches", K::measure, L::exact, 254, 0, "mm"}, Case{"3000K", K::measure, L::exact, 3000, 0, "K"}, Case{"三百到五百", K::plain, L::range, 300, 500, ""}));

TEST(Quantities, AnOrdinalIsNoAmount) {
    EXPECT_TRUE(read("第二个").empty());
    EXPECT_TRUE(read("#2").empty());
}
TEST(Quantities, ToleranceIsKept) {
    for (auto text : {"85厘米±1", "85±1厘米", "85cm ± 1cm", "85 cm plus or minus 1 cm", "85厘米正负1厘米", "85cm,上下浮动1cm"}) {
        auto const got = read(text);
        ASSERT_FALSE(got.empty()) << text;
        if (std::string_view(text).find(',') != std::string_view::npos) continue;
        EXPECT_EQ(got.size(), 1u) << text;
        EXPECT_NEAR(interval(got[0]).low, 840, 0.01) << text;
        EXPECT_NEAR(interval(got[0]).high, 860, 0.01) << text;
    }
}
TEST(Quantities, AnExactLengthNeverReachesTheNextWrittenDigit) {
    auto const i = interval(read("85cm")[0]);
    EXPECT_GT(i.low, 844);
    EXPECT_LT(i.high, 856);
}
TEST(Units, TheSameLengthInAnySpelling) {
    EXPECT_EQ(unit_of("cm").base, unit_of("厘米").base);
    EXPECT_EQ(unit_of("CM").factor, 10);
    EXPECT_EQ(unit_of("furlong").base, "furlong");
    EXPECT_EQ(unit_of("").base, "");
}

}  // namespace
}  // namespace kindling::dialogue
