// shop/analysis/daily.h -- daily sales of each SKU, derived from order lines and stock moves.
//
// One row for a SKU, day and currency with sales or returns, and for a SKU and day with moves of stock: a day without a row sold nothing, and its stock
// is that of the SKU's row before. So demand that was censored by an empty shelf can be told from none, without a row for each SKU and day.
#pragma once
#include "shop/analysis/reader.h"

namespace kindling::shop::analysis {

struct DaySpan {
    Day first, last;
};

// Adds the rows of these days (ascending, not overlapping). Works through a month at a time: memory follows the busiest month.
Result<void> derive_daily(facts::Appender&, facts::Table const& order_lines, facts::Table const& stock_moves, std::span<DaySpan const>, Progress const&);

// Every day that a table has rows on.
Result<std::vector<DaySpan>> all_days(facts::Table const& order_lines, facts::Table const& stock_moves);

}  // namespace kindling::shop::analysis
