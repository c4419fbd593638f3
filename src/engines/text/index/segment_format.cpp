#include "engines/text/index/segment_format.h"

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

}  // namespace kindling::text
