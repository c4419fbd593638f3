// gateway/http/server.h -- an HTTP/1.1 server (RFC 9110, 9112) with event streams and WebSockets, on Boost.Asio and Beast.
//
// One thread per I/O loop owns its connections alone, so that a connection needs no lock; a single acceptor deals new connections
// out in turn (SO_REUSEPORT per thread would let a second server start on the same port unnoticed). Handlers run on a pool of
// workers, or on the I/O thread when their route says so. Timeouts are deadlines checked by one tick per loop: no timer per read.
// This header is light: Asio and Beast stay in server.cpp, parser.cpp, connection*.cpp and websocket/session.cpp.
#pragma once
#include "gateway/http/metrics.h"
#include "gateway/http/router.h"
#include <chrono>
#include <functional>
#include <memory>

namespace kindling::gateway {

// One finished request. The views live during the call only.
struct AccessEntry {
    std::int64_t at_ms;
    std::string_view request_id, remote_address, method, path, route, user_agent;
    int status;
    std::uint64_t bytes_in, bytes_out;  // bodies
    std::int64_t duration_us;           // from the first byte of the request to the answer's last byte handed to the socket
};

struct ServerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;              // 0: any free one, see port()
    unsigned io_threads = 1;
    unsigned workers = 0;                // 0: two per core, for handlers that wait for the store
    std::size_t max_queued_requests = 1024;  // waiting for a worker; above: 503
    std::size_t max_connections = 10'000;
    std::size_t max_connections_per_address = 2'000;
    std::size_t max_streams = 256;       // producers with a thread of their own
    std::size_t max_header_bytes = 32 * 1024;
    std::chrono::milliseconds header_timeout{10'000};  // first byte to the end of the header
    std::chrono::milliseconds idle_timeout{75'000};    // between requests
    std::chrono::milliseconds body_timeout{20'000};    // for a body, plus one second per min_body_rate bytes received
    std::uint64_t min_body_rate = 8 * 1024;
    std::chrono::milliseconds write_timeout{30'000};   // without any progress
    std::chrono::milliseconds heartbeat{15'000};       // a comment on a silent event stream
    std::chrono::milliseconds grace{10'000};           // for requests in flight after stop()
    int gzip_level = 1;                  // 0: prepared assets only
    std::size_t gzip_min_bytes = 1024;
    std::string temporary_directory = {};  // for spooled bodies; empty: the system's
    std::vector<std::string> allowed_hosts = {};
    std::vector<std::string> trusted_proxies = {};  // numeric addresses
    std::string https_host = {};         // "shop.example[:port]": what a trusted proxy forwards for it came over TLS, whether or not it says so
    Metrics* metrics = nullptr;          // not owned, may be absent, must outlive the server
    std::function<void(AccessEntry const&)> access_log = {};                                  // on an I/O thread: must not block
    std::function<void(std::string_view request_id, std::string_view what)> on_exception = {};  // a handler threw; any thread
};

class Server {
public:
    // Listens at once. Fails with port_taken, address_not_available or not_permitted (unavailable), saying what to do.
    static Result<std::unique_ptr<Server>> create(ServerOptions, Router);
    ~Server();  // stop() and wait()
    std::uint16_t port() const;
    std::string url() const;  // "http://127.0.0.1:8080"

    void start();  // returns at once; threads run
    void stop();   // any thread, also twice: stop accepting, finish what is in flight, close streams with a reason
    void wait();   // until stopped and ended
    void run() { start(), wait(); }

    std::size_t connections() const;

private:
    struct Impl;
    explicit Server(std::unique_ptr<Impl>);
    std::unique_ptr<Impl> impl_;
};

}  // namespace kindling::gateway
