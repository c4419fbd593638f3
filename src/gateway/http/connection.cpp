// Reading: from bytes to a handler. What a handler answers goes out in connection_answer.cpp.
#include "gateway/http/connection.h"
#include "core/id.h"
#include "gateway/http/url.h"
#include <boost/asio/post.hpp>
#include <sys/socket.h>
#include <unistd.h>

namespace kindling::gateway {

namespace {

constexpr std::size_t first_buffer = 4096, body_buffer = 64 * 1024, large_buffer = 16 * 1024;
constexpr std::uint64_t discard_limit = 64 * 1024;   // a body nobody wants is read up to here, so that the answer arrives

bool is_sane_id(std::string_view id) {
    return !id.empty() && id.size() <= 64 && id.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.") == id.npos;
}

}  // namespace

Connection::Connection(Reactor& reactor, Socket socket, std::string address, std::shared_ptr<void> place)
    : reactor_(reactor), shared_(reactor.shared), socket_(std::move(socket)), address_(std::move(address)), place_(std::move(place)), in_(first_buffer),
      parser_(*this, shared_.options.max_header_bytes) {}

Connection::~Connection() {
    if (stream_) stream_->detach();
    drop_body_file();
}

void Connection::start() {
    deadline_ = Clock::now() + shared_.options.header_timeout;  // a new connection has something to say
    begin_request();
    read();
}

void Connection::begin_request() {
    drop_body_file();
    request_ = Request{};
    request_.remote_address = address_;
    parser_.begin(request_);
    if (state_ != State::closed) state_ = State::idle;
    route_ = nullptr, expects_continue_ = discard_body_ = false, status_ = 0;
    body_limit_ = 0, stop_at_ = Clock::time_point::max();
    allowed_.clear();
}

void Connection::read() {
    if (reading_ || state_ == State::closed) return;
    if (in_begin_ == in_end_) in_begin_ = in_end_ = 0;
    if (in_end_ == 0 && state_ == State::idle && in_.size() > large_buffer) in_.resize(first_buffer), in_.shrink_to_fit();
    if (in_begin_ > 0 && in_end_ == in_.size()) {
        std::copy(in_.begin() + static_cast<std::ptrdiff_t>(in_begin_), in_.begin() + static_cast<std::ptrdiff_t>(in_end_), in_.begin());
        in_end_ -= in_begin_, in_begin_ = 0;
    }
    if (in_end_ == in_.size()) {
        if (in_.size() >= std::max(body_buffer, shared_.options.max_header_bytes + 1024)) return;  // full of pipelined requests: later
        in_.resize(in_.size() * 2);
    }
    if (state_ == State::body && in_.size() < body_buffer) in_.resize(body_buffer);
    reading_ = true;
    socket_.async_read_some(asio::buffer(in_.data() + in_end_, in_.size() - in_end_), [self = shared_from_this()](boost::system::error_code ec, std::size_t n) { self->on_read(ec, n); });
}

void Connection::on_read(boost::system::error_code ec, std::size_t n) {
    reading_ = false;
    if (state_ == State::closed) return;
    if (state_ == State::lingering) {
        in_begin_ = in_end_ = 0;
        return ec ? close() : read();
    }
    if (ec) {
        if (state_ == State::handling) {  // the answer is still tried: the client may only have closed its own direction
            ended_by_client_ = true, keep_alive_ = false;
            stop_.request_stop();
            return;
        }
        return close();
    }
    in_end_ += n;
    if (state_ == State::streaming || state_ == State::handling) return read();
    consume();
}

void Connection::consume() {
    while ((state_ == State::idle || state_ == State::head || state_ == State::body) && !stalled_ && !close_when_flushed_ && in_begin_ < in_end_) {
        if (state_ == State::idle) {
            // Blank lines before a request are allowed for old clients' sake (RFC 9112, 2.2).
            if (in_[in_begin_] == '\r' || in_[in_begin_] == '\n') { ++in_begin_; continue; }
            state_ = State::head, request_began_ = Clock::now(), deadline_ = request_began_ + shared_.options.header_timeout;
        }
        std::size_t used = 0;
        auto const step = parser_.put({in_.data() + in_begin_, in_end_ - in_begin_}, used);
        in_begin_ += used;
        if (step == RequestParser::Step::failed) { refuse(parser_.error()); break; }
        if (step == RequestParser::Step::done) { dispatch(); continue; }
        if (expects_continue_) expects_continue_ = false, out_ += "HTTP/1.1 100 Continue\r\n\r\n";
        if (used == 0 || in_begin_ == in_end_) break;
    }
    flush_soon();
    if (state_ == State::idle || state_ == State::head || state_ == State::body) {
        if (!stalled_ && !close_when_flushed_) read();
    }
}

std::optional<Error> Connection::on_head(Request& r, std::optional<std::uint64_t> content_length) {
    auto const sent_id = r.headers.get("x-request-id");
    r.request_id = is_sane_id(sent_id) ? std::string(sent_id) : new_id("req");
    auto const& proxies = shared_.options.trusted_proxies;
    if (!proxies.empty() && std::ranges::find(proxies, address_) != proxies.end()) {
        r.remote_address = client_address(address_, r.headers, proxies);
        if (equal_ignoring_case(r.headers.get("x-forwarded-proto"), "https") || (!shared_.options.https_host.empty() && equal_ignoring_case(r.host, shared_.options.https_host))) r.scheme = Scheme::https;
    }
    keep_alive_ = parser_.keep_alive() && !drain_ && !shared_.draining;
    if (!host_allowed(r.host, shared_.options.allowed_hosts)) return Error{Errc::invalid_argument, "misdirected_host", "This server does not answer for that host."};
    auto match = shared_.router.match(r.method, r.path);
    route_ = match.route, allowed_ = std::move(match.allowed), r.parameters = std::move(match.parameters);
    if (route_) {
        r.route = route_->pattern;
        body_limit_ = route_->options.max_body_bytes;
        if (route_->options.timeout.count() > 0) r.deadline = request_began_ + route_->options.timeout;
    } else {
        body_limit_ = discard_limit, discard_body_ = true;
    }
    if (content_length && *content_length > body_limit_)
        return Error{Errc::invalid_argument, "body_too_large", "The body is larger than this route accepts (" + std::to_string(body_limit_) + " bytes)."};
    if (route_ && route_->options.admit)
        if (auto refused = route_->options.admit(r)) return refused;
    if (auto const expect = r.headers.get("expect"); !expect.empty() && r.version >= 11) {
        if (!equal_ignoring_case(expect, "100-continue")) return Error{Errc::invalid_argument, "expectation_failed", "The only expectation known here is 100-continue."};
        if (!route_) return shared_.router.match(r.method, r.path).allowed.empty() ? Error{Errc::not_found, "no_such_route", "There is nothing at this path."}
                                                                                  : Error{Errc::invalid_argument, "method_not_allowed", "This path does not know that method."};
        expects_continue_ = true;
    }
    state_ = State::body, deadline_ = Clock::now() + shared_.options.body_timeout;
    if (route_ && route_->options.body == BodyTo::file && (r.method == Method::post || r.method == Method::put || r.method == Method::patch)) open_body_file();
    else if (content_length && !discard_body_) r.body.reserve(std::min<std::uint64_t>(*content_length, 1 << 20));
    return {};
}

std::optional<Error> Connection::on_body(std::string_view piece) {
    expects_continue_ = false;  // it came without waiting
    request_.body_bytes += piece.size();
    if (request_.body_bytes > body_limit_) return Error{Errc::invalid_argument, "body_too_large", "The body is larger than this route accepts (" + std::to_string(body_limit_) + " bytes)."};
    // Slow is allowed, trickling is not: each min_body_rate bytes buy one more second.
    deadline_ += std::chrono::microseconds(piece.size() * 1'000'000 / std::max<std::uint64_t>(1, shared_.options.min_body_rate));
    if (discard_body_) return {};
    if (request_.body_file.empty()) {
        request_.body += piece;
        return {};
    }
    while (!piece.empty()) {
        auto const n = ::write(body_fd_, piece.data(), piece.size());
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return Error{Errc::unavailable, "disk_full", "The upload could not be written to the disk of the server."};
        piece.remove_prefix(static_cast<std::size_t>(n));
    }
    return {};
}

void Connection::open_body_file() {
    auto path = shared_.options.temporary_directory + "/kindling-upload-XXXXXX";
    body_fd_ = ::mkostemp(path.data(), O_CLOEXEC);
    request_.body_file = std::move(path);  // without a descriptor the first write fails and says so
}

void Connection::drop_body_file() {
    if (body_fd_ >= 0) ::close(body_fd_), ::unlink(request_.body_file.c_str());
    body_fd_ = -1;
}

void Connection::dispatch() {
    if (!route_) {
        if (request_.method == Method::options && (!allowed_.empty() || request_.path == "*"))
            return respond({.status = 204, .headers = {{"Allow", allowed_.empty() ? "GET, HEAD, POST, OPTIONS" : allowed_ + ", OPTIONS"}}});
        if (allowed_.empty()) return respond(error_response({Errc::not_found, "no_such_route", "There is nothing at this path."}, request_.request_id));
        auto r = error_response({Errc::invalid_argument, "method_not_allowed", "This path does not know that method."}, request_.request_id);
        r.headers.emplace_back("Allow", allowed_ + ", OPTIONS");
        return respond(std::move(r));
    }
    auto const where = route_->options.choose ? route_->options.choose(request_) : route_->options.where;
    if (where == Where::pool) return hand_over();
    respond(handle(*route_));
}

Response Connection::handle(Route const& route) {
    auto const failed = [&](std::string_view what) {
        if (shared_.options.on_exception) shared_.options.on_exception(request_.request_id, what);
        return error_response({Errc::internal, "internal", ""}, request_.request_id);
    };
    try {
        auto response = route.handler(request_);
        negotiate(request_, shared_.answer, response);
        return response;
    } catch (std::exception const& e) {
        return failed(e.what());
    } catch (...) {
        return failed("an exception that is not a std::exception");
    }
}

void Connection::hand_over() {
    state_ = State::handling;
    stop_ = std::stop_source();
    request_.stop = stop_.get_token();
    stop_at_ = request_.deadline;
    flush();
    // The request stays here untouched until the answer comes back; the task holds the connection.
    auto const taken = shared_.pool.submit([self = shared_from_this()]() mutable {
        auto response = std::make_shared<Response>(self->handle(*self->route_));
        auto& context = self->reactor_.context;
        asio::post(context, [self = std::move(self), response = std::move(response)] {
            if (self->state_ == State::closed) return;
            self->respond(std::move(*response));
            self->consume();
        });
    });
    if (taken == WorkerPool::Taken::full) respond(error_response({Errc::unavailable, "server_busy", "Every worker is busy; try again in a moment."}, request_.request_id));
}

void Connection::refuse(Error const& error) {
    keep_alive_ = false;
    if (request_.request_id.empty()) request_.request_id = new_id("req");
    respond(error_response(error, request_.request_id));
}

void Connection::tick(Clock::time_point now) {
    if (state_ == State::handling && !ended_by_client_) {
        // No read is pending while a handler works (that would cost every request); a look once per tick finds clients that left.
        char byte;
        auto const n = ::recv(socket_.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
        if (n == 0 || (n < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR)) ended_by_client_ = true, keep_alive_ = false, stop_.request_stop();
        if (now >= stop_at_) stop_at_ = Clock::time_point::max(), stop_.request_stop();
    }
    if (state_ == State::streaming && events_ && !stalled_ && now - last_write_ >= shared_.options.heartbeat) {
        last_write_ = now;
        out_ += stream_framing_ == Framing::chunked ? "3\r\n:\n\n\r\n" : ":\n\n";
        flush();
    }
    auto const waits = stalled_ || state_ == State::idle || state_ == State::head || state_ == State::body || state_ == State::lingering;
    if (!waits || now < deadline_) return;
    if (!stalled_ && (state_ == State::head || state_ == State::body)) {
        refuse({Errc::invalid_argument, "request_timeout", "The request did not arrive in time."});
        return flush();
    }
    close();
}

void Connection::drain() {
    drain_ = true;
    if (state_ == State::idle && !stalled_ && out_.empty()) return close();
    if (state_ == State::idle) close_when_flushed_ = true;
    if (state_ == State::streaming && stream_) {
        auto stream = stream_;
        if (events_) stream->try_write(to_text(Event{.data = "{\"reason\":\"shutting_down\"}", .name = "end"}));
        stream->close();
    }
}

void Connection::abort() {
    stop_.request_stop();
    close();
}

void Connection::close() {
    if (state_ == State::closed) return;
    if (state_ == State::streaming) account(stream_bytes_);  // the client left: for a stream that is the usual end
    state_ = State::closed;
    stop_.request_stop();
    if (stream_) std::exchange(stream_, nullptr)->detach();
    boost::system::error_code ignored;
    socket_.close(ignored);
    auto self = shared_from_this();
    reactor_.connections.erase(this);
}

}  // namespace kindling::gateway
