// gateway/http/stream.h -- a response body that is written while it is being sent: server-sent events, long downloads.
//
// A producer on any thread writes; the I/O thread takes what has gathered and frames it. Between them stands one bounded buffer,
// so a slow reader slows the producer (write) or is told about (try_write), and never fills memory. When the client goes away,
// the server stops or the stall limit passes, every write answers `closed` and the stop token fires.
// Events: WHATWG HTML, section 9.2 "Server-sent events".
#pragma once
#include "gateway/websocket/sent.h"
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>

namespace kindling::gateway {

class BodyStream {
public:
    static constexpr std::size_t capacity = 256 * 1024;  // bytes waiting for the socket

    // Any thread. write waits while the buffer is full; try_write answers full instead and takes nothing. Text longer than the
    // capacity is taken when the buffer is empty.
    Sent write(std::string_view text);
    Sent try_write(std::string_view text);
    void close();  // the body is complete; idempotent
    bool closed() const;
    std::stop_token stop() const { return stop_.get_token(); }

    // For the transport. `wake` is called on a producer's thread under the lock, at most once until the next take(): it only posts.
    struct Taken { std::string text; bool complete = false; };
    void attach(std::function<void()> wake);
    Taken take();
    void detach();  // the reader is gone: wakes every waiting producer

private:
    Sent put(std::string_view text, std::unique_lock<std::mutex>&);
    mutable std::mutex mutex_;
    std::condition_variable room_;
    std::string waiting_;
    std::function<void()> wake_;
    std::stop_source stop_;
    bool complete_ = false, gone_ = false, woken_ = false;
};

struct Event {
    std::string data;           // may hold line breaks
    std::string name = {};      // "message" when empty
    std::string id = {};        // comes back as Last-Event-ID when the browser reconnects
    std::int64_t retry_ms = -1; // -1: leave the browser's own delay
};

// The event as it goes over the wire. Line breaks inside name or id become blanks.
std::string to_text(Event const&);

// What a producer of events holds; copy it freely.
class EventStream {
public:
    explicit EventStream(std::shared_ptr<BodyStream> body) : body_(std::move(body)) {}
    Sent send(Event const& event) const { return body_->write(to_text(event)); }
    Sent try_send(Event const& event) const { return body_->try_write(to_text(event)); }
    void close() const { body_->close(); }
    bool closed() const { return body_->closed(); }
    std::stop_token stop() const { return body_->stop(); }

private:
    std::shared_ptr<BodyStream> body_;  // shared by the producer and the connection; either may end first
};

}  // namespace kindling::gateway
