#include "core/time.h"
#include <charconv>
#include <fmt/format.h>

namespace kindling {

namespace {

std::unexpected<Error> bad(std::string_view text, std::string_view wanted) {
    return fail(Errc::invalid_argument, "malformed_time", fmt::format("\"{}\" is not a time; write {}.", text.substr(0, 40), wanted));
}

// Reads exactly `digits` digits at the front of `s` and moves past them.
bool take(std::string_view& s, std::size_t digits, int& out) {
    if (s.size() < digits) return false;
    for (std::size_t i = 0; i < digits; ++i)
        if (s[i] < '0' || s[i] > '9') return false;
    std::from_chars(s.data(), s.data() + digits, out);
    s.remove_prefix(digits);
    return true;
}

bool take(std::string_view& s, char c) {
    if (s.empty() || s[0] != c) return false;
    s.remove_prefix(1);
    return true;
}

Result<Day> take_date(std::string_view& s, std::string_view whole) {
    int year, month, day;
    if (!take(s, 4, year) || !take(s, '-') || !take(s, 2, month) || !take(s, '-') || !take(s, 2, day)) return bad(whole, "2026-11-23");
    auto const civil = std::chrono::year(year) / month / day;
    if (!civil.ok()) return fail(Errc::invalid_argument, "no_such_date", fmt::format("{} is not a day of the calendar.", whole.substr(0, 10)));
    return day_from_civil(year, static_cast<unsigned>(month), static_cast<unsigned>(day));
}

}  // namespace

Milliseconds now_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

std::string format_date(Day day) {
    auto const civil = civil_from_day(day);
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(civil.year()), static_cast<unsigned>(civil.month()), static_cast<unsigned>(civil.day()));
}

std::string format_time(Milliseconds at) {
    auto const day = day_of(at);
    auto const rest = at - start_of(day);
    return fmt::format("{}T{:02}:{:02}:{:02}.{:03}Z", format_date(day), rest / 3'600'000, rest / 60'000 % 60, rest / 1000 % 60, rest % 1000);
}

Result<Day> parse_date(std::string_view text) {
    auto s = text;
    auto const day = TRY(take_date(s, text));
    if (!s.empty()) return bad(text, "2026-11-23");
    return day;
}

Result<Milliseconds> parse_time(std::string_view text) {
    constexpr std::string_view wanted = "2026-11-23T16:44:33Z";
    auto s = text;
    auto const day = TRY(take_date(s, text));
    if (s.empty()) return start_of(day);
    if (!take(s, 'T') && !take(s, ' ')) return bad(text, wanted);
    int hour = 0, minute = 0, second = 0;
    if (!take(s, 2, hour) || !take(s, ':') || !take(s, 2, minute)) return bad(text, wanted);
    if (take(s, ':') && !take(s, 2, second)) return bad(text, wanted);
    if (hour > 23 || minute > 59 || second > 60) return bad(text, wanted);
    Milliseconds fraction = 0;
    if (take(s, '.')) {
        int scale = 100, digit = 0, digits = 0;
        while (take(s, 1, digit)) fraction += digit * scale, scale /= 10, ++digits;
        if (digits == 0) return bad(text, wanted);
    }
    Milliseconds offset = 0;
    if (s.size() > 1 && s[0] == ' ') s.remove_prefix(1);
    if (!take(s, 'Z') && !s.empty()) {
        auto const sign = s[0] == '-' ? -1 : 1;
        int h = 0, m = 0;
        if ((!take(s, '+') && !take(s, '-')) || !take(s, 2, h)) return bad(text, wanted);
        take(s, ':');
        if (!s.empty() && !take(s, 2, m)) return bad(text, wanted);
        if (h > 15 || m > 59) return bad(text, wanted);
        offset = sign * (h * 3'600'000ll + m * 60'000ll);
    }
    if (!s.empty()) return bad(text, wanted);
    return start_of(day) + hour * 3'600'000ll + minute * 60'000ll + second * 1000ll + fraction - offset;
}

namespace {

// One to `most` digits.
bool take_number(std::string_view& s, std::size_t most, int& out, std::size_t& digits) {
    digits = 0;
    for (out = 0; digits < s.size() && digits < most && s[digits] >= '0' && s[digits] <= '9'; ++digits) out = out * 10 + (s[digits] - '0');
    s.remove_prefix(digits);
    return digits > 0;
}

}  // namespace

Result<Milliseconds> parse_time(std::string_view text, DateOrder order) {
    constexpr std::string_view wanted = "2026-11-23 16:44";
    auto s = text;
    int part[3];
    std::size_t digits[3];
    if (!take_number(s, 4, part[0], digits[0]) || s.empty()) return bad(text, wanted);
    char const between = s[0];
    if (between != '/' && between != '-' && between != '.') return bad(text, wanted);
    if (digits[0] == 4 && between == '-' && text.size() >= 10 && text[7] == '-')
        if (auto const strict = parse_time(text)) return strict;
    for (int i = 1; i < 3; ++i)
        if (!take(s, between) || !take_number(s, 4, part[i], digits[i])) return bad(text, wanted);
    if (digits[0] != 4 && order == DateOrder::year_first)
        return fail(Errc::invalid_argument, "ambiguous_date", fmt::format("\"{}\" may begin with the month or with the day; say which.", text.substr(0, 40)));
    int const at_year = digits[0] == 4 ? 0 : 2;
    int const at_month = at_year == 0 ? 1 : order == DateOrder::month_first ? 0 : 1;
    int const at_day = at_year == 0 ? 2 : 1 - at_month;
    if (digits[at_year] != 4 || digits[at_month] > 2 || digits[at_day] > 2) return bad(text, wanted);
    auto const civil = std::chrono::year(part[at_year]) / part[at_month] / part[at_day];
    if (!civil.ok()) return fail(Errc::invalid_argument, "no_such_date", fmt::format("{} is not a day of the calendar.", text.substr(0, 10)));
    auto const begin = start_of(day_from_civil(part[at_year], static_cast<unsigned>(part[at_month]), static_cast<unsigned>(part[at_day])));
    if (s.empty()) return begin;
    if (!take(s, 'T') && !take(s, ' ')) return bad(text, wanted);
    int hour = 0, minute = 0, second = 0;
    std::size_t n;
    if (!take_number(s, 2, hour, n) || !take(s, ':') || !take(s, 2, minute)) return bad(text, wanted);
    if (take(s, ':') && !take(s, 2, second)) return bad(text, wanted);
    if (!s.empty() && s[0] == ' ') s.remove_prefix(1);
    if (s.size() == 2 && (s[0] == 'A' || s[0] == 'a' || s[0] == 'P' || s[0] == 'p') && (s[1] == 'M' || s[1] == 'm')) {
        if (hour < 1 || hour > 12) return bad(text, wanted);
        hour = hour % 12 + (s[0] == 'P' || s[0] == 'p' ? 12 : 0);
        s = {};
    }
    if (!s.empty() || hour > 23 || minute > 59 || second > 60) return bad(text, wanted);
    return begin + hour * 3'600'000ll + minute * 60'000ll + second * 1000ll;
}

}  // namespace kindling
