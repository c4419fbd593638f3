// modules/forecast/api.h -- what will be asked for, of every good, place and day (scenario 10): for the registry and for other modules.
//
// forecast.run learns from the shop's orders and keeps a forecast; everything else answers from the newest one that was kept, with what
// planners changed in it. The operations are declared in questions.h; the science is engines/series.
#pragma once
#include "core/operation.h"
#include "shop/context.h"
#include <unordered_map>

namespace kindling::forecast {

// What one variant will be asked for at one place.
struct DemandAhead {
    std::string sku;
    std::string place_id;                // empty: the shop as a whole, where sales are not known by place
    Day first_day = 0;                   // in the shop's time zone
    std::vector<float> mean;             // expected units of each day
    std::vector<float> unedited;         // the same without what people changed; empty where they changed nothing
    std::vector<float> total_variance;   // of the sum of the first 1, 2 ... days, learned from how far such sums were missed (not days added up)
};

struct AheadQuestion {
    std::vector<std::string> skus = {};  // empty: all that are on sale
    std::int64_t days = 91;              // at most as many as were forecast; fewer are answered when fewer are kept
    enum class By { shop, place } by = By::place;
};

// Every asked variant that is forecast, by sku, then place; the edits of planners are in it. Opens a reading transaction of its own.
// failed_precondition "not_forecast" before the first forecast.run.
Result<std::vector<DemandAhead>> demand_ahead(Context const&, AheadQuestion const&);

// Of a product, as assortment.propose learned it: change of demand in percent for one percent of price, and its standard deviation; price in minor units. Every product of a plan has one: `spread` is the deviation that
// it had before its own prices were looked at (0: a plan that did not keep it).
struct Learned {
    double elasticity = 0, deviation = 0, price = 0, margin = 0, spread = 0;
    // Whether prices of this product told something, a fifth of what was open (1 - .9^2) or more; otherwise it is what is usual of others.
    bool by_own_prices() const { return deviation < 0.9 * spread; }
};
using Elasticities = std::unordered_map<std::string, Learned>;  // by product
// By the operation assortment.plan, as anybody may ask it; its module's files are its own. failed_precondition "not_planned".
Result<Elasticities> elasticities(Context&);

std::vector<Operation> operations();

}  // namespace kindling::forecast
