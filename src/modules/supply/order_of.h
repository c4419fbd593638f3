// modules/supply/order_of.h -- what is ordered of one good at a position: the policy of levels.h, the supplier's terms, and the lot that is cheapest within them (lots.h).
// The plan of today (compute.h) and the past played again (replay.h) order by it alike. Safe from many threads; O(1) without terms, about 1 ms with them.
#pragma once
#include "modules/supply/levels.h"
#include "modules/supply/lots.h"

namespace kindling::supply_module {

struct GoodOrder {
    double quantity = 0;
    std::optional<LotChoice> lot;  // where the terms decided
};

// Whole packs, at least the least order, at most what the supplier gives; 0 stays 0.
double within_terms(SupplyTerm const&, double quantity);

// order_day: the order day of the supplier for which it is asked. position: on hand and on order.
GoodOrder order_of(Good const&, Level const&, LeadTime const&, DemandAhead const&, Day order_day, double position);

}  // namespace kindling::supply_module
