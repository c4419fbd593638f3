// providers/http_client/client.h -- HTTP/1.1 requests to the outside: model servers, platforms, carriers, webhooks, our own server.
//
// Blocking and bounded on purpose: a provider runs on a worker thread with a deadline and a stop token, and every wait here ends
// with one of them. Redirects are not followed (the caller sees the 3xx), proxy variables of the environment are not read,
// compression is not asked for, each request uses a connection of its own. TLS 1.2 or later by OpenSSL, certificate and host name checked.
#pragma once
#include "core/result.h"
#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kindling::providers {

using HttpFields = std::vector<std::pair<std::string, std::string>>;

struct HttpRequest {
    std::string method = "GET";
    std::string url;              // http:// or https://, no user name, no fragment
    HttpFields fields = {};       // Host, Content-Length and Connection are made here
    std::string body = {};
};

enum class Flow { go_on, stop };

struct HttpOptions {
    std::chrono::milliseconds connect_timeout{10'000};  // name lookup, TCP and TLS together
    std::chrono::milliseconds silence_timeout{60'000};  // without a byte from the other side
    std::chrono::milliseconds total_timeout{120'000};
    std::size_t max_header_bytes = 64 * 1024;
    std::uint64_t max_body_bytes = 16 << 20;
    std::stop_token stop = {};
    // Given the body of a 2xx answer piece by piece instead of gathering it (other answers are gathered: they say what went wrong).
    // Flow::stop ends the request successfully.
    std::function<Flow(std::string_view)> on_body = {};
};

struct HttpResponse {
    int status = 0;
    HttpFields fields = {};
    std::string body = {};
    std::string_view field(std::string_view name) const;  // the first, "" when absent; case does not matter
};

// anywhere: for addresses that an operator wrote into the settings. public_internet: for addresses that came from elsewhere;
// loopback, private, link-local and reserved ranges are refused after the name was resolved (server-side request forgery).
enum class Reach { anywhere, public_internet };

struct HttpClientOptions {
    Reach reach = Reach::anywhere;
    std::string certificates_file = {};  // PEM, trusted besides the system's
    std::string user_agent = "kindling";
};

// Any thread; one client for many requests at once.
class HttpClient {
public:
    explicit HttpClient(HttpClientOptions = {});
    ~HttpClient();
    HttpClient(HttpClient&&) noexcept;
    // Fails with malformed_url, malformed_request (invalid_argument); address_not_allowed (permission_denied); dns_failed,
    // connect_failed, tls_failed, connection_broken, malformed_response, response_too_large, deadline_exceeded, cancelled (unavailable).
    // An answer of any status is a success here.
    Result<HttpResponse> send(HttpRequest const&, HttpOptions const& = {}) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

struct Url {
    std::string scheme, host, port, target;  // host without brackets; target begins with '/'
    std::string authority;                   // as it goes into Host
};
Result<Url> parse_url(std::string_view);

}  // namespace kindling::providers
