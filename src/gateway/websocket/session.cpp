// The two halves of a WebSocket: Handle is what users hold (a bounded queue behind a lock), Session owns the socket on its I/O
// thread. Beast does the framing, masking, UTF-8 check, pings and the closing handshake.
#include "gateway/websocket/session.h"
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/websocket.hpp>
#include <deque>
#include <mutex>
#include <optional>

namespace kindling::gateway {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace ws = beast::websocket;
using Code = beast::error_code;
constexpr auto end_time = std::chrono::seconds(3);

// What the user holds. It outlives the session, which cuts itself off at its end; no socket is reachable from here.
class Handle final : public WebSocket {
public:
    explicit Handle(std::size_t limit) : limit_(limit) {}
    Sent send(std::string text) override {
        std::lock_guard lock(mutex_);
        if (gone_ || close_) return Sent::closed;
        if (!queue_.empty() && bytes_ + text.size() > limit_) return Sent::full;
        bytes_ += text.size();
        queue_.push_back(std::move(text));
        if (wake_) wake_();
        return Sent::ok;
    }
    void close(std::uint16_t code, std::string reason) override {
        std::lock_guard lock(mutex_);
        if (gone_ || close_) return;
        close_.emplace(code, std::move(reason));
        if (wake_) wake_();
    }

    struct Work { std::optional<std::string> text = {}; std::optional<std::pair<std::uint16_t, std::string>> close = {}; };
    Work next() {
        std::lock_guard lock(mutex_);
        Work work;
        if (!queue_.empty()) {
            bytes_ -= queue_.front().size();
            work.text = std::move(queue_.front());
            queue_.pop_front();
        } else {
            work.close = close_;
        }
        return work;
    }
    void attach(std::function<void()> wake) {
        std::lock_guard lock(mutex_);
        wake_ = std::move(wake);
    }
    void detach() {
        std::lock_guard lock(mutex_);
        gone_ = true, wake_ = nullptr, queue_.clear();
    }

private:
    std::mutex mutex_;
    std::deque<std::string> queue_;
    std::size_t bytes_ = 0, limit_;
    std::optional<std::pair<std::uint16_t, std::string>> close_;
    std::function<void()> wake_;
    bool gone_ = false;
};

class Session final : public WebSocketSession, public std::enable_shared_from_this<Session> {
public:
    Session(WebSocketSocket socket, WebSocketUpgrade upgrade, WebSocketAccept accept, std::function<void()> ended)
        : ws_(std::move(socket)), upgrade_(std::move(upgrade)), accept_(std::move(accept)), ended_(std::move(ended)), handle_(std::make_shared<Handle>(accept_.max_queued_bytes)) {}

    ~Session() override { handle_->detach(); }

