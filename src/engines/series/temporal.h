// engines/series/temporal.h -- a series and its own sums over time, forecast each and made to add up (temporal hierarchies).
//
// A year of months is also 6 pairs, 4 quarters, 2 halves and itself. Sums over more steps hide noise and show the trend, single steps show the season; each
// is forecast by forecast() at its own pace and reconciled (hierarchy.h, W = the variance of each pace's one-step errors times how many it has in a season),
// after Athanasopoulos, Hyndman, Kourentzes & Petropoulos 2017. The steps then agree with the forecast of the month, the quarter and the year they belong to.
//
// Sums are laid from the end of the series back; paces with fewer than four sums are left out. Quantiles are those of the single steps, moved with their
// point. Costs as many forecasts as the season has divisors, of shorter and shorter series: about twice one forecast. Deterministic, any threads.
#pragma once
#include "engines/series/series.h"

namespace kindling::series {

struct TemporalForecast {
    Forecast forecast;               // of single steps
    std::vector<std::size_t> paces;  // steps in a sum, ascending from 1: the divisors of the season that were used; {1} when there was nothing to add up
};

// The season is `series.period`, or the shortest of the frequency. Errors of forecast(); options.methods and weights hold for every pace.
Result<TemporalForecast> forecast_temporal(const Series&, std::size_t horizon, const Options& = {});

}  // namespace kindling::series
