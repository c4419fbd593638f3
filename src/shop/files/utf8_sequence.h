// shop/files/utf8_sequence.h -- one UTF-8 sequence at the beginning of a buffer, telling "cut by the end" from "broken" (RFC 3629).
#pragma once
#include <cstddef>

namespace kindling::shop::files {

constexpr int sequence_broken = 0, sequence_cut = -1;

// Its length 1..4, or sequence_broken, or sequence_cut when more bytes could still make it valid. `have` >= 1.
inline int utf8_sequence(char const* text, std::size_t have) {
    auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    auto const lead = byte(0);
    if (lead < 0x80) return 1;
    if (lead < 0xC2 || lead > 0xF4) return sequence_broken;
    if (have < 2) return sequence_cut;
    // The second byte carries the bounds against overlong forms, surrogates and code points above U+10FFFF.
    auto const low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80, high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (byte(1) < low || byte(1) > high) return sequence_broken;
    std::size_t const length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    for (std::size_t i = 2; i < length; ++i) {
        if (i >= have) return sequence_cut;
        if (byte(i) < 0x80 || byte(i) > 0xBF) return sequence_broken;
    }
    return static_cast<int>(length);
}

}  // namespace kindling::shop::files
