// One scripted connection on a port of its own, plain or TLS: reads a request's head, then does what the test says.
#pragma once
#include <arpa/inet.h>
#include <functional>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace kindling::providers::test {

class Connection {
public:
    explicit Connection(int fd, SSL_CTX* tls) : fd_(fd) {
        if (!tls) return;
        ssl_ = SSL_new(tls);
        SSL_set_fd(ssl_, fd_);
        accepted_ = SSL_accept(ssl_) == 1;
    }
    ~Connection() {
        if (ssl_) accepted_ ? void(SSL_shutdown(ssl_)) : void(), SSL_free(ssl_);
        ::close(fd_);
    }
    // Up to and with `mark`; shorter when the client ended before.
    std::string read_until(std::string_view mark) {
        std::string text;
        char c;
        while (text.find(mark) == text.npos && (ssl_ ? accepted_ && SSL_read(ssl_, &c, 1) == 1 : ::recv(fd_, &c, 1, 0) == 1)) text += c;
        return text;
    }
    // So many bytes; fewer when the client ended before.
    std::string read(std::size_t bytes) {
        std::string text;
        char c;
        while (text.size() < bytes && (ssl_ ? accepted_ && SSL_read(ssl_, &c, 1) == 1 : ::recv(fd_, &c, 1, 0) == 1)) text += c;
        return text;
    }
    void write(std::string_view text) {
        if (ssl_) { if (accepted_) SSL_write(ssl_, text.data(), static_cast<int>(text.size())); return; }
        while (!text.empty()) {
            auto const n = ::send(fd_, text.data(), text.size(), MSG_NOSIGNAL);
            if (n <= 0) return;
            text.remove_prefix(static_cast<std::size_t>(n));
        }
    }

private:
    int fd_;
    SSL* ssl_ = nullptr;
    bool accepted_ = true;
};

class Server {
public:
    explicit Server(std::function<void(Connection&)> script, SSL_CTX* tls = nullptr) : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in at{};
        at.sin_family = AF_INET, at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof at;
        ::bind(listener_, reinterpret_cast<sockaddr*>(&at), size);
        ::listen(listener_, 8);
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&at), &size);
        port_ = ntohs(at.sin_port);
        thread_ = std::jthread([this, script = std::move(script), tls] {
            auto const fd = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
            if (fd < 0) return;
            Connection c(fd, tls);
            script(c);
        });
    }
    ~Server() {
        ::shutdown(listener_, SHUT_RDWR);
        thread_.join();
        ::close(listener_);
    }
    std::string url(std::string const& path = "/", std::string const& scheme = "http", std::string const& host = "127.0.0.1") const { return scheme + "://" + host + ":" + std::to_string(port_) + path; }

private:
    int listener_;
    std::uint16_t port_ = 0;
    std::jthread thread_;
};

}  // namespace kindling::providers::test
