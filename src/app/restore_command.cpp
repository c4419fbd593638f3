#include "app/restore_command.h"
#include "app/commands.h"
#include "app/folder.h"
#include "gateway/cli/terminal.h"
#include "shop/vault/vault.h"
#include <fmt/format.h>
#include <ostream>
#include <sqlite3.h>

namespace kindling::app {

namespace {

using gateway::printable;
namespace fs = std::filesystem;

// Copies of a backup and its key beside the store, gone again unless they were put in its place.
struct Trial {
    fs::path store, key;
    void remove() const {
        std::error_code ignored;
        for (auto const* tail : {"", "-wal", "-shm"}) fs::remove(store.string() + tail, ignored);
        fs::remove(key, ignored);
    }
    ~Trial() { remove(); }
};

std::unexpected<Error> not_a_backup(std::string const& path, std::string_view why) { return fail(Errc::invalid_argument, "not_a_backup", fmt::format("{} is not a backup of Kindling: {}. Nothing was changed.", printable(path), why)); }

// Every page of the file is read once: a copy that was cut short or damaged on its way must not replace a shop.
Result<void> check_pages(std::string const& path, fs::path const& copy) {
    sqlite3* db = nullptr;
    std::string verdict;
    auto const keep_first = [](void* out, int, char** values, char**) { return *static_cast<std::string*>(out) = values[0] ? values[0] : "", 0; };
    bool const shop = sqlite3_open_v2(copy.c_str(), &db, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK && sqlite3_exec(db, "SELECT COUNT(*) FROM shops", nullptr, nullptr, nullptr) == SQLITE_OK;
    if (shop) sqlite3_exec(db, "PRAGMA quick_check(1)", keep_first, &verdict, nullptr);
    sqlite3_close_v2(db);
    if (!shop) return not_a_backup(path, "it holds no shop");
    if (verdict != "ok") return not_a_backup(path, verdict.empty() ? "its pages cannot be read" : verdict);
    return {};
}

Result<void> try_out(std::string const& path, Trial const& trial, fs::path const& folder) {
    std::error_code failed;
    fs::copy_file(path, trial.store, fs::copy_options::overwrite_existing, failed);
    if (failed) return fail(Errc::unavailable, failed == std::errc::no_space_on_device ? "disk_full" : "store_unavailable", fmt::format("The backup could not be copied into {}: {}. Nothing was changed.", folder.string(), failed.message()));
    TRY(check_pages(path, trial.store));
    auto const store = TRY(shop::Store::open({.address = trial.store.string(), .readers = 1}));
    auto const own_key = fs::path(path + ".key"), key = fs::exists(own_key, failed) ? own_key : folder / "secret.key";
    bool const sealed = TRY(holds_sealed(*store));
    if (!fs::exists(key, failed)) {
        if (sealed) return fail(Errc::failed_precondition, "key_missing", fmt::format("The backup holds sealed fields, and its key is not beside it: put {} there. Nothing was changed.", printable(own_key.string())));
        return {};
    }
    fs::copy_file(key, trial.key, fs::copy_options::overwrite_existing, failed);
    if (!failed) fs::permissions(trial.key, fs::perms::owner_read | fs::perms::owner_write, failed);
    if (failed) return fail(Errc::unavailable, "store_unavailable", fmt::format("The key {} could not be copied: {}. Nothing was changed.", printable(key.string()), failed.message()));
    auto const vault = TRY(shop::Vault::open(trial.key));
    if (TRY(key_fit(*store, *vault)) == KeyFit::does_not_fit)
        return fail(Errc::failed_precondition, "key_does_not_fit", fmt::format("{} does not open what is sealed in the backup; put the key it was made with at {}. Nothing was changed.", printable(key.string()), printable(own_key.string())));
    return {};
}

}  // namespace

Result<int> run_restore_command(gateway::CommandCall const& call, gateway::Streams const& streams, std::stop_token) {
    auto const options = options_of(call.global);
    auto const target = options.folder / "kindling.db";
    auto const& path = call.words[0];
    if (!options.store.empty()) return fail(Errc::invalid_argument, "wrong_store", "restore brings back SQLite backups; use psql for a PostgreSQL dump.");
    std::error_code failed;
    if (!fs::is_regular_file(path, failed)) return fail(Errc::not_found, "file_not_found", fmt::format("There is no file {}.", printable(path)));
    if (fs::exists(target, failed) && !call.has("replace")) return fail(Errc::conflict, "folder_not_empty", fmt::format("{} holds a shop already; add --replace to overwrite it.", options.folder.string()));
    if (fs::equivalent(path, target, failed)) return fail(Errc::invalid_argument, "not_a_backup", "That is the store itself; make a backup with: kindling backup FILE");
    fs::create_directories(options.folder, failed);
    if (failed) return fail(Errc::unavailable, "store_unavailable", fmt::format("The data folder {} cannot be made: {}.", options.folder.string(), failed.message()));
    auto const lock = TRY(FolderLock::take(options.folder));  // a running server must not lose its store from under it
    Trial const trial{options.folder / "kindling.db.restoring", options.folder / "secret.key.restoring"};
    trial.remove();
    TRY(try_out(path, trial, options.folder));
    for (auto const* tail : {"-wal", "-shm"}) fs::remove(target.string() + tail, failed);
    fs::rename(trial.store, target, failed);
    if (!failed && fs::exists(trial.key)) fs::rename(trial.key, options.folder / "secret.key", failed);
    if (failed) return fail(Errc::unavailable, "store_unavailable", "The backup could not be put in place: " + failed.message());
    fs::remove_all(options.folder / "facts", failed);  // read anew from what was restored
    auto const app = TRY(App::open(options));
    streams.out << "Restored.\n";
    return 0;
}

}  // namespace kindling::app
