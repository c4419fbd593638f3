#include "shop/store/sqlite_ear.h"
#include "shop/store/news.h"
#include <chrono>
#include <condition_variable>
#include <sqlite3.h>

namespace kindling::shop {

namespace {

constexpr auto pause = std::chrono::milliseconds(200);

struct Statement {
    sqlite3_stmt* s = nullptr;
    Statement(sqlite3* db, char const* sql) { sqlite3_prepare_v2(db, sql, -1, &s, nullptr); }
    Statement(Statement const&) = delete;
    ~Statement() { sqlite3_finalize(s); }
    bool row() const { return s && sqlite3_step(s) == SQLITE_ROW; }
    std::int64_t integer(int c) const { return sqlite3_column_int64(s, c); }
    std::string_view text(int c) const {
        auto const* p = reinterpret_cast<char const*>(sqlite3_column_text(s, c));
        return {p ? p : "", static_cast<std::size_t>(p ? sqlite3_column_bytes(s, c) : 0)};
    }
};

}  // namespace

SqliteEar::SqliteEar(std::string path, std::string process, std::int64_t heard, Tell tell)
    : path_(std::move(path)), process_(std::move(process)), heard_(heard), tell_(std::move(tell)), thread_([this](std::stop_token stop) { live(std::move(stop)); }) {}

void SqliteEar::live(std::stop_token stop) {
    std::mutex mutex;
    std::condition_variable_any asked_to;
    std::unique_ptr<sqlite3, int (*)(sqlite3*)> db(nullptr, sqlite3_close_v2);
    for (;;) {
        // First the pause: a command that is done within it opens no further connection.
        std::unique_lock lock(mutex);
        asked_to.wait_for(lock, stop, pause, [] { return false; });
        if (stop.stop_requested()) return;
        if (!db) {
            sqlite3* opened = nullptr;
            auto const rc = sqlite3_open_v2(path_.c_str(), &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
            db.reset(opened);
            if (rc != SQLITE_OK) { db.reset(); continue; }
            sqlite3_exec(opened, "PRAGMA query_only=ON; PRAGMA cache_size=-200", nullptr, nullptr, nullptr);
        }
        listen_once(db.get());
    }
}

void SqliteEar::listen_once(sqlite3* db) {
    {
        Statement const asked(db, "PRAGMA data_version");
        if (!asked.row() || asked.integer(0) == version_) return;
        version_ = asked.integer(0);  // before the rows are read: what is committed in between is looked at twice, never missed
    }
    std::vector<Change> changes;
    auto const before = heard_;
    bool missed = false, failed = false;
    {
        Statement const ends(db, "SELECT COALESCE(MIN(number), 0), COALESCE(MAX(number), 0) FROM kindling_news");
        if (failed = !ends.row(); !failed) missed = ends.integer(0) > heard_ + 1 || ends.integer(1) < heard_;
        if (missed) heard_ = ends.integer(1);
    }
    if (!missed && !failed) {
        Statement const rows(db, "SELECT number, process, news FROM kindling_news WHERE number > ? ORDER BY number");
        failed = !rows.s || sqlite3_bind_int64(rows.s, 1, heard_) != SQLITE_OK;
        while (!failed && rows.row()) {
            heard_ = rows.integer(0);
            if (rows.text(1) == process_) continue;
            for (auto& change : changes_of(rows.text(2), process_)) changes.push_back(std::move(change));
        }
        failed = failed || sqlite3_errcode(db) != SQLITE_DONE;
    }
    if (missed) {
        std::vector<std::int64_t> shops;
        Statement const all(db, "SELECT shop_id FROM shops");
        while (all.row()) shops.push_back(all.integer(0));
        failed = !all.s || sqlite3_errcode(db) != SQLITE_DONE;
        changes = everything_of(shops);
    }
    // What could not be read is asked for again at the next look.
    if (failed) heard_ = before, version_ = -1;
    else if (!changes.empty()) tell_(changes);
}

}  // namespace kindling::shop
