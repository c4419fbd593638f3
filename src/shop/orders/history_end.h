// shop/orders/history_end.h -- the first day that is not in a shop's history: the one definition of it, for whatever learns from orders and plans ahead.
//
// It is today on the shop's wall clock, whose trade is not over, however many of the days before had no order: a shop that is closed on Fridays, or whose demo ends at midnight, has sold nothing on them and is awake.
// Only where the newest order is more than `days_until_asleep` old (an imported year) does history end after the day of that order. Orders dated after now have not been placed and count for nothing: one of 2099 wakes nobody.
#pragma once
#include "core/time.h"

namespace kindling::shop {

class Transaction;
class WallClock;

inline constexpr Day days_until_asleep = 14;

struct HistoryEnd {
    Day day = 0;       // the first that is not in the history
    Day newest = 0;    // day of the newest order; what is from the day after it to `day` was not sold on, or is not recorded yet
};

// When the newest order that counts was placed, by now; 0: none.
Result<Milliseconds> newest_order(Transaction&, Milliseconds now);
// failed_precondition "nothing_sold" without orders. O(log orders).
Result<HistoryEnd> history_end(Transaction&, WallClock&, Milliseconds now);

}  // namespace kindling::shop
