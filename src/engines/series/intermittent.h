// engines/series/intermittent.h -- the rate of demand that is mostly zero.
//
//   Croston 1972       smooths sizes and intervals apart, rate = size / interval (biased upwards)
//   SBA                (1 - alpha/2) x Croston (Syntetos & Boylan 2005)
//   TSB                smooths size and probability, the latter at every step, so the rate falls while nothing sells (Teunter, Syntetos & Babai 2011)
//   ADIDA              sums blocks as long as the mean interval, smooths them, spreads evenly (Nikolopoulos et al. 2011)
//   IMAPA              mean of that over all block lengths up to the mean interval (Petropoulos & Kourentzes 2015)
// Rates are per step, flat over the horizon, O(n) each (IMAPA: O(n x interval)). y >= 0, not empty. All give 0 for no demand.
#pragma once
#include <cstddef>
#include <span>

namespace kindling::series {

double croston(std::span<const double> y, double alpha = 0.1);
double sba(std::span<const double> y, double alpha = 0.1);
double tsb(std::span<const double> y, double alpha_size = 0.1, double alpha_probability = 0.1);
double adida(std::span<const double> y, double interval);
double imapa(std::span<const double> y, double interval);
// Simple smoothing with alpha by least squares within [0.01, 0.5]; starts at the mean of the first quarter.
double smoothed_rate(std::span<const double> y);

}  // namespace kindling::series
