// gateway/http/router.h -- from method and path to a handler.
//
// Patterns: "/v1/{module}/{verb}" (a part matches one non-empty segment), "/assets/*" (the rest, also empty; it is the parameter
// "*"), anything else literally. The most specific wins, segment by segment: literal, then part, then rest. A tree of segments
// with a hash of literals in each node: O(segments) per lookup, whatever the number of routes.
// Build it on one thread, then give it to the server; immutable from there on, any thread.
#pragma once
#include "core/by_text.h"
#include "gateway/http/response.h"
#include "gateway/http/security.h"
#include <array>
#include <deque>
#include <functional>
#include <memory>
#include <optional>

namespace kindling::gateway {

// Any thread of the pool, or the I/O thread: a handler must be safe to call from several at once. It may throw: that is a 500.
using Handler = std::function<Response(Request const&)>;

// pool: a worker thread, may block. io: on the I/O thread, for handlers that take well under a millisecond and never block.
enum class Where { pool, io };
enum class BodyTo { memory, file };

struct RouteOptions {
    Where where = Where::pool;
    std::function<Where(Request const&)> choose = {};  // decides per request instead of `where`; called on the I/O thread
    // Asked once the head is there, before any of the body is taken: who may not do this need not send it, and their gigabytes touch
    // no disk. Called on the I/O thread; an error is the answer, and the connection closes.
    std::function<std::optional<Error>(Request const&)> admit = {};
    std::uint64_t max_body_bytes = 1 << 20;            // above: 413
    BodyTo body = BodyTo::memory;                      // file: spooled to disk, for uploads
    std::chrono::milliseconds timeout{30'000};         // then request.stop fires; 0: never
    std::string group = {};                            // whose security headers; "" is the strict default
};

struct Route {
    std::size_t index;
    Method method;
    std::string pattern;
    Handler handler;
    RouteOptions options;
    std::string header_lines;  // the group's security headers, ready to send
};

struct Match {
    Route const* route = nullptr;
    Pairs parameters = {};
    std::string allowed = {};  // without a route: the methods this path knows, "GET, HEAD"; empty: no such path
};

class Router {
public:
    Router();
    // Before the routes that name it. Throws std::logic_error on a control character (a bug of ours).
    void group(std::string name, SecurityHeaders);
    // Throws std::logic_error on a malformed pattern, an unknown group or a second handler for the same.
    void add(Method, std::string pattern, Handler, RouteOptions = {});
    void get(std::string pattern, Handler handler, RouteOptions options = {}) { add(Method::get, std::move(pattern), std::move(handler), std::move(options)); }
    void post(std::string pattern, Handler handler, RouteOptions options = {}) { add(Method::post, std::move(pattern), std::move(handler), std::move(options)); }

    // HEAD finds the GET route.
    Match match(Method, std::string_view path) const;
    std::deque<Route> const& routes() const { return routes_; }
    std::string const& default_header_lines() const { return groups_.at(""); }

private:
    struct Node {
        ByText<std::unique_ptr<Node>> literal;
        std::unique_ptr<Node> part, rest;
        std::array<Route const*, 7> by_method{};
        std::array<std::vector<std::string>, 7> names;  // of the parts on the way, per method
        bool used() const;
    };
    struct Walk;
    std::deque<Route> routes_;  // stable addresses
    std::unordered_map<std::string, std::string> groups_;
    std::unique_ptr<Node> root_;
};

}  // namespace kindling::gateway
