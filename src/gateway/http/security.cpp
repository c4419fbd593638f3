#include "gateway/http/security.h"
#include "gateway/http/url.h"
#include <algorithm>
#include <cctype>
#include <stdexcept>

namespace kindling::gateway {

std::string to_header_lines(SecurityHeaders const& h) {
    std::string out = "X-Content-Type-Options: nosniff\r\n";
    auto const line = [&](std::string_view name, std::string const& value) {
        if (value.empty()) return;
        if (std::ranges::any_of(value, [](unsigned char c) { return c < 0x20 || c == 0x7F; })) throw std::logic_error(std::string(name) + " holds a control character");
        out += name, out += ": ", out += value, out += "\r\n";
    };
    line("Content-Security-Policy", h.content_security_policy);
    line("Referrer-Policy", h.referrer_policy);
    line("X-Frame-Options", h.frame_options);
    line("Cross-Origin-Opener-Policy", h.cross_origin_opener_policy);
    line("Cross-Origin-Resource-Policy", h.cross_origin_resource_policy);
    line("Permissions-Policy", h.permissions_policy);
    return out;
}

bool same_origin(Request const& r) {
    if (r.headers.has("origin")) {
        if (r.headers.count("origin") > 1) return false;
        auto const origin = r.headers.get("origin");
        std::string_view const scheme = r.scheme == Scheme::https ? "https://" : "http://";
        return origin.size() > scheme.size() && equal_ignoring_case(origin.substr(0, scheme.size()), scheme) && equal_ignoring_case(origin.substr(scheme.size()), r.host);
    }
    if (r.headers.has("sec-fetch-site")) {
        auto const site = r.headers.get("sec-fetch-site");
        return site == "same-origin" || site == "none";
    }
    return true;
}

std::string origin_of(Request const& request) {
    auto const& host = request.host;
    bool const sane = !host.empty() && host.size() < 256 && std::ranges::all_of(host, [](unsigned char c) { return std::isalnum(c) || c == '.' || c == '-' || c == ':' || c == '[' || c == ']'; });
    return sane ? (request.scheme == Scheme::https ? "https://" : "http://") + host : std::string();
}

bool host_allowed(std::string_view host, std::vector<std::string> const& allowed) {
    if (allowed.empty()) return true;
    if (host.starts_with('[')) host = host.substr(0, host.find(']') + 1);
    else host = host.substr(0, host.find(':'));
    return std::ranges::any_of(allowed, [&](std::string const& a) { return equal_ignoring_case(a, host); });
}

std::string client_address(std::string_view peer, Headers const& headers, std::vector<std::string> const& trusted) {
    auto const is_trusted = [&](std::string_view address) { return std::ranges::find(trusted, address) != trusted.end(); };
    std::string_view client = peer;
    if (!is_trusted(peer)) return std::string(client);
    std::string_view list;
    for (std::size_t i = headers.size(); i-- > 0;)  // the last field is the nearest proxy's
        if (equal_ignoring_case(headers[i].first, "x-forwarded-for")) { list = headers[i].second; break; }
    while (!list.empty()) {
        auto const comma = list.rfind(',');
        auto const address = trim(comma == list.npos ? list : list.substr(comma + 1));
        if (address.empty() || address.size() > 45 || address.find_first_not_of("0123456789abcdefABCDEF.:") != address.npos) break;
        client = address;
        if (!is_trusted(address) || comma == list.npos) break;
        list = list.substr(0, comma);
    }
    return std::string(client);
}

}  // namespace kindling::gateway
