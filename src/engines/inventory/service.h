// engines/inventory/service.h -- the least stock that keeps a promise: cycle service (no shortage in a cycle) or fill rate (share of units from the shelf).
//
// Targets are shares, above 0 and below 1. Levels of whole demand are whole numbers. (R, S): every `review` periods order up to S, arriving a lead
// time later; the fill rate counts what is newly owed in one review, E(D_protection - S)+ - E(D_lead - S)+, against its demand (Silver, Pyke & Thomas, 7.9).
// (r, Q): loss(r) - loss(r + Q) against Q (Hadley & Whitin). All searches are bisections of monotone functions.
#pragma once
#include "engines/inventory/demand.h"

namespace kindling::inventory {

struct ReviewDemand {
    Demand lead, protection;  // of the lead time; of lead time + review
};

double cycle_service(const Demand& protection, double level);
Result<double> level_for_cycle_service(const Demand& protection, double target);

double fill_rate(const ReviewDemand&, double order_up_to);  // 1 when nothing is ever asked for
Result<double> level_for_fill_rate(const ReviewDemand&, double target);

double fill_rate_reorder(const Demand& lead_time_demand, double reorder_point, double quantity);
Result<double> reorder_point_for_fill_rate(const Demand& lead_time_demand, double quantity, double target);

}  // namespace kindling::inventory