    void start() {
        ws_.auto_fragment(false);  // Beast would cut a message into frames of 4 KB
        ws_.read_message_max(accept_.max_message_bytes);
        ws_.set_option(ws::stream_base::timeout{std::chrono::seconds(10), std::chrono::milliseconds(accept_.idle_timeout_ms), true});
        // After the closing handshake Beast waits for the client to end the line; we wait a moment only.
        ws_.control_callback([this](ws::frame_type kind, beast::string_view) { if (kind == ws::frame_type::close) end_soon(); });
        ws_.set_option(ws::stream_base::decorator([this](ws::response_type& answer) {
            for (auto const& [name, value] : upgrade_.answer_fields) answer.set(name, value);
            if (!accept_.subprotocol.empty()) answer.set(http::field::sec_websocket_protocol, accept_.subprotocol);
        }));
        http::request<http::empty_body> request{http::verb::get, upgrade_.target, 11};
        for (auto const& [name, value] : upgrade_.fields) request.insert(name, value);
        ws_.async_accept(request, [self = shared_from_this()](Code ec) { self->on_accept(ec); });
    }
    void shut_down(std::uint16_t code, std::string reason) override { handle_->close(code, std::move(reason)); }
    void abort() override {
        Code ignored;
        beast::get_lowest_layer(ws_).close(ignored);
    }

private:
    void on_accept(Code ec) {
        if (ec) return finish(1006);
        opened_ = true;
        ws_.text(true);
        std::weak_ptr<Session> weak = shared_from_this();
        handle_->attach([weak, executor = ws_.get_executor()] {
            asio::post(executor, [weak] { if (auto self = weak.lock()) self->write(); });
        });
        on_user([this] { if (accept_.handler.open) accept_.handler.open(handle_); });
    }
    void end_soon() {
        timer_.expires_after(end_time);
        timer_.async_wait([self = shared_from_this()](Code ec) { if (!ec) self->abort(); });
    }
    // Runs user code where the user wished, then reads on: the next message waits for this call.
    void on_user(std::function<void()> f) {
        if (accept_.messages_on == MessagesOn::io) {
            upgrade_.call(f);
            return read();
        }
        in_user_ = true;
        auto const taken = upgrade_.run_on_pool([self = shared_from_this(), f = std::move(f)]() mutable {
            self->upgrade_.call(f);
            auto const executor = self->ws_.get_executor();
            asio::post(executor, [self = std::move(self)] { self->in_user_ = false, self->over_ ? self->finish(self->code_) : self->read(); });
        });
        if (!taken) in_user_ = false, handle_->close(1013, "The server is busy; try again later."), read();
    }
    void read() {
        ws_.async_read(buffer_, [self = shared_from_this()](Code ec, std::size_t) { self->on_read(ec); });
        write();
    }
    void on_read(Code ec) {
        if (ec == ws::error::closed) return finish(ws_.reason().code == ws::close_code::none ? std::uint16_t(1005) : std::uint16_t(ws_.reason().code));
        if (ec == ws::error::message_too_big) return finish(1009);  // Beast has sent the close frame already
        if (ec) return finish(closing_ ? code_ : 1006);
        if (closing_) return buffer_.clear(), read();  // what came before the peer's close frame is of no interest
        if (!ws_.got_text()) {
            buffer_.clear();
            handle_->close(1003, "Text messages only.");
            return read();
        }
        auto const data = buffer_.cdata();
        std::string text(static_cast<char const*>(data.data()), data.size());
        buffer_.clear();
        on_user([this, text = std::move(text)] { if (accept_.handler.message) accept_.handler.message(*handle_, text); });
    }
    void write() {
        if (writing_ || closing_ || over_ || !opened_) return;
        auto work = handle_->next();
        if (work.text) {
            writing_ = true, out_ = std::move(*work.text);
            ws_.async_write(asio::buffer(out_), [self = shared_from_this()](Code ec, std::size_t) {
                self->writing_ = false;
                if (ec) return;  // the read sees it too, and ends the session
                self->write();
            });
        } else if (work.close) {
            closing_ = true, code_ = work.close->first;
            end_soon();
            ws_.async_close({static_cast<ws::close_code>(code_), work.close->second.substr(0, 120)}, [self = shared_from_this()](Code) {
                if (!self->in_user_) self->finish(self->code_);
            });
        }
    }
    void finish(std::uint16_t code) {
        if (over_ && in_user_) return;
        if (!over_) {
            over_ = true, code_ = code;
            handle_->detach();
            timer_.cancel();
            abort();
        }
        if (in_user_ || !ended_) return;
        if (opened_ && accept_.handler.closed) {
            auto tell = [self = shared_from_this(), code = code_] { self->upgrade_.call([&] { self->accept_.handler.closed(code); }); };
            if (accept_.messages_on == MessagesOn::io || !upgrade_.run_on_pool(tell)) tell();
        }
        std::exchange(ended_, nullptr)();
    }

    ws::stream<WebSocketSocket> ws_;
    WebSocketUpgrade upgrade_;
    WebSocketAccept accept_;
    std::function<void()> ended_;
    std::shared_ptr<Handle> handle_;  // shared with the user
    asio::steady_timer timer_{ws_.get_executor()};
    beast::flat_buffer buffer_;
    std::string out_;
    std::uint16_t code_ = 1006;
    bool opened_ = false, writing_ = false, closing_ = false, over_ = false, in_user_ = false;
};

}  // namespace

std::shared_ptr<WebSocketSession> start_websocket(WebSocketSocket socket, WebSocketUpgrade upgrade, WebSocketAccept accept, std::function<void()> ended) {
    auto session = std::make_shared<Session>(std::move(socket), std::move(upgrade), std::move(accept), std::move(ended));
    session->start();
    return session;
}

}  // namespace kindling::gateway
