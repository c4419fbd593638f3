// engines/series/clean.h -- what is made of a history before anything looks at it: gaps, spikes, interruptions, and a level that jumped for good.
//
// gaps    inside: a line between the neighbours. At the end: left out, and counted; the forecast has to step over them.
// spikes  absurd values become the median of the nearest five that are not. Absurd is, on the scale of logarithms of the sizes that are not zero: a thousand times (and twelve scaled
//         median deviations) above their median with nothing in between for a factor of a hundred; up to three or a quarter of the values, but no five in a row: what stays belongs to the
//         data. In a history that knows no other size, 1e8 and more beside at least eight zeros. Where the series moves at most steps also one or two (or 2 %) that are 50 typical steps away from the median
//         of their five neighbours and ten times as large; in fewer than eight values a thousand times the median of the others. Never what returns at one position of the season in
//         at least half of the seasons.
// runs    of three zeros and more, inside a series that from its first sale to its last one otherwise sells at 95 of 100 steps, begins and ends them at its usual height, and did not pause at the same
//         place of the season before or after: an interruption (a closed shop, no stock). Taken as missing: each step gets the mean of the nearest values at its place in the season on both sides.
//         At most a quarter of that time. Zeros at the ends stay: demand that has not begun, or is over.
// level   the series moved to another level between two steps and stayed there for at least eight steps and a season: both sides lie within an eighth of
//         the jump around their medians (scaled median deviation), neither of which is 0. What came before is moved along, by ratio when all values are positive, so that season
//         and noise are still learned from it and the jump is no longer taken for noise. The latest three are found. O(n) each, by sums of squares.
#pragma once
#include "engines/series/prepare.h"

namespace kindling::series {

// At least one value is not missing. `after` gets the number of missing values at the end.
std::vector<double> complete(std::span<const double> values, std::size_t& after, Flags&);
void replace_spikes(std::vector<double>& y, std::size_t period, Flags&);
// y >= 0, complete; period 1: no season.
void bridge_interruptions(std::vector<double>& y, std::size_t period, Flags&);
// y is complete; period 1: no season.
void move_to_last_level(std::vector<double>& y, std::size_t period, Flags&);

}  // namespace kindling::series
