#include "private_postgres.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <libpq-fe.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <thread>

namespace kindling::bench {

namespace {

constexpr std::string_view programs = "/usr/lib/postgresql/15/bin";

int free_port() {
    int const s = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in a{};
    a.sin_family = AF_INET, a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof a;
    ::bind(s, reinterpret_cast<sockaddr*>(&a), size);
    ::getsockname(s, reinterpret_cast<sockaddr*>(&a), &size);
    ::close(s);
    return ntohs(a.sin_port);
}

bool run(std::string const& command) { return std::system(command.c_str()) == 0; }

}  // namespace

std::string PrivatePostgres::shell(std::string const& command) const {
    return fmt::format("cd / && {}{}/{} >>'{}/out' 2>&1", ::geteuid() == 0 ? "runuser -u postgres -- " : "", programs, command, folder_.path());
}

std::unique_ptr<PrivatePostgres> PrivatePostgres::make() {
    if (!std::filesystem::exists(std::string(programs) + "/postgres")) return nullptr;
    std::unique_ptr<PrivatePostgres> p(new PrivatePostgres);
    p->port_ = free_port();
    if (::geteuid() == 0) run(fmt::format("chown postgres '{}'", p->folder_.path()));
    if (!run(p->shell(fmt::format("initdb -D '{}/db' -U postgres -A trust -E UTF8 --locale=C.UTF-8", p->folder_.path())))) return nullptr;
    p->start();
    if (!run(p->shell(fmt::format("createdb -h 127.0.0.1 -p {} -U postgres kindling", p->port_)))) return nullptr;
    p->address_ = fmt::format("postgres://postgres@127.0.0.1:{}/kindling", p->port_);
    return p;
}

void PrivatePostgres::start() {
    // A killed server's last children may still hold its memory: then the start is refused, and tried again.
    for (int i = 0; i < 100; ++i) {
        if (run(shell(fmt::format("pg_ctl -D '{0}/db' -w -t 60 -l '{0}/log' -o '-p {1} -k {0} -c listen_addresses=127.0.0.1 -c max_connections=60' start", folder_.path(), port_)))) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    give_up(Error{Errc::unavailable, "bench_cannot_run", "PostgreSQL does not start: " + read_file(folder_.path() + "/log")});
}

void PrivatePostgres::kill_server() {
    auto const process = std::atoi(read_file(folder_.path() + "/db/postmaster.pid").c_str());
    if (process > 1) ::kill(process, SIGKILL);
}

void PrivatePostgres::kill_one_connection() {
    auto* const c = PQconnectdb(address_.c_str());
    auto* const answer = PQexec(c, "SELECT pid FROM pg_stat_activity WHERE application_name = 'kindling' ORDER BY (state = 'active') DESC, random() LIMIT 1");
    auto const process = PQntuples(answer) > 0 ? std::atoi(PQgetvalue(answer, 0, 0)) : 0;
    PQclear(answer), PQfinish(c);
    if (process > 1) ::kill(process, SIGKILL);
}

PrivatePostgres::~PrivatePostgres() { run(shell(fmt::format("pg_ctl -D '{}/db' -m immediate stop", folder_.path()))); }

}  // namespace kindling::bench
