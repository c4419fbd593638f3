#include "providers/http_client/transport.h"
#include <arpa/inet.h>
#include <condition_variable>
#include <fcntl.h>
#include <mutex>
#include <netdb.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace kindling::providers {

namespace {

auto unavailable(char const* reason, std::string message) { return fail(Errc::unavailable, reason, std::move(message)); }
auto late() { return unavailable("deadline_exceeded", "The other side did not answer in time."); }
auto cancelled() { return unavailable("cancelled", "The request was cancelled."); }

struct Lookup {
    std::mutex mutex;
    std::condition_variable_any done;
    bool finished = false;
    int error = 0;
    addrinfo* list = nullptr;
    ~Lookup() { if (list) freeaddrinfo(list); }
};

// getaddrinfo has no time limit, so it runs on a thread of its own that keeps the result alive; we stop waiting, it ends by itself.
Result<std::shared_ptr<Lookup>> look_up(Url const& url, StopSignal const& stop, Clock::time_point deadline) {
    auto lookup = std::make_shared<Lookup>();
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM, hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
    if (getaddrinfo(url.host.c_str(), url.port.c_str(), &hints, &lookup->list) == 0) return lookup;
    lookup->list = nullptr;
    hints.ai_flags = AI_NUMERICSERV;
    try {
        std::thread([lookup, hints, host = url.host, port = url.port] {
            addrinfo* list = nullptr;
            auto const error = getaddrinfo(host.c_str(), port.c_str(), &hints, &list);
            std::lock_guard lock(lookup->mutex);
            lookup->error = error, lookup->list = error == 0 ? list : nullptr, lookup->finished = true;
            lookup->done.notify_all();
        }).detach();
    } catch (std::system_error const&) {
        return unavailable("dns_failed", "The system has no thread left for a name lookup.");
    }
    std::unique_lock lock(lookup->mutex);
    if (!lookup->done.wait_until(lock, stop.token(), deadline, [&] { return lookup->finished; })) {
        if (stop.stopped()) return cancelled();
        return late();
    }
    if (lookup->error != 0) return unavailable("dns_failed", "The name " + url.host + " cannot be resolved: " + gai_strerror(lookup->error) + ".");
    return lookup;
}

bool is_public_v4(std::uint32_t a) {  // host byte order; IANA special-purpose registry
    auto const in = [a](std::uint32_t net, int bits) { return a >> (32 - bits) == net >> (32 - bits); };
    return !(in(0x00000000, 8) || in(0x0A000000, 8) || in(0x64400000, 10) || in(0x7F000000, 8) || in(0xA9FE0000, 16) || in(0xAC100000, 12) || in(0xC0000000, 24) || in(0xC0000200, 24) ||
             in(0xC0586300, 24) || in(0xC0A80000, 16) || in(0xC6120000, 15) || in(0xC6336400, 24) || in(0xCB007100, 24) || in(0xE0000000, 3));
}

std::string tls_reason() {
    auto const code = ERR_get_error();
    if (code == 0) return "the connection ended";
    char text[256];
    ERR_error_string_n(code, text, sizeof text);
    return text;
}

}  // namespace

void StopSignal::Wake::operator()() const { eventfd_write(fd, 1); }
StopSignal::Descriptor::~Descriptor() { if (fd >= 0) ::close(fd); }
StopSignal::StopSignal(std::stop_token token) : token_(token), event_{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)}, callback_(token, Wake{event_.fd}) {}

bool is_public(sockaddr const* address) {
    if (address->sa_family == AF_INET) return is_public_v4(ntohl(reinterpret_cast<sockaddr_in const*>(address)->sin_addr.s_addr));
    if (address->sa_family != AF_INET6) return false;
    auto const* b = reinterpret_cast<sockaddr_in6 const*>(address)->sin6_addr.s6_addr;
    auto const v4_at = [&](int i) { return is_public_v4(static_cast<std::uint32_t>(b[i]) << 24 | static_cast<std::uint32_t>(b[i + 1]) << 16 | static_cast<std::uint32_t>(b[i + 2]) << 8 | b[i + 3]); };
    auto const zero_to = [&](int n) { for (int i = 0; i < n; ++i) if (b[i] != 0) return false; return true; };
    if (zero_to(10) && b[10] == 0xFF && b[11] == 0xFF) return v4_at(12);                          // ::ffff:0:0/96
    if (b[0] == 0x00 && b[1] == 0x64 && b[2] == 0xFF && b[3] == 0x9B) return v4_at(12);           // 64:ff9b::/96
    if (b[0] == 0x20 && b[1] == 0x02) return v4_at(2);                                            // 6to4
    return (b[0] & 0xE0) == 0x20 && !(b[0] == 0x20 && b[1] == 0x01 && (b[2] < 0x02 || (b[2] == 0x0D && b[3] == 0xB8)));  // global unicast, less 2001::/23 and documentation
}

Transport::~Transport() {
    if (ssl_) SSL_free(ssl_);
    if (fd_ >= 0) ::close(fd_);
}

