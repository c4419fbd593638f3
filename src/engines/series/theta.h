// engines/series/theta.h -- the Theta method, as it won M3 and as it can be fitted.
//
// Theta (Assimakopoulos & Nikolopoulos 2000) is simple exponential smoothing with a drift of half the slope of a line through the data
// (Hyndman & Billah 2003). The dynamic optimised form (Fiorucci, Pellegrini, Louzada, Petropoulos & Koehler 2016, DOTM) fits theta and
// moves the line with the data:
//   mu_t = l_(t-1) + w [ (1-alpha)^(t-1) A_(t-1) + (1 - (1-alpha)^t)/alpha B_(t-1) ],  w = 1 - 1/theta,
//   l_t = alpha y_t + (1-alpha) l_(t-1);  A, B: intercept and slope of the regression of y_1 .. y_t on time.
// The authors search (l_0, alpha, theta) with a simplex. But mu is linear in l_0 and w, and A, B do not depend on the parameters, so for
// each alpha both are a 2 x 2 least squares problem (w within [0, 1)), and only alpha is searched: about 20 passes in all.
// Both work on the deseasonalised series; see Prepared.
#pragma once
#include "engines/series/prepare.h"

namespace kindling::series {

struct ThetaFit {
    double alpha = 0.5, weight = 0.5, level = 0;  // weight: w above; level: l_0
    double deviation = 0;                         // of one-step errors
    std::vector<double> path;                     // of the horizon asked for
};

ThetaFit fit_theta(std::span<const double> y, std::size_t horizon);
ThetaFit fit_dynamic_theta(std::span<const double> y, std::size_t horizon);

}  // namespace kindling::series
