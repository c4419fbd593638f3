// engines/inventory/continuous_review.h -- (r, Q): when stock on hand and on order falls to r, order Q.
//
// With g(y) = holding E(y - D)+ + stockout E(D - y)+ over the demand D of the lead time, the cost per unit of time is
//     [fixed demand_rate + sum of g over r+1 .. r+Q] / Q     whole demand
//     [fixed demand_rate + integral of g over r .. r+Q] / Q  otherwise (Zheng 1992)
// and the best policy is exact: Federgruen & Zheng 1992 for whole demand (O(Q) values of g), two bisections otherwise. The approximations are
// those of textbooks (Hadley & Whitin 1963; Snyder & Shen, Fundamentals of Supply Chain Theory, 5.2) and are kept to start from and to compare.
#pragma once
#include "engines/inventory/newsvendor.h"

namespace kindling::inventory {

struct ReorderCosts {
    double fixed = 0;          // per order
    double holding = 0;        // per unit and unit of time, > 0
    double stockout = 0;       // per unit owed and unit of time, > 0; for expected_inventory: per unit owed
    double demand_rate = 0;    // units per unit of time
};

struct ReorderPolicy {
    double reorder_point = 0, quantity = 0;
    double cost = 0;  // per unit of time, by the formula the method minimises
};

// quantity > 0; of whole demand it is rounded down, and must be at least 1.
Result<double> reorder_cost(const ReorderCosts&, const Demand& lead_time_demand, double reorder_point, double quantity);
Result<double> best_reorder_point(const ReorderCosts&, const Demand& lead_time_demand, double quantity);
// Reason never_orders when the demand rate is 0; order_too_large past 10^7 units of whole demand.
Result<ReorderPolicy> reorder_exact(const ReorderCosts&, const Demand& lead_time_demand);

enum class ReorderApproximation {
    expected_inventory,        // safety stock by stockout cost per unit (Hadley & Whitin); exact costs are not used
    backorder_quantity,        // Q of the EOQ with backorders, then the best r
    order_quantity_and_safety, // Q of the EOQ, r by the newsvendor quantile
    loss_function,             // Q and r by loss functions, what is owed at the start of a cycle neglected
};
// Any lead time demand; no_convergence when the two equations of expected_inventory have no solution.
Result<ReorderPolicy> reorder_approximate(ReorderApproximation, const ReorderCosts&, const Demand& lead_time_demand);

}  // namespace kindling::inventory
