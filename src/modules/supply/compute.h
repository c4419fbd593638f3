// modules/supply/compute.h -- the plan: every good at every place with what it needs, and the purchase orders that are worth placing today.
//
// Orders are made for a supplier and place together, as order_day.h says: what is due today, what cannot wait for the order day, and what an order below the supplier's least value does. Of one that waits it is
// said when it will be ordered as things go: the first day on which the same rule orders it, its goods sold as expected until then. What the owner's budget cannot pay for is left out from the end of saved margin per
// money, and what a supplier does not give or a place cannot hold from the end of saved margin per unit (so an order may fall below the least value again, and says so). Goods with terms are ordered in the lot that
// is cheapest over the weeks to come (lots.h). Saved is counted against waiting for the next order day: margin of the units that would be missing until then, less the cost of keeping the order so long. Its
// interval takes goods as independent.
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
