// gateway/http/security.h -- headers that make browsers careful with our pages, and the checks that a request is from one of them.
#pragma once
#include "gateway/http/request.h"
#include <string>
#include <string_view>
#include <vector>

namespace kindling::gateway {

// One set per group of routes; an empty string leaves that header out. The defaults suit an API: nothing may load, nobody may frame.
struct SecurityHeaders {
    std::string content_security_policy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
    std::string referrer_policy = "same-origin";
    std::string frame_options = "DENY";  // for browsers before frame-ancestors
    std::string cross_origin_opener_policy = "same-origin";
    std::string cross_origin_resource_policy = "same-origin";
    std::string permissions_policy = "camera=(), microphone=(), geolocation=()";
};

// "X-Content-Type-Options: nosniff\r\n..." Throws std::logic_error on a control character.
std::string to_header_lines(SecurityHeaders const&);

// May a request that carries a cookie change something? Browsers say where a page came from in Origin (always, for unsafe methods)
// and Sec-Fetch-Site; programs send neither and bring no cookies by accident. So: Origin must be scheme://Host of this very
// request, "null" is refused; without Origin, Sec-Fetch-Site must be same-origin or none; without both it is true.
bool same_origin(Request const&);

// "https://shop.example" as the client reached us, or "" when its Host field is nothing that may stand in a link.
std::string origin_of(Request const&);

// Against DNS rebinding: is Host one of `allowed` ("shop.example", "localhost"; port and letter case do not matter)? An empty list allows all.
bool host_allowed(std::string_view host, std::vector<std::string> const& allowed);

// The client behind trusted proxies: the last address in X-Forwarded-For that is not a trusted proxy itself; `peer` when the peer
// is not trusted.
std::string client_address(std::string_view peer, Headers const&, std::vector<std::string> const& trusted_proxies);

}  // namespace kindling::gateway
