// The moon, the sun and Easter, as far as a calendar needs them.
#include "engines/series/holidays.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace kindling::series {

namespace {

constexpr double degree = std::numbers::pi / 180, julian_of_epoch = 2440587.5;  // 1970-01-01 00:00 UTC
constexpr double beijing_days = 8.0 / 24;

double sine(double degrees) { return std::sin(std::fmod(degrees, 360.0) * degree); }

// Ephemeris time minus universal time, in days (Espenak & Meeus 2006, 2005 to 2050; within seconds from 1990 to 2061).
double delta_days(double julian) {
    double const t = (julian - 2451545.0) / 365.25;
    return (62.92 + 0.32217 * t + 0.005589 * t * t) / 86400;
}

// The instant of the k-th new moon since January 2000, in Julian days of universal time.
double new_moon(double k) {
    double const t = k / 1236.85, t2 = t * t, t3 = t2 * t, t4 = t3 * t;
    double const e = 1 - 0.002516 * t - 0.0000074 * t2;
    double const m = 2.5534 + 29.10535670 * k - 0.0000014 * t2 - 0.00000011 * t3;
    double const n = 201.5643 + 385.81693528 * k + 0.0107582 * t2 + 0.00001238 * t3 - 0.000000058 * t4;
    double const f = 160.7108 + 390.67050284 * k - 0.0016118 * t2 - 0.00000227 * t3 + 0.000000011 * t4;
    double const node = 124.7746 - 1.56375588 * k + 0.0020672 * t2 + 0.00000215 * t3;
    double day = 2451550.09766 + 29.530588861 * k + 0.00015437 * t2 - 0.000000150 * t3 + 0.00000000073 * t4;
    day += -0.40720 * sine(n) + 0.17241 * e * sine(m) + 0.01608 * sine(2 * n) + 0.01039 * sine(2 * f) + 0.00739 * e * sine(n - m) - 0.00514 * e * sine(n + m) + 0.00208 * e * e * sine(2 * m) - 0.00111 * sine(n - 2 * f)
         - 0.00057 * sine(n + 2 * f) + 0.00056 * e * sine(2 * n + m) - 0.00042 * sine(3 * n) + 0.00042 * e * sine(m + 2 * f) + 0.00038 * e * sine(m - 2 * f) - 0.00024 * e * sine(2 * n - m) - 0.00017 * sine(node)
         - 0.00007 * sine(n + 2 * m) + 0.00004 * sine(2 * n - 2 * f) + 0.00004 * sine(3 * m) + 0.00003 * sine(n + m - 2 * f) + 0.00003 * sine(2 * n + 2 * f) - 0.00003 * sine(n + m + 2 * f) + 0.00003 * sine(n - m + 2 * f)
         - 0.00002 * sine(n - m - 2 * f) - 0.00002 * sine(3 * n + m) + 0.00002 * sine(4 * n);
    static constexpr double planets[][3] = {{299.77, 0.107408, 0.000325}, {251.88, 0.016321, 0.000165}, {251.83, 26.651886, 0.000164}, {349.42, 36.412478, 0.000126}, {84.66, 18.206239, 0.000110}, {141.74, 53.303771, 0.000062}, {207.14, 2.453732, 0.000060},
                                            {154.84, 7.306860, 0.000056}, {34.52, 27.261239, 0.000047}, {207.19, 0.121824, 0.000042}, {291.34, 1.844379, 0.000040}, {161.72, 24.198154, 0.000037}, {239.56, 25.513099, 0.000035}, {331.55, 3.592518, 0.000023}};
    for (auto const& [angle, rate, size] : planets) day += size * sine(angle + rate * k);
    return day - delta_days(day);
}

// Apparent longitude of the sun in degrees, 0 .. 360, at a Julian day of universal time.
double sun_longitude(double julian) {
    double const t = (julian + delta_days(julian) - 2415020.0) / 36525, t2 = t * t;
    double const mean = 279.69668 + 36000.76892 * t + 0.0003025 * t2, m = 358.47583 + 35999.04975 * t - 0.000150 * t2 - 0.0000033 * t2 * t;
    double const center = (1.919460 - 0.004789 * t - 0.000014 * t2) * sine(m) + (0.020094 - 0.000100 * t) * sine(2 * m) + 0.000293 * sine(3 * m);
    auto const cosine = [](double x) { return sine(x + 90); };
    double const planets = 0.00134 * cosine(153.23 + 22518.7541 * t) + 0.00154 * cosine(216.57 + 45037.5082 * t) + 0.00200 * cosine(312.69 + 32964.3577 * t) + 0.00179 * sine(350.74 + 445267.1142 * t - 0.00144 * t2) + 0.00178 * sine(231.19 + 20.20 * t);
    double const longitude = std::fmod(mean + center + planets - 0.00569 - 0.00479 * sine(259.18 - 1934.142 * t), 360.0);
    return longitude < 0 ? longitude + 360 : longitude;
}

Day beijing_day(double julian) { return static_cast<Day>(std::floor(julian - julian_of_epoch + beijing_days)); }

// The day in Beijing when the sun reaches `longitude`, nearest to `guess`.
Day solar_term(double longitude, Day guess) {
    double julian = julian_of_epoch + guess;
    for (int i = 0; i < 6; ++i) julian += std::remainder(longitude - sun_longitude(julian), 360.0) * 365.2422 / 360;
    return beijing_day(julian);
}

double moons_before(Day day) { return std::floor((day + julian_of_epoch - 2451550.09766) / 29.530588861); }

// The number k of the new moon that began the month which `day` is in.
double month_of(Day day) {
    double k = moons_before(day) + 1;
    while (beijing_day(new_moon(k)) > day) k -= 1;
    return k;
}

// The months from the eleventh of year - 1 (which holds the winter solstice) to the one before the eleventh of `year`.
struct Months {
    double first = 0;
    int count = 12, leap = -1;  // which of them is the leap month
    // Number (11, 12, 1 .. 10) of month i.
    unsigned number(int i) const { return static_cast<unsigned>((i - (leap >= 0 && i >= leap) + 10) % 12 + 1); }
};

Months months_of(int year) {
    Months out{.first = month_of(solar_term(270, day_from_civil(year - 1, 12, 21)))};
    out.count = static_cast<int>(month_of(solar_term(270, day_from_civil(year, 12, 21))) - out.first);
    if (out.count < 13) return out;
    for (int i = 1; i < 13 && out.leap < 0; ++i) {
        // No principal term (a multiple of 30 degrees) from the first day of this month to the day before the next.
        Day const begin = beijing_day(new_moon(out.first + i)), end = beijing_day(new_moon(out.first + i + 1));
        double const next = 30 * std::ceil(sun_longitude(julian_of_epoch + begin - beijing_days) / 30);
        if (solar_term(std::fmod(next, 360.0), begin + 15) >= end) out.leap = i;
    }
    return out;
}

Day computed_day(int year, unsigned month, unsigned day) {
    auto const months = months_of(year);
    int i = 2;
    while (months.number(i) != month || i == months.leap) ++i;
    return beijing_day(new_moon(months.first + i)) + static_cast<Day>(day) - 1;
}

std::optional<Day> lunar_day(int year, unsigned month, unsigned day) {
    if (year < first_lunar_year || year > last_lunar_year) return {};
    return computed_day(year, month, day);
}

Day easter_of(int year) {
    int const a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3, h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7, m = (a + 11 * h + 22 * l) / 451, sum = h + l - 7 * m + 114;
    return day_from_civil(year, static_cast<unsigned>(sum / 31), static_cast<unsigned>(sum % 31 + 1));
}

// The nth weekday (1 Monday .. 7 Sunday) of a month.
Day nth(int year, unsigned month, unsigned weekday, int n) {
    Day const first = day_from_civil(year, month, 1);
    return first + static_cast<Day>((weekday + 7 - weekday_of(first)) % 7) + 7 * (n - 1);
}

}  // namespace

