// modules/supply/use_forecast.h -- the forecast of module forecast in the place of this module's own rates (demand.h, use_forecast): which of its rows is which good at which place.
#pragma once
#include "modules/forecast/api.h"
#include "modules/supply/demand.h"

namespace kindling::supply_module {

// `ahead` by row of ShopStock::stored. A row of the forecast at a place is that place's; one of the shop as a whole is followed where the good lies at one place alone. Days that passed since it was made are taken off; of one that begins
// up to a week later its first week tells of the days before it. Nothing is followed that is older than two weeks or begins later than that. The day from which what was followed counts; nothing: no row was.
std::optional<Day> follow_forecast(ShopStock const&, std::span<forecast::DemandAhead const> kept, std::vector<DemandAhead>& ahead);

}  // namespace kindling::supply_module
