// shop/overview/overview.h -- the console's first look: key figures of a period beside the one before, and the chain's state.
#pragma once
#include "core/operation.h"
#include "core/time.h"
#include <map>
#include <optional>

namespace kindling::shop {

// What the overview takes from the facts when they are current, because the store would read a million rows for it.
struct OverviewFacts {
    struct Visits { std::int64_t all = 0, buying = 0; };  // in the event log: all, and those that ended in an order
    Visits visits, visits_before;
    std::vector<Visits> visits_by_day;  // every 24 hours from `before` on
    std::int64_t orders_to_ship = 0;
    std::map<std::string, std::pair<std::int64_t, std::int64_t>> sold_minor;  // by product: in the period, and before
};
// Of the two periods before..from and from..until, milliseconds; nothing: ask the store.
using AskFacts = std::function<std::optional<OverviewFacts>(std::int64_t shop_id, Milliseconds before, Milliseconds from, Milliseconds until)>;

std::vector<Operation> overview_operations(AskFacts = {});
std::vector<Operation> storefront_operations();

}  // namespace kindling::shop
