// A server in this process, and a blocking socket for tests: sends exact bytes, reads until a condition. No sleeps; a lost condition fails after ten seconds.
#pragma once
#include "gateway/http/server.h"
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <unistd.h>

namespace kindling::gateway::test {

inline std::unique_ptr<Server> serve(Router router, ServerOptions options = {}) {
    auto server = Server::create(std::move(options), std::move(router)).value();
    server->start();
    return server;
}

class Client {
public:
    explicit Client(std::uint16_t port, int receive_buffer = 0) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        timeval const limit{10, 0};
        ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        if (receive_buffer > 0) ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
        sockaddr_in to{};
        to.sin_family = AF_INET, to.sin_port = htons(port), to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(fd_, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0) ::close(fd_), fd_ = -1;
    }
    Client(Client&& other) noexcept : fd_(std::exchange(other.fd_, -1)), held_(std::move(other.held_)) {}
    ~Client() { close(); }
    void close() { if (fd_ >= 0) ::close(std::exchange(fd_, -1)); }
    bool connected() const { return fd_ >= 0; }
    void half_close() { ::shutdown(fd_, SHUT_WR); }

    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            auto const n = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (n <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(n));
        }
        return true;
    }
    // Reads one response: its head and, by Content-Length or chunks, its body (decoded). Empty status line: the line broke.
    struct Answer { int status = 0; std::string head, body; };
    Answer answer(bool to_head = false) {
        Answer a;
        if (!until("\r\n\r\n")) return a;
        auto const end = held_.find("\r\n\r\n") + 4;
        a.head = held_.substr(0, end);
        held_.erase(0, end);
        a.status = a.head.size() > 12 ? std::atoi(a.head.c_str() + 9) : 0;
        if (to_head || a.status == 204 || a.status == 304 || a.status / 100 == 1) return a;
        if (auto const length = field(a.head, "Content-Length"); !length.empty()) {
            auto const n = static_cast<std::size_t>(std::stoul(length));
            while (held_.size() < n && more()) {}
            a.body = held_.substr(0, n);
            held_.erase(0, n);
        } else if (field(a.head, "Transfer-Encoding") == "chunked") {
            for (std::string piece; next_chunk(piece) && !piece.empty();) a.body += piece;
        }
        return a;
    }
    bool next_chunk(std::string& out) {
        if (!until("\r\n")) return false;
        auto const line = held_.find("\r\n");
        auto const n = static_cast<std::size_t>(std::stoul(held_.substr(0, line), nullptr, 16));
        while (held_.size() < line + 2 + n + 2) if (!more()) return false;
        out = held_.substr(line + 2, n);
        held_.erase(0, line + 2 + n + 2);
        return true;
    }
    static std::string field(std::string const& head, std::string const& name) {
        auto const at = head.find("\r\n" + name + ": ");
        if (at == head.npos) return {};
        auto const begin = at + name.size() + 4;
        return head.substr(begin, head.find("\r\n", begin) - begin);
    }
    Answer get(std::string const& path, std::string const& fields = "") { return send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n"), answer(); }
    // Reads until the text is there; false when the line ended before.
    bool until(std::string_view text) {
        while (held_.find(text) == held_.npos) if (!more()) return false;
        return true;
    }
    // True when the server ended the connection and sent nothing further.
    bool at_end() { return held_.empty() && !more() && ended_; }
    bool more() {
        char piece[16384];
        auto const n = ::recv(fd_, piece, sizeof piece, 0);
        if (n == 0 || (n < 0 && errno == ECONNRESET)) ended_ = true;
        if (n <= 0) return false;
        held_.append(piece, static_cast<std::size_t>(n));
        return true;
    }
    std::string& held() { return held_; }
    int descriptor() const { return fd_; }

private:
    int fd_;
    std::string held_;
    bool ended_ = false;
};

}  // namespace kindling::gateway::test
