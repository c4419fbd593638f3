// Writing: answers, streams and upgrades on their way out. Small answers gather in one buffer; a large body follows it without a copy.
#include "gateway/http/connection.h"
#include <boost/asio/post.hpp>
#include <cstdio>
#include <sys/socket.h>

namespace kindling::gateway {

namespace {

constexpr std::size_t copy_limit = 16 * 1024;        // larger bodies are not copied behind their header
constexpr std::size_t gather_limit = 64 * 1024;      // answers to pipelined requests gathered before a write
constexpr auto linger_time = std::chrono::seconds(2);

}  // namespace

Head Connection::head_for(Response const&) {
    if (drain_ || shared_.draining) keep_alive_ = false;
    return {.version = request_.version, .date = reactor_.now_text(), .request_id = request_.request_id,
            .header_lines = route_ ? route_->header_lines : shared_.router.default_header_lines(), .after = keep_alive_ ? After::keep_alive : After::close};
}

void Connection::respond(Response r) {
    if (r.websocket) {
        if (request_.is_websocket_upgrade() && in_begin_ == in_end_ && request_.body_bytes == 0) return upgrade(std::move(r));
        r = error_response({Errc::failed_precondition, "upgrade_required", "This address speaks WebSocket only."}, request_.request_id);
        r.headers.emplace_back("Upgrade", "websocket");
    }
    status_ = r.status;
    auto head = head_for(r);
    if (r.stream) return respond_stream(std::move(r), head);
    auto const bytes = r.shared.bytes.empty() ? std::string_view(r.body) : r.shared.bytes;
    head.content_length = bytes.size();
    append_head(r, head, out_);
    auto const sent = request_.method == Method::head || r.status == 204 || r.status == 304 ? 0 : bytes.size();
    if (sent > 0 && sent <= copy_limit) {
        out_ += bytes;
    } else if (sent > 0) {
        if (r.shared.bytes.empty()) {
            auto owner = std::make_shared<std::string>(std::move(r.body));
            large_ = {*owner, owner};
        } else {
            large_ = std::move(r.shared);
        }
        flush();
    }
    finish_request(sent);
}

void Connection::respond_stream(Response r, Head head) {
    stream_framing_ = head.framing = request_.version >= 11 ? Framing::chunked : Framing::until_close;
    if (head.framing == Framing::until_close) head.after = After::close, keep_alive_ = false;
    append_head(r, head, out_);
    if (request_.method == Method::head) return finish_request(0);
    state_ = State::streaming, stream_bytes_ = 0, last_write_ = Clock::now();
    events_ = r.content_type == "text/event-stream";
    stream_ = std::make_shared<BodyStream>();
    // The producer may outlive the connection: it reaches it through a weak pointer, and only while attached.
    std::weak_ptr<Connection> weak = shared_from_this();
    stream_->attach([weak, &context = reactor_.context] {
        asio::post(context, [weak] { if (auto self = weak.lock()) self->pump(); });
    });
    flush();
    if (state_ != State::streaming) return;
    auto run = [body = stream_, start = std::move(r.stream), &options = shared_.options, id = request_.request_id] {
        try {
            start(body);
        } catch (std::exception const& e) {
            if (options.on_exception) options.on_exception(id, e.what());
            body->close();
        }
    };
    if (r.producer == Producer::caller) run();
    else if (shared_.pool.submit_long(std::move(run)) == WorkerPool::Taken::full) {
        if (events_) stream_->try_write(to_text(Event{.data = "{\"reason\":\"server_busy\"}", .name = "end"}));
        stream_->close();
    }
    read();  // to learn that the client went away
}

void Connection::pump() {
    if (state_ != State::streaming || stalled_) return;
    auto taken = stream_->take();
    if (!taken.text.empty()) {
        stream_bytes_ += taken.text.size(), last_write_ = Clock::now();
        if (stream_framing_ == Framing::chunked) {
            char size[20];
            auto const n = std::snprintf(size, sizeof size, "%zx\r\n", taken.text.size());
            out_.append(size, static_cast<std::size_t>(n)), out_ += taken.text, out_ += "\r\n";
        } else {
            out_ += taken.text;
        }
    }
    if (taken.complete) return end_stream();
    flush();
}

void Connection::end_stream() {
    if (stream_framing_ == Framing::chunked) out_ += "0\r\n\r\n";
    std::exchange(stream_, nullptr)->detach();
    if (drain_) keep_alive_ = false;
    finish_request(stream_bytes_);
    consume();
}

void Connection::account(std::uint64_t bytes_out) {
    auto const took = Clock::now() - request_began_;
    if (!shared_.stats.empty()) {
        auto& stats = shared_.stats[route_ ? route_->index : shared_.router.routes().size()];
        stats.by_class[static_cast<std::size_t>(std::clamp(status_ / 100, 1, 5))]->add();
        stats.latency->observe(std::chrono::duration<double>(took).count());
    }
    if (shared_.options.access_log) {
        auto const us = std::chrono::duration_cast<std::chrono::microseconds>(took).count();
        auto const now = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
        shared_.options.access_log({.at_ms = now, .request_id = request_.request_id, .remote_address = request_.remote_address, .method = request_.method_text, .path = request_.path,
                                    .route = request_.route, .user_agent = request_.headers.get("user-agent"), .status = status_, .bytes_in = request_.body_bytes, .bytes_out = bytes_out, .duration_us = us});
    }
}

// The request is answered as far as this side is concerned; its bytes are in out_ or gone.
void Connection::finish_request(std::uint64_t bytes_out) {
    account(bytes_out);
    if (!keep_alive_) close_when_flushed_ = true;
    begin_request();
    deadline_ = Clock::now() + shared_.options.idle_timeout;
    if (out_.size() - out_at_ >= gather_limit) flush();
}

void Connection::flush_soon() {
    if (leaves_soon_ || (out_.empty() && !close_when_flushed_)) return;
    leaves_soon_ = true;
    reactor_.send_soon(shared_from_this());
}

void Connection::flush() {
    leaves_soon_ = false;
    if (stalled_ || state_ == State::closed || state_ == State::lingering) return;
    for (;;) {
        auto const rest = out_.size() - out_at_;
        if (rest == 0 && large_.bytes.empty()) break;
        iovec parts[2] = {{out_.data() + out_at_, rest}, {const_cast<char*>(large_.bytes.data()), large_.bytes.size()}};
        msghdr message{};
        message.msg_iov = rest > 0 ? parts : parts + 1;
        message.msg_iovlen = rest > 0 && !large_.bytes.empty() ? 2 : 1;
        // Straight to the system: nearly every answer fits the socket's buffer, and a trip through the reactor costs more than the call.
        auto const n = ::sendmsg(socket_.native_handle(), &message, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return errno == EAGAIN || errno == EWOULDBLOCK ? wait_writable() : close();
        auto const from_out = std::min(rest, static_cast<std::size_t>(n));
        out_at_ += from_out;
        large_.bytes.remove_prefix(static_cast<std::size_t>(n) - from_out);
    }
    large_ = {};
    out_.clear(), out_at_ = 0;
    if (out_.capacity() > 4 * gather_limit) out_.shrink_to_fit();
    if (close_when_flushed_) linger();
}

void Connection::wait_writable() {
    stalled_ = true;
    deadline_ = Clock::now() + shared_.options.write_timeout;
    socket_.async_wait(Socket::wait_write, [self = shared_from_this()](boost::system::error_code ec) {
        if (self->state_ == State::closed) return;
        self->stalled_ = false;
        if (ec) return self->close();
        self->flush();
        if (self->stalled_) return;
        self->deadline_ = Clock::now() + self->shared_.options.idle_timeout;
        self->state_ == State::streaming ? self->pump() : self->consume();
    });
}

// Closing at once would reset the connection if unread bytes are left, and the client might never see the answer.
void Connection::linger() {
    boost::system::error_code ignored;
    socket_.shutdown(Socket::shutdown_send, ignored);
    state_ = State::lingering, deadline_ = Clock::now() + linger_time;
    in_begin_ = in_end_ = 0;
    read();
}

void Connection::upgrade(Response r) {
    status_ = 101;
    flush();
    if (state_ == State::closed || stalled_) return close();
    WebSocketUpgrade up{.target = request_.target, .place = place_};
    for (std::size_t i = 0; i < request_.headers.size(); ++i) up.fields.emplace_back(request_.headers[i]);
    up.answer_fields = r.headers;
    up.answer_fields.emplace_back("X-Request-Id", request_.request_id);
    up.run_on_pool = [&shared = shared_](std::function<void()> f) { return shared.pool.submit(std::move(f)) == WorkerPool::Taken::yes; };
    up.call = [&options = shared_.options, id = request_.request_id](std::function<void()> const& f) {
        try {
            f();
        } catch (std::exception const& e) {
            if (options.on_exception) options.on_exception(id, e.what());
        }
    };
    auto& reactor = reactor_;
    auto const accept = std::move(*r.websocket);
    auto const cell = std::make_shared<std::weak_ptr<WebSocketSession>>();
    auto session = start_websocket(std::move(socket_), std::move(up), accept, [&reactor, cell] {
        if (auto s = cell->lock()) reactor.websockets.erase(s);
    });
    *cell = session;
    reactor.websockets.insert(session);
    if (drain_ || shared_.draining) session->shut_down(1001, "The server is shutting down.");
    finish_request(0);
    state_ = State::closed;
    auto self = shared_from_this();
    reactor_.connections.erase(this);
}

}  // namespace kindling::gateway
