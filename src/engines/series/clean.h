// engines/series/clean.h -- what is made of a history before anything looks at it: gaps, spikes, and a level that jumped for good.
//
// gaps    inside: a line between the neighbours. At the end: left out, and counted; the forecast has to step over them.
// spikes  absurd single values (50 typical steps away from the median of their five neighbours and ten times as large; in fewer than eight values: a
//         thousand times the median of the others) become that median. At most two, or 2 % of the values, and none when all stand at one position of the
//         season: what is merely large, or returns, belongs to the data.
// level   the series moved to another level between two steps and stayed there for at least eight steps and a season: both sides lie within an eighth of
//         the jump around their medians (scaled median deviation), neither of which is 0. What came before is moved along, by ratio when all values are positive, so that season
//         and noise are still learned from it and the jump is no longer taken for noise. The latest three are found. O(n) each, by sums of squares.
#pragma once
#include "engines/series/prepare.h"

namespace kindling::series {

// At least one value is not missing. `after` gets the number of missing values at the end.
std::vector<double> complete(std::span<const double> values, std::size_t& after, Flags&);
void replace_spikes(std::vector<double>& y, std::size_t period, Flags&);
// y is complete; period 1: no season.
void move_to_last_level(std::vector<double>& y, std::size_t period, Flags&);

}  // namespace kindling::series
