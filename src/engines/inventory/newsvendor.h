// engines/inventory/newsvendor.h -- one order for one season, or a base stock kept for ever: how much.
//
// holding: cost of a unit left over; stockout: cost of a unit short; both per period, in any one currency, > 0. The best level is the
// quantile stockout / (stockout + holding) of demand (Arrow, Harris & Marschak 1951); with a lead time pass the demand of lead time + 1 periods.
#pragma once
#include "engines/inventory/demand.h"

namespace kindling::inventory {

struct UnitCosts {
    double holding = 0, stockout = 0;
};

struct BaseStock {
    double level = 0;  // units
    double cost = 0;   // expected, per period
};

Result<BaseStock> newsvendor(UnitCosts, const Demand&);
Result<double> newsvendor_cost(UnitCosts, const Demand&, double level);

// The same said in prices: what a unit sells for, costs, and fetches when left over (may be negative). revenue > purchase > salvage.
struct SeasonOrder {
    double quantity = 0;
    double profit = 0;  // expected
};
Result<SeasonOrder> newsvendor_profit(double revenue, double purchase_cost, double salvage_value, const Demand&);

// holding (level - mean) + (holding + stockout) loss(level), unchecked: what the searches evaluate.
inline double expected_cost(UnitCosts c, const Demand& d, double level) { return c.holding * (level - d.mean()) + (c.holding + c.stockout) * d.loss(level); }

}  // namespace kindling::inventory
