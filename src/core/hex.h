// core/hex.h -- bytes as lower-case hexadecimal and back: for sealed values in columns of text, and for digests.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace kindling {

inline std::string to_hex(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size() * 2);
    for (unsigned char c : bytes) out += "0123456789abcdef"[c >> 4], out += "0123456789abcdef"[c & 15];
    return out;
}

// Nothing for an odd length or anything but 0-9 and a-f.
inline std::optional<std::string> from_hex(std::string_view text) {
    auto const digit = [](char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; };
    if (text.size() % 2) return {};
    std::string out;
    out.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        if (digit(text[i]) < 0 || digit(text[i + 1]) < 0) return {};
        out += static_cast<char>(digit(text[i]) * 16 + digit(text[i + 1]));
    }
    return out;
}

}  // namespace kindling
