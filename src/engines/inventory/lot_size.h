// engines/inventory/lot_size.h -- known demand, period by period: when to order how much.
//
// Without limits an order covers whole periods (Wagner & Whitin 1958), O(periods^2). With capacity, minimum, pack or opening stock it is a dynamic
// program over whole stock levels, where the best order is a minimum over a sliding window: O(periods x levels), exact. Nothing expires: with
// a shelf life of n periods, what is in stock must sell, oldest first, within the n - 1 periods to come. Demand is met in full.
#pragma once
#include <optional>
#include <span>
#include <vector>

#include "core/result.h"

namespace kindling::inventory {

struct LotPeriod {
    double demand = 0;     // >= 0; whole with limits
    double fixed = 0;      // of an order in this period, >= 0
    double unit_cost = 0;  // >= 0
    double holding = 0;    // per unit left at the end of the period, >= 0
};

struct LotLimits {
    std::optional<double> capacity;    // most per order
    double minimum = 0;                // least per order
    double pack = 1;                   // orders are multiples of it; whole
    std::size_t shelf_life = 0;        // periods in which a unit can be sold, its own included; 0: it keeps
    double stock_at_start = 0;         // whole, and as fresh as if ordered one period ago
    bool none() const { return !capacity && minimum == 0 && pack == 1 && stock_at_start == 0; }
};

struct LotPlan {
    std::vector<double> orders;  // of each period
    double cost = 0;
};

// Reasons inventory_input; no_plan when the limits leave none (says the first period that cannot be met or must waste); plan_too_wide above
// 2 * 10^7 levels x periods.
Result<LotPlan> lot_sizes(std::span<const LotPeriod>, const LotLimits& = {});

}  // namespace kindling::inventory
