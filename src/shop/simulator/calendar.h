// shop/simulator/calendar.h -- Chinese and Western shopping days, and the campaigns and seasons that follow from them.
#pragma once
#include "core/random.h"
#include "shop/simulator/world.h"

namespace kindling::shop::simulator {

// 春节, the first day of the lunar year, tabulated for 2022..2030; 0 outside.
Day lunar_new_year(int year);
Day black_friday(int year);  // the day after the fourth Thursday of November

// Factor on all demand of a day: weekday and holidays, 1 on a plain working day.
double calendar_lift(Day);
// Factor of a category's own year: 1 + swing × cos(distance from its peak).
double yearly_season(Day, double peak_month, double swing);
// Share of a day's visits by hour of day, 0..23, sum 1.
double hour_share(int hour);

// All campaigns that touch first..last, in order; key "2026-double-11".
std::vector<Campaign> plan_campaigns(Day first, Day last);

}  // namespace kindling::shop::simulator
