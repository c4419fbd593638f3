// engines/series/counts.h -- how many will be asked for: distributions of demand, not intervals around a mean.
//
// Whole numbers: a negative binomial with the forecast's mean, variance = mean + dispersion x mean^2 (Snyder, Ord & Beaumont 2012), mixed
// with the values of the item's own history, newer ones weighing more (Willemain, Smart & Schwarz 2004 without the resampling). Other
// amounts: the probability of a sale and the sizes of the history, scaled to the mean. A level's quantile is the smallest value
// whose distribution function reaches it. Dispersion comes from the history, drawn towards `usual` as if that had been seen 12 times.
#pragma once
#include <span>
#include <vector>

namespace kindling::series {

struct CountShape {
    double usual = 1.0;   // dispersion of goods of this kind
    double own = 0.3;     // share of the own history in the mixture, 0..1
    double forget = 0.97; // weight of a value, for each step since
    double alike = 0;     // share of what goods like it sold (alike.h) at a mean near 0, 0..1; half of it at a mean of 10
};

// The quantiles of one step's demand. history: >= 0, oldest first, not empty; mean >= 0; levels ascending in (0, 1).
// near: what goods like it sold, ascending; empty: its share falls to the others.
std::vector<double> demand_quantiles(std::span<const double> history, double mean, std::span<const double> levels, const CountShape& = {}, std::span<const double> near = {});

// P(X = 0), P(X = 1) ... up to where less than 1e-6 is left (at most 100,000 terms).
std::vector<double> negative_binomial(double mean, double dispersion);

// Dispersion by moments around the newer values' mean, unshrunk and at least 0.
double own_dispersion(std::span<const double> history, double forget);

}  // namespace kindling::series
