// engines/inventory/distribution.h -- one warehouse that feeds many places: how much stock in each, when waiting is allowed but costs.
//
// Every place orders a unit for each unit sold (base stock), the warehouse serves orders in their turn and orders from a supplier who always has; a place waits
// its own lead time and, when the warehouse is empty, longer. With D_0 the demand of all places over the warehouse's lead time and level S_0
//     B_0 = (D_0 - S_0)+                    units that the warehouse owes
//     owed to place i: each of B_0 belongs to it with the chance of its share of the demand; what place i has on order = that + D_i over its lead time
// which is exact for Poisson demand and fixed lead times (Simon 1971; Graves 1985), and lets S_i be a newsvendor's level for every S_0, or the least above it that keeps a promised fill rate; all S_0 are tried. Demand
// that spreads more than Poisson is negative binomial, and whose units are owed is then still drawn by shares: an approximation. Above `exact_up_to` units
// on order at the warehouse the owed units and the orders are matched by two moments (Graves 1985), which is one, too. With X on order, what a unit of time brings anew to be owed at level S is
//     E (X + D - S)+ - E (X - S)+
// its share of the demand D is what the shelf does not serve; Poisson units come one by one, and P(X < S) is served. Cost: S_0 values x places (x squares of units, exact).
#pragma once
#include <span>
#include <vector>

#include "core/result.h"

namespace kindling::inventory {

struct DistributionPlace {
    double mean = 0, variance = 0;  // units sold per unit of time; variance at or below the mean: Poisson
    double lead_time = 0;           // from the warehouse, units of time, >= 0
    double holding = 0, stockout = 0;  // per unit on the shelf (owed to shoppers) and unit of time, > 0
    double promise = 0;             // least share of demand that is served at once, 0 <= promise < 1
};

struct DistributionNetwork {
    double lead_time = 0;  // of the warehouse, > 0
    double holding = 0;    // there, per unit and unit of time, >= 0
    std::vector<DistributionPlace> places;  // 1 to 1,000, at least one sells
};

struct DistributionPolicy {
    struct Place {
        double level = 0;                  // units on the shelf and on order less owed
        double on_hand = 0, owed = 0;      // on average
        double fill_rate = 0;              // share of demand served at once, 0..1; with no way to go from the warehouse, too
    };
    double level = 0, on_hand = 0, owed = 0;  // of the warehouse
    std::vector<Place> places;
    double cost = 0;   // per unit of time, without stock on the way
    bool exact = true; // false where one of the approximations above was needed
};

inline constexpr double exact_up_to = 300;

// The cheapest levels that keep every promise. Reasons inventory_input (with every bad field), demand_too_wide above 10^6 units over the warehouse's lead time. Pure; any threads.
Result<DistributionPolicy> distribution_best(const DistributionNetwork&);
// The same for a place by itself, `lead_time` after a supplier who always has; its own lead_time does not count.
Result<DistributionPolicy::Place> distribution_alone(DistributionPlace, double lead_time);
// What given levels (whole, >= 0; one for each place) cost.
Result<DistributionPolicy> distribution_cost(const DistributionNetwork&, double warehouse_level, std::span<const double> levels);

}  // namespace kindling::inventory
