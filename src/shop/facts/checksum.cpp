#include "shop/facts/checksum.h"
#include <array>
#include <cstring>
#if defined(__SSE4_2__)
#include <nmmintrin.h>
#endif

namespace kindling::shop::facts {

std::uint32_t checksum(void const* bytes, std::size_t size, std::uint32_t crc) {
    auto const* p = static_cast<unsigned char const*>(bytes);
    crc = ~crc;
#if defined(__SSE4_2__)
    std::uint64_t wide = crc;
    for (; size >= 8; size -= 8, p += 8) {
        std::uint64_t word;
        std::memcpy(&word, p, 8);
        wide = _mm_crc32_u64(wide, word);
    }
    crc = static_cast<std::uint32_t>(wide);
    for (; size > 0; --size, ++p) crc = _mm_crc32_u8(crc, *p);
#else
    static auto const table = [] {
        std::array<std::uint32_t, 256> t{};
        for (std::uint32_t i = 0; i < 256; ++i) {
            auto c = i;
            for (int k = 0; k < 8; ++k) c = c >> 1 ^ (c & 1 ? 0x82F63B78u : 0);
            t[i] = c;
        }
        return t;
    }();
    for (; size > 0; --size, ++p) crc = table[(crc ^ *p) & 0xFF] ^ crc >> 8;
#endif
    return ~crc;
}

}  // namespace kindling::shop::facts
