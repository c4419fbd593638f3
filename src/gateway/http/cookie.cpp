#include "gateway/http/cookie.h"
#include "gateway/http/url.h"
#include <algorithm>

namespace kindling::gateway {

namespace {

bool is_token_character(unsigned char c) { return c > 0x20 && c < 0x7F && std::string_view("()<>@,;:\\\"/[]?={}").find(static_cast<char>(c)) == std::string_view::npos; }
bool is_value_character(unsigned char c) { return c > 0x20 && c < 0x7F && c != '"' && c != ',' && c != ';' && c != '\\'; }  // cookie-octet

}  // namespace

Pairs parse_cookies(std::string_view header) {
    Pairs out;
    while (!header.empty() && out.size() < 100) {
        auto const end = header.find(';');
        auto const part = trim(header.substr(0, end));
        header = end == header.npos ? std::string_view() : header.substr(end + 1);
        auto const equals = part.find('=');
        if (equals == part.npos || equals == 0) continue;
        auto value = trim(part.substr(equals + 1));
        if (value.size() >= 2 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
        out.emplace_back(trim(part.substr(0, equals)), value);
    }
    return out;
}

Result<std::string> to_text(Cookie const& c) {
    auto const bad = [](char const* why) { return fail(Errc::invalid_argument, "malformed_cookie", why); };
    if (c.name.empty() || !std::ranges::all_of(c.name, is_token_character)) return bad("A cookie's name is letters, digits, - and _.");
    if (!std::ranges::all_of(c.value, is_value_character)) return bad("A cookie's value has no blanks, quotes, commas, semicolons or backslashes: encode it first.");
    if (!c.path.starts_with('/') || !std::ranges::all_of(c.path, is_value_character)) return bad("A cookie's path begins with / and has no blanks or semicolons.");
    if (c.same_site == SameSite::none && c.secure == SecureOnly::no) return bad("Browsers drop a SameSite=None cookie that is not Secure.");
    auto out = c.name + "=" + c.value + "; Path=" + c.path;
    if (c.max_age_s >= 0) out += "; Max-Age=" + std::to_string(c.max_age_s);
    out += c.same_site == SameSite::strict ? "; SameSite=Strict" : c.same_site == SameSite::lax ? "; SameSite=Lax" : "; SameSite=None";
    if (c.secure == SecureOnly::yes) out += "; Secure";
    if (c.script == ScriptAccess::denied) out += "; HttpOnly";
    return out;
}

}  // namespace kindling::gateway
