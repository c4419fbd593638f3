// engines/series/harmonics.h -- a long season as a few waves: what weeks know of the year.
//
// A year of weeks has 52 indices and often fewer than ten values for each. Here the changes from step to step (of logarithms when all values are positive) are waves of the
// year instead: 26 pairs of cosine and sine at once, by their correlation with the changes, recent years counting more (half as much four years ago). Each pair is
// shrunk by how far its power exceeds what noise alone would give it (after James & Stein 1961; positive part), so a season that is not there vanishes and
// nothing has to be tested. Changes beyond six typical ones count as six. The year has 365.25 / 7 weeks, not 52. O(waves x length).
#pragma once
#include "engines/series/prepare.h"

namespace kindling::series {

struct WaveSeason {
    bool logs = false;
    std::vector<double> level;  // of each step of the history and of `horizon` more; 0 at the first; to be subtracted from (the logarithm of) a value
    double remove(double y, std::size_t t) const;
    double restore(double x, std::size_t t) const;  // never below 0 when logs
};

// y: complete, at least 2 values; period: steps of a season, at least 2.
WaveSeason fit_waves(std::span<const double> y, double period, std::size_t horizon);
// The length of p's season in steps: p.period, but 365.25 / 7 for 52.
double exact_period(const Prepared& p);
// p without the season: one season, none left.
Prepared without(const Prepared& p, const WaveSeason&);

}  // namespace kindling::series
