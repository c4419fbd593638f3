// engines/series/arima.h -- ARIMA(p,d,q)(P,D,Q)_m from a small grid, chosen by AICc.
//
// d by the KPSS test (Kwiatkowski et al. 1992, 5 %), D by the strength of season (over 0.64, Wang, Smith & Hyndman 2006), orders by the stepwise
// search of Hyndman & Khandakar (2008) with p, q <= 3 and P, Q <= 1. Fitted by conditional least squares with Levenberg-Marquardt; the
// coefficients are functions of partial autocorrelations (Monahan 1984), so every tried model is stationary and invertible.
// Values before the series count as its mean, so all orders use the same number of residuals and their AICc can be compared.
// About 15 models x 30 passes.
#pragma once
#include "engines/series/prepare.h"

namespace kindling::series {

struct ArimaOrder {
    int p = 0, d = 0, q = 0, seasonal_p = 0, seasonal_d = 0, seasonal_q = 0;
    bool constant = false;
    friend bool operator==(const ArimaOrder&, const ArimaOrder&) = default;
};

struct ArimaFit {
    ArimaOrder order;
    double criterion = 0;  // AICc
    double deviation = 0;
    std::vector<double> path;
};

// The best order of the grid for y with this period (1: no season); y: at least 6 values, scaled to mean absolute value near 1.
ArimaFit choose_arima(std::span<const double> y, std::size_t period, std::size_t horizon);
// One order; needs more values than parameters and differences.
ArimaFit fit_arima(std::span<const double> y, std::size_t period, std::size_t horizon, ArimaOrder);

}  // namespace kindling::series
