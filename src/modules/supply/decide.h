// modules/supply/decide.h -- proposals as decisions: what, why, what it costs and saves, the operation that carries it out and the one that takes it back.
#pragma once
#include "modules/supply/sql.h"
#include "shop/decisions/decisions.h"

namespace kindling::supply_module {

// Within context.open: withdraws what an earlier plan proposed and nobody decided, proposes each order (its number is given here) and keeps it line by line.
Result<void> decide(Context&, std::vector<PurchaseProposal>&);

// The same for what is too much: a lower price where that earns more than waiting, for the most valuable 30 goods. Fills clearance_decision_id of `items`.
Result<void> decide_clearances(Context&, ShopStock const&, std::span<DemandAhead const>, SupplySettings const&, std::vector<StockItem>& items);

// The decision of a proposal as it stands: texts, evidence, request, value.
shop::Decision decision_of(PurchaseProposal const&, PlaceNames const&);

}  // namespace kindling::supply_module
