#include "providers/http_client/client.h"
#include <algorithm>

namespace kindling::providers {

Result<Url> parse_url(std::string_view text) {
    auto const bad = [](char const* why) { return fail(Errc::invalid_argument, "malformed_url", why); };
    if (text.size() > 8192) return bad("The URL is longer than 8192 bytes.");
    if (std::ranges::any_of(text, [](unsigned char c) { return c <= 0x20 || c >= 0x7F; })) return bad("The URL holds blanks, control characters or letters beyond ASCII; encode them.");
    Url out;
    if (text.starts_with("https://")) out.scheme = "https", text.remove_prefix(8);
    else if (text.starts_with("http://")) out.scheme = "http", text.remove_prefix(7);
    else return bad("The URL must begin with http:// or https://.");
    auto const slash = std::min(text.find_first_of("/?#"), text.size());
    auto authority = text.substr(0, slash);
    auto target = text.substr(slash);
    if (authority.find('@') != authority.npos) return bad("A user name or password in a URL is not accepted; send an Authorization field.");
    if (target.find('#') != target.npos) return bad("A URL of a request has no fragment (#).");
    out.target = target.starts_with('/') ? std::string(target) : "/" + std::string(target);
    out.authority = authority;
    out.port = out.scheme == "https" ? "443" : "80";
    auto rest = authority;
    if (rest.starts_with('[')) {
        auto const end = rest.find(']');
        if (end == rest.npos) return bad("The URL's IPv6 address has no closing bracket.");
        out.host = rest.substr(1, end - 1), rest.remove_prefix(end + 1);
        if (out.host.find_first_not_of("0123456789abcdefABCDEF:.") != out.host.npos) return bad("The URL's IPv6 address is malformed.");
    } else {
        out.host = rest.substr(0, rest.find(':')), rest.remove_prefix(std::min(out.host.size(), rest.size()));
        if (!std::ranges::all_of(out.host, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_'; })) return bad("The URL's host is malformed.");
    }
    if (out.host.empty() || out.host.size() > 253) return bad("The URL names no host.");
    if (!rest.empty()) {
        rest.remove_prefix(1);
        if (authority[authority.size() - rest.size() - 1] != ':' || rest.empty() || rest.size() > 5 || rest.find_first_not_of("0123456789") != rest.npos) return bad("The URL's port is malformed.");
        if (auto const port = std::stoi(std::string(rest)); port < 1 || port > 65535) return bad("The URL's port must be between 1 and 65535.");
        out.port = rest;
    }
    return out;
}

}  // namespace kindling::providers
