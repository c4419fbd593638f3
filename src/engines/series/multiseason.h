// engines/series/multiseason.h -- exponential smoothing with several seasons and an autoregressive error (Taylor 2003, 2010).
//
//   mu_t = l + s1_(t mod m1) + s2_(t mod m2) + rho e'_(t-1),   e_t = x_t - mu_t,   each state moves by its share of the error
// in logarithms when every value is positive (so seasons multiply), additive otherwise. First seasons from repeated classical decomposition, the
// shortest first (as MSTL, Bandara, Hyndman & Bergmeir 2021, with means in place of loess). Four to five parameters by simplex, one pass O(n).
#pragma once
#include "engines/series/prepare.h"

namespace kindling::series {

struct MultiseasonFit {
    double alpha = 0.1, rho = 0, deviation = 0;
    std::vector<double> gammas;
    bool logarithms = false;
    std::vector<double> path;  // empty when the series is too short
};
// periods: ascending, at most three, each fits twice into y.
MultiseasonFit fit_multiseason(std::span<const double> y, std::span<const std::size_t> periods, std::size_t horizon);

}  // namespace kindling::series
