// modules/forecast/weather_chance.h -- whether sales follow the weather by more than chance would have it.
//
// How far days depart from their usual is held against how far the weather of the same days departs, number by number (weather.h): of the shop, and of each category less the shop, so that what moves all at once (a campaign, a slow month) is no noise between them. Both are filtered by how much of
// one day's departure the next keeps (a first-order autoregression of each sum). Then the same is asked of weather of other days: the whole series of days that have weather moved by four weeks or more, its end coming before its beginning, which keeps how days of weather and of sales hang together, from day to
// day and from category to category (a randomization test; Edgington 1980). Of eight answers, four numbers of the shop and of its categories, the strongest counts, there as here, so that looking eight times gives chance no more room (Westfall & Young 1993).
// Only days that were are asked, once a run; no forecast is made for it. About 4 ns a category, day and shift.
#pragma once
#include "modules/forecast/weather.h"

namespace kindling::forecast {

inline constexpr std::size_t weather_shifts = 240;
inline constexpr double most_weather_chance = 0.02;  // with which the weather is still followed
// The share of shifts at which other days' weather explains as much of the days before the origin as their own does; nothing where too little is known. holidays: moves of the shop and its categories that are taken out first, or nothing.
std::optional<double> weather_chance(Ground const&, Moves const& holidays, std::size_t origin, unsigned threads);

}  // namespace kindling::forecast
