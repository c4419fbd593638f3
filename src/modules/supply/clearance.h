// modules/supply/clearance.h -- which elasticity a clearance goes by (clearance.cpp): what was learned from the product's own prices, otherwise the owner's assumption.
#pragma once
#include "modules/forecast/api.h"
#include "modules/supply/api.h"

namespace kindling::supply_module {

// Change of demand in percent for one percent of price, and how far it may be: nine in ten lie between low and high of what was learned; half and one and a half times of what was assumed.
struct Elasticity {
    double value = 0, low = 0, high = 0;
    bool learned = false;
};

// Every product of a plan has an elasticity; of one whose price did not move it is what is usual, which is no more learned than the assumption that the owner may change.
Elasticity elasticity_of(std::string const& product_id, forecast::Elasticities const& known, SupplySettings const& settings);

}  // namespace kindling::supply_module
