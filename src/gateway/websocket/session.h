// gateway/websocket/session.h -- internal: a WebSocket connection on its I/O thread, made from an HTTP connection that asked to upgrade.
#pragma once
#include "gateway/websocket/websocket.h"
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace kindling::gateway {

using WebSocketSocket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

struct WebSocketUpgrade {
    std::string target;
    std::vector<std::pair<std::string, std::string>> fields;           // of the request, as sent
    std::vector<std::pair<std::string, std::string>> answer_fields;    // added to the 101
    std::shared_ptr<void> place;                                       // held while the connection lives
    std::function<bool(std::function<void()>)> run_on_pool;            // false: no room
    std::function<void(std::function<void()>)> call;                   // calls user code, catching what it throws
};

class WebSocketSession {
public:
    virtual ~WebSocketSession() = default;
    virtual void shut_down(std::uint16_t code, std::string reason) = 0;  // closing handshake
    virtual void abort() = 0;                                            // drop the line
};

// On the I/O thread of the socket. `ended` is called there once, when the session is over.
std::shared_ptr<WebSocketSession> start_websocket(WebSocketSocket, WebSocketUpgrade, WebSocketAccept, std::function<void()> ended);

}  // namespace kindling::gateway
