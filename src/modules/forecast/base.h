// modules/forecast/base.h -- forecasts of every node from one origin, each from its own history, before they are made to add up.
//
// The total and the larger categories are asked of the whole engine; products and variants, most of them seldom sold, of its rates (smoothed, TSB, ADIDA, IMAPA with
// the week's profile) or of a few smoothers. Who is young or hardly sold takes the gamma-Poisson mean (1 + units) / (1/usual + days), usual being
// what goods of its category, those alike in attributes, brand and price most of all, sold a day in their first eight weeks, along the course that launches of the shop usually take. Only days before the origin are seen. About 0.4 ms a good and 12 ms a category of two years.
#pragma once
#include "core/progress.h"
#include "modules/forecast/tree.h"

namespace kindling::forecast {

// What every origin shares.
struct Ground {
    History const& history;
    std::vector<std::vector<float>> demand;  // of each good, all days
    std::vector<Node> nodes;
    series::Structure structure;
    std::vector<std::size_t> sum_nodes;      // node of each sum of the structure
    std::vector<std::vector<double>> sums;   // demand of each sum of the structure

    explicit Ground(History const&);
    // Whether a good counts as sold from this day on; before the last day by its sales alone, for the status of then is not known.
    bool active(std::size_t good, std::size_t origin) const;
    // Of what a sum's goods sold in the last 28 days the share of those that are active: what others left behind when they were taken off sale is not asked of them. 1 where nothing was sold.
    double staying(std::size_t sum, std::size_t origin) const;
};

enum class Likeness { category, attributes };
// Units a day that each good which is younger than eight weeks at the origin (or not yet sold) is expected to sell in its first eight weeks; 0 of others.
std::vector<double> launch_rates(Ground const&, std::size_t origin, Likeness);
// Units a day in each week since the launch (26 of them, then constant), relative to the first eight.
std::vector<double> launch_course(Ground const&, std::size_t origin);

struct Base {
    series::Table mean, errors;  // of all nodes of the structure; errors: one step, over the last weeks
    std::vector<double> scale;   // of each node: mean absolute change from week to week, > 0
};

inline constexpr std::size_t whole_engine_nodes = 150;  // first sums, the shop and categories, that are asked of the whole engine
inline constexpr std::size_t young_days = 56;           // with fewer a sum is what its goods are
// What the whole engine says of a sum's days, leading zeros left out.
std::vector<double> sum_path(std::span<double const> days, std::size_t horizon);

// origin: days of the history that are seen. unavailable "cancelled".
Result<Base> forecast_nodes(Ground const&, std::size_t origin, std::size_t horizon, Progress const&, unsigned threads);

}  // namespace kindling::forecast
