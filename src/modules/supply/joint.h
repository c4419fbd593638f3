// modules/supply/joint.h -- an order that is worth less than its supplier takes: filled up with what is needed soonest, or put off to the next order day.
//
// Goods of one supplier at one place share its least order value (joint replenishment, can-order: Balintfy 1964). A unit that is added is kept until it is asked for, so what it costs is
//     holding a day x (days until the stock before it is gone - days until it comes, at least 0)
// and grows with the cover that a good has: packs are added in the order of what they cost for each unit of money that the order still lacks. Packs are whole, so the last one may overshoot; at every
// step the cheapest pack that would end it is tried, and the least sum is kept. That is never dearer than the best of all fillings by more than that last pack costs to keep. O(packs x goods).
#pragma once
#include "modules/supply/facts.h"
#include <span>

namespace kindling::supply_module {

// A good that an order can take more of.
struct CanOrder {
    SupplyTerm term;              // packs, least and most of an order, price steps
    std::int64_t usual_cost = 0;  // minor units, where no step counts
    double quantity = 0;          // of the order so far
    double position = 0;          // here and under way, without the order
    double most = 0;              // position with the order, at most
    double daily = 0;             // units asked for a day, > 0
    double holding_per_day = 0;   // minor units, of one unit
};

struct Filling {
    std::vector<double> quantities;  // of each good, what was in the order included
    double added_value = 0;          // minor units
    double keeping = 0;              // minor units: what keeping the added units costs until they are asked for
};

// Adds at least `lacking` minor units of value to an order that comes in `lead_days`; nothing when that would take more than the goods' `most`.
std::optional<Filling> fill_up(std::span<CanOrder const>, double lacking, double lead_days);

}  // namespace kindling::supply_module
