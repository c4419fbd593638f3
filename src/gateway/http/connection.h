// gateway/http/connection.h -- internal: one client connection as a state machine on its I/O thread.
//
// read -> parse -> answer (at once, or by the pool) -> write, and again. Only one request of a connection is in work at a time;
// what a pipelining client sent further waits in the read buffer. Answers made at once are gathered, so that a batch of pipelined
// requests costs one write. Everything here runs on the reactor's thread except the handler and the stream producer.
#pragma once
#include "gateway/http/answer.h"
#include "gateway/http/parser.h"
#include "gateway/http/server.h"
#include "gateway/http/worker_pool.h"
#include "gateway/websocket/session.h"
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <thread>
#include <unordered_map>
#include <unordered_set>

namespace kindling::gateway {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;
using Socket = WebSocketSocket;  // a TCP socket with a concrete executor: a quarter faster than any_io_executor

struct RouteStats {
    std::array<Counter*, 6> by_class{};  // [2]: 2xx
    Histogram* latency = nullptr;
};

// What all connections of a server share. Any thread, except where it says otherwise.
struct Shared {
    ServerOptions options;
    Router router;
    WorkerPool pool;
    AnswerOptions answer;
    std::vector<RouteStats> stats = {};  // by route index; the last is for requests without a route
    std::atomic<std::size_t> connections{0};
    std::atomic<bool> draining{false};
    std::mutex addresses_mutex = {};
    std::unordered_map<std::string, std::size_t> addresses = {};

    void make_stats();
    // A place for one more connection, or nothing when a limit is reached. The place is given back when the pointer dies; it
    // travels from a connection to the WebSocket that it becomes.
    std::shared_ptr<void> admit(std::string const& address);
};

class Connection;

struct Reactor {
    explicit Reactor(Shared& shared) : shared(shared) {}
    Shared& shared;
    asio::io_context context{1};
    asio::basic_waitable_timer<Clock, asio::wait_traits<Clock>, asio::io_context::executor_type> timer{context.get_executor()};
    std::unordered_map<Connection*, std::shared_ptr<Connection>> connections;  // on this reactor's thread only
    std::unordered_set<std::shared_ptr<WebSocketSession>> websockets;
    std::string date;
    std::int64_t date_s = 0;
    std::thread thread;

    // Answers made in one round of the reactor leave together at its end: each send may wake a client on another core, which
    // takes longer than all else that a send does, and a client already awake needs no waking.
    std::vector<std::shared_ptr<Connection>> unsent;
    Clock::time_point unsent_since;
    void send_soon(std::shared_ptr<Connection>);
    void send_all();

    std::string const& now_text();
    void schedule_tick();
    void tick();
    void drain();  // graceful end of every connection
    void abort();  // immediate end
    bool empty() const { return connections.empty() && websockets.empty(); }
};

class Connection final : public std::enable_shared_from_this<Connection>, RequestParser::Sink {
public:
    Connection(Reactor&, Socket, std::string address, std::shared_ptr<void> place);
    ~Connection() override;
    void start();
    void tick(Clock::time_point now);
    void drain();
    void abort();
    void flush();

private:
    enum class State { idle, head, body, handling, streaming, lingering, closed };

    std::optional<Error> on_head(Request&, std::optional<std::uint64_t> content_length) override;
    std::optional<Error> on_body(std::string_view piece) override;

    void read();
    void on_read(boost::system::error_code, std::size_t);
    void consume();              // everything that can be done with the bytes at hand
    void begin_request();
    void dispatch();
    void hand_over();
    Response handle(Route const&);
    void refuse(Error const&);   // answers and closes
    void respond(Response);
    void respond_stream(Response, Head);
    void upgrade(Response);
    void pump();                 // from the body stream to the socket
    void account(std::uint64_t bytes_out);  // metrics and the access log
    void finish_request(std::uint64_t bytes_out);
    void flush_soon();
    void wait_writable();
    void after_flush();
    void end_stream();
    void open_body_file();
    void drop_body_file();
    void close();
    void linger();
    Head head_for(Response const&);

    Reactor& reactor_;
    Shared& shared_;
    Socket socket_;
    std::string address_;
    std::shared_ptr<void> place_;
    State state_ = State::idle;
    Clock::time_point deadline_, request_began_, last_write_;

    std::vector<char> in_;
    std::size_t in_begin_ = 0, in_end_ = 0;
    RequestParser parser_;
    Request request_;
    Route const* route_ = nullptr;
    std::string allowed_;
    std::stop_source stop_;
    Clock::time_point stop_at_ = Clock::time_point::max();
    std::uint64_t body_limit_ = 0;
    int body_fd_ = -1;
    int status_ = 0;
    bool reading_ = false, keep_alive_ = true, expects_continue_ = false, discard_body_ = false, ended_by_client_ = false, drain_ = false, leaves_soon_ = false;

    std::string out_;
    std::size_t out_at_ = 0;
    SharedBytes large_ = {};  // sent after out_, without a copy
    bool stalled_ = false, close_when_flushed_ = false;

    std::shared_ptr<BodyStream> stream_;
    Framing stream_framing_ = Framing::length;
    std::uint64_t stream_bytes_ = 0;
    bool events_ = false;
};

}  // namespace kindling::gateway
