// shop/files/encoding_detect.cpp -- which encoding bytes are in; see encoding.h for the order of the tests.
#include "shop/files/encoding.h"
#include "shop/files/utf8_sequence.h"
#include <algorithm>
#include <bit>
#include <cstring>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace kindling::shop::files {
namespace {

struct Shares {
    std::int64_t good = 0, broken = 0;
};

Shares count_utf8(std::string_view text) {
    Shares shares;
    for (std::size_t i = 0; i < text.size();) {
        auto const n = utf8_sequence(text.data() + i, text.size() - i);
        if (n == sequence_cut) break;
        n == sequence_broken ? ++shares.broken : shares.good += n > 1;
        i += n == sequence_broken ? 1 : static_cast<std::size_t>(n);
    }
    return shares;
}

// `common`: characters that Chinese text is made of, out of all characters beyond ASCII.
struct ChineseShares {
    std::int64_t common = 0, rare = 0, broken = 0, both_high = 0;
};

ChineseShares count_gb18030(std::string_view text) {
    ChineseShares shares;
    auto const at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    for (std::size_t i = 0; i + 1 < text.size();) {
        auto const lead = at(i), trail = at(i + 1);
        if (lead < 0x80) {
            ++i;
        } else if (lead == 0x80 || lead == 0xFF) {
            ++shares.broken, ++i;
        } else if (trail >= 0x30 && trail <= 0x39) {
            if (i + 3 >= text.size()) break;
            auto const valid = at(i + 2) >= 0x81 && at(i + 2) <= 0xFE && at(i + 3) >= 0x30 && at(i + 3) <= 0x39;
            valid ? ++shares.rare : ++shares.broken;
            i += valid ? 4 : 1;
        } else if (trail < 0x40 || trail == 0x7F || trail == 0xFF) {
            ++shares.broken, ++i;
        } else {
            auto const punctuation = lead >= 0xA1 && lead <= 0xA3 && trail >= 0xA1;
            auto const level_one = lead >= 0xB0 && lead <= 0xD7 && trail >= 0xA1;
            punctuation || level_one ? ++shares.common : ++shares.rare;
            shares.both_high += trail >= 0x80;
            i += 2;
        }
    }
    return shares;
}

}  // namespace

std::string_view name_of(Encoding encoding) {
    switch (encoding) {
        case Encoding::detect: return "unknown";
        case Encoding::utf8: return "UTF-8";
        case Encoding::utf16le: return "UTF-16LE";
        case Encoding::utf16be: return "UTF-16BE";
        case Encoding::gb18030: return "GB18030";
        case Encoding::windows1252: return "windows-1252";
    }
    return "unknown";
}

Encoding detect_encoding(std::string_view sample) {
    if (sample.starts_with("\xEF\xBB\xBF")) return Encoding::utf8;
    if (sample.starts_with("\xFF\xFE")) return Encoding::utf16le;
    if (sample.starts_with("\xFE\xFF")) return Encoding::utf16be;
    auto const start = sample.substr(0, 4096);
    if (std::memchr(start.data(), 0, start.size())) {
        // Names, numbers and delimiters are ASCII even in a Chinese export: half the bytes of a unit are then zero.
        std::size_t zeros[2] = {};
        for (std::size_t i = 0; i < start.size(); ++i) zeros[i % 2] += start[i] == 0;
        auto const many = std::max<std::size_t>(8, start.size() / 8);
        if (zeros[1] > many && zeros[0] * 8 < zeros[1]) return Encoding::utf16le;
        if (zeros[0] > many && zeros[1] * 8 < zeros[0]) return Encoding::utf16be;
    }
    auto const utf8 = count_utf8(sample);
    if (utf8.broken == 0 || utf8.good >= utf8.broken * 99) return Encoding::utf8;
    auto const chinese = count_gb18030(sample);
    auto const all = chinese.common + chinese.rare + chinese.broken;
    // European words seldom put two accented letters side by side, so with enough of them pairs alone are proof (rare and traditional characters).
    auto const pairs = all >= 20 && chinese.both_high * 2 >= all;
    if ((chinese.common * 10 >= all * 6 || pairs) && chinese.broken * 50 <= all) return Encoding::gb18030;
    // A mixture in which UTF-8 is the likelier reading: three-byte sequences do not come about by chance.
    if (utf8.good > utf8.broken) return Encoding::utf8;
    return Encoding::windows1252;
}

std::size_t plain_ascii_prefix(std::string_view text) {
    std::size_t i = 0;
#if defined(__SSE2__)
    auto const zero = _mm_setzero_si128();
    for (; i + 16 <= text.size(); i += 16) {
        auto const block = _mm_loadu_si128(reinterpret_cast<__m128i const*>(text.data() + i));
        auto const stop = static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(block, _mm_cmpeq_epi8(block, zero))));
        if (stop) return i + static_cast<std::size_t>(std::countr_zero(stop));
    }
#endif
    while (i < text.size() && text[i] > 0 && static_cast<unsigned char>(text[i]) < 0x80) ++i;
    return i;
}

std::size_t valid_utf8_prefix(std::string_view text) {
    std::size_t i = 0;
    while (i < text.size()) {
        // Runs of one kind: long plain stretches by blocks, Chinese by sequences without going back to the block loop.
        if (static_cast<unsigned char>(text[i]) < 0x80) {
            auto const plain = plain_ascii_prefix(text.substr(i));
            if (plain == 0) break;
            i += plain;
            continue;
        }
        auto const n = utf8_sequence(text.data() + i, text.size() - i);
        if (n <= 0) break;
        i += static_cast<std::size_t>(n);
    }
    return i;
}

}  // namespace kindling::shop::files
