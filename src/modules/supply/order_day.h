// modules/supply/order_day.h -- what one supplier is ordered for one place on a day: which goods, whether on another day than its own, and what an order below its least value does.
//
// Goods at or below their reorder level are ordered on the supplier's order day. On another day only those that are out, or would be before an order of the order day could come, and lose more margin until
// then than an order of its own costs (its fixed cost, lines, and keeping it so long); what is watched every day is ordered on any. When the sum is below the supplier's least order value, the order is filled
// up (joint.h; no good beyond what the alerts call too much) or waits, whichever costs less: keeping what was added, or the margin missed until an order of the next order day comes. What cannot be filled
// up waits; what people set is ordered as it is. The plan of today (compute.h) and the past played again (replay.h) decide by it alike. Pure, safe from many threads; O(packs x goods) where it fills up.
#pragma once
#include "modules/supply/levels.h"
#include <span>

namespace kindling::supply_module {

// One good of the supplier at the place. Pointers are never null.
struct Candidate {
    Good const* good;
    Level const* level;
    DemandAhead const* ahead;
    double available = 0, position = 0;  // units here and not promised; with what is under way
    double quantity = 0;                 // what its policy orders now (order_of.h); 0: nothing
    bool fills = true;                   // may be added to reach the least order value: on sale, its stock counted
};

struct OrderDay {
    Day today = 0, next_order = 0;       // next_order: from today on
    LeadTime const* lead = nullptr;
    bool any_day = false;                // today is taken for its order day
    double minimum_minor = 0, order_cost_minor = 0, line_cost_minor = 0;
    double overstock_days = 120;
};

// Of a supplier; one beyond the known ones has no least order value. The lead time stays with the caller.
OrderDay order_day_of(SupplySettings const&, ShopStock const&, std::size_t supplier, LeadTime const&, Day today, Day next_order);

struct DayLine {
    std::size_t candidate = 0;
    double quantity = 0, missed = 0;     // missed: margin that waiting loses, minor units
    double asked = 0;                    // of `quantity` for its own sake; the rest was added to reach the least order value
};

struct DayOrder {
    std::vector<DayLine> lines;          // by candidate; none: nothing is ordered today. Of an order that waits what it would have
    bool waits = false;                  // for the next day on which it can be ordered
    bool early = false, urgent = false;  // not on its order day; and not only what is watched every day
    bool below_minimum = false;
    double filled_units = 0;
    double waiting_minor = 0;            // margin missed if it waited
    std::optional<double> filling_minor; // what keeping the added units costs, with an early order's own costs; nothing where it needs or allows no filling
};

DayOrder order_on(OrderDay const&, std::span<Candidate const>);

// Whether it is out, or more likely than not will be before an order of the next order day comes.
bool gone_before(OrderDay const&, Candidate const&);

// Units that are not too much, whatever the alerts say: what sells in overstock_days with a chance of nine tenths, or its level.
double not_too_much(Level const&, DemandAhead const&, double overstock_days);

}  // namespace kindling::supply_module
