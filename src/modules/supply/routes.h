// modules/supply/routes.h -- which way supply flows between places: the routes of the settings without circles.
//
// Goods may be moved both ways (a route's cost counts for both), but supply flows one way: routes that run in a circle are refused when they are saved. Of a circle that was kept before
// only those count that lead from the place that suppliers delivered more to (then: that holds more) to the other, and of one route twice the first. Places are numbers of ShopStock::places. O(places^3).
#pragma once
#include "modules/supply/care.h"
#include "modules/supply/facts.h"

namespace kindling::supply_module {

struct SupplyRoute { std::size_t from = 0, to = 0; int days = 0; };

// What is wrong with routes that shall be saved, each at its place in the list: the same pair twice, or the way back to where its supply comes from.
std::vector<FieldError> check_routes(std::span<StockRoute const>);

// Those that only bring back are added to `returning`. Routes to places that the shop has no stock at are left out.
std::vector<SupplyRoute> supply_routes(ShopStock const&, SupplySettings const& settings, std::vector<ReturningRoute>& returning);

}  // namespace kindling::supply_module
