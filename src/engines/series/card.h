// engines/series/card.h -- seasonal autoregression for hours and days: what the same hour did on the days before.
//
// After the M4 entry that was best on hourly series (Doornik, Castle & Hendry 2020, Card): simple, heavily restricted autoregressions in
// logarithms do better on long seasonal series than large models. With a period m and K seasons of memory
//   x_t = c + sum_k b_k x_(t - k m) + u_t,   u_t = rho u_(t-1) + e_t,
// K m covers the longest season (24 hours: 8 days, so that the same hour of last week is in). b by ridge regression drawn towards plain repetition (1/2 on
// the last season, 1/2 on the longest), rho by regression of u, both twice (Cochrane & Orcutt 1949). Forecasts are iterated.
// O(n K^2) once. Needs K m + 2 m values.
#pragma once
#include "engines/series/prepare.h"

namespace kindling::series {

struct CardFit {
    std::vector<double> weights;  // b_1 .. b_K
    double constant = 0, rho = 0, deviation = 0;
    bool logarithms = false;
    std::vector<double> path;     // empty when the series is too short
};
CardFit fit_card(std::span<const double> y, std::size_t period, std::size_t longest, std::size_t horizon);

}  // namespace kindling::series
