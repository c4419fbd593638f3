// engines/inventory/periodic_review.h -- (s, S) and base stock: look once a period, at s or below order up to S.
//
// What is on hand and on order after ordering, y, costs G(y) = holding E(y - D)+ + stockout E(D - y)+ over the demand D of lead time + 1 periods.
// With m(j), the expected visits to a position j below S within one cycle (the renewal density of one period's demand), and M its sum,
//     cost(s, S) = [fixed + sum over j < S - s of m(j) G(S - j)] / M(S - s)
// and the best pair is found exactly by Zheng & Federgruen 1991, in about O((S - s)^2 + S - s evaluations of G).
#pragma once
#include "engines/inventory/newsvendor.h"

namespace kindling::inventory {

struct PeriodicCosts {
    double fixed = 0;     // per order, >= 0
    double holding = 0;   // per unit and period, > 0
    double stockout = 0;  // per unit owed and period, > 0
};

struct MinMaxPolicy {
    double reorder_level = 0;   // s: at this or below, order
    double order_up_to = 0;     // S
    double cost = 0;            // per period; NaN from the power approximation, which computes none
};

// One period's demand, and that of lead time + 1 periods (both whole numbers; a continuous family is rounded). Whole s < S.
// A demand that is always 0 orders nothing: s = -1, S = 0, cost 0. Reasons inventory_input, demand_too_wide, order_too_large (S - s > 10^6).
Result<MinMaxPolicy> min_max_exact(const PeriodicCosts&, const Demand& period, const Demand& protection);
Result<double> min_max_cost(const PeriodicCosts&, const Demand& period, const Demand& protection, double reorder_level, double order_up_to);

// Ehrhardt & Mosier's revised power approximation (1984) for one period's mean and deviation and a lead time in periods; a start, not an
// optimum. Real numbers; their rule for very small orders is left out, as in the textbook (Snyder & Shen, 4.4). fixed > 0, mean > 0, deviation > 0.
Result<MinMaxPolicy> min_max_power_approximation(const PeriodicCosts&, double mean, double deviation, double lead_time);

}  // namespace kindling::inventory
