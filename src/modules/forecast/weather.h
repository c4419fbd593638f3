// modules/forecast/weather.h -- what the weather did to demand, learned from the days before an origin and carried to the days after it.
//
// A day's sum is held against the usual of its weekday around it (calendar.h, without its holidays); how far it departs is explained by how far the day's weather departs from that of the same thirteen weeks, in four numbers:
// degrees from the season's mean, degrees above the hottest tenth of days and below the coldest, and rain (log of 1 + mm). The season's mean is a mean and two waves of the year, fitted to the days before the origin. Ridge regression
// draws the shop's effects to nothing and each category's to the shop's, by how much days depart anyway (Hoerl & Kennard 1970; as empirical Bayes does). Lines, not trees: a season holds few hot weeks, and what moves every
// category at once is one lesson a day however many categories there are. Effects are taken out of the history before it is forecast, so that last week's heat is not next month's level, and put back for the days ahead: by the
// weather that is known of them, and beyond by the season's mean, which adds nothing. Earlier origins know as many days ahead as the newest does (days of a forecast that was taken in), though by what came.
// 330 days of weather and 182 of sales before an origin are needed. Whether any of it is more than chance, weather_chance.h tells.
#pragma once
#include "modules/forecast/moves.h"

namespace kindling::forecast {

inline constexpr std::size_t least_weather_days = 330, least_weathered_sales = 182, weather_numbers = 4;
using WeatherNumbers = std::array<double, weather_numbers>;
using WeatherEffect = std::array<double, weather_numbers>;  // logarithms: of a degree from the season's mean, of a degree above hot, of a degree below cold, of one more in log(1 + mm)

// The weather of days counted from the first of the history, as it may be known at an origin: from the season's mean where it is not known.
struct Climate {
    std::vector<double> temperature, rain;  // °C, log(1 + mm); days 0 .. origin + horizon - 1
    std::vector<double> mean;               // of the season, °C
    double mean_rain = 0, hot = 0, cold = 0;
    std::size_t known = 0, known_ahead = 0; // days with weather before the origin (those before the history too), after it
    // What these numbers are on a day that is `warmer` degrees warmer than it is; 0 each on a day as the season's mean.
    WeatherNumbers at(std::size_t day, double warmer = 0) const;
};
// Days are counted from `first`. Nothing where too little is known.
std::optional<Climate> climate_of(DailyWeather const&, Day first, std::size_t origin, std::size_t horizon);

// Of each day the numbers less their mean over the thirteen weeks around it.
std::vector<WeatherNumbers> departed_weather(Climate const&, std::size_t days);
// Of each day before the origin how far a sum, its holidays taken out, departs from its usual; `no_departure` where that is not known.
std::vector<double> departures_without(Ground const&, Moves const& holidays, std::size_t row, std::size_t origin);

struct Weathered {
    Climate climate;
    std::vector<WeatherEffect> effects;     // of the shop, then of each category with goods
    Moves moves;                            // of these, days 0 .. origin + horizon - 1
};
// holidays: moves of the same rows that are taken out first, or nothing.
std::optional<Weathered> learn_weather(Ground const&, Moves const& holidays, std::size_t origin, std::size_t horizon);

}  // namespace kindling::forecast
