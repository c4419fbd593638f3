// shop/facts/packing.h -- whole numbers as their distance from the smallest, in the fewest bytes that hold it.
//
// Frame of reference (Goldstein, Ramakrishnan & Shaft, "Compressing Relations and Indexes", ICDE 1998), whole bytes only: 0 (all equal), 1, 2,
// 4 or 8. Bits would save a little more space and cost the plain loops that compilers turn into vector code.
#pragma once
#include <cstdint>
#include <span>
#include <string>

namespace kindling::shop::facts {

struct Packed {
    std::int64_t base = 0, max = 0;  // smallest and largest value
    int width = 0;                   // bytes a value: 0, 1, 2, 4, 8
    char const* data = nullptr;      // rows × width bytes, aligned to width
};

// The distance of two values needs this many bytes.
int width_for(std::int64_t base, std::int64_t max);

// Appends the packed values to `out`; the result's data is null. `values` is not empty.
Packed pack(std::span<std::int64_t const> values, std::string& out);

// values[i] = the value at row first + i, never above `max`. Any width; wraps as unsigned, so that no content can overflow.
void unpack(Packed const&, std::size_t first, std::span<std::int64_t> values);

}  // namespace kindling::shop::facts
