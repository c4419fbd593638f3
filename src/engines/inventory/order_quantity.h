// engines/inventory/order_quantity.h -- economic order quantities: steady demand, a fixed cost per order, a cost for keeping.
//
// fixed_cost: per order; holding: per unit and unit of time; demand_rate: units per unit of time. Costs are per unit of time. Demand of 0, or
// orders that cost nothing, give a quantity of 0 (order when something is asked for). Harris 1913; Hadley & Whitin 1963 for discounts.
#pragma once
#include <span>
#include <vector>

#include "core/result.h"

namespace kindling::inventory {

struct OrderQuantity {
    double quantity = 0;
    double cost = 0;
    double backordered_share = 0;  // of the quantity, owed when it arrives
    double unit_cost = 0;          // the price that applies, with discounts
};

Result<OrderQuantity> economic_order_quantity(double fixed_cost, double holding, double demand_rate);
// stockout: per unit owed and unit of time, > 0.
Result<OrderQuantity> economic_order_quantity_with_backorders(double fixed_cost, double holding, double stockout, double demand_rate);
// Made at production_rate > demand_rate, so that stock builds up slowly.
Result<OrderQuantity> economic_production_quantity(double fixed_cost, double holding, double demand_rate, double production_rate);

// From `from` units on a unit costs `unit_cost`: the first starts at 0, prices do not rise. holding_share: of a unit's cost per unit of time, > 0.
struct PriceBreak {
    double from = 0, unit_cost = 0;
};
enum class Discount { all_units, incremental };
// The cost includes buying.
Result<OrderQuantity> economic_order_quantity_with_discounts(double fixed_cost, double holding_share, double demand_rate, std::span<const PriceBreak>, Discount);

// Joint replenishment: goods ordered together share `shared_fixed_cost`; good i is in every multiple[i]-th order. The answer is exact among
// such cyclic policies with at least one good in every order (Goyal 1974, Van Eijs 1993): all base cycles between two bounds are walked, from one
// change of a multiple to the next. O(changes x goods), at most 10^6 changes (reason joint_too_wide).
struct JointGood {
    double fixed_cost = 0, holding = 0, demand_rate = 0;  // demand_rate and holding > 0
};
struct JointReplenishment {
    double base_cycle = 0;  // time between two orders
    std::vector<long> multiples;
    double cost = 0;
};
Result<JointReplenishment> joint_replenishment(double shared_fixed_cost, std::span<const JointGood>);
// Silver's (1976) heuristic: multiples in one formula, then the cycle.
Result<JointReplenishment> joint_replenishment_silver(double shared_fixed_cost, std::span<const JointGood>);

}  // namespace kindling::inventory
