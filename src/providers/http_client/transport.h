// providers/http_client/transport.h -- internal: one TCP or TLS connection whose every wait ends by a deadline or a stop token.
#pragma once
#include "core/result.h"
#include "providers/http_client/client.h"
#include <netdb.h>
#include <openssl/ssl.h>

namespace kindling::providers {

using Clock = std::chrono::steady_clock;

// Wakes a poll() when a stop is requested.
class StopSignal {
public:
    explicit StopSignal(std::stop_token);
    StopSignal(StopSignal const&) = delete;
    StopSignal& operator=(StopSignal const&) = delete;
    int descriptor() const { return event_.fd; }
    bool stopped() const { return token_.stop_requested(); }
    std::stop_token const& token() const { return token_; }

private:
    struct Descriptor {
        int fd;
        ~Descriptor();
    };
    struct Wake { int fd; void operator()() const; };
    std::stop_token token_;
    Descriptor event_;                    // declared before the callback, so closed after it can no longer run
    std::stop_callback<Wake> callback_;
};

// May a connection be made to this address by a client that only reaches the public internet?
bool is_public(sockaddr const*);

class Transport {
public:
    explicit Transport(StopSignal const& stop) : stop_(stop) {}
    ~Transport();
    Transport(Transport const&) = delete;
    Transport& operator=(Transport const&) = delete;

    Result<void> connect(Url const&, Reach, SSL_CTX*, Clock::time_point deadline);
    Result<void> write(std::string_view, Clock::time_point deadline);
    // 0 at the end of the stream.
    Result<std::size_t> read(char* out, std::size_t size, Clock::time_point deadline);

private:
    Result<void> wait(short events, Clock::time_point deadline);
    Result<void> connect_to(addrinfo const&, Clock::time_point deadline);
    Result<void> handshake(Url const&, SSL_CTX*, Clock::time_point deadline);
    Result<void> tls_wait(int result, Clock::time_point deadline, char const* what);
    StopSignal const& stop_;
    int fd_ = -1;
    SSL* ssl_ = nullptr;
};

}  // namespace kindling::providers
