// modules/forecast/adapt.h -- levels at which published quantiles are asked for, moved by what came: adaptive conformal inference on probability transforms.
//
// A negative binomial says of each day where in its distribution the day fell: F(y - 1) + U (F(y) - F(y - 1)), uniform when the distributions are right (Rosenblatt 1952; U drawn
// by seed, because counts are whole). The level-tau quantile of these numbers, followed as engines/series/adaptive does, is the level at which to ask the distribution so that
// tau of the days fall below. Of every level of the tree by itself; only where it lost less at the newest earlier origin, with everything learned at the older ones, it is used.
#pragma once
#include "modules/forecast/spread.h"

namespace kindling::forecast {

struct Adapted {
    Asked asked = quantile_levels;  // ascending, inside (0, 1)
    double loss_share = 1;          // pinball loss with / without, at the newest earlier origin; 1: could not be tried
    bool used = false;
};

// `spreads`, `factors`: of all earlier origins; what is published will stand on them. Tests newest first. Deterministic.
std::array<Adapted, level_count> adapt_levels(Ground const&, std::span<BackTest const> tests, Model, Spreads const& spreads, std::span<float const> factors);

}  // namespace kindling::forecast
