#include "core/base64.h"
#include <array>
#include <cstdint>

namespace kindling {

namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t none = 255;
constexpr auto values = [] {
    std::array<std::uint8_t, 256> out{};
    out.fill(none);
    for (std::uint8_t i = 0; i < 64; ++i) out[static_cast<unsigned char>(alphabet[i])] = i;
    return out;
}();

}  // namespace

std::string to_base64(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size() / 3 * 4 + 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t bits = 0;
        for (std::size_t k = 0; k < 3; ++k) bits = bits << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0u);
        for (std::size_t k = 0; k < 4; ++k) out += i + k <= bytes.size() ? alphabet[bits >> (18 - 6 * k) & 63] : '=';
    }
    return out;
}

std::optional<std::string> from_base64(std::string_view text) {
    std::string out;
    out.reserve(text.size() / 4 * 3);
    std::uint32_t bits = 0;
    std::size_t digits = 0, padding = 0;
    for (char const c : text) {
        if (c == '\r' || c == '\n') continue;
        if (c == '=') {
            ++padding;
            continue;
        }
        auto const value = values[static_cast<unsigned char>(c)];
        if (value == none || padding) return {};
        bits = bits << 6 | value;
        if (++digits % 4 == 0) out += static_cast<char>(bits >> 16 & 255), out += static_cast<char>(bits >> 8 & 255), out += static_cast<char>(bits & 255);
    }
    auto const left = digits % 4;
    if (left == 1 || padding != (left == 0 ? 0 : 4 - left)) return {};
    // What is over must be zero, so that bytes have one text.
    if (left == 2) {
        if (bits & 15) return {};
        out += static_cast<char>(bits >> 4 & 255);
    } else if (left == 3) {
        if (bits & 3) return {};
        out += static_cast<char>(bits >> 10 & 255), out += static_cast<char>(bits >> 2 & 255);
    }
    return out;
}

}  // namespace kindling
