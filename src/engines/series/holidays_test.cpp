// The computed calendar against published ones: every Spring Festival from 1990 to 2060, leap months, feasts of single years, Easter.
#include "engines/series/holidays.h"

#include <gtest/gtest.h>

#include <cmath>

namespace kindling::series {
namespace {

Day date(std::string_view text) { return *parse_date(text); }

TEST(Holidays, KnowEverySpringFestivalFrom1990To2060) {
    // As printed in the calendars of the Purple Mountain and the Hong Kong observatories: month and day of 1990, 1991, ...
    static constexpr int published[] = {127, 215, 204, 123, 210, 131, 219, 207, 128, 216, 205, 124, 212, 201, 122, 209, 129, 218, 207, 126, 214, 203, 123, 210, 131, 219, 208, 128, 216, 205, 125, 212, 201, 122, 210, 129, 217, 206, 126, 213, 203, 123, 211, 131, 219, 208,
                                        128, 215, 204, 124, 212, 201, 122, 210, 130, 217, 206, 126, 214, 202, 123, 211, 201, 219, 208, 128, 215, 204, 124, 212, 202};
    int year = first_lunar_year;
    for (int const day : published) {
        EXPECT_EQ(format_date(*day_of(Holiday::spring_festival, year)), format_date(day_from_civil(year, static_cast<unsigned>(day / 100), static_cast<unsigned>(day % 100))));
        ++year;
    }
    EXPECT_EQ(year, last_lunar_year + 1);
    EXPECT_FALSE(day_of(Holiday::spring_festival, first_lunar_year - 1));
    EXPECT_FALSE(day_of(Holiday::mid_autumn, last_lunar_year + 1));
}

TEST(Holidays, KnowFeastsOfTheYear) {
    struct { Holiday holiday; std::string_view day; } static constexpr published[] = {
        {Holiday::dragon_boat, "2008-06-08"}, {Holiday::dragon_boat, "2020-06-25"}, {Holiday::dragon_boat, "2023-06-22"}, {Holiday::dragon_boat, "2024-06-10"}, {Holiday::dragon_boat, "2025-05-31"}, {Holiday::dragon_boat, "2026-06-19"},
        {Holiday::mid_autumn, "2008-09-14"}, {Holiday::mid_autumn, "2020-10-01"}, {Holiday::mid_autumn, "2023-09-29"}, {Holiday::mid_autumn, "2024-09-17"}, {Holiday::mid_autumn, "2025-10-06"}, {Holiday::mid_autumn, "2026-09-25"}, {Holiday::mid_autumn, "2033-09-08"},
        {Holiday::qingming, "2019-04-05"}, {Holiday::qingming, "2020-04-04"}, {Holiday::qingming, "2023-04-05"}, {Holiday::qingming, "2024-04-04"}, {Holiday::qingming, "2026-04-05"},
        {Holiday::qixi, "2024-08-10"}, {Holiday::qixi, "2025-08-29"}, {Holiday::lantern, "2024-02-24"}, {Holiday::double_ninth, "2024-10-11"},
        {Holiday::easter, "1990-04-15"}, {Holiday::easter, "2000-04-23"}, {Holiday::easter, "2008-03-23"}, {Holiday::easter, "2011-04-24"}, {Holiday::easter, "2024-03-31"}, {Holiday::easter, "2038-04-25"}, {Holiday::good_friday, "2024-03-29"}, {Holiday::ascension, "2024-05-09"}, {Holiday::whit_monday, "2024-05-20"},
        {Holiday::black_friday, "2024-11-29"}, {Holiday::mothers_day, "2024-05-12"}, {Holiday::singles_day, "2024-11-11"}, {Holiday::mid_year_618, "2024-06-18"}};
    for (auto const& [holiday, day] : published) EXPECT_EQ(format_date(*day_of(holiday, static_cast<int>(civil_from_day(date(day)).year()))), day) << name(holiday);
}

TEST(Holidays, PutLeapMonthsWhereTheCalendarDoes) {
    // 2033 is the year that many programs got wrong: its leap month follows the eleventh.
    struct { std::string_view day; LunarDate is; } static constexpr published[] = {
        {"2020-05-23", {2020, 4, 1, true}}, {"2023-03-22", {2023, 2, 1, true}}, {"2025-07-25", {2025, 6, 1, true}}, {"2033-12-22", {2033, 11, 1, true}}, {"2034-01-20", {2033, 12, 1, false}}, {"2024-02-09", {2023, 12, 30, false}}, {"2024-02-10", {2024, 1, 1, false}}, {"2017-07-23", {2017, 6, 1, true}}, {"2014-10-24", {2014, 9, 1, true}}};
    for (auto const& [day, is] : published) EXPECT_EQ(lunar_date(date(day)), is) << day;
    EXPECT_FALSE(lunar_date(date("1990-01-26")));
    EXPECT_FALSE(lunar_date(date("2061-01-21")));
}

TEST(Holidays, CountDaysToTheNearest) {
    auto const away = days_from(Holiday::christmas, date("2023-12-20"), 400);
    EXPECT_EQ(away[0], -5);
    EXPECT_EQ(away[5], 0);
    EXPECT_EQ(away[33], 28);
    EXPECT_TRUE(std::isnan(away[34]));
    EXPECT_EQ(away[371], 0) << "2024-12-25";
    EXPECT_EQ(days_from(Holiday::christmas, date("2023-12-18"), 2, 7)[1], 0) << "weeks";
}

}  // namespace
}  // namespace kindling::series
