// modules/forecast/cuts.h -- cuts of price that no promotion is known for, found in what order lines were paid (unit price less what was taken off the line).
//
// A product's variants are looked at together, each line's price beside what its SKU usually costs (the third quartile of what it was paid). Along the days that sold, by the median of a day's
// lines: a run more than 7 % below the usual price that lasts at most six weeks, of three lines on two days or more, and after which the usual price came back, was a cut that everybody
// got. A price that stays low is the new usual one; one that is still low at the end is left alone, for nobody knows whether it will end; single cheap lines (a code, a large order) are neither.
// What a cut lifted is taken out of the history as planned.h takes out what known promotions did. One read of the order lines; O(lines log lines).
#pragma once
#include "modules/forecast/due.h"

namespace kindling::forecast {

struct PaidDay {
    std::int32_t day = 0;
    double price = 1;        // of the median line, beside what is usual for its SKU
    std::size_t lines = 1;
};
struct Cut {
    std::int32_t from = 0, to = 0;  // days [from, to)
    double off = 0;                 // share of the usual price, mean of its lines
};
// Days ascending.
std::vector<Cut> find_cuts(std::span<PaidDay const>);

// Writes into the history by how much such cuts lifted days of goods whose elasticity is known, where due.h takes them out; days of known promotions stay as they are. How many cuts were.
Result<std::size_t> take_out_cuts(shop::Transaction&, Elasticities const&, Due const&, History&);

}  // namespace kindling::forecast