std::string_view name(Holiday h) {
    static constexpr std::string_view names[] = {"new_year", "valentine", "womens_day", "labour_day", "childrens_day", "national_day", "spring_festival", "lantern", "qingming", "dragon_boat", "qixi", "mid_autumn", "double_ninth", "mid_year_618", "singles_day", "double_twelve", "good_friday", "easter", "ascension", "whit_monday", "mothers_day", "thanksgiving", "black_friday", "halloween", "christmas"};
    return names[static_cast<std::size_t>(h)];
}

std::optional<Day> day_of(Holiday holiday, int year) {
    if (year < 1800 || year > 2200) return {};
    switch (holiday) {
        case Holiday::new_year: return day_from_civil(year, 1, 1);
        case Holiday::valentine: return day_from_civil(year, 2, 14);
        case Holiday::womens_day: return day_from_civil(year, 3, 8);
        case Holiday::labour_day: return day_from_civil(year, 5, 1);
        case Holiday::childrens_day: return day_from_civil(year, 6, 1);
        case Holiday::national_day: return day_from_civil(year, 10, 1);
        case Holiday::spring_festival: return lunar_day(year, 1, 1);
        case Holiday::lantern: return lunar_day(year, 1, 15);
        case Holiday::qingming: return year < first_lunar_year || year > last_lunar_year ? std::optional<Day>() : solar_term(15, day_from_civil(year, 4, 5));
        case Holiday::dragon_boat: return lunar_day(year, 5, 5);
        case Holiday::qixi: return lunar_day(year, 7, 7);
        case Holiday::mid_autumn: return lunar_day(year, 8, 15);
        case Holiday::double_ninth: return lunar_day(year, 9, 9);
        case Holiday::mid_year_618: return day_from_civil(year, 6, 18);
        case Holiday::singles_day: return day_from_civil(year, 11, 11);
        case Holiday::double_twelve: return day_from_civil(year, 12, 12);
        case Holiday::good_friday: return easter_of(year) - 2;
        case Holiday::easter: return easter_of(year);
        case Holiday::ascension: return easter_of(year) + 39;
        case Holiday::whit_monday: return easter_of(year) + 50;
        case Holiday::mothers_day: return nth(year, 5, 7, 2);
        case Holiday::thanksgiving: return nth(year, 11, 4, 4);
        case Holiday::black_friday: return nth(year, 11, 4, 4) + 1;
        case Holiday::halloween: return day_from_civil(year, 10, 31);
        case Holiday::christmas: return day_from_civil(year, 12, 25);
    }
    return {};
}

