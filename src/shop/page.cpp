#include "shop/page.h"
#include "core/json_text.h"
#include <boost/json.hpp>

namespace kindling::shop {

namespace {

constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string base64(std::string_view in) {
    std::string out;
    std::uint32_t held = 0;
    int bits = 0;
    for (unsigned char c : in) {
        held = held << 8 | c, bits += 8;
        while (bits >= 6) bits -= 6, out += digits[held >> bits & 63];
    }
    if (bits > 0) out += digits[held << (6 - bits) & 63];
    return out;
}

std::string from_base64(std::string_view in) {
    std::string out;
    std::uint32_t held = 0;
    int bits = 0;
    for (char c : in) {
        auto const at = digits.find(c);
        if (at == digits.npos) return {};
        held = held << 6 | static_cast<std::uint32_t>(at), bits += 6;
        if (bits >= 8) bits -= 8, out += static_cast<char>(held >> bits & 255);
    }
    return out;
}

}  // namespace

std::string page_token(std::string_view list, std::span<std::string const> keys) {
    json::array a{json::string(list)};
    for (auto const& k : keys) a.emplace_back(k);
    return base64(to_text(a));
}

Result<std::vector<std::string>> read_page_token(std::string_view list, std::string_view token, std::size_t keys) {
    if (token.empty()) return std::vector<std::string>();
    auto const parsed = parse_json(from_base64(token));
    auto const* a = parsed ? parsed->if_array() : nullptr;
    auto const bad = fail(Errc::invalid_argument, "malformed_page_token", "The page token is not one of this list; start again without it.", {{"/page_token", "malformed_page_token", "is not a token of this list"}});
    if (!a || a->size() != keys + 1 || !(*a)[0].is_string() || (*a)[0].get_string() != list) return bad;
    std::vector<std::string> out;
    for (std::size_t i = 1; i < a->size(); ++i) {
        if (!(*a)[i].is_string()) return bad;
        out.emplace_back((*a)[i].get_string());
    }
    return out;
}

}  // namespace kindling::shop
