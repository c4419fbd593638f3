// engines/series/samples.h -- what may come at all nodes of a structure together: samples that add up.
//
// Quantiles node by node say nothing of a sum: the goods of a shop rise and fall together, or make up for each other. A sample is the forecasts of all
// nodes plus the errors that all of them made at the same past steps, a run of steps as long as the horizon, drawn at random (with return) from where such a
// run begins; then reconciled as the forecasts are (hierarchy.h). So every sample adds up, and errors keep what they had in common across nodes and from step
// to step (Panagiotelis, Gamakumara, Athanasopoulos & Hyndman 2023, the joint bootstrap). A function of the seed. Cost: one reconciliation of
// count x steps columns, and that many numbers a node.
#pragma once
#include "engines/series/hierarchy.h"

namespace kindling::series {

// base: forecasts of all nodes [node][step]; errors: their one-step errors over the same past steps, oldest first; growth: what an error of each step is beside one
// of the first (empty: 1 for all). Each of `count` tables: all nodes, coherent. invalid_argument as reconcile(), "hierarchy_shape" when growth does not fit
// the steps or errors have fewer columns than 2.
Result<std::vector<Table>> sample_reconciled(const Structure&, const Table& base, const Table& errors, const Chosen&, std::size_t count, std::uint64_t seed, std::span<const double> growth = {}, Sign = Sign::non_negative);

// The same from misses of whole forecasts, as they were known to come: misses[o] is what came less the reconciled forecast of an earlier origin, all nodes and steps (of
// rolling origins; it adds up, for both do). A sample is the reconciled forecast plus a random mixture of these misses,
//   point + r sum_o z_o misses[o] / sqrt(n),  z normal,  r^2 = freedom / chi-squared(freedom)
// so nodes and steps keep what they had in common at the right distance ahead, levels that no one-step error shows included, and r makes bands wider as fewer origins are
// worth a draw of their own: origins closer than a horizon share what they missed, so freedom is about (last origin - first) / horizon + 1. Negative values are cut where demand cannot be.
// invalid_argument "hierarchy_shape" without misses, where they do not fit point or freedom is not above 0. O(count x origins x bottom x steps).
Result<std::vector<Table>> sample_misses(const Structure&, const Table& point, std::span<const Table> misses, double freedom, std::size_t count, std::uint64_t seed, Sign = Sign::non_negative);

// A miss of an earlier origin as it would be now: of each node and step times how wide its forecast is now beside then (widths above 0, of any one kind). What a series learned of
// itself since is then in the misses of sample_misses.
Table as_wide_as_now(const Table& miss, const Table& width_then, const Table& width_now);

// A band that was given at an earlier origin, and what has come of its first steps since: came has as many columns.
struct PastBand {
    Table low, high, came;
};
// Of each level the factor, 1 to 3, by which these bands had to reach further from their middle to hold the share `share` of what came (split conformal, all nodes and steps of a level together); 1 where
// nothing came. The newest origins show in a few steps what whole misses show a horizon later. Bands as tables of the same nodes.
std::vector<double> reach_needed(const Structure&, std::span<const PastBand>, double share);
// Moves the ends of a band away from its middle by these factors, level by level; below 0 no end goes that was not.
void reach_further(const Structure&, Table& low, Table& high, std::span<const double> factors);

// Of each node and step, the value below which the share `level` (0 .. 1) of the samples lies, on a line between neighbours. At least one sample.
Table quantile_of(std::span<const Table> samples, double level);

}  // namespace kindling::series
