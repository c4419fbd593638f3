// modules/supply/shared_promise.h -- a fill rate that goods promise together, as what each of them has to serve for it.
//
// "97 % of the units asked for" of a class is a promise over all its units. Kept by every good for itself, the goods that are hardest to foresee need most of the stock; kept together, each serves what
// a unit more is worth alike (Sherbrooke 1968: least stock for a given share of units). Goods are looked at after unlike days, so units and money are told by the day: at the edge a unit more
// costs h = holding / days and serves in proportion to the chance that it is asked for, 1 - F(level) (while lead times are longer than reviews, whatever the review: what is missing on a day was asked for over the lead time), so a good's level lies where
//     1 - F(level) = h / (price x worth),   worth = h ^ 0.5,
// with one price for all, the least that keeps the promise. Were all units worth the same (power 0), dear goods would be short most often, and with them most margin missed; were they worth what they cost (power 1), all
// would have one quantile, as engines/inventory/shared_spread.h has one factor. Losses and not this rule say what each level serves.
// What may not lie on a shelf (`most`) or is not worth lying there (`worth`) serves less, and the others make up for it.
//
// Ten levels of each good are tabled, between them serving goes as the logarithm of the quantile's rest. O(goods x (10 losses + steps)), goods on threads. Deterministic, pure.
#pragma once
#include "engines/inventory/demand.h"
#include <limits>
#include <span>
#include <vector>

namespace kindling::supply_module {

struct SharingGood {
    inventory::Demand const* lead = nullptr;         // of the lead time
    inventory::Demand const* protection = nullptr;   // of lead time and review together
    double holding = 0;                              // of one unit for one review, > 0
    double days = 1;                                 // of a review, > 0: what is asked for in it counts as so much a day
    double most = std::numeric_limits<double>::infinity();   // units that its level may not exceed
    double worth = std::numeric_limits<double>::infinity();  // what a missed unit may be worth at most, in the money of `holding`
};

// The fill rate of each good, from what its median serves (or what `most` and `worth` leave of it, at least .01) to .9995, with which all together serve the share `target` of what they are asked for: with the least price that does, or, where none
// does, with the highest. A good that is asked for nothing: `target`.
std::vector<double> shared_aims(std::span<SharingGood const>, double target, unsigned threads = 1);

}  // namespace kindling::supply_module
