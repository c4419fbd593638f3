// engines/series/stl.h -- a series taken apart into trend, one or several seasons and the rest by local lines (loess).
//
// STL (Cleveland, Cleveland, McRae & Terpenning 1990): the values at one position of the season are smoothed over the seasons by local lines, what is left of
// trend in that (moving averages, smoothed) is taken out of it, the rest is smoothed into the trend; five rounds, no robustness weights. Seasons may change
// slowly, which indices may not. MSTL (Bandara, Hyndman & Bergmeir 2021) does so for each season in turn, the shortest first, twice.
// Checked against statsmodels 0.15 to 1e-8. O(rounds x n x window). Pure and deterministic.
#pragma once
#include <cstddef>
#include <span>
#include <vector>

namespace kindling::series {

// Local lines with tricube weights over the `window` nearest of equally spaced values (window odd, at least 3; more than there are values: a wider kernel).
std::vector<double> loess(std::span<const double> y, std::size_t window);

struct StlParts {
    std::vector<double> trend;
    std::vector<std::vector<double>> seasons;  // one a period, each as long as the series
    std::vector<double> rest;                  // y = trend + seasons + rest
};

// period: at least 2, at most half of y.size(). seasonal_window: how many seasons a position is smoothed over, odd, at least 3.
StlParts stl(std::span<const double> y, std::size_t period, std::size_t seasonal_window = 7);
// periods: ascending, each as above; windows 11, 15, 19 ...
StlParts mstl(std::span<const double> y, std::span<const std::size_t> periods);

}  // namespace kindling::series
