// engines/series/combine.h -- several paths into one, and the range that a path may lie in.
//
// A method whose path leaves the range of the history is not asked again: linear and multiplicative models on awkward data answer
// 1e9 for a demand of 1 to 50, and one such answer outweighs every other care. The range reaches beyond the history by its own
// width, and by three times the width per length of history that the horizon is ahead.
#pragma once
#include "engines/series/methods.h"

namespace kindling::series {

struct Range {
    double low = 0, high = 0, width = 0, length = 1;
    bool non_negative = false;
    double low_at(std::size_t h) const;   // h: 0 for the next value
    double high_at(std::size_t h) const;
    bool holds(std::span<const double> path) const;  // false for NaN as well
};
Range range_of(const Prepared&);

// values: one of each member. weights: used by `mean` and when they are not equal. Sorts values for the median and the trimmed mean.
double combine(std::vector<double>& values, std::span<const double> weights, Combine);

// Weights in proportion to 1 / mean squared error of each method at up to three origins before the end, each shortened by at least
// `horizon` (or a third of the series when that is shorter); equal weights for series too short to hold anything back. Sum 1.
std::vector<double> rolling_weights(const Prepared&, std::span<const Method>, std::size_t horizon);

}  // namespace kindling::series
