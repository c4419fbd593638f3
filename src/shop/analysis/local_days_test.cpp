#include "shop/analysis/analysis_for_test.h"

namespace kindling::shop::analysis {
namespace {

TEST(LocalDays, KnowsTheOffsetsOfTheYear) {
    LocalDays shanghai("Asia/Shanghai"), utc("Etc/UTC"), york("America/New_York"), nowhere("Not/AZone");
    EXPECT_EQ(shanghai.offset(start), 8 * 3'600'000);
    EXPECT_EQ(shanghai.day(start), shanghai.day(start - 1) + 1);
    EXPECT_EQ(utc.offset(start), 0);
    // 2026-03-08 07:00 UTC: New York springs from -5 to -4 hours.
    auto const spring = start_of(day_from_civil(2026, 3, 8)) + 7 * 3'600'000;
    EXPECT_EQ(york.offset(spring - 1), -5 * 3'600'000);
    EXPECT_EQ(york.offset(spring), -4 * 3'600'000);
    EXPECT_TRUE(york.known());
    EXPECT_FALSE(nowhere.known());
    EXPECT_EQ(nowhere.offset(start), 0);
    EXPECT_EQ(utc.day(-1), -1);
}

}  // namespace
}  // namespace kindling::shop::analysis
