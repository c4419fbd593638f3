#include "shop/people/time_zones.h"
#include <gtest/gtest.h>

namespace kindling::shop {
namespace {

TEST(WallClock, KnowsTheOffsetsOfTheYear) {
    auto const start = start_of(day_from_civil(2026, 3, 1)) - 8 * 3'600'000;   // the first moment of a day in Shanghai
    WallClock shanghai("Asia/Shanghai"), utc("Etc/UTC"), york("America/New_York"), nowhere("Not/AZone");
    EXPECT_EQ(shanghai.offset(start), 8 * 3'600'000);
    EXPECT_EQ(shanghai.day(start), shanghai.day(start - 1) + 1);
    EXPECT_EQ(utc.offset(start), 0);
    // 2026-03-08 07:00 UTC: New York springs from -5 to -4 hours.
    auto const spring = start_of(day_from_civil(2026, 3, 8)) + 7 * 3'600'000;
    EXPECT_EQ(york.offset(spring - 1), -5 * 3'600'000);
    EXPECT_EQ(york.offset(spring), -4 * 3'600'000);
    EXPECT_TRUE(is_time_zone("America/New_York"));
    EXPECT_FALSE(is_time_zone("Not/AZone"));
    EXPECT_EQ(nowhere.offset(start), 0);
    EXPECT_EQ(utc.day(-1), -1);
}

TEST(WallClock, TellsTheInstantOfALocalTime) {
    WallClock york("America/New_York");
    auto const spring = start_of(day_from_civil(2026, 3, 8)), autumn = start_of(day_from_civil(2026, 11, 1));
    constexpr Milliseconds hour = 3'600'000;
    EXPECT_EQ(york.instant(spring + hour), spring + hour + 5 * hour);
    EXPECT_EQ(york.instant(spring + 2 * hour + hour / 2), spring + 3 * hour + hour / 2 + 4 * hour) << "left out by the change: an hour later";
    EXPECT_EQ(york.instant(autumn + hour + hour / 2), autumn + hour + hour / 2 + 4 * hour) << "comes twice: the first";
}

}  // namespace
}  // namespace kindling::shop
