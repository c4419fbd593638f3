// engines/series/closed.h -- positions of the season at which nothing is sold any more: the weekday on which a shop is closed.
//
// A position is closed when its latest values are all 0, at least eight of them, and chance cannot explain it: in the seasons of this run the positions that do sell
// did so at a share s of their steps, and (1 - s)^run is below 1e-5 (always selling: eight seasons; half of the days: seventeen). forecast() leaves such positions out, so that
// level, growth, week and spread are those of the open days, and forecasts 0 of them. Seasons of up to 31 steps; hours, which have two seasons, are left as they are. O(n).
#pragma once
#include "engines/series/series.h"

namespace kindling::series {

struct Closed {
    std::vector<bool> positions = {};  // of t % size; empty when all are open
    bool any() const { return !positions.empty(); }
    bool at(std::size_t t) const { return positions[t % positions.size()]; }
    std::size_t open() const;                                            // how many are not closed, at least 1
    std::vector<double> without(std::span<const double> values) const;  // the values of open positions
};

Closed closed_positions(const Series&);

}  // namespace kindling::series
