// modules/supply/classes.h -- goods at places by how much they bring in and how steadily they sell, and what is promised of each class.
//
// ABC: by revenue of the last 180 known days, the goods that make the first 80 % of it, the next 15 %, the rest. XYZ: by the coefficient of variation of whole weeks, below
// 0.5, below 1, the rest, and whatever was seen for less than four weeks. O(goods x 180). Pure; any thread.
#pragma once
#include "modules/supply/facts.h"

namespace kindling::supply_module {

struct Classes { std::vector<char> abc, xyz; };  // of each row of ShopStock::stored

// Of the days before `end`.
Classes classify(ShopStock const&, std::size_t end);

struct Promised {
    double share = 0.95;                              // 0..1
    ServiceKind service = ServiceKind::fill_rate;     // of what
};
// What the owner set for the supplier; what is left out of it by the first target that covers the class, otherwise 95 % of units.
Promised promise(SupplySettings const&, std::string_view supplier_id, char abc, char xyz);

}  // namespace kindling::supply_module
