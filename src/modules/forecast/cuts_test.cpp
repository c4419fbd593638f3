// Cuts of price found in what was paid: those that everybody got and that ended, and nothing else.
#include "modules/forecast/cuts.h"
#include <gmock/gmock.h>

namespace kindling::forecast {
namespace {

// One line a day at the prices given, from day 0.
std::vector<PaidDay> paid(std::initializer_list<std::pair<int, double>> stretches) {
    std::vector<PaidDay> out;
    for (auto const& [days, price] : stretches)
        for (int d = 0; d < days; ++d) out.push_back({static_cast<std::int32_t>(out.size()), price, 1});
    return out;
}

TEST(Cuts, AreRunsBelowTheUsualPriceAfterWhichItCameBack) {
    auto const cuts = find_cuts(paid({{30, 1}, {10, 0.8}, {30, 1}, {4, 0.7}, {3, 1}}));
    ASSERT_EQ(cuts.size(), 2u);
    EXPECT_EQ(cuts[0].from, 30);
    EXPECT_EQ(cuts[0].to, 40);
    EXPECT_NEAR(cuts[0].off, 0.2, 1e-9);
    EXPECT_EQ(cuts[1].from, 70);
    EXPECT_NEAR(cuts[1].off, 0.3, 1e-9);
}

TEST(Cuts, AreNotWhatStaysWhatIsStillLowOrWhatOneBuyerGot) {
    EXPECT_TRUE(find_cuts(paid({{30, 1}, {60, 0.8}, {30, 0.8}})).empty()) << "the new price";
    EXPECT_TRUE(find_cuts(paid({{30, 1}, {10, 0.8}})).empty()) << "nobody knows whether it will end";
    EXPECT_TRUE(find_cuts(paid({{30, 1}, {1, 0.5}, {30, 1}, {2, 0.5}, {30, 1}})).empty()) << "one line, and two: a code or a large order";
    EXPECT_TRUE(find_cuts(paid({{30, 1}, {10, 0.96}, {30, 1}})).empty()) << "not clearly below";
    EXPECT_TRUE(find_cuts(paid({{30, 1}, {30, 1.2}, {30, 1.25}})).empty()) << "dearer";
    EXPECT_TRUE(find_cuts({}).empty());
    // After the new price, cuts are beside it.
    auto const later = find_cuts(paid({{30, 1}, {60, 0.8}, {7, 0.6}, {20, 0.8}}));
    ASSERT_EQ(later.size(), 1u);
    EXPECT_NEAR(later[0].off, 0.25, 1e-9);
    auto const after_rise = find_cuts(paid({{30, 1}, {30, 1.3}, {7, 1}, {20, 1.3}}));
    ASSERT_EQ(after_rise.size(), 1u);
    EXPECT_NEAR(after_rise[0].off, 1 - 1 / 1.3, 1e-9);
}

TEST(Cuts, FewLinesOnManyDaysCount) {
    std::vector<PaidDay> const sparse{{0, 1, 1}, {9, 1, 2}, {17, 1, 1}, {40, 0.85, 1}, {44, 0.85, 1}, {50, 0.85, 1}, {61, 1, 1}, {80, 1, 1}};
    auto const cuts = find_cuts(sparse);
    ASSERT_EQ(cuts.size(), 1u);
    EXPECT_EQ(cuts[0].from, 40);
    EXPECT_EQ(cuts[0].to, 51);
}

}  // namespace
}  // namespace kindling::forecast
