#include "shop/duckdb/state.h"
#include <cstdlib>
#include <dlfcn.h>
#include <fmt/format.h>
#include <map>
#include <mutex>

namespace kindling::shop::duckdb {

Result<c::Functions const*> load_library(std::filesystem::path const& path) {
    static std::mutex mutex;
    static std::map<std::filesystem::path, std::unique_ptr<c::Functions>> loaded;
    std::lock_guard const hold(mutex);
    if (auto const known = loaded.find(path); known != loaded.end()) return known->second.get();
    auto const missing = [&](std::string_view why) {
        return fail(Errc::unavailable, "duckdb_not_installed",
                    fmt::format("DuckDB's library cannot be used ({}). Install it with: npm install --ignore-scripts @duckdb/node-bindings-linux-x64, and set KINDLING_DUCKDB to the path of its libduckdb.so.", why));
    };
    if (path.empty()) return missing("no path is set");
    // An absolute path only: a bare name would be searched for where anybody may have put something.
    auto* const handle = ::dlopen(std::filesystem::absolute(path).c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!handle) return missing(::dlerror());
    auto functions = std::make_unique<c::Functions>();
    std::string absent;
    auto const find = [&]<class Function>(Function& function, char const* name) {
        function = reinterpret_cast<Function>(::dlsym(handle, name));
        if (!function) absent += fmt::format("{}{}", absent.empty() ? "" : ", ", name);
    };
#define KINDLING_DUCKDB_FIND(RESULT, NAME, PARAMETERS) find(functions->NAME, "duckdb_" #NAME);
    KINDLING_DUCKDB_FUNCTIONS(KINDLING_DUCKDB_FIND)
#undef KINDLING_DUCKDB_FIND
    if (!absent.empty()) return missing("it has no " + absent);
    return loaded.emplace(path, std::move(functions)).first->second.get();
}

std::filesystem::path installed_library() {
    if (auto const* named = std::getenv("KINDLING_DUCKDB"); named && *named) return named;
    std::error_code failed;
    auto folder = std::filesystem::read_symlink("/proc/self/exe", failed).parent_path();
    if (std::filesystem::exists(folder / "libduckdb.so", failed)) return folder / "libduckdb.so";
    for (int up = 0; up < 5 && folder.has_relative_path(); ++up, folder = folder.parent_path())
        if (auto const library = folder / ".deps/duckdb/node_modules/@duckdb/node-bindings-linux-x64/libduckdb.so"; std::filesystem::exists(library, failed)) return library;
    return "libduckdb.so";
}

}  // namespace kindling::shop::duckdb
