#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <filesystem>
#include <fstream>
#include <thread>

#include "facts.h"

namespace kindling::bench {

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

// A program with its words; what it prints goes nowhere.
pid_t begin(std::vector<std::string> words, fs::path const& links) {
    std::vector<char*> arguments;
    for (auto& w : words) arguments.push_back(w.data());
    arguments.push_back(nullptr);
    std::vector<std::string> variables{"LANG=C.UTF-8", "KINDLING_LINKS_FILE=" + links.string()};
    std::vector<char*> environment;
    for (auto& v : variables) environment.push_back(v.data());
    environment.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    for (int stream : {1, 2}) posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_WRONLY, 0);
    pid_t process = 0;
    if (::posix_spawn(&process, arguments[0], &actions, nullptr, arguments.data(), environment.data()) != 0) give_up({.message = "kindling cannot be started"});
    posix_spawn_file_actions_destroy(&actions);
    return process;
}

int wait_for(pid_t process) {
    int status = 0;
    ::waitpid(process, &status, 0);
    return status;
}

struct Resident {
    double all_mb = 0, private_mb = 0;
};
Resident resident(pid_t process) {
    std::ifstream file(fmt::format("/proc/{}/status", process));
    Resident r;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("VmRSS:")) r.all_mb = std::stod(line.substr(6)) / 1024;
        if (line.starts_with("RssAnon:")) r.private_mb = std::stod(line.substr(8)) / 1024;
    }
    return r;
}

bool get(std::uint16_t port, std::string_view path) {
    namespace asio = boost::asio;
    asio::io_context io;
    asio::ip::tcp::socket socket(io);
    socket.connect({asio::ip::address_v4::loopback(), port});
    asio::write(socket, asio::buffer(fmt::format("GET {} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n", path, port)));
    std::string answer;
    boost::system::error_code end;
    asio::read(socket, asio::dynamic_buffer(answer), end);
    return answer.starts_with("HTTP/1.1 200") || answer.starts_with("HTTP/1.1 30");
}

}  // namespace

void run_idle(BenchContext& bench) {
    auto const program = fs::read_symlink("/proc/self/exe").parent_path() / "kindling";
    if (!fs::exists(program)) return fmt::print(stderr, "idle: build kindling first\n"), void();
    auto pattern = (fs::temp_directory_path() / "kindling_bench_XXXXXX").string();
    fs::path const folder = ::mkdtemp(pattern.data());
    auto const data = (folder / "demo").string();
    if (wait_for(begin({program.string(), "--data", data, "demo"}, folder / "unused")) != 0) give_up({.message = "the demo shop cannot be made"});
    auto const links = folder / "links";
    auto const server = begin({program.string(), "--data", data, "serve", "--listen", "127.0.0.1:0"}, links);
    std::uint16_t port = 0;
    for (int i = 0; i < 600 && port == 0; ++i) {
        std::this_thread::sleep_for(100ms);
        std::ifstream in(links);
        std::string const text(std::istreambuf_iterator<char>(in), {});
        constexpr std::string_view host = "http://127.0.0.1:";
        if (auto const at = text.find(host); at != text.npos) port = static_cast<std::uint16_t>(std::atoi(text.c_str() + at + host.size()));
    }
    if (port == 0) give_up({.message = "kindling does not serve"});
    // The facts are read for the first time now; at rest means that nothing changes for ten seconds and more.
    auto const at_rest = [&] {
        Resident now = resident(server);
        for (int still = 0, waited = 0; still < 13 && waited < 120; ++waited) {
            std::this_thread::sleep_for(1s);
            auto const next = resident(server);
            still = std::abs(next.all_mb - now.all_mb) < 0.5 ? still + 1 : 0;
            now = next;
        }
        return now;
    };
    auto const start = at_rest();
    bench.report("resident_mb/start", start.all_mb, "MB");
    bench.report("private_mb/start", start.private_mb, "MB");
    int failed = 0;
    for (int i = 0; i < 1000; ++i)
 get(port, i % 4 == 0 ? "/" : i % 4 == 1 ? "/search?q=shoes" : i % 4 == 2 ? "/search?q=%E9%9E%8B" : "/healthz");
    auto const after = at_rest();
    bench.report("resident_mb/1000_requests", after.all_mb, "MB");
    bench.report("private_mb/1000_requests", after.private_mb, "MB");
    bench.report("resident_mb", std::max(start.all_mb, after.all_mb), "MB", Reference{"goal", 150});
    ::kill(server, SIGTERM);
    wait_for(server);
    std::error_code ignored;
    fs::remove_all(folder, ignored);
    if (failed > 0) give_up({.message = fmt::format("{} of 1,000 requests failed", failed)});
}

}  // namespace kindling::bench
