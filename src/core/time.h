// core/time.h -- instants and calendar days.
//
// An instant is milliseconds since 1970-01-01 UTC (fields end in _at_ms); a day is a count of days since then, in the shop's
// own time zone. Both are plain integers so that they sort, store and compress well. Civil conversions after H. Hinnant,
// "chrono-Compatible Low-Level Date Algorithms", through std::chrono.
#pragma once
#include "core/result.h"
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace kindling {

using Milliseconds = std::int64_t;  // since the epoch, UTC
using Day = std::int32_t;           // since the epoch

constexpr Milliseconds milliseconds_per_day = 86'400'000;

Milliseconds now_ms();  // the wall clock; engines never call it

constexpr Day day_of(Milliseconds at, Milliseconds zone_offset = 0) {
    auto const local = at + zone_offset;
    return static_cast<Day>(local >= 0 ? local / milliseconds_per_day : (local - milliseconds_per_day + 1) / milliseconds_per_day);
}
constexpr Milliseconds start_of(Day day, Milliseconds zone_offset = 0) { return static_cast<Milliseconds>(day) * milliseconds_per_day - zone_offset; }
constexpr Day day_from_civil(int year, unsigned month, unsigned day) {
    return static_cast<Day>(std::chrono::sys_days(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day)).time_since_epoch().count());
}
constexpr std::chrono::year_month_day civil_from_day(Day day) { return std::chrono::year_month_day(std::chrono::sys_days(std::chrono::days(day))); }
constexpr unsigned weekday_of(Day day) { return std::chrono::weekday(std::chrono::sys_days(std::chrono::days(day))).iso_encoding(); }  // 1 Monday .. 7 Sunday

std::string format_date(Day);              // 2026-11-23
std::string format_time(Milliseconds);     // 2026-11-23T16:44:33.120Z
Result<Day> parse_date(std::string_view);  // 2026-11-23 only; a date that does not exist fails with no_such_date
// ISO 8601 as shops export it: date, optional time with 'T' or blank, optional fraction, optional Z or +hh:mm (else UTC).
Result<Milliseconds> parse_time(std::string_view);

// How a table that people export writes days when it does not begin with the year: "12/1/2010 8:26" is the first of December or the
// twelfth of January, and only whoever knows the table can say.
enum class DateOrder { year_first, month_first, day_first };
// parse_time, and besides: days of one or two digits between '/', '-' or '.', in this order (a day that begins with a year of four digits is read
// in any case); hours of one digit; AM and PM. Year first means that "12/1/2010" fails with ambiguous_date.
Result<Milliseconds> parse_time(std::string_view, DateOrder);

}  // namespace kindling
