// modules/forecast/boosted.h -- the days ahead of the shop and its categories by one boosted model that learned from all of them (engines/series/global).
//
// Each category's days, without their holidays, are a row of a panel: levels and windows of its own past, the same time of the years before, weekday; what they have in common (a season) is learned from
// all of them together. Holidays ahead are put back as calendar.h found them: a feast seen once or twice is no lesson for trees. Promotions are out of the history already where they are known, and put back when a forecast is read (planned.h). Goods follow their category: the days of another model are multiplied so that the category
// comes to the boosted sum, a category that sells little drawn to what the whole shop does. Quantiles are those of every model: dispersions of missed sums, and levels that follow what came (spread.h, adapt.h).
// XGBoost is opened when it is first used; where it is not installed there is no such model, and the run says so. About a second of processor time an origin for sixty categories of two years.
#pragma once
#include "modules/forecast/moves.h"

namespace kindling::forecast {

inline constexpr std::size_t least_boosted_days = 182;  // of history before an origin

// Of the shop and each category with goods (the first sums of the structure): units of each day ahead. `sums`: of these rows, the days before the origin at least; no others are seen.
// failed_precondition "boosting_absent", "too_few_rows"; unavailable "cancelled".
Result<std::vector<std::vector<float>>> boosted_sums(Ground const&, std::vector<std::vector<double>> const& sums, std::size_t origin, std::size_t horizon, Progress const&);

// How a forecast's categories have to be moved to come to such sums: logarithms of factors by day.
Moves boosted_moves(Ground const&, Means const& from, std::vector<std::vector<float>> const& sums);

}  // namespace kindling::forecast
