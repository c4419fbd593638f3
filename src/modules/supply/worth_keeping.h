// modules/supply/worth_keeping.h -- what of a promise's level is worth keeping: how long it may lie, and what a unit more of it costs and earns (levels.h).
#pragma once
#include "modules/supply/levels.h"

namespace kindling::supply_module {

// The most that is worth having here and on order, by how long it would lie.
struct Useful { double most = 0; Less why = Less::cover; };
// end: day of the window that the levels are made on; of `level` what was asked for is read.
Useful useful_units(DemandAhead const&, SupplySettings const&, Stored const&, Level const& level, std::size_t end);

// The level beyond which a unit more would rather expire than be sold: the newsvendor's of the days that the good keeps.
Result<double> sells_in_time(DemandAhead const&, std::int64_t shelf_life_days, double cost, double margin);

// Below the level of the promise where that would lie too long, or, of goods that seldom sell, where keeping it costs more than the margin that it saves.
Result<void> lower(inventory::ReviewTerms const&, Useful const&, bool seldom, Level& level);

}  // namespace kindling::supply_module
