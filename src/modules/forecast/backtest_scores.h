// modules/forecast/backtest_scores.h -- how far every model missed every node at the earlier origins, by level and horizon.
#pragma once
#include "modules/forecast/scores.h"
#include "modules/forecast/spread.h"

namespace kindling::forecast {

// kept: goods, and dispersions of every model but the last week repeated, whose quantiles are its mean. scales: of each node of the ground, 0 where not known; factors: on dispersions, of nodes and
// then of goods. Deterministic for any number of threads.
Scores backtest_scores(Ground const&, std::span<BackTest const>, Kept const&, std::span<double const> scales, std::span<float const> factors, unsigned threads);

}  // namespace kindling::forecast
