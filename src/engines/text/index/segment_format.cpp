#include "engines/text/index/segment_format.h"

#include <algorithm>
#include <array>

#if defined(__SSE4_2__)
#include <nmmintrin.h>
#endif

namespace kindling::text {

// CRC-32C (Castagnoli): x86 has it as an instruction.
std::uint32_t crc32c(std::span<const char> bytes, std::uint32_t seed) {
    auto const* at = bytes.data();
    auto left = bytes.size();
#if defined(__SSE4_2__)
    std::uint64_t crc = ~seed;
    for (; left >= 8; at += 8, left -= 8) {
        std::uint64_t word;
        std::memcpy(&word, at, 8);
        crc = _mm_crc32_u64(crc, word);
    }
    auto small = static_cast<std::uint32_t>(crc);
    for (; left > 0; ++at, --left) small = _mm_crc32_u8(small, static_cast<unsigned char>(*at));
    return ~small;
#else
    static auto const table = [] {
        std::array<std::uint32_t, 256> t{};
        for (std::uint32_t i = 0; i < 256; ++i) {
            auto c = i;
            for (int k = 0; k < 8; ++k) c = c & 1 ? c >> 1 ^ 0x82F63B78u : c >> 1;
            t[i] = c;
        }
        return t;
    }();
    std::uint32_t crc = ~seed;
    for (; left > 0; ++at, --left) crc = table[(crc ^ static_cast<unsigned char>(*at)) & 0xFF] ^ crc >> 8;
    return ~crc;
#endif
}

void pack(std::span<const std::uint32_t> values, unsigned bits, std::string& out) {
    std::uint64_t word = 0;
    unsigned filled = 0;
    for (auto const value : values) {
        word |= static_cast<std::uint64_t>(value) << filled;
        filled += bits;
        while (filled >= 8) {
            out.push_back(static_cast<char>(word));
            word >>= 8;
            filled -= 8;
        }
    }
    if (filled > 0) out.push_back(static_cast<char>(word));
}

namespace {

// Eight values of up to 8 bits come from one load with constant shifts; wider ones from a load each.
template <unsigned bits> void unpack_narrow(const char* from, std::size_t count, std::uint32_t* to) {
    constexpr std::uint64_t mask = (1ull << bits) - 1;
    std::size_t i = 0;
    for (; i + 8 <= count; i += 8, from += bits) {
        std::uint64_t word;
        std::memcpy(&word, from, 8);
        for (unsigned k = 0; k < 8; ++k) to[i + k] = static_cast<std::uint32_t>(word >> (k * bits) & mask);
    }
    if (i == count) return;
    std::uint64_t word;
    std::memcpy(&word, from, 8);
    for (unsigned k = 0; i < count; ++i, ++k) to[i] = static_cast<std::uint32_t>(word >> (k * bits) & mask);
}

}  // namespace

void unpack(const char* from, std::size_t count, unsigned bits, std::uint32_t* to) {
    switch (bits) {
        case 0: std::fill_n(to, count, 0u); return;
        case 1: return unpack_narrow<1>(from, count, to);
        case 2: return unpack_narrow<2>(from, count, to);
        case 3: return unpack_narrow<3>(from, count, to);
        case 4: return unpack_narrow<4>(from, count, to);
        case 5: return unpack_narrow<5>(from, count, to);
        case 6: return unpack_narrow<6>(from, count, to);
        case 7: return unpack_narrow<7>(from, count, to);
        case 8: return unpack_narrow<8>(from, count, to);
        default: break;
    }
    auto const mask = bits == 32 ? 0xFFFFFFFFull : (1ull << bits) - 1;
    for (std::size_t i = 0, at = 0; i < count; ++i, at += bits) {
        std::uint64_t word;
        std::memcpy(&word, from + (at >> 3), 8);
        to[i] = static_cast<std::uint32_t>(word >> (at & 7) & mask);
    }
}

}  // namespace kindling::text
