// engines/series/learn.h -- what many series of one kind teach about each: weights of methods, shapes of demand, calibrated quantiles.
//
// Every series is cut `horizon` before its end; each method forecasts what was cut off. From these errors of all series together come
//   weights       minimising the sum of squared errors, each series' divided by its own scale, over weights >= 0 of sum 1 (stacking: Breiman 1996)
//   calibration   scores of the combination, for conformal quantiles (intervals.h)
//   shape         dispersion, share of own history and share of goods alike that give the least pinball loss, for intermittent demand; what is taken from
//                 goods alike is tried on goods that are left out
//   alike         what stood where, and what it sold when it was cut off (alike.h)
// Only the past of each origin is seen. Use it with series that resemble each other: one shop's goods, one market's months.
// Cost: one forecast of each method and series more; threads: as many as given, same result for any number.
#pragma once
#include "engines/series/alike.h"
#include "engines/series/counts.h"
#include "engines/series/intervals.h"

namespace kindling::series {

enum class Learn : std::uint8_t { calibration, weights_and_calibration };

struct Learned {
    std::vector<Method> methods;  // empty when the weights were not learned
    std::vector<double> weights;
    Calibration calibration;
    CountShape shape;
    AlikeDemand alike;            // of at most 4,000 goods and means
    double level = 1;             // of rare demand: what all sold divided by what was said of all, 0.5 .. 2
    std::size_t series = 0;       // that were long enough to teach
    // `base` with what was learned in it; points into *this.
    Options options(Options base = {}) const;
};

// failed_precondition "too_few_series" (fewer than 20 that are long enough: horizon + 8 values), and the errors of forecast().
Result<Learned> learn(std::span<const Series>, std::size_t horizon, Learn what, const Options& = {}, unsigned threads = 1);

}  // namespace kindling::series
