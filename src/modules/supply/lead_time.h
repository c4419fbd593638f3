// modules/supply/lead_time.h -- how long a supplier takes, as a distribution over whole days, and on which days it is ordered from.
//
// Observed from orders (ordered -> received). What is promised (or the shop's default) counts as five more observations, spread like a gamma of the usual relative
// deviation, so a supplier never seen is the promise and one seen often is what it did. Order days are those of the last year on which at least four of
// five orders were placed, when there were eight orders or more; the owner's rule goes before: its order days, or a reorder point, which is watched on any day. Without order days the next one is review_days after the last order, or today.
#pragma once
#include "modules/supply/facts.h"
#include <span>

namespace kindling::supply_module {

struct LeadTime {
    std::vector<double> weights;      // of 0, 1, 2 ... days; sum 1
    double mean = 0, deviation = 0, p90 = 0;
    std::size_t observed = 0;
    std::vector<std::int64_t> order_weekdays;  // empty: any day
    std::int64_t review_days = 7;     // between two order days, on average, rounded
    Day next_order = 0;               // from today on
    Day after_next(Day day) const;    // the order day after `day`
};

// Whether orders that were placed put off the next one: not where the past is played again, by orders of its own.
enum class PastOrders { count, unseen };

// What was received before `origin` counts. `usual_relative`: the shop's usual deviation / mean.
LeadTime lead_time(SupplierFacts const&, SupplySettings const&, Day origin, double usual_relative, PastOrders = PastOrders::count);
LeadTime unknown_supplier(SupplySettings const&, Day origin);
double usual_relative_deviation(std::span<SupplierFacts const>, Day origin);  // 0.3 when nothing was seen

}  // namespace kindling::supply_module
