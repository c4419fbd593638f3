#include "core/utf8.h"

namespace kindling {

namespace {

constexpr char32_t replacement = 0xFFFD;

// Length of the well-formed sequence at `at` (1 to 4), or 0; the code point in `out`.
std::size_t decode(std::string_view s, std::size_t at, char32_t& out) {
    auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(s[at + i]); };
    auto const more = [&](std::size_t i) { return at + i < s.size() && (byte(i) & 0xC0) == 0x80; };
    auto const b = byte(0);
    if (b < 0x80) return out = b, 1;
    if (b < 0xC2) return 0;
    if (b < 0xE0) {
        if (!more(1)) return 0;
        return out = static_cast<char32_t>((b & 0x1F) << 6 | (byte(1) & 0x3F)), 2;
    }
    if (b < 0xF0) {
        if (!more(1) || !more(2)) return 0;
        out = static_cast<char32_t>((b & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F));
        return out < 0x800 || (out >= 0xD800 && out <= 0xDFFF) ? 0 : 3;
    }
    if (b < 0xF5) {
        if (!more(1) || !more(2) || !more(3)) return 0;
        out = static_cast<char32_t>((b & 0x07) << 18 | (byte(1) & 0x3F) << 12 | (byte(2) & 0x3F) << 6 | (byte(3) & 0x3F));
        return out < 0x10000 || out > 0x10FFFF ? 0 : 4;
    }
    return 0;
}

}  // namespace

bool is_utf8(std::string_view s) {
    char32_t c;
    for (std::size_t i = 0; i < s.size();) {
        if (static_cast<unsigned char>(s[i]) < 0x80) { ++i; continue; }
        auto const n = decode(s, i, c);
        if (n == 0) return false;
        i += n;
    }
    return true;
}

char32_t next_code_point(std::string_view s, std::size_t& at) {
    char32_t c = replacement;
    auto const n = decode(s, at, c);
    at += n ? n : 1;
    return n ? c : replacement;
}

void append_utf8(char32_t c, std::string& out) {
    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = replacement;
    auto const put = [&](char32_t b) { out += static_cast<char>(b); };
    if (c < 0x80) return put(c);
    if (c < 0x800) return put(0xC0 | c >> 6), put(0x80 | (c & 0x3F));
    if (c < 0x10000) return put(0xE0 | c >> 12), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
    put(0xF0 | c >> 18), put(0x80 | (c >> 12 & 0x3F)), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
}

std::u32string to_utf32(std::string_view s) {
    std::u32string out;
    out.reserve(s.size());
    for (std::size_t i = 0; i < s.size();) out += next_code_point(s, i);
    return out;
}

std::string to_utf8(std::u32string_view s) {
    std::string out;
    out.reserve(s.size() * 2);
    for (auto c : s) append_utf8(c, out);
    return out;
}

std::size_t count_code_points(std::string_view s) {
    std::size_t n = 0;
    for (unsigned char c : s) n += (c & 0xC0) != 0x80;
    return n;
}

std::string_view utf8_prefix(std::string_view s, std::size_t bytes) {
    if (s.size() <= bytes) return s;
    while (bytes > 0 && (static_cast<unsigned char>(s[bytes]) & 0xC0) == 0x80) --bytes;
    return s.substr(0, bytes);
}

std::string repair_utf8(std::string_view s) {
    if (is_utf8(s)) return std::string(s);
    std::string out;
    for (std::size_t i = 0; i < s.size();) append_utf8(next_code_point(s, i), out);
    return out;
}

bool is_han(char32_t c) {
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x323AF) || c == 0x3007;
}

}  // namespace kindling
