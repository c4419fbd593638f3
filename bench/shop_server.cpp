#include "shop_server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <thread>

#include "core/json_text.h"

namespace kindling::bench {

namespace {

std::string program() { return (std::filesystem::read_symlink("/proc/self/exe").parent_path() / "kindling").string(); }

[[noreturn]] void stop_here(std::string message) { give_up(Error{Errc::unavailable, "bench_cannot_run", std::move(message)}); }

std::size_t whole_http_answer(std::string_view held) {
    auto const head = held.find("\r\n\r\n");
    if (head == held.npos) return 0;
    std::size_t length = 0;
    if (auto const at = held.find("Content-Length: "); at < head) std::from_chars(held.data() + at + 16, held.data() + head, length);
    return held.size() >= head + 4 + length ? head + 4 + length : 0;
}

}  // namespace

ScratchFolder::ScratchFolder() {
    auto name = (std::filesystem::temp_directory_path() / "kindling-bench-XXXXXX").string();
    if (!::mkdtemp(name.data())) stop_here("no temporary folder can be made");
    path_ = name;
}

ScratchFolder::~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::string ShopServer::environment() const { return fmt::format("KINDLING_FOLDER='{}/data' {}", folder_, store_.empty() ? "" : fmt::format("KINDLING_STORE='{}'", store_)); }

ShopServer::ShopServer(std::string folder, std::string store) : folder_(std::move(folder)), store_(std::move(store)) {
    auto const links = folder_ + "/links", log = folder_ + "/log";
    std::filesystem::remove(links);
    process_ = ::fork();
    if (process_ == 0) {
        ::setenv("KINDLING_FOLDER", (folder_ + "/data").c_str(), 1);
        ::setenv("KINDLING_LINKS_FILE", links.c_str(), 1);
        if (!store_.empty()) ::setenv("KINDLING_STORE", store_.c_str(), 1);
        int const out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
        ::dup2(out, 1), ::dup2(out, 2);
        ::execl(program().c_str(), "kindling", "serve", "--listen", "127.0.0.1:0", nullptr);
        ::_exit(127);
    }
    auto const until = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    for (;;) {
        auto const text = read_file(links);
        auto const at = text.find("http://127.0.0.1:");
        if (at != text.npos && text.find("/mcp\n") != text.npos) {
            std::from_chars(text.data() + at + 17, text.data() + text.size(), port_);
            return;
        }
        int status = 0;
        if (::waitpid(process_, &status, WNOHANG) == process_ || std::chrono::steady_clock::now() > until) stop_here("kindling serve did not start: " + read_file(log));
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
}

void ShopServer::kill_now() {
    if (process_ <= 0) return;
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
    process_ = -1;
}

std::string ShopServer::command(std::string const& arguments) const {
    auto* const pipe = ::popen(fmt::format("{} '{}' {} 2>&1", environment(), program(), arguments).c_str(), "r");
    std::string out;
    char buffer[4096];
    for (std::size_t n; pipe && (n = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) out.append(buffer, n);
    if (!pipe || ::pclose(pipe) != 0) stop_here(fmt::format("kindling {} failed: {}", arguments, out));
    return out;
}

double ShopServer::processor_seconds() const {
    std::ifstream in(fmt::format("/proc/{}/stat", process_));  // proc(5), fields 14 and 15
    std::string text((std::istreambuf_iterator<char>(in)), {});
    std::istringstream fields(text.substr(std::min(text.size(), text.rfind(')') + 1)));
    std::string skipped;
    for (int field = 3; field < 14; ++field) fields >> skipped;
    double user = 0, system = 0;
    fields >> user >> system;
    return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

std::string ShopServer::key(std::string const& role) const {
    auto const answer = need(parse_json(command(fmt::format("keys create --name bench --role {} --rate_per_minute 1000000000 --json", role))));
    return std::string(answer.at("secret").as_string());
}

void LoopbackClient::drop() {
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
    held_.clear();
}

bool LoopbackClient::connect() {
    if (socket_ >= 0) return true;
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    timeval const limit{30, 0};
    int const on = 1;
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    sockaddr_in to{};
    to.sin_family = AF_INET, to.sin_port = htons(port_), to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0) drop();
    return socket_ >= 0;
}

bool LoopbackClient::send(std::string_view bytes) {
    if (!connect()) return false;
    while (!bytes.empty()) {
        auto const n = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (n <= 0) return drop(), false;
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

std::optional<std::string> LoopbackClient::receive(std::size_t (*enough)(std::string_view held)) {
    for (;;) {
        if (auto const size = enough(held_)) {
            auto message = held_.substr(0, size);
            held_.erase(0, size);
            return message;
        }
        char buffer[1 << 14];
        auto const n = ::recv(socket_, buffer, sizeof buffer, 0);
        if (n <= 0) return drop(), std::nullopt;
        held_.append(buffer, static_cast<std::size_t>(n));
    }
}

HttpAnswer LoopbackClient::call(std::string_view operation, std::string_view body, std::string_view idempotency_key) {
    std::string path(operation);
    path[path.find('.')] = '/';
    auto const once = idempotency_key.empty() ? std::string() : fmt::format("Idempotency-Key: {}\r\n", idempotency_key);
    if (!send(fmt::format("POST /v1/{} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\n{}Content-Length: {}\r\n\r\n{}", path, key_, once, body.size(), body))) return {};
    auto const whole = receive(&whole_http_answer);
    if (!whole || whole->size() < 12) return {};
    return {std::atoi(whole->c_str() + 9), whole->substr(whole->find("\r\n\r\n") + 4)};
}

}  // namespace kindling::bench
