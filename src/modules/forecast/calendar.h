// modules/forecast/calendar.h -- what holidays did to demand, learned from the days before an origin and carried to the days after it.
//
// A day's sum is held against the median of the same weekday of the thirteen weeks around it (of those that are known), in logarithms. Around each holiday that the engine
// knows (engines/series/holidays: Chinese calendar, 618, 双11, Western ones; 21 days before to 7 after) what departs is averaged over the years seen, stretch by stretch (warming
// up, the last days, the day, after), and drawn to nothing by how much days depart anyway and how much a feast differs from year to year (empirical Bayes; Efron & Morris 1973). A stretch that departs
// no more than chance would is nothing. Holidays that overlap are taken one after the other, the one that tells most first. A category with eight units a day or more has its own
// effects beside the shop's. Cuts of price that stayed in the history are in what a feast does; what of it they are is found beside it by the same means and weights, from the sums without them (`held`).
#pragma once
#include "engines/series/holidays.h"
#include "modules/forecast/moves.h"

namespace kindling::forecast {

struct Calendar {
    Moves moves;                          // of the days 0 .. origin + horizon - 1
    Moves held;                           // of these moves, what cuts of price did that the history holds on such days (GoodHistory::stays), 0 or more; empty: nothing
    std::vector<series::Holiday> told;    // that moved the shop's demand by more than chance
    bool any = false;                     // of the shop or of a category
};

// before: moves of the same rows that are taken out of the history first (weather.h), or nothing: a heat wave is no feast.
Calendar learn_calendar(Ground const&, std::size_t origin, std::size_t horizon, Moves const& before = {});

// Of each day ahead: log of (what the history without its holidays forecasts, times the holidays ahead) / (what the history as it was forecasts), a category's drawn to the
// shop's by its volume. `base`: forecasts of the history as it was. About 12 ms a category.
// goods: where moves are far more than some feasts (weather.h), the means that are moved: categories then come to what their days without the moves forecast, for goods forget more slowly than the sums of `base` do. Of that goods taken off sale take what they sold of the last four weeks along; the less is sold, the more
// only what the moves change counts.
Moves calendar_shift(Ground const&, Base const&, Calendar const&, std::size_t origin, std::size_t horizon, Means const* goods = nullptr);

// Log of a day's sum over the usual of its weekday in the thirteen weeks around it; `no_departure` where too little is known or hardly anything is sold on that weekday.
inline constexpr double no_departure = -1e9;
std::vector<double> departures(std::span<double const>);

// The sums without their holidays, days before the origin.
std::vector<std::vector<double>> without_holidays(Ground const&, Calendar const&, std::size_t origin);

}  // namespace kindling::forecast
