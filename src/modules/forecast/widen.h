// modules/forecast/widen.h -- intervals of the shop and its categories made as wide as days were missed that had no part in learning them.
//
// Dispersions are learned at the same origins that models are chosen at, and the shop is one node: three origins are three draws of what moves all goods together, so what fits
// them is too narrow for the next. Each origin in turn is held back (conformal with origins as the parts, for the days of one are missed together; Lei et al. 2018): spread and factors are
// learned at the others, and the least factor on the dispersion is found with which the 80 % band of a level holds 80 % of its days. Of so few origins the level takes the largest, which
// the next one exceeds with a chance of one in their number and one. Dispersions are those of sums at their own level (spread.h), so what goods have in common is in them, and stays so. Never made
// narrower. Products and variants, of which there are thousands, are left as they are.
#pragma once
#include "modules/forecast/spread.h"

namespace kindling::forecast {

// By level, at least 1; 1 where fewer than two origins are known.
std::array<double, level_count> widening(Ground const&, std::span<BackTest const>, Model);
void widen(Spreads&, std::array<double, level_count> const&);

}  // namespace kindling::forecast
