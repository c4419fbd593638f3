// modules/supply/demand.h -- how many units will be asked for over the next days, of every good at every place, with the variance of the sum.
//
// The rate: engines/series, smoothing for goods that sell on most days, its rate for those that do not; the shape of the week: that of the whole shop. The
// variance of a sum of h days is learned from sums: at three earlier origins the same rates are compared with what was then sold in 7, 14, 28 and 56 days, and
//     squared error = slope(h) x mean + square(h) x mean^2
// is fitted over all goods of a kind (often, seldom), so it holds what adding up days would miss: levels that drift, days that move together. One curve does not fit goods of a unit a month and of fifty
// a day alike: each class of busyness then takes what it was missed by beside the curve, as a factor that is drawn to 1 as if fifty windows had fallen as said. Days on which
// the shelf was empty are unknown and left out. Deterministic; `threads` threads.
#pragma once
#include "modules/supply/facts.h"

namespace kindling::supply_module {

// Of one row of ShopStock::stored: units a day, and the variance of the sum of the first 1, 2 ... days; both have `days` entries, day 0 is `first_day`.
struct DemandAhead {
    Day first_day = 0;
    std::vector<float> mean, total_variance;
    std::vector<float> unedited = {};  // mean of a forecast without what people changed in it; empty where they changed nothing
    bool forecast = false;       // of module forecast; otherwise by the rates of this file
    bool seldom = false;         // fewer than one day in four with a sale
    bool short_history = false;  // fewer than 28 known days
    // Sum of the first h days; h may lie between days, and beyond the end goes on at the mean of the last week.
    double sum(double h) const { return sum(mean, h); }
    // By what people changed the sum of the first h days; 1: not at all. Nothing where they expect something and the forecast nothing.
    std::optional<double> edit_factor(double h) const;
    double variance(double h) const;

private:
    static double sum(std::span<float const> days, double h);
};

// What was known on `origin` (<= ShopStock::today): days from there on are not looked at. `days` 1 .. 400.
Result<std::vector<DemandAhead>> demand_ahead(ShopStock const&, Day origin, int days, unsigned threads, Progress const&);

// Puts the forecast that forecast.run kept (planners' edits included) in the place of these rates, row by row, where it is not older than two weeks. Its first day;
// none when there is none to use.
Result<std::optional<Day>> use_forecast(Context const&, ShopStock const&, std::vector<DemandAhead>&);

}  // namespace kindling::supply_module
