// gateway/http/request.h -- one HTTP request, read completely, as plain values: no socket, no Beast.
//
// Header text is kept in one string with offsets beside it, so that a request costs two allocations for all its fields and may
// be moved or copied. Everything in here came from a stranger; only the framing (RFC 9112) and the path have been checked.
#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kindling::gateway {

enum class Method { get, head, post, put, patch, delete_, options, other };
std::string_view name_of(Method);

bool equal_ignoring_case(std::string_view, std::string_view);  // ASCII

// Fields in the order of arrival; names compare without regard to case.
class Headers {
public:
    void add(std::string_view name, std::string_view value);
    std::size_t size() const { return entries_.size(); }
    std::size_t bytes() const { return text_.size(); }
    std::pair<std::string_view, std::string_view> operator[](std::size_t i) const;
    // The first value, or "" when there is none.
    std::string_view get(std::string_view name) const;
    bool has(std::string_view name) const { return find(name) < size(); }
    std::size_t count(std::string_view name) const;
    void clear() { text_.clear(), entries_.clear(); }

private:
    struct Entry { std::uint32_t name_at, name_size, value_at, value_size; };
    std::size_t find(std::string_view name) const;
    std::string text_;
    std::vector<Entry> entries_;
};

using Pairs = std::vector<std::pair<std::string, std::string>>;

// The first value under a name in decoded query, form or cookie pairs; empty when there is none.
std::optional<std::string_view> find(Pairs const&, std::string_view name);

enum class Scheme { http, https };

struct Request {
    Method method = Method::get;
    std::string method_text;         // as sent: "PURGE" when method is other
    std::string target;              // as sent: "/v1/shop/look?x=1"
    std::string path;                // decoded, valid UTF-8, begins with '/', without "." and ".." segments
    std::string query_text;          // after '?', still encoded
    std::string host;                // the Host field or the authority of an absolute target, as sent
    int version = 11;                // 10 or 11
    Headers headers;
    std::string body;                // empty when the route asked for a file
    std::string body_file;           // path of the spooled body; the server removes it after the response was made
    std::uint64_t body_bytes = 0;
    std::string remote_address;      // numeric; the client's as told by a trusted proxy
    Scheme scheme = Scheme::http;    // https only when a trusted proxy says so
    std::string request_id;          // X-Request-Id if it was sane, else made here
    std::string_view route;          // the pattern that matched, "" when none did; lives as long as the router
    Pairs parameters;                // {name} parts of the pattern, decoded
    std::stop_token stop;            // client gone, deadline passed or server stopping; never set for handlers on the I/O thread
    std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();

    // Decoded on each call. A malformed pair (bad escape, not UTF-8) is left out; use parse_query (url.h) to refuse it.
    Pairs query() const;
    std::string_view parameter(std::string_view name) const;  // "" when the pattern has no such part
    std::string cookie(std::string_view name) const;          // "" when absent
    bool is_websocket_upgrade() const;
};

}  // namespace kindling::gateway
