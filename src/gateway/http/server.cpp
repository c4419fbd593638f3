#include "gateway/http/connection.h"
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/post.hpp>
#include <ctime>
#include <filesystem>
#include <fmt/format.h>

namespace kindling::gateway {

namespace {

using Code = boost::system::error_code;
using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, asio::io_context::executor_type>;
constexpr auto accept_pause = std::chrono::milliseconds(100);  // out of descriptors: let some connections end
constexpr auto longest_gathering = std::chrono::microseconds(200);  // answers of one round wait for each other no longer

Clock::duration tick_length(ServerOptions const& o) {
    auto const shortest = std::min({o.header_timeout, o.idle_timeout, o.body_timeout, o.write_timeout, o.heartbeat, o.grace});
    return std::clamp(shortest / 4, std::chrono::milliseconds(5), std::chrono::milliseconds(250));
}

}  // namespace

void Shared::make_stats() {
    if (!options.metrics) return;
    auto& m = *options.metrics;
    auto const add = [&](std::string_view method, std::string_view pattern) {
        RouteStats s;
        static constexpr std::string_view classes[] = {"", "1xx", "2xx", "3xx", "4xx", "5xx"};
        for (std::size_t c = 1; c < s.by_class.size(); ++c) s.by_class[c] = &m.counter("kindling_http_requests_total", "Requests answered.", {{"method", method}, {"route", pattern}, {"status", classes[c]}});
        s.latency = &m.histogram("kindling_http_request_seconds", "From the first byte of a request to its answer.", {{"method", method}, {"route", pattern}});
        stats.push_back(s);
    };
    for (auto const& r : router.routes()) add(name_of(r.method), r.pattern);
    add("any", "none");
}

std::shared_ptr<void> Shared::admit(std::string const& address) {
    if (connections.load() >= options.max_connections) return {};
    {
        std::lock_guard lock(addresses_mutex);
        auto& n = addresses[address];
        if (n >= options.max_connections_per_address) return {};
        ++n;
    }
    auto* const gauge = options.metrics ? &options.metrics->gauge("kindling_http_connections", "Open connections, WebSockets included.") : nullptr;
    ++connections;
    if (gauge) gauge->add(1);
    return std::shared_ptr<void>(this, [address, gauge](void* p) {
        auto& shared = *static_cast<Shared*>(p);
        --shared.connections;
        if (gauge) gauge->add(-1);
        std::lock_guard lock(shared.addresses_mutex);
        if (auto const i = shared.addresses.find(address); --i->second == 0) shared.addresses.erase(i);
    });
}

std::string const& Reactor::now_text() {
    if (auto const now = std::time(nullptr); now != date_s) date_s = now, date = http_date(now);
    return date;
}

void Reactor::send_soon(std::shared_ptr<Connection> connection) {
    if (unsent.empty()) {
        unsent_since = Clock::now();
        asio::post(context, [this] { send_all(); });  // behind what the last poll found ready
    }
    unsent.push_back(std::move(connection));
    if (Clock::now() - unsent_since > longest_gathering) send_all();
}

void Reactor::send_all() {
    auto const all = std::exchange(unsent, {});
    for (auto const& c : all) c->flush();
}

void Reactor::schedule_tick() {
    timer.expires_after(tick_length(shared.options));
    timer.async_wait([this](Code ec) { if (!ec) tick(); });
}

void Reactor::tick() {
    std::vector<std::shared_ptr<Connection>> all;
    all.reserve(connections.size());
    for (auto const& [key, c] : connections) all.push_back(c);
    auto const now = Clock::now();
    for (auto const& c : all) c->tick(now);
    schedule_tick();
}

void Reactor::drain() {
    auto const all = connections;
    for (auto const& [key, c] : all) c->drain();
    for (auto const& w : websockets) w->shut_down(1001, "The server is shutting down.");
}

void Reactor::abort() {
    auto const all = connections;
    for (auto const& [key, c] : all) c->abort();
    auto const sockets = websockets;
    for (auto const& w : sockets) w->abort();
}

struct Server::Impl {
    Shared shared;
    std::vector<std::unique_ptr<Reactor>> reactors = {};
    std::optional<Acceptor> acceptor = {};
    std::uint16_t port = 0;
    std::size_t next = 0;
    std::atomic<bool> stopping{false};
    Clock::time_point grace_ends = {};
    std::mutex end_mutex = {};
    std::condition_variable end_wake = {};
    std::size_t running = 0;

