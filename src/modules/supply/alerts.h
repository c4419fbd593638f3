// modules/supply/alerts.h -- what one good at a place needs care for: sold out or about to be, too much, past its date or near it, slow, late; and what to do about it.
//
// A good may have several alerts; its money is counted once, with a stock-out's margin or else with the one that weighs most (the others say 0), so sums over alerts are sums over goods. The outline of the plan
// takes its headlines from the same. Texts are written for those that somebody reads (`tell`). Pure; O(1).
#pragma once
#include "modules/supply/care.h"

namespace kindling::supply_module {

// Without texts.
std::vector<StockAlert> alerts_of(StockItem const&, SupplySettings const& settings);

// What is on its way to a good at a place that the plan did not know of: the line of an open purchase proposal, or a purchase order that was placed after the plan (one of the two is named).
struct OpenLine {
    std::string decision_id;
    std::int64_t quantity = 0, expected_day = 0;  // 0: nobody knows when
    std::string purchase_order_id = {};
};

// What is the matter and what to do, in both languages. today: the day that the item was planned for. line: of what runs out; it is named, with its quantity, in the place of another order.
void tell(StockAlert&, StockItem const&, SupplySettings const& settings, std::string const& currency, Day today, OpenLine const* line = nullptr);

}  // namespace kindling::supply_module
