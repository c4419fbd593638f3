// modules/assortment/stock_shares.h -- what share of the time each good will be in stock.
//
// The share of the last half year that it was, drawn to the mean of its supplier's goods (21 days' worth: what the supplier and the shop manage to keep
// there; that mean is drawn to the shop's by 30 days' worth) and to what its supplier's deliveries promise beside the others' (up to 60 days' worth).
// Linear in goods times days.
#pragma once
#include "modules/assortment/deliveries.h"
#include "modules/assortment/facts.h"

namespace kindling::assortment_module {

constexpr std::size_t half_year_ago(std::size_t days) { return days > 182 ? days - 182 : 0; }  // the first day that counts

// Fills in_stock, in_stock_now and economics.supply of each good. `delivered`: by supplier. All sets have the same days.
void set_stock_shares(std::vector<SetFacts>& sets, std::map<std::string, Delivered> const& delivered);

}  // namespace kindling::assortment_module
