// A model server on a loopback port that does to each request what the test says: streams, refuses, stalls, breaks off, talks rubbish.
#pragma once
#include "providers/http_client/server_for_test.h"
#include <boost/json.hpp>
#include <fmt/format.h>
#include <mutex>
#include <vector>

namespace kindling::providers::test {

struct Asked {
    std::string head;  // request line and fields
    std::string body;
};

class FakeEndpoint {
public:
    // `number` counts requests from 1. Connections are served one after another.
    explicit FakeEndpoint(std::function<void(int number, Asked const&, Connection&)> script, SSL_CTX* tls = nullptr) : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in at{};
        at.sin_family = AF_INET, at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof at;
        ::bind(listener_, reinterpret_cast<sockaddr*>(&at), size);
        ::listen(listener_, 16);
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&at), &size);
        port_ = ntohs(at.sin_port);
        thread_ = std::jthread([this, script = std::move(script), tls] {
            for (int number = 1;; ++number) {
                auto const fd = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
                if (fd < 0) return;
                Connection connection(fd, tls);
                Asked asked{connection.read_until("\r\n\r\n"), ""};
                auto const length = asked.head.find("Content-Length: ");
                auto const bytes = length == std::string::npos ? 0 : std::stoul(asked.head.substr(length + 16));
                asked.body = connection.read(bytes);
                {
                    std::lock_guard lock(mutex_);
                    asked_.push_back(asked);
                }
                script(number, asked, connection);
            }
        });
    }
    ~FakeEndpoint() {
        ::shutdown(listener_, SHUT_RDWR);
        thread_.join();
        ::close(listener_);
    }
    std::uint16_t port() const { return port_; }
    std::string url() const { return fmt::format("http://127.0.0.1:{}/v1", port_); }
    std::vector<Asked> asked() const {
        std::lock_guard lock(mutex_);
        return asked_;
    }

private:
    int listener_;
    std::uint16_t port_ = 0;
    mutable std::mutex mutex_;
    std::vector<Asked> asked_;
    std::jthread thread_;
};

inline std::string answer_of(int status, std::string_view body, std::string_view fields = "") {
    return fmt::format("HTTP/1.1 {} X\r\nContent-Type: application/json\r\n{}Content-Length: {}\r\n\r\n{}", status, fields, body.size(), body);
}
constexpr std::string_view stream_head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";
inline std::string event(std::string_view json) { return fmt::format("data: {}\n\n", json); }
inline std::string token(std::string_view text) { return event(fmt::format(R"({{"model":"m-1","choices":[{{"index":0,"delta":{{"content":{}}},"finish_reason":null}}]}})", boost::json::serialize(boost::json::string(text)))); }
inline std::string finish(std::string_view reason = "stop") { return event(fmt::format(R"({{"choices":[{{"index":0,"delta":{{}},"finish_reason":"{}"}}]}})", reason)); }
inline std::string usage(int prompt, int answer) { return event(fmt::format(R"({{"choices":[],"usage":{{"prompt_tokens":{},"completion_tokens":{}}}}})", prompt, answer)); }
inline std::string done() { return "data: [DONE]\n\n"; }
// Nothing more is sent; returns when the client has gone.
inline void stall(Connection& c) { c.read_until(std::string_view("\xFF\xFE never")); }

}  // namespace kindling::providers::test
