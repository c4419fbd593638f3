// engines/inventory/review_policy.h -- one good on the order days of its supplier: the cheapest policy that keeps a promise, exactly evaluated.
//
// Once every review an order may be placed; it arrives after a lead time. Just after ordering the position y (on hand + on order - owed) is distributed
//   base_stock (R, S)      y = S
//   min_max    (R, s, S)   y = S - j with weight m(j) / M(S - s), the renewal density of one review's demand (periodic_review.h)
//   lots       (R, r, nQ)  uniform on r + 1 .. r + Q (Hadley & Whitin 1963), for goods that come in packs
// and with L(y), P(y) the losses of the demand of the lead time and of lead time + review
//   newly owed in a review = E [P(y) - L(y)], on hand on average = y - (mean L + mean P) / 2 + (L(y) + P(y)) / 2, orders = 1 / M, or E min(D, Q) / Q.
// For a given gap S - s (or Q) the least level that keeps the promise is a bisection; gaps are tried one by one up to 48, then by steps of a tenth,
// and the cheapest in holding, ordering and what is missed is taken. So a level is exact for its gap, and the gap is within a step of the best.
//
// Losses are tables over whole units; demand beyond 1,500 units is counted in larger ones (a gamma of the same moments). O(units x gaps), about
// 50 us for a slow good. Deterministic; any number of threads.
#pragma once
#include <optional>

#include "engines/inventory/demand.h"

namespace kindling::inventory {

enum class ReviewKind { base_stock, min_max, lots };
enum class Promise { fill_rate, cycle_service };

struct ReviewTerms {
    Demand review, lead, protection;      // of one review; of the lead time; of both together
    double pack = 1, minimum = 1;         // an order is a multiple of pack, and at least minimum; whole
    std::optional<double> most;           // the level after ordering may not lie above this (shelf life, shelf)
    double fixed = 0;                     // cost of one order of this good, >= 0
    double holding = 0;                   // of one unit for one review, > 0
    Promise promise = Promise::fill_rate;
    double target = 0.95;                 // above 0, below 1
    double missed = 0;                    // worth of a unit that is not served from the shelf, >= 0: of policies that keep the promise, one that serves more than it asks for may cost more to keep
    std::optional<ReviewKind> only = {};  // this kind alone; otherwise lots where there are packs, and the cheaper of the other two where there are none
    std::optional<double> quantity = {};  // lots: this Q alone; whole, at least 1
};

struct ReviewPolicy {
    ReviewKind kind = ReviewKind::base_stock;
    double reorder_level = 0;  // at or below this, order
    double order_up_to = 0;    // to here; lots: the least multiple of `quantity` that gets above reorder_level, order_up_to = reorder_level + quantity
    double quantity = 1;       // lots: Q
    double fill_rate = 1, cycle_service = 1;
    double on_hand = 0;        // units, on average
    double orders = 0;         // per review
    double cost = 0;           // holding and ordering, per review (without what is missed)
    bool limited = false;      // `most` does not let it keep the promise
};

// Reasons: inventory_input, demand_too_wide. Demand that is always 0 gives reorder_level -1, order_up_to 0.
Result<ReviewPolicy> review_policy(const ReviewTerms&);
// What a given policy serves and costs. min_max: whole reorder_level < order_up_to; lots: quantity = order_up_to - reorder_level, at least 1.
Result<ReviewPolicy> evaluate_review(const ReviewTerms&, ReviewKind, double reorder_level, double order_up_to);

// What to order at a position on an order day.
double order_now(const ReviewPolicy&, double position);

}  // namespace kindling::inventory
