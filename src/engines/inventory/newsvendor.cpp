#include "engines/inventory/newsvendor.h"

#include "engines/inventory/checks.h"

namespace kindling::inventory {

Result<BaseStock> newsvendor(UnitCosts c, const Demand& d) {
    TRY(Checks().positive("holding", c.holding).positive("stockout", c.stockout).result());
    auto const level = d.quantile(c.stockout / (c.stockout + c.holding));
    return BaseStock{level, expected_cost(c, d, level)};
}

Result<double> newsvendor_cost(UnitCosts c, const Demand& d, double level) {
    TRY(Checks().at_least_zero("holding", c.holding).at_least_zero("stockout", c.stockout).number("level", level).result());
    return expected_cost(c, d, level);
}

Result<SeasonOrder> newsvendor_profit(double revenue, double purchase_cost, double salvage_value, const Demand& d) {
    TRY(Checks().number("revenue", revenue).number("purchase_cost", purchase_cost).number("salvage_value", salvage_value).require(revenue > purchase_cost, "revenue", revenue, "above the purchase cost").require(purchase_cost > salvage_value, "salvage_value", salvage_value, "below the purchase cost").result());
    auto const best = TRY(newsvendor({purchase_cost - salvage_value, revenue - purchase_cost}, d));
    return SeasonOrder{best.level, (revenue - purchase_cost) * d.mean() - best.cost};
}

}  // namespace kindling::inventory
