// engines/series/intervals.h -- how far values fell from forecasts that were made before them.
//
// Two quick methods (dynamic Theta and damped trend; with several seasons the card) forecast from up to a dozen earlier origins, each seeing only what came before it; their mean
// misses by r at step h. The spread grows with h as s_h^2 = s^2 (1 + c (h - 1)), 0 <= c <= 1, fitted to those misses; all misses
// divided by s_h are one sample, whose quantiles are mixed with those of Student's t by how many origins there were.
// Of few seasons (less than six, or two of weeks) origins that knew less could tell none. A season of up to 24 steps is then given to them, and the spread is wider by
// what it took from the noise: sqrt((k + 1) / (k - 1)) of k seasons. Where the season before is merely repeated, the misses of that are the sample, for any step alike.
// With a Calibration, made from the real forecasts of many series, the quantiles are those of the conformal scores of all of them
// (split conformal prediction, one score a series and step: Vovk et al. 2005, Lei et al. 2018), so coverage holds for the set whatever the method.
#pragma once
#include "engines/series/methods.h"

namespace kindling::series {

struct Spread {
    double step = 0, growth = 0;    // s and c above, in the prepared unit
    std::vector<double> scores;     // misses / s_h, ascending
    std::size_t origins = 0;
    double at(std::size_t h) const;  // s_h; h: 0 for the next value
    // Of (value - point) / s_h. level inside (0, 1).
    double quantile(double level) const;
};

// fallback: deviation of one-step errors inside the history, used when nothing can be held back.
Spread measure_spread(const Prepared&, std::size_t horizon, double fallback);

double normal_quantile(double level);
// Linear between order statistics, the i-th of n at i / (n + 1); the ends beyond them. Sorted, not empty.
double sample_quantile(std::span<const double> sorted, double level);

// Scores (value - point) / s_h of the forecasts of many series: [step], each ascending.
struct Calibration {
    std::vector<std::vector<double>> scores;
    double quantile(double level, std::size_t h) const;
};

}  // namespace kindling::series
