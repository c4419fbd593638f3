#include "shop/simulator/calendar.h"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace kindling::shop::simulator {
namespace {

int year_of(Day day) { return static_cast<int>(civil_from_day(day).year()); }
int day_key(Day day) { auto const c = civil_from_day(day); return static_cast<int>(static_cast<unsigned>(c.month()) * 100 + static_cast<unsigned>(c.day())); }

struct Plan {
    char const* key;
    char const* zh;
    char const* en;
    int first, last;  // month × 100 + day; 0: moves with the moon or the week
    std::int64_t budget_minor;
};
constexpr Plan plans[] = {{"new-year-goods", "年货节", "New Year Goods Festival", 0, 0, 9'000'000}, {"queens-day", "38女王节", "Queen's Day", 304, 308, 5'000'000}, {"618", "618年中大促", "618 Mid-Year Sale", 531, 620, 16'000'000},
                          {"back-to-school", "开学季", "Back to School", 818, 903, 6'000'000}, {"golden-week", "中秋国庆", "Golden Week", 926, 1007, 6'000'000}, {"double-11", "双11", "Double 11", 1024, 1111, 20'000'000},
                          {"black-friday", "黑五", "Black Friday", 0, 0, 4'000'000}, {"double-12", "双12", "Double 12", 1208, 1212, 6'000'000}, {"christmas", "圣诞节", "Christmas", 1217, 1225, 5'000'000}};

}  // namespace

Day lunar_new_year(int year) {
    switch (year) {
        case 2022: return day_from_civil(2022, 2, 1);
        case 2023: return day_from_civil(2023, 1, 22);
        case 2024: return day_from_civil(2024, 2, 10);
        case 2025: return day_from_civil(2025, 1, 29);
        case 2026: return day_from_civil(2026, 2, 17);
        case 2027: return day_from_civil(2027, 2, 6);
        case 2028: return day_from_civil(2028, 1, 26);
        case 2029: return day_from_civil(2029, 2, 13);
        case 2030: return day_from_civil(2030, 2, 3);
        default: return 0;
    }
}

Day black_friday(int year) {
    auto day = day_from_civil(year, 11, 1);
    while (weekday_of(day) != 4) ++day;
    return day + 22;
}

double calendar_lift(Day day) {
    double lift = weekday_of(day) >= 6 ? 1.14 : weekday_of(day) == 5 ? 1.04 : 0.97;
    auto const key = day_key(day);
    if (key == 618) lift *= 2.6; else if (key >= 616 && key <= 620) lift *= 1.5; else if (key >= 531 && key <= 603) lift *= 1.7; else if (key >= 604 && key <= 615) lift *= 1.15;
    if (key == 1111) lift *= 3.4; else if (key == 1110 || key == 1101 || key == 1031) lift *= 2.0; else if (key >= 1024 && key <= 1109) lift *= 1.3; else if (key >= 1112 && key <= 1116) lift *= 0.75;
    if (key == 1212) lift *= 1.8; else if (key >= 1209 && key <= 1211) lift *= 1.2;
    if (key >= 1218 && key <= 1224) lift *= 1.2;
    if (key == 308) lift *= 1.5;
    if (key >= 1001 && key <= 1007) lift *= 0.9;
    auto const year = year_of(day);
    if (auto const moon = lunar_new_year(year); moon != 0) {
        if (day >= moon - 3 && day <= moon + 5) lift *= 0.42;
        else if (day >= moon - 20 && day < moon - 6) lift *= 1.4;
    }
    if (auto const friday = black_friday(year); day >= friday && day <= friday + 3) lift *= 1.25;
    return lift;
}

double yearly_season(Day day, double peak_month, double swing) {
    auto const civil = civil_from_day(day);
    auto const month = static_cast<double>(static_cast<unsigned>(civil.month())) + (static_cast<double>(static_cast<unsigned>(civil.day())) - 1) / 31.0;
    return 1 + swing * std::cos((month - peak_month) / 12.0 * 6.283185307179586);
}

double hour_share(int hour) {
    static constexpr double weight[24] = {2.2, 1.1, 0.5, 0.3, 0.2, 0.3, 0.9, 2.0, 3.3, 4.6, 5.4, 5.2, 5.6, 5.2, 4.8, 4.7, 4.6, 4.4, 4.6, 6.0, 7.8, 8.9, 8.0, 4.8};
    static double const total = [] { double sum = 0; for (auto w : weight) sum += w; return sum; }();
    return weight[hour] / total;
}

std::vector<Campaign> plan_campaigns(Day first, Day last) {
    std::vector<Campaign> out;
    for (int year = year_of(first); year <= year_of(last); ++year)
        for (auto const& plan : plans) {
            auto const civil = [&](int key) { return day_from_civil(year, static_cast<unsigned>(key / 100), static_cast<unsigned>(key % 100)); };
            Day begin = 0, end = 0;
            if (plan.first != 0) begin = civil(plan.first), end = civil(plan.last);
            else if (std::string_view(plan.key) == "black-friday") begin = black_friday(year), end = begin + 3;
            else if (auto const moon = lunar_new_year(year); moon != 0) begin = moon - 22, end = moon - 5;
            else continue;
            if (end < first || begin > last) continue;
            out.push_back({fmt::format("{}-{}", year, plan.key), {fmt::format("{}年{}", year, plan.zh), fmt::format("{} {}", plan.en, year)}, begin, end, plan.budget_minor});
        }
    std::sort(out.begin(), out.end(), [](auto const& a, auto const& b) { return a.first_day < b.first_day; });
    return out;
}

}  // namespace kindling::shop::simulator
