// Backup of a PostgreSQL store: the database's own tool makes the dump, we only start it and keep the result whole.
#include "shop/store/postgres/postgres_store.h"
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <thread>

extern char** environ;

namespace kindling::shop {

namespace {

// The address without its password, in libpq's keyword form, and the password.
struct Parted {
    std::string conninfo, password;
};
Result<Parted> part(std::string const& address) {
    char* why = nullptr;
    auto* const options = PQconninfoParse(address.c_str(), &why);
    if (!options) {
        std::string const reason = why ? why : "";
        PQfreemem(why);
        return fail(Errc::invalid_argument, "store_unavailable", fmt::format("The store's address is malformed: {}", reason));
    }
    Parted out;
    for (auto* o = options; o->keyword; ++o) {
        if (!o->val) continue;
        if (std::string_view(o->keyword) == "password") { out.password = o->val; continue; }
        out.conninfo += fmt::format("{}='", o->keyword);
        for (char const* p = o->val; *p; ++p) {
            if (*p == '\'' || *p == '\\') out.conninfo += '\\';
            out.conninfo += *p;
        }
        out.conninfo += "' ";
    }
    PQconninfoFree(options);
    return out;
}

}  // namespace

Result<void> dump_postgres(std::string const& address, std::string const& to, Progress const& progress) {
    std::error_code ignored;
    if (std::filesystem::exists(to, ignored)) return fail(Errc::conflict, "file_exists", fmt::format("{} exists already; give a new name.", to));
    auto const [conninfo, password] = TRY(part(address));
    auto const partial = to + ".part", file = "--file=" + partial, database = "--dbname=" + conninfo, secret = "PGPASSWORD=" + password;
    std::vector<char*> environment;
    for (auto** e = environ; *e; ++e)
        if (password.empty() || !std::string_view(*e).starts_with("PGPASSWORD=")) environment.push_back(*e);
    if (!password.empty()) environment.push_back(const_cast<char*>(secret.c_str()));
    environment.push_back(nullptr);
    char const* const arguments[] = {"pg_dump", "--no-owner", "--no-privileges", "--format=plain", file.c_str(), database.c_str(), nullptr};
    pid_t child = 0;
    progress(0, 0, "pg_dump");
    if (int const error = ::posix_spawnp(&child, "pg_dump", nullptr, nullptr, const_cast<char* const*>(arguments), environment.data()); error != 0)
        return fail(Errc::failed_precondition, "store_unavailable", "A backup of PostgreSQL needs its own tool: install postgresql-client, or run pg_dump where the database is.");
    int status = 0;
    bool killed = false;
    for (pid_t ended = 0; (ended = ::waitpid(child, &status, WNOHANG)) != child;) {
        if (ended < 0 && errno != EINTR) break;
        if (progress.stopped() && !killed) killed = ::kill(child, SIGTERM) == 0;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    if (killed || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        std::filesystem::remove(partial, ignored);
        if (killed) return fail(Errc::unavailable, "cancelled", "The backup was cancelled; nothing was kept.");
        return fail(Errc::unavailable, "store_unavailable", "pg_dump failed; its message stands above. Nothing was kept.");
    }
    std::filesystem::rename(partial, to, ignored);
    if (ignored) return fail(Errc::unavailable, "store_unavailable", ignored.message());
    progress(1, 1, "pg_dump");
    return {};
}

}  // namespace kindling::shop
