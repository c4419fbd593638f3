#include "shop/facts/kernels.h"
#include "shop/facts/wide.h"
#include <algorithm>
#include <cstring>

namespace kindling::shop::facts {
namespace {

template <class T> inline __attribute__((always_inline)) void range_loop(T const* values, T low, T span, std::uint8_t* mask, std::size_t n) {
    // One comparison for both ends: what lies below `low` wraps around to a large distance.
    for (std::size_t i = 0; i < n; ++i) mask[i] = static_cast<T>(values[i] - low) <= span;
}

KINDLING_WIDE void range_1(std::uint8_t const* v, std::uint8_t low, std::uint8_t span, std::uint8_t* mask, std::size_t n) { range_loop(v, low, span, mask, n); }
KINDLING_WIDE void range_2(std::uint16_t const* v, std::uint16_t low, std::uint16_t span, std::uint8_t* mask, std::size_t n) { range_loop(v, low, span, mask, n); }
KINDLING_WIDE void range_4(std::uint32_t const* v, std::uint32_t low, std::uint32_t span, std::uint8_t* mask, std::size_t n) { range_loop(v, low, span, mask, n); }
KINDLING_WIDE void range_8(std::uint64_t const* v, std::uint64_t low, std::uint64_t span, std::uint8_t* mask, std::size_t n) { range_loop(v, low, span, mask, n); }
KINDLING_WIDE void range_real(double const* v, double low, double high, std::uint8_t* mask, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) mask[i] = static_cast<std::uint8_t>((v[i] >= low) & (v[i] <= high));
}

template <class T, class F> void typed_range(F loop, Packed const& p, std::size_t first, std::uint64_t low, std::uint64_t span, Mask mask) {
    loop(reinterpret_cast<T const*>(p.data) + first, static_cast<T>(low), static_cast<T>(span), mask.data(), mask.size());
}

}  // namespace

void mask_range(Packed const& p, std::size_t first, std::int64_t low, std::int64_t high, Mask mask) {
    low = std::max(low, p.base), high = std::min(high, p.max);
    if (low > high || p.width == 0 || (low == p.base && high == p.max)) {
        std::memset(mask.data(), low <= high, mask.size());
        return;
    }
    auto const from = static_cast<std::uint64_t>(low) - static_cast<std::uint64_t>(p.base), span = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low);
    switch (p.width) {
        case 1: return typed_range<std::uint8_t>(range_1, p, first, from, span, mask);
        case 2: return typed_range<std::uint16_t>(range_2, p, first, from, span, mask);
        case 4: return typed_range<std::uint32_t>(range_4, p, first, from, span, mask);
        default: return typed_range<std::uint64_t>(range_8, p, first, from, span, mask);
    }
}

void mask_range(std::span<double const> values, double low, double high, Mask mask) { range_real(values.data(), low, high, mask.data(), mask.size()); }

void mask_members(std::span<std::int64_t const> values, std::int64_t smallest, std::span<std::uint8_t const> member, Mask mask) {
    for (std::size_t i = 0; i < mask.size(); ++i) mask[i] = member[static_cast<std::size_t>(values[i] - smallest)];
}

void mask_and(Mask into, std::span<std::uint8_t const> other) {
    for (std::size_t i = 0; i < into.size(); ++i) into[i] &= other[i];
}
void mask_or(Mask into, std::span<std::uint8_t const> other) {
    for (std::size_t i = 0; i < into.size(); ++i) into[i] |= other[i];
}
void mask_not(Mask mask) {
    for (auto& m : mask) m ^= 1;
}

std::size_t select(std::span<std::uint8_t const> mask, std::span<std::uint32_t> positions) {
    std::size_t n = 0;
    for (std::size_t i = 0; i < mask.size(); ++i) {  // always stored, sometimes kept: no branch to mispredict
        positions[n] = static_cast<std::uint32_t>(i);
        n += mask[i];
    }
    return n;
}

void count_groups(std::span<std::uint32_t const> groups, std::span<std::int64_t> counts) {
    for (auto g : groups) ++counts[g];
}

void sum_groups(std::span<std::uint32_t const> groups, std::span<std::int64_t const> values, std::span<std::int64_t> sums) {
    for (std::size_t i = 0; i < groups.size(); ++i) sums[groups[i]] += values[i];
}
void sum_groups(std::span<std::uint32_t const> groups, std::span<double const> values, std::span<double> sums) {
    for (std::size_t i = 0; i < groups.size(); ++i) sums[groups[i]] += values[i];
}

bool checked_sum_groups(std::span<std::uint32_t const> groups, std::span<std::int64_t const> values, std::span<std::int64_t> sums) {
    bool overflow = false;
    for (std::size_t i = 0; i < groups.size(); ++i) overflow |= __builtin_add_overflow(sums[groups[i]], values[i], &sums[groups[i]]);
    return !overflow;
}

bool checked_multiply(std::span<std::int64_t const> a, std::span<std::int64_t const> b, std::span<std::int64_t> products) {
    bool overflow = false;
    for (std::size_t i = 0; i < a.size(); ++i) overflow |= __builtin_mul_overflow(a[i], b[i], &products[i]);
    return !overflow;
}

void min_groups(std::span<std::uint32_t const> groups, std::span<std::int64_t const> values, std::span<std::int64_t> mins) {
    for (std::size_t i = 0; i < groups.size(); ++i) mins[groups[i]] = std::min(mins[groups[i]], values[i]);
}
void max_groups(std::span<std::uint32_t const> groups, std::span<std::int64_t const> values, std::span<std::int64_t> maxs) {
    for (std::size_t i = 0; i < groups.size(); ++i) maxs[groups[i]] = std::max(maxs[groups[i]], values[i]);
}
void min_groups(std::span<std::uint32_t const> groups, std::span<double const> values, std::span<double> mins) {
    for (std::size_t i = 0; i < groups.size(); ++i) mins[groups[i]] = std::min(mins[groups[i]], values[i]);
}
void max_groups(std::span<std::uint32_t const> groups, std::span<double const> values, std::span<double> maxs) {
    for (std::size_t i = 0; i < groups.size(); ++i) maxs[groups[i]] = std::max(maxs[groups[i]], values[i]);
}

}  // namespace kindling::shop::facts
