// modules/supply/lead_demand.h -- what will be asked for until an order comes, as a distribution.
//
// How long the supplier takes is not known, and how much is asked for in so many days is not either:
//     P(D <= x) = sum over d of P(the supplier takes d days) P(units of the first `extra` + d days <= x)
// The first are the weights of LeadTime: what was observed. The second is the distribution whose quantiles module forecast publishes (a negative binomial of the sum's mean and
// of the variance that sums of so many days were missed by), or the same by the rates of demand.h where there is no forecast. Mixed as they are, not matched by two moments: a supplier that takes one week or
// four gives a distribution with two humps, and a level for 97 % of the demand lies at the second.
//
// Goods that seldom sell take the second from seldom.h, which is learned for one number of days; three lead times stand for all then (lead_points). Pure; any threads. O(lead times x units);
// where thousands of units are asked for, at most a dozen groups of lead times stand for all.
#pragma once
#include "engines/inventory/demand.h"
#include "modules/supply/demand.h"
#include "modules/supply/lead_time.h"

namespace kindling::supply_module {

// Of a lead time and `extra` days before and after it.
Result<inventory::Demand> lead_demand(DemandAhead const&, LeadTime const&, double extra);

struct LeadPoint {
    double weight = 1;
    int days = 0;
};
// The means, in whole days, of the shortest, middle and longest third of what the supplier takes; one where they are the same.
std::vector<LeadPoint> lead_points(LeadTime const&);

}  // namespace kindling::supply_module
