// bench/shop_server.h -- a real `kindling serve` as a process of its own, a small shop in it, and a plain client of it.
#pragma once
#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "bench.h"

namespace kindling::bench {

// A temporary folder, removed with all that is in it.
class ScratchFolder {
public:
    ScratchFolder();
    ~ScratchFolder();
    std::string const& path() const { return path_; }

private:
    std::string path_;
};

// Ends the server when it goes, at once (SIGKILL).
class ShopServer {
public:
    // `store`: empty for SQLite in the folder. Gives up when the server does not answer within a minute.
    ShopServer(std::string folder, std::string store);
    ShopServer(ShopServer const&) = delete;
    ~ShopServer() { kill_now(); }
    void kill_now();  // kill -9, and the wait for its end
    std::uint16_t port() const { return port_; }
    pid_t process() const { return process_; }
    double processor_seconds() const;  // what its threads have used so far, user and system
    // Runs `kindling ARGUMENTS` on the same shop and gives what it printed.
    std::string command(std::string const& arguments) const;
    // A new API key's secret.
    std::string key(std::string const& role) const;

private:
    std::string environment() const;
    std::string folder_, store_;
    pid_t process_ = -1;
    std::uint16_t port_ = 0;
};

struct HttpAnswer {
    int status = 0;  // 0: the connection broke before the whole answer was there
    std::string body;
};

// One kept connection to 127.0.0.1, blocking; reconnects after a break. One thread.
class LoopbackClient {
public:
    LoopbackClient(std::uint16_t port, std::string key) : port_(port), key_(std::move(key)) {}
    LoopbackClient(LoopbackClient const&) = delete;
    ~LoopbackClient() { drop(); }
    HttpAnswer call(std::string_view operation, std::string_view body, std::string_view idempotency_key = {});
    bool send(std::string_view bytes);
    // Reads until `enough(held)` says how many bytes of it are one message; nothing when the line broke.
    std::optional<std::string> receive(std::size_t (*enough)(std::string_view held));

private:
    bool connect();
    void drop();
    std::uint16_t port_;
    std::string key_, held_;
    int socket_ = -1;
};

}  // namespace kindling::bench