std::optional<LunarDate> lunar_date(Day day) {
    int const civil = static_cast<int>(civil_from_day(day).year());
    if (civil < first_lunar_year || civil > last_lunar_year + 1 || day >= computed_day(last_lunar_year + 1, 1, 1)) return {};
    for (int const year : {civil, civil - 1}) {
        auto const begin = lunar_day(year, 1, 1);
        if (!begin || day < *begin) continue;
        // The year runs into the next solstice's months: its eleventh and twelfth.
        for (int const of : {year, year + 1}) {
            auto const months = months_of(of);
            double const at = month_of(day) - months.first;
            if (at < 0 || at >= months.count) continue;
            int const i = static_cast<int>(at);
            return LunarDate{year, months.number(i), static_cast<unsigned>(day - beijing_day(new_moon(months.first + i)) + 1), i == months.leap};
        }
    }
    return {};
}

std::span<const Holiday> chinese_holidays() {
    static constexpr std::array list = {Holiday::new_year, Holiday::valentine, Holiday::womens_day, Holiday::spring_festival, Holiday::qingming, Holiday::labour_day, Holiday::dragon_boat, Holiday::mid_year_618, Holiday::qixi, Holiday::mid_autumn, Holiday::national_day, Holiday::singles_day, Holiday::double_twelve};
    return list;
}

std::span<const Holiday> western_holidays() {
    static constexpr std::array list = {Holiday::new_year, Holiday::valentine, Holiday::easter, Holiday::labour_day, Holiday::mothers_day, Holiday::ascension, Holiday::whit_monday, Holiday::halloween, Holiday::black_friday, Holiday::christmas};
    return list;
}

std::vector<float> days_from(Holiday holiday, Day first, std::size_t count, std::size_t step_days, int reach) {
    std::vector<float> out(count, NAN);
    if (count == 0) return out;
    Day const last = first + static_cast<Day>((count - 1) * step_days);
    int const from = static_cast<int>(civil_from_day(first - reach).year()), to = static_cast<int>(civil_from_day(last + reach).year());
    for (int year = from; year <= to; ++year) {
        auto const day = day_of(holiday, year);
        if (!day) continue;
        for (std::size_t i = 0; i < count; ++i) {
            Day const away = first + static_cast<Day>(i * step_days) - *day;
            if (std::abs(away) <= reach && !(std::abs(out[i]) <= static_cast<float>(std::abs(away)))) out[i] = static_cast<float>(away);
        }
    }
    return out;
}

}  // namespace kindling::series
