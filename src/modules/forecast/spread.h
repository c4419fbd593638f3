// modules/forecast/spread.h -- how far forecasts were missed at earlier origins, as dispersions of sums of days.
//
// With mean M and what came S, (S - M)^2 is expected to be M + D M^2. D is found by weighted least squares over the windows of n days that begin within four weeks of an origin (weights 1 / (M + D M^2)^2,
// two rounds), for each level and class of busyness; a class is drawn to the next quieter one (the quietest to its level) and a long sum to the next shorter one as far as few windows were seen.
// A node's factor compares its own misses with its class, drawn to 1: a good that sells once a month can hardly say anything of its own.
// Single days are told apart by how far off they are (kept.h: band_ends); their dispersion never falls with it.
// Sums of n days are measured as sums, so what days have in common (a level that moved) is in them.
#pragma once
#include "modules/forecast/base.h"

namespace kindling::forecast {

// Forecasts of all goods from one origin, and how many days after it are known.
struct BackTest {
    std::size_t origin = 0, days = 0;
    std::map<Model, Means> models;
};

using Spreads = std::array<std::array<Spread, class_count>, level_count>;
// deepest: levels below it are left out.
Spreads learn_spread(Ground const&, std::span<BackTest const>, Model, Level deepest = Level::variant);

// Calls visit(node, level, forecast, actual) for all nodes of a back-test: nodes of Ground first, then goods that were active; days values each.
void for_each_node(Ground const&, BackTest const&, Model, std::function<void(std::size_t node, Level, std::span<double const> forecast, std::span<double const> actual)> const& visit, Level deepest = Level::variant);

// Of each node of Ground, then of each good.
std::vector<float> learn_factors(Ground const&, std::span<BackTest const>, Model, Spreads const&, Level deepest = Level::variant);

}  // namespace kindling::forecast
