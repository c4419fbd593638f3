// modules/supply/compute.h -- the plan: every good at every place with what it needs, and the purchase orders that are worth placing today.
//
// Orders are made for a supplier and place together: goods at or below their reorder level on the order day; on another day only those that would be gone before an order of the order day could come, and lose more
// margin until then than an order of its own costs (its fixed cost, lines, and keeping it so long). When the sum is below the supplier's least order value, the order is filled up (joint.h; no good beyond what the alerts
// call too much) or waits for the next order day, whichever costs less: keeping what was added, or the margin missed until an order of that day comes. What cannot be filled up waits; what
// people set is proposed as it is. What the owner's budget cannot pay for is left out from the end of saved margin per money, and what a supplier does not give or a place cannot hold from the end of saved margin per
// unit (so an order may fall below the least value again, and says so). Goods with terms are ordered in the lot that is cheapest over the weeks to come (lots.h). Saved is counted against waiting for
// the next order day: margin of the units that would be missing until then, less the cost of keeping the order so long. Its interval takes goods as independent.
#pragma once
#include "modules/supply/levels.h"
#include "modules/supply/orders.h"

namespace kindling::supply_module {

struct Computed {
    StockOutline outline;
    std::vector<StockItem> items;              // of ShopStock::stored
    std::vector<PurchaseProposal> proposals;   // by what they save
};

// Days that so many units last; at most 9999, which means more than can be said.
double cover_days(double position, double daily);

Computed compute(ShopStock const&, std::span<DemandAhead const>, Levels const&, SupplySettings const& settings, bool all_suppliers);

}  // namespace kindling::supply_module
