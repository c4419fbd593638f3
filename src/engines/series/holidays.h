// engines/series/holidays.h -- days of the year that move demand and do not stay in place: holidays of the Chinese calendar, Easter, shopping days.
//
// The Chinese calendar is computed, not listed: a month begins on the day of the new moon in Beijing (UTC+8), the eleventh holds the winter solstice, and of
// thirteen months between two solstices the first without a principal solar term is the leap month (GB/T 33661-2017). New moons after
// Meeus, Astronomical Algorithms, ch. 49 (seconds), the sun after Meeus, Astronomical Formulae for Calculators, ch. 18 (about two minutes of time).
// Easter after Meeus' form of the Gregorian rule (Anonymous 1876). Pure; microseconds for an Easter, about 0.1 ms for a lunar day.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/time.h"

namespace kindling::series {

enum class Holiday : std::uint8_t {
    new_year, valentine, womens_day, labour_day, childrens_day, national_day,                       // fixed: 1 Jan, 14 Feb, 8 Mar, 1 May, 1 Jun, 1 Oct
    spring_festival, lantern, qingming, dragon_boat, qixi, mid_autumn, double_ninth,                // Chinese calendar; qingming is a solar term
    mid_year_618, singles_day, double_twelve,                                                       // 18 Jun, 11 Nov, 12 Dec
    good_friday, easter, ascension, whit_monday,                                                    // by Easter Sunday: -2, 0, +39, +50 days
    mothers_day, thanksgiving, black_friday, halloween, christmas,                                  // second Sunday of May, fourth Thursday of November and the day after
};
std::string_view name(Holiday);

inline constexpr int first_lunar_year = 1990, last_lunar_year = 2060;  // checked against published calendars; others are refused

// Nothing for a holiday of the Chinese calendar outside first_lunar_year .. last_lunar_year, and for any outside 1800 .. 2200.
std::optional<Day> day_of(Holiday, int year);

struct LunarDate {
    int year = 0;             // that began with the Spring Festival
    unsigned month = 0, day = 0;  // 1 .. 12, 1 .. 30
    bool leap = false;        // the second month of this number
    bool operator==(const LunarDate&) const = default;
};
// Nothing outside 1990-01-27 .. 2061-01-20 (the years above).
std::optional<LunarDate> lunar_date(Day);

// What shops of a place watch; pass them to whoever wants a list.
std::span<const Holiday> chinese_holidays();
std::span<const Holiday> western_holidays();

// Of each of `count` days from `first`: signed days from the nearest such holiday (0 the day itself, 3 three days after), NaN beyond `reach`.
std::vector<float> days_from(Holiday, Day first, std::size_t count, std::size_t step_days = 1, int reach = 28);

}  // namespace kindling::series
