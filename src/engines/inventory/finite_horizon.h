// engines/inventory/finite_horizon.h -- a season of periods with changing demand and costs: the best order for every stock and period.
//
// Dynamic programming over whole stock levels, from the last period back (Scarf 1960: with K-convex costs the best policy of each period is
// (s_t, S_t)). Orders arrive at once, unmet demand waits, costs are charged on what is there at the end of a period:
//     H_t(y) = unit_cost y + holding E(y - D)+ + stockout E(D - y)+ + discount E V_{t+1}(y - D)
//     V_t(x) = -unit_cost x + min( H_t(x), fixed + min over y > x of H_t(y) )
// Where orders take time, x and y are what is on hand and on order, and holding and stockout are charged on `charged` in place of the period's demand: what is asked for
// until an order of the next period could be there (the lead time and the period; Veinott 1965). What is left after the last period is then charged on its `charged`, too.
// O(periods x levels x demand values). Below the lowest level kept V is its exact line: there one always orders.
#pragma once
#include <optional>
#include <span>

#include "engines/inventory/demand.h"

namespace kindling::inventory {

struct HorizonPeriod {
    Demand demand;
    double fixed = 0, unit_cost = 0, holding = 0, stockout = 0;  // >= 0; stockout > 0
    std::optional<Demand> charged = {};
};

struct HorizonPlan {
    std::vector<double> reorder_level, order_up_to;  // of each period: at reorder_level or below, order up to; equal without a fixed cost
    double cost = 0;                                 // expected, discounted, from the stock at the start on
};

struct HorizonEnd {
    double holding = 0, stockout = 0;  // per unit left, per unit owed after the last period
};

// discount: of a period's cost against the one before, 0 < discount <= 1. Reasons inventory_input, demand_too_wide (above 10^5 levels).
Result<HorizonPlan> finite_horizon(std::span<const HorizonPeriod>, HorizonEnd, double discount, double stock_at_start);

}  // namespace kindling::inventory
