// engines/series/ces.h -- complex exponential smoothing (Svetunkov, Kourentzes & Ord 2022, Naval Research Logistics 69(8)).
//
// A level l and a second state c for what the level leaves out; one complex parameter instead of a choice of trend:
//   y_t = l_(t-1) + e_t
//   l_t = l_(t-1) - (1 - a1) c_(t-1) + (a0 - a1) e_t
//   c_t = l_(t-1) + (1 - a0) c_(t-1) + (a0 + a1) e_t
// Errors are linear in (l_0, c_0), so these are solved for; (a0, a1) is searched inside the stable region (both roots of the filter inside
// the unit circle). About 60 passes over the deseasonalised series.
#pragma once
#include <span>
#include <vector>

namespace kindling::series {

struct CesFit {
    double a0 = 1.3, a1 = 1;
    double deviation = 0;  // of one-step errors
    std::vector<double> path;
};

CesFit fit_ces(std::span<const double> y, std::size_t horizon);

}  // namespace kindling::series
