// modules/forecast/scores.h -- how good forecasts were: sums that add up over nodes, days and runs, and the measures that are made of them.
//
// WAPE = sum |miss| / sum sold; bias = sum (forecast - sold) / sum sold; MASE = mean of |miss| / the node's mean absolute change from one week to the next (Hyndman & Koehler
// 2006; nodes that never changed are left out); pinball: mean over the seven levels of the quantile loss, doubled, so that it reads like a mean absolute
// miss; spans: sums of 28 days of a node from the origin on, missed as sums. Coverage: share of days inside the interval, which for small counts exceeds its level because counts are whole.
#pragma once
#include "modules/forecast/kept.h"

namespace kindling::forecast {

inline constexpr std::size_t span_days = 28;

struct Sums {
    double points = 0, sold = 0, miss = 0, over = 0, scaled = 0, scaled_points = 0, pinball = 0, in_50 = 0, in_80 = 0, in_90 = 0, square = 0, span_sold = 0, span_miss = 0;
    void add(Sums const&);
    // quantiles: at quantile_levels.
    void add(double mean, double actual, double scale, std::span<double const> quantiles);
    void add_span(std::span<double const> forecast, std::span<double const> actual);
};

struct ScoreKey {
    Model model = Model::smoothing;
    Level level = Level::total;
    std::size_t band = 0;  // of band_ends
    auto operator<=>(ScoreKey const&) const = default;
};
using Scores = std::map<ScoreKey, Sums>;

// Mean over levels of a model's pinball loss divided by that of another; below 1: better. 0 when there is nothing to compare.
double relative_loss(Scores const&, Model, Model other);
// The worst of the levels.
double worst_relative_loss(Scores const&, Model, Model other);

}  // namespace kindling::forecast