Result<void> Transport::wait(short events, Clock::time_point deadline) {
    for (;;) {
        if (stop_.stopped()) return cancelled();
        auto const left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
        if (left <= 0) return late();
        pollfd both[2] = {{fd_, events, 0}, {stop_.descriptor(), POLLIN, 0}};
        auto const n = ::poll(both, 2, static_cast<int>(std::min<std::int64_t>(left, 60'000)));
        if (n > 0 && both[0].revents != 0 && !stop_.stopped()) return {};
    }
}

Result<void> Transport::connect_to(addrinfo const& a, Clock::time_point deadline) {
    if (fd_ >= 0) ::close(fd_);
    fd_ = ::socket(a.ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd_ < 0) return unavailable("connect_failed", "No socket is left on this machine.");
    int const on = 1;
    ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    int error = 0;
    if (::connect(fd_, a.ai_addr, a.ai_addrlen) != 0) {
        if (errno != EINPROGRESS) return unavailable("connect_failed", std::string("Cannot connect: ") + std::strerror(errno) + ".");
        TRY(wait(POLLOUT, deadline));
        socklen_t size = sizeof error;
        ::getsockopt(fd_, SOL_SOCKET, SO_ERROR, &error, &size);
    }
    if (error != 0) return unavailable("connect_failed", std::string("Cannot connect: ") + std::strerror(error) + ".");
    return {};
}

Result<void> Transport::connect(Url const& url, Reach reach, SSL_CTX* tls, Clock::time_point deadline) {
    auto const lookup = TRY(look_up(url, stop_, deadline));
    Result<void> last = unavailable("dns_failed", "The name " + url.host + " has no address.");
    for (auto const* a = lookup->list; a; a = a->ai_next) {
        if (reach == Reach::public_internet && !is_public(a->ai_addr)) {
            last = fail(Errc::permission_denied, "address_not_allowed", url.host + " is an address inside a private network, which this request may not reach.");
            continue;
        }
        last = connect_to(*a, deadline);
        if (last || stop_.stopped() || Clock::now() >= deadline) break;
    }
    if (!last) return last;
    return url.scheme == "https" ? handshake(url, tls, deadline) : Result<void>();
}

Result<void> Transport::tls_wait(int result, Clock::time_point deadline, char const* what) {
    auto const error = SSL_get_error(ssl_, result);
    if (error == SSL_ERROR_WANT_READ) return wait(POLLIN, deadline);
    if (error == SSL_ERROR_WANT_WRITE) return wait(POLLOUT, deadline);
    return unavailable(what, "TLS failed: " + tls_reason() + ".");
}

Result<void> Transport::handshake(Url const& url, SSL_CTX* tls, Clock::time_point deadline) {
    ssl_ = SSL_new(tls);
    if (!ssl_ || SSL_set_fd(ssl_, fd_) != 1) return unavailable("tls_failed", "OpenSSL cannot start a connection.");
    in6_addr ignored;
    auto const numeric = ::inet_pton(AF_INET, url.host.c_str(), &ignored) == 1 || ::inet_pton(AF_INET6, url.host.c_str(), &ignored) == 1;
    auto* const parameters = SSL_get0_param(ssl_);
    if (numeric ? X509_VERIFY_PARAM_set1_ip_asc(parameters, url.host.c_str()) != 1 : SSL_set1_host(ssl_, url.host.c_str()) != 1 || SSL_set_tlsext_host_name(ssl_, url.host.c_str()) != 1)
        return unavailable("tls_failed", "The host name cannot be used for TLS.");
    for (;;) {
        ERR_clear_error();
        auto const n = SSL_connect(ssl_);
        if (n == 1) return {};
        if (auto const verified = SSL_get_verify_result(ssl_); verified != X509_V_OK)
            return unavailable("tls_failed", "The certificate of " + url.host + " is not trusted: " + X509_verify_cert_error_string(verified) + ".");
        TRY(tls_wait(n, deadline, "tls_failed"));
    }
}

Result<void> Transport::write(std::string_view bytes, Clock::time_point deadline) {
    while (!bytes.empty()) {
        if (ssl_) {
            ERR_clear_error();
            auto const n = SSL_write(ssl_, bytes.data(), static_cast<int>(std::min<std::size_t>(bytes.size(), 1 << 20)));
            if (n > 0) bytes.remove_prefix(static_cast<std::size_t>(n));
            else TRY(tls_wait(n, deadline, "connection_broken"));
            continue;
        }
        auto const n = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (n > 0) bytes.remove_prefix(static_cast<std::size_t>(n));
        else if (n < 0 && errno == EAGAIN) TRY(wait(POLLOUT, deadline));
        else if (n < 0 && errno != EINTR) return unavailable("connection_broken", std::string("The connection broke: ") + std::strerror(errno) + ".");
    }
    return {};
}

Result<std::size_t> Transport::read(char* out, std::size_t size, Clock::time_point deadline) {
    for (;;) {
        if (stop_.stopped()) return cancelled();
        if (ssl_) {
            ERR_clear_error();
            auto const n = SSL_read(ssl_, out, static_cast<int>(size));
            if (n > 0) return static_cast<std::size_t>(n);
            if (SSL_get_error(ssl_, n) == SSL_ERROR_ZERO_RETURN) return std::size_t(0);
            TRY(tls_wait(n, deadline, "connection_broken"));
            continue;
        }
        auto const n = ::recv(fd_, out, size, 0);
        if (n >= 0) return static_cast<std::size_t>(n);
        if (errno == EAGAIN) TRY(wait(POLLIN, deadline));
        else if (errno != EINTR) return unavailable("connection_broken", std::string("The connection broke: ") + std::strerror(errno) + ".");
    }
}

}  // namespace kindling::providers
