// shop/facts/window.h -- functions over rows in order: earlier values, running totals, the last seven days, quantiles, the best ten.
//
// Rows are sorted by partition (a product, a customer) and by day within it; `starts` holds the first row of each partition, ascending, beginning
// with 0; its last partition ends with the rows. Pure, deterministic, any thread, linear unless said otherwise.
#pragma once
#include "core/result.h"
#include "core/time.h"
#include <cstdint>
#include <span>
#include <vector>

namespace kindling::shop::facts {

using Starts = std::span<std::uint32_t const>;

// Where a new partition begins in a sorted column of partition numbers.
std::vector<std::uint32_t> partition_starts(std::span<std::int64_t const> partition);
// The order that sorts rows by partition, then by day, equal rows in their old order.
std::vector<std::uint32_t> order_by_partition_and_day(std::span<std::int64_t const> partition, std::span<std::int64_t const> day);

// The value `rows` rows earlier in the partition, or `missing`.
std::vector<std::int64_t> lag(std::span<std::int64_t const> values, Starts, std::uint32_t rows, std::int64_t missing);
// Total from the partition's first row to this one. Error: amount_overflow.
Result<std::vector<std::int64_t>> cumulative_sum(std::span<std::int64_t const> values, Starts);
// Total over the rows of the last `days` days including the row's own: day - days < d <= day; days without rows count as zero. days >= 1. Error: amount_overflow.
Result<std::vector<std::int64_t>> rolling_sum(std::span<std::int64_t const> values, std::span<std::int64_t const> day, Starts, std::int64_t days);
// rolling_sum / days: the mean per calendar day. Shorter history at a partition's beginning is divided by `days` all the same.
Result<std::vector<double>> rolling_mean(std::span<std::int64_t const> values, std::span<std::int64_t const> day, Starts, std::int64_t days);

// Quantiles by linear interpolation (type 7 of Hyndman & Fan, The American Statistician 50, 1996), p in [0, 1]; of nothing: 0 each. O(n log n).
std::vector<double> quantiles(std::span<std::int64_t const> values, std::span<double const> p);
std::vector<double> quantiles(std::span<double const> values, std::span<double const> p);  // without NaN

// Positions of the k largest, largest first, equal ones by position. O(n log k).
std::vector<std::uint32_t> top_k(std::span<std::int64_t const> values, std::size_t k);

}  // namespace kindling::shop::facts
