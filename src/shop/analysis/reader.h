// shop/analysis/reader.h -- rows of the store as rows of facts.
//
// Reads by seq, which grows in the order of commits: "seq > what I have" misses nothing. In windows of 50,000, so that memory stays bounded on every store.
#pragma once
#include "core/progress.h"
#include "shop/people/time_zones.h"
#include "shop/analysis/tables.h"
#include "shop/facts/appender.h"
#include "shop/store/store.h"
#include <set>
#include <unordered_set>

namespace kindling::shop::analysis {

struct SequenceRange {
    std::int64_t after = 0, until = 0;  // after < seq <= until
};

// Which days a reading touched: their daily sales are to be derived again.
struct TouchedDays {
    std::set<Day> lines;               // by order lines
    std::optional<Day> moves_since;    // by stock moves: every later closing stock follows
    std::int64_t rows = 0;
};

struct Reader {
    Transaction& tx;
    WallClock& days;
    std::unordered_set<std::string> const& forgotten;  // customers whose code must not appear
    Progress progress = {};

    // Sales and credits, then returns.
    Result<void> order_lines(facts::Appender&, SequenceRange lines, SequenceRange returns, TouchedDays&) const;
    // All rows of these orders within the ranges.
    Result<void> lines_of_orders(facts::Appender&, std::span<std::string const> orders, SequenceRange lines, SequenceRange returns, TouchedDays&) const;
    Result<void> events(facts::Appender&, SequenceRange, TouchedDays&) const;
    Result<void> stock_moves(facts::Appender&, SequenceRange, TouchedDays&) const;
};

}  // namespace kindling::shop::analysis
