// modules/supply/seasons.h -- how much to have on each order day of a season that ends: demand changes from week to week, and what is left at its end has lost value.
//
// A finite horizon (inventory::finite_horizon, exact for whole demand) over the order days from which something still comes in time. Costs of an order day:
//   holding  of a unit until the next one;   stockout  the margin of a unit that is missing;   fixed  an order's line with its share of the order
//   left     of a unit after the last day: cost less what it brings at the deepest markdown of the settings, at least a quarter of a year of keeping it
// charged on what is asked for until an order of the next order day could be there, in the season. Lead times are weighed by how often they were seen. Units are units of
// the SKU, money is minor units, days are days since 1970.
#pragma once
#include "modules/supply/levels.h"

namespace kindling::supply_module {

struct SeasonStep {
    Day order_day = 0;
    double demand = 0;                        // units expected until the next order day, in the season
    double reorder_level = 0, order_up_to = 0;  // at or below, order up to; -1 and 0: no more
};

struct Season {
    std::vector<SeasonStep> steps;  // empty: whatever is ordered comes too late
    double expected_minor = 0;      // keeping, ordering, missing and what is left, from `position` on
    double left_minor = 0;          // of one unit
};

// last_day >= origin. O(order days x levels x demand); above 1,500 units of demand they are counted in larger ones.
Result<Season> plan_season(Good const&, Level const&, LeadTime const&, DemandAhead const&, SupplySettings const& settings, Day origin, Day last_day, double position);

}  // namespace kindling::supply_module
