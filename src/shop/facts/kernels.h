// shop/facts/kernels.h -- the loops that analysis spends its time in: pure functions over spans, written so that compilers vectorise them.
//
// Masks are bytes, 0 or 1. Spans of one call have the same length unless said otherwise. Nothing here allocates or fails,
// except the checked sum, which tells of its overflow. All are deterministic and may run on any thread.
#pragma once
#include "shop/facts/packing.h"
#include <cstdint>
#include <span>
#include <vector>

namespace kindling::shop::facts {

using Mask = std::span<std::uint8_t>;

// Filtering. mask[i] = low <= value[first + i] <= high, on the packed bytes, without unpacking.
void mask_range(Packed const&, std::size_t first, std::int64_t low, std::int64_t high, Mask);
void mask_range(std::span<double const>, double low, double high, Mask);  // NaN is in no range
// mask[i] = member[value - smallest] != 0; every value must be within the table.
void mask_members(std::span<std::int64_t const>, std::int64_t smallest, std::span<std::uint8_t const> member, Mask);
void mask_and(Mask into, std::span<std::uint8_t const>);
void mask_or(Mask into, std::span<std::uint8_t const>);
void mask_not(Mask);
// Positions of the ones, in order, into `positions` (as long as the mask); returns how many.
std::size_t select(std::span<std::uint8_t const> mask, std::span<std::uint32_t> positions);

// values[i] = values[positions[i]]; positions ascend.
template <class T> void gather(std::span<T> values, std::span<std::uint32_t const> positions) {
    for (std::size_t i = 0; i < positions.size(); ++i) values[i] = values[positions[i]];
}

// Grouping. groups[i] < the length of the accumulators.
void count_groups(std::span<std::uint32_t const> groups, std::span<std::int64_t> counts);
void sum_groups(std::span<std::uint32_t const> groups, std::span<std::int64_t const> values, std::span<std::int64_t> sums);  // the caller knows that it fits
void sum_groups(std::span<std::uint32_t const> groups, std::span<double const> values, std::span<double> sums);
[[nodiscard]] bool checked_sum_groups(std::span<std::uint32_t const> groups, std::span<std::int64_t const> values, std::span<std::int64_t> sums);  // false: overflow
// products[i] = a[i] * b[i]; false: overflow somewhere.
[[nodiscard]] bool checked_multiply(std::span<std::int64_t const> a, std::span<std::int64_t const> b, std::span<std::int64_t> products);
void min_groups(std::span<std::uint32_t const> groups, std::span<std::int64_t const> values, std::span<std::int64_t> mins);
void max_groups(std::span<std::uint32_t const> groups, std::span<std::int64_t const> values, std::span<std::int64_t> maxs);
void min_groups(std::span<std::uint32_t const> groups, std::span<double const> values, std::span<double> mins);
void max_groups(std::span<std::uint32_t const> groups, std::span<double const> values, std::span<double> maxs);

}  // namespace kindling::shop::facts
