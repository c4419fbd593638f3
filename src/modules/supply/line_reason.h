// modules/supply/line_reason.h -- why a line of an order has the quantity that it has: what its level asks for and serves, what was added to reach the supplier's least order, what was cut, and what is then here.
//
// What is said is what is ordered. A level that the order does not reach, or goes beyond (packs, lots, fillings, cuts), is told as the level, beside what the order makes. Pure; O(1).
#pragma once
#include "modules/supply/levels.h"

namespace kindling::supply_module {

// Units of one line, on its way from what the good needs to what is ordered.
struct LineUnits {
    double position = 0;         // here and under way, without the line
    std::int64_t wished = 0;     // what its level, or the lot that its terms make cheapest, asks for; 0: nothing
    std::int64_t asked = 0;      // what of `wished` the day's order takes for its own sake; 0: the line was added to reach the least order
    std::int64_t drafted = 0;    // with what was added to it
    std::int64_t ordered = 0;    // after supplier's most, places and money
    bool lot = false;            // `wished` is a lot (lots.h), which tells itself
};

struct LineReason { std::string en, zh; };

// needed: units asked for until the order after this one comes, in `days`.
LineReason reason_of(StockItem const&, Level const&, SupplyTerm const&, LineUnits const&, double needed, double days);

}  // namespace kindling::supply_module