    void accept() {
        auto& reactor = *reactors[next++ % reactors.size()];
        acceptor->async_accept(reactor.context, [this, &reactor](Code ec, Socket socket) {
            if (!acceptor->is_open()) return;
            if (ec) return pause_accepting();
            take(reactor, std::move(socket));
            accept();
        });
    }
    void pause_accepting() {
        auto timer = std::make_shared<asio::steady_timer>(reactors[0]->context, accept_pause);
        timer->async_wait([this, timer](Code) { if (acceptor->is_open()) accept(); });
    }
    void take(Reactor& reactor, Socket socket) {
        Code ec;
        auto const peer = socket.remote_endpoint(ec);
        if (ec) return;  // gone already
        auto const ip = peer.address();
        auto address = ip.is_v6() && ip.to_v6().is_v4_mapped() ? asio::ip::make_address_v4(asio::ip::v4_mapped, ip.to_v6()).to_string() : ip.to_string();
        auto place = shared.admit(address);
        socket.non_blocking(true, ec);
        if (!place) {
            static constexpr std::string_view busy = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nRetry-After: 1\r\nConnection: close\r\n\r\n";
            [[maybe_unused]] auto const n = ::send(socket.native_handle(), busy.data(), busy.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
            return;
        }
        socket.set_option(asio::ip::tcp::no_delay(true), ec);
        auto connection = std::make_shared<Connection>(reactor, std::move(socket), std::move(address), std::move(place));
        asio::post(reactor.context, [&reactor, connection = std::move(connection), this] {
            reactor.connections.emplace(connection.get(), connection);
            connection->start();
            if (stopping) connection->drain();
        });
    }
    // Looks each tick whether the reactor may end.
    void watch_end(Reactor& reactor) {
        auto timer = std::make_shared<asio::steady_timer>(reactor.context, std::chrono::milliseconds(5));
        timer->async_wait([this, timer, &reactor](Code) {
            auto const now = Clock::now();
            if (!reactor.empty() && now >= grace_ends) reactor.abort();
            if (reactor.empty() || now >= grace_ends + std::chrono::seconds(1)) return reactor.context.stop();
            watch_end(reactor);
        });
    }
};

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Server::~Server() {
    stop();
    wait();
}

Result<std::unique_ptr<Server>> Server::create(ServerOptions options, Router router) {
    if (options.workers == 0) options.workers = 2 * std::max(1u, std::thread::hardware_concurrency());
    options.io_threads = std::max(1u, options.io_threads);
    Code ec;
    if (options.temporary_directory.empty()) options.temporary_directory = std::filesystem::temp_directory_path(ec).string();
    auto const address = asio::ip::make_address(options.address, ec);
    if (ec) return fail(Errc::invalid_argument, "malformed_address", fmt::format("\"{}\" is not a numeric address; use 127.0.0.1 for this machine only or 0.0.0.0 for every network.", options.address));
    auto const workers = options.workers;
    auto const queued = options.max_queued_requests, streams = options.max_streams;
    AnswerOptions const answer{options.gzip_level, options.gzip_min_bytes};
    auto const port = options.port;
    std::unique_ptr<Impl> impl(new Impl{Shared{std::move(options), std::move(router), WorkerPool(workers, queued, streams), answer}});
    impl->shared.make_stats();
    for (unsigned i = 0; i < impl->shared.options.io_threads; ++i) impl->reactors.push_back(std::make_unique<Reactor>(impl->shared));
    impl->acceptor.emplace(impl->reactors[0]->context.get_executor());
    auto& acceptor = *impl->acceptor;
    asio::ip::tcp::endpoint const endpoint(address, port);
    acceptor.open(endpoint.protocol(), ec);
    if (!ec) acceptor.set_option(asio::socket_base::reuse_address(true), ec);  // connections of the server before may linger
    if (!ec) acceptor.bind(endpoint, ec);
    if (!ec) acceptor.listen(4096, ec);
    if (ec == asio::error::address_in_use)
        return fail(Errc::unavailable, "port_taken", fmt::format("Port {} on {} is in use by another program. Stop that program, or choose another port (0 takes any free one).", port, impl->shared.options.address));
    if (ec == asio::error::access_denied)
        return fail(Errc::unavailable, "not_permitted", fmt::format("Port {} needs special rights. Choose one above 1023 and put a proxy in front, or grant the right to bind it.", port));
    if (ec) return fail(Errc::unavailable, "address_not_available", fmt::format("Cannot listen on {} port {}: {}. Use an address of this machine.", impl->shared.options.address, port, ec.message()));
    impl->port = acceptor.local_endpoint(ec).port();
    return std::unique_ptr<Server>(new Server(std::move(impl)));
}

std::uint16_t Server::port() const { return impl_->port; }
std::size_t Server::connections() const { return impl_->shared.connections; }

std::string Server::url() const {
    auto const& a = impl_->shared.options.address;
    return a.find(':') == a.npos ? fmt::format("http://{}:{}", a, impl_->port) : fmt::format("http://[{}]:{}", a, impl_->port);
}

void Server::start() {
    impl_->running = impl_->reactors.size();
    impl_->accept();
    for (auto& reactor : impl_->reactors) {
        reactor->schedule_tick();
        reactor->thread = std::thread([this, &r = *reactor] {
            r.context.run();
            std::lock_guard lock(impl_->end_mutex);
            --impl_->running;
            impl_->end_wake.notify_all();
        });
    }
}

void Server::stop() {
    if (impl_->stopping.exchange(true)) return;
    impl_->shared.draining = true;
    impl_->grace_ends = Clock::now() + impl_->shared.options.grace;
    asio::post(impl_->reactors[0]->context, [this] {
        Code ignored;
        impl_->acceptor->close(ignored);
        for (auto& reactor : impl_->reactors)
            asio::post(reactor->context, [this, &r = *reactor] { r.drain(), impl_->watch_end(r); });
    });
}

void Server::wait() {
    {
        std::unique_lock lock(impl_->end_mutex);
        impl_->end_wake.wait(lock, [this] { return impl_->running == 0; });
    }
    for (auto& reactor : impl_->reactors)
        if (reactor->thread.joinable()) reactor->thread.join();
    impl_->shared.pool.drain();  // a handler that outlived the grace time still uses what the caller owns
}

}  // namespace kindling::gateway
