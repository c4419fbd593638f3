// gateway/websocket/websocket.h -- a WebSocket (RFC 6455) as its user sees it: text in order, both ways, bounded.
//
// Messages of one connection reach the handler one at a time and in order; the next is read from the socket only when the handler
// returned, so a slow handler slows its own client and nobody else. What is sent waits in a bounded queue.
#pragma once
#include "gateway/websocket/sent.h"
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace kindling::gateway {

class WebSocket {
public:
    virtual ~WebSocket() = default;
    // Any thread, never waits. The text must be UTF-8.
    virtual Sent send(std::string text) = 0;
    // Any thread. 1000 normal, 1008 policy, 1011 our fault; the reason is cut at 120 bytes.
    virtual void close(std::uint16_t code, std::string reason) = 0;
};

struct WebSocketHandler {
    // The user may keep the pointer and send from anywhere; it answers `closed` when the connection is over.
    std::function<void(std::shared_ptr<WebSocket>)> open = {};
    std::function<void(WebSocket&, std::string_view text)> message = {};  // valid UTF-8; a binary message closes with 1003
    std::function<void(std::uint16_t code)> closed = {};                  // exactly once after open; 1006 when the line broke
};

enum class MessagesOn { pool, io };

struct WebSocketAccept {
    WebSocketHandler handler;
    std::string subprotocol = {};                   // must be one of those the client offered; empty: none
    std::size_t max_message_bytes = 1 << 20;        // above: close 1009
    std::size_t max_queued_bytes = 1 << 20;         // sending
    std::int64_t idle_timeout_ms = 60'000;          // a ping after half of it, the end after all of it
    MessagesOn messages_on = MessagesOn::pool;
};

}  // namespace kindling::gateway
