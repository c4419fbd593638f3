#include "shop/facts/packing.h"
#include "shop/facts/wide.h"
#include <algorithm>
#include <cstring>

namespace kindling::shop::facts {
namespace {

// No value passes the largest that the table tells of: groups and bitmaps are counted in arrays of that size, and a table whose
// manifest was written by somebody else must not reach beyond them.
template <class T> inline __attribute__((always_inline)) void widen_loop(T const* from, std::uint64_t base, T most, std::int64_t* to, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) to[i] = static_cast<std::int64_t>(base + std::min(from[i], most));
}
KINDLING_WIDE void widen_1(std::uint8_t const* from, std::uint64_t base, std::uint8_t most, std::int64_t* to, std::size_t n) { widen_loop(from, base, most, to, n); }
KINDLING_WIDE void widen_2(std::uint16_t const* from, std::uint64_t base, std::uint16_t most, std::int64_t* to, std::size_t n) { widen_loop(from, base, most, to, n); }
KINDLING_WIDE void widen_4(std::uint32_t const* from, std::uint64_t base, std::uint32_t most, std::int64_t* to, std::size_t n) { widen_loop(from, base, most, to, n); }
KINDLING_WIDE void widen_8(std::uint64_t const* from, std::uint64_t base, std::uint64_t most, std::int64_t* to, std::size_t n) { widen_loop(from, base, most, to, n); }

template <class T> void narrow(std::span<std::int64_t const> values, std::uint64_t base, std::string& out) {
    auto const at = out.size();
    out.resize(at + values.size() * sizeof(T));
    for (std::size_t i = 0; i < values.size(); ++i) {
        auto const small = static_cast<T>(static_cast<std::uint64_t>(values[i]) - base);
        std::memcpy(out.data() + at + i * sizeof(T), &small, sizeof(T));
    }
}

}  // namespace

int width_for(std::int64_t base, std::int64_t max) {
    auto const distance = static_cast<std::uint64_t>(max) - static_cast<std::uint64_t>(base);
    return distance == 0 ? 0 : distance <= 0xFF ? 1 : distance <= 0xFFFF ? 2 : distance <= 0xFFFF'FFFF ? 4 : 8;
}

Packed pack(std::span<std::int64_t const> values, std::string& out) {
    auto const [low, high] = std::ranges::minmax(values);
    Packed packed{.base = low, .max = high, .width = width_for(low, high)};
    auto const base = static_cast<std::uint64_t>(low);
    switch (packed.width) {
        case 1: narrow<std::uint8_t>(values, base, out); break;
        case 2: narrow<std::uint16_t>(values, base, out); break;
        case 4: narrow<std::uint32_t>(values, base, out); break;
        case 8: narrow<std::uint64_t>(values, base, out); break;
        default: break;
    }
    return packed;
}

void unpack(Packed const& packed, std::size_t first, std::span<std::int64_t> values) {
    auto const base = static_cast<std::uint64_t>(packed.base), most = static_cast<std::uint64_t>(packed.max) - base;
    switch (packed.width) {
        case 1: return widen_1(reinterpret_cast<std::uint8_t const*>(packed.data) + first, base, static_cast<std::uint8_t>(most), values.data(), values.size());
        case 2: return widen_2(reinterpret_cast<std::uint16_t const*>(packed.data) + first, base, static_cast<std::uint16_t>(most), values.data(), values.size());
        case 4: return widen_4(reinterpret_cast<std::uint32_t const*>(packed.data) + first, base, static_cast<std::uint32_t>(most), values.data(), values.size());
        case 8: return widen_8(reinterpret_cast<std::uint64_t const*>(packed.data) + first, base, static_cast<std::uint64_t>(most), values.data(), values.size());
        default: std::ranges::fill(values, packed.base);
    }
}

}  // namespace kindling::shop::facts
