// shop/store/sqlite.cpp -- the default store: one file in WAL mode, one writer, a pool of readers.
//
// Statements are prepared once per connection and kept by their text: preparing costs about 10 us, a kept look-up 1 us.
// The writer's connection is guarded by a timed mutex rather than by SQLite's busy handler, so that waiting is fair and short.
#include "core/by_text.h"
#include "core/id.h"
#include "shop/store/news.h"
#include "shop/store/sqlite_ear.h"
#include <condition_variable>
#include <fmt/format.h>
#include <sqlite3.h>
#include <thread>
#include <filesystem>

namespace kindling::shop {

namespace {

std::unexpected<Error> from_sqlite(int code, sqlite3* db, std::string_view sql = {}) {
    auto const primary = code & 0xff;
    auto const text = db ? sqlite3_errmsg(db) : sqlite3_errstr(code);
    if (primary == SQLITE_FULL) return fail(Errc::unavailable, "disk_full", "The disk is full: nothing of this request was kept. Free some space and try again.");
    if (primary == SQLITE_BUSY || primary == SQLITE_LOCKED) return fail(Errc::unavailable, "store_busy", "Another writer holds the store; try again in a moment.");
    if (primary == SQLITE_IOERR || primary == SQLITE_CANTOPEN || primary == SQLITE_READONLY || primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB || primary == SQLITE_PERM)
        return fail(Errc::unavailable, "store_unavailable", fmt::format("The store cannot be used: {}.", text));
    return fail(Errc::internal, "internal", fmt::format("sqlite: {} in {}", text, sql));
}

// SQLite counts what it allocates under one lock for the whole process, which readers on several threads then wait for; nothing here asks for
// that count. To be said before SQLite is first used.
void without_memory_statistics() {
    static int const once = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    (void)once;
}

class Connection {
public:
    static Result<std::unique_ptr<Connection>> open(std::string const& path, StoreOptions const& options, bool writer) {
        without_memory_statistics();
        auto connection = std::make_unique<Connection>();
        auto const flags = SQLITE_OPEN_NOMUTEX | (writer ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READWRITE);
        if (int const rc = sqlite3_open_v2(path.c_str(), &connection->db, flags, nullptr); rc != SQLITE_OK) return from_sqlite(rc, connection->db);
        sqlite3_extended_result_codes(connection->db, 1);
        sqlite3_busy_timeout(connection->db, static_cast<int>(options.busy_timeout_ms));
        auto const setup = fmt::format("PRAGMA journal_mode=WAL; PRAGMA synchronous={}; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; "
                                       "PRAGMA cache_size=-{}; PRAGMA wal_autocheckpoint=4000;{}",
                                       options.durability == StoreOptions::Durability::full ? "FULL" : "NORMAL", writer ? 32000 : 8000,
                                       writer ? "" : " PRAGMA query_only=ON;");
        // The switch to WAL of a new file does not wait for another process that does the same.
        auto const until = std::chrono::steady_clock::now() + std::chrono::milliseconds(options.busy_timeout_ms);
        for (;;) {
            int const rc = sqlite3_exec(connection->db, setup.c_str(), nullptr, nullptr, nullptr);
            if (rc == SQLITE_OK) return connection;
            if ((rc & 0xff) != SQLITE_BUSY || std::chrono::steady_clock::now() > until) return from_sqlite(rc, connection->db);
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
    }
    Connection() = default;
    Connection(Connection const&) = delete;
    ~Connection() {
        for (auto& [sql, statement] : statements) sqlite3_finalize(statement);
        sqlite3_close_v2(db);
    }

    Result<sqlite3_stmt*> prepare(std::string_view sql) {
        if (auto const i = statements.find(sql); i != statements.end()) return i->second;
        sqlite3_stmt* statement = nullptr;
        if (int const rc = sqlite3_prepare_v3(db, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &statement, nullptr); rc != SQLITE_OK)
            return from_sqlite(rc, db, sql);
        if (!statement) return fail(Errc::internal, "internal", "an empty statement");
        statements.emplace(std::string(sql), statement);
        return statement;
    }

    // Between transactions: lists of many lengths (IN (?,?,…)) must not keep a statement each for ever.
    void trim() {
        if (statements.size() <= 256) return;
        for (auto& [sql, statement] : statements) sqlite3_finalize(statement);
        statements.clear();
    }

    sqlite3* db = nullptr;
    ByText<sqlite3_stmt*> statements;
    // Of a reader whose snapshot was left open (see SqliteStore): which commit it stands on, and since when.
    std::uint64_t commits_seen = 0;
    std::chrono::steady_clock::time_point since;
};

class SqliteRow final : public Row {
public:
    explicit SqliteRow(sqlite3_stmt* s) : s_(s) {}
    int columns() const override { return sqlite3_column_count(s_); }
    std::string_view column_name(int c) const override { return sqlite3_column_name(s_, c); }
    bool is_null(int c) const override { return sqlite3_column_type(s_, c) == SQLITE_NULL; }
    std::int64_t integer(int c) const override { return sqlite3_column_int64(s_, c); }
    double number(int c) const override { return sqlite3_column_double(s_, c); }
    std::string_view text(int c) const override {
        auto const* p = static_cast<char const*>(sqlite3_column_blob(s_, c));
        return p ? std::string_view(p, static_cast<std::size_t>(sqlite3_column_bytes(s_, c))) : std::string_view("");  // SQLite gives no address for an empty text
    }

private:
    sqlite3_stmt* s_;
};

void bind_values(sqlite3_stmt* s, std::span<Value const> values) {
    for (std::size_t i = 0; i < values.size(); ++i) {
        auto const& v = values[i];
        int const at = static_cast<int>(i) + 1;
        switch (v.kind) {
        case Value::Kind::null: sqlite3_bind_null(s, at); break;
        case Value::Kind::integer: sqlite3_bind_int64(s, at, v.integer); break;
        case Value::Kind::number: sqlite3_bind_double(s, at, v.number); break;
        case Value::Kind::text: sqlite3_bind_text(s, at, v.text.data() ? v.text.data() : "", static_cast<int>(v.text.size()), SQLITE_STATIC); break;
        case Value::Kind::bytes: sqlite3_bind_blob(s, at, v.text.data() ? v.text.data() : "", static_cast<int>(v.text.size()), SQLITE_STATIC); break;
        }
    }
}

class SqliteStore;

class SqliteTransaction final : public Transaction {
public:
    SqliteTransaction(SqliteStore& store, Connection& connection, std::int64_t shop_id, bool writes) : store_(store), connection_(connection), writes_(writes) { shop_id_ = shop_id; }
    ~SqliteTransaction() override;

    Result<std::int64_t> run(std::string_view sql, std::span<Value const> values, OnRow const& on_row) override {
        auto* const s = TRY(connection_.prepare(sql));
        bind_values(s, values);
        auto const result = step(s, sql, on_row);
        sqlite3_reset(s);
        sqlite3_clear_bindings(s);
        return result;
    }

    Result<std::int64_t> run_many(std::string_view sql, std::size_t count, std::function<void(std::size_t, std::vector<Value>&)> const& fill) override {
        auto* const s = TRY(connection_.prepare(sql));
        std::vector<Value> values;
        std::int64_t changed = 0;
        for (std::size_t i = 0; i < count; ++i) {
            values.clear();
            fill(i, values);
            bind_values(s, values);
            auto const result = step(s, sql, {});
            sqlite3_reset(s);
            if (!result) return result;
            changed += *result;
        }
        sqlite3_clear_bindings(s);
        return changed;
    }

    Result<void> commit() override;
    void rollback() override;
    Result<void> savepoint() override { TRY(execute("SAVEPOINT kindling")); return {}; }
    Result<void> release_savepoint() override { TRY(execute("RELEASE kindling")); return {}; }
    Result<void> rollback_to_savepoint() override {
        TRY(execute("ROLLBACK TO kindling"));
        return release_savepoint();
    }

private:
    Result<std::int64_t> step(sqlite3_stmt* s, std::string_view sql, OnRow const& on_row) {
        auto const before = sqlite3_total_changes64(connection_.db);
        SqliteRow const row(s);
        for (;;) {
            int const rc = sqlite3_step(s);
            if (rc == SQLITE_ROW) {
                if (on_row) TRY(on_row(row));
                continue;
            }
            if (rc == SQLITE_DONE) return sqlite3_total_changes64(connection_.db) - before;
            return from_sqlite(rc, connection_.db, sql);
        }
    }

    SqliteStore& store_;
    Connection& connection_;
    bool writes_, open_ = true;
};

// A reader that ends leaves its snapshot open: the next read goes on in it, which spares a BEGIN and a COMMIT, a tenth of what a small read costs.
// Any commit of this store ends the idle snapshots before it is answered, so a reader sees all that was acknowledged. What another process
// writes is seen after `snapshot_age` at the latest, and a snapshot that nobody reads in is ended then, lest it keep the log from being emptied.
class SqliteStore final : public Store {
    static constexpr auto snapshot_age = std::chrono::milliseconds(4);

public:
    SqliteStore(StoreOptions options, std::string path) : options_(std::move(options)), path_(std::move(path)) {}

    Result<void> start() {
        std::error_code ignored;
        if (auto const folder = std::filesystem::path(path_).parent_path(); !folder.empty()) std::filesystem::create_directories(folder, ignored);
        writer_ = TRY(Connection::open(path_, options_, true));
        TRY(migrate());
        for (int i = 0; i < options_.readers; ++i) free_readers_.push_back(TRY(Connection::open(path_, options_, false)));
        keeper_ = std::jthread([this](std::stop_token stop) { end_old_snapshots(stop); });
        auto const newest = TRY(TRY(read(0))->integer("SELECT COALESCE(MAX(number), 0) FROM kindling_news"));
        ear_ = std::make_unique<SqliteEar>(path_, process_, newest, [this](std::span<Change const> changes) { committed(); tell(changes); });  // no snapshot of before is answered from after that
        return {};
    }

    Result<std::unique_ptr<Transaction>> read(std::int64_t shop_id) override {
        std::unique_ptr<Connection> connection;
        {
            std::unique_lock lock(readers_mutex_);
            if (!free_readers_.empty()) connection = std::move(free_readers_.back()), free_readers_.pop_back();
        }
        // More readers at once than were foreseen: a further connection costs 0.2 ms, waiting could dead-lock nested reads.
        if (!connection) connection = TRY(Connection::open(path_, options_, false));
        auto& reference = *connection;
        auto transaction = std::make_unique<SqliteTransaction>(*this, reference, shop_id, false);
        Result<std::int64_t> begun = 0;
        auto const now = std::chrono::steady_clock::now();
        auto const open = sqlite3_get_autocommit(reference.db) == 0;
        if (!open || reference.commits_seen != commits_ || now - reference.since > snapshot_age) {
            if (open) (void)transaction->execute("COMMIT");
            // Before the snapshot is taken: a commit in between makes it look older than it is, never newer.
            reference.commits_seen = commits_;
            reference.since = now;
            begun = transaction->execute("BEGIN");
        }
        {
            std::lock_guard lock(readers_mutex_);
            used_readers_.emplace(&reference, std::move(connection));
        }
        if (!begun) return std::unexpected(begun.error());
        return transaction;
    }

    Result<std::unique_ptr<Transaction>> write(std::int64_t shop_id) override {
        if (!writer_mutex_.try_lock_for(std::chrono::milliseconds(options_.busy_timeout_ms)))
            return fail(Errc::unavailable, "store_busy", "Another writer holds the store; try again in a moment.");
        auto transaction = std::make_unique<SqliteTransaction>(*this, *writer_, shop_id, true);
        if (auto begun = transaction->execute("BEGIN IMMEDIATE"); !begun) return std::unexpected(begun.error());  // the destructor unlocks
        return transaction;
    }

    Result<void> backup(std::string const& to, Progress const& progress) override;
    std::string_view kind() const override { return "sqlite"; }
    bool healthy() override {
        auto t = read(0);
        return t && (*t)->integer("SELECT 1").has_value();
    }

    void give_back(Connection& connection, bool writes) {
        connection.trim();
        if (writes) return writer_mutex_.unlock();
        std::lock_guard lock(readers_mutex_);
        auto const i = used_readers_.find(&connection);
        if (connection.commits_seen != commits_) end_snapshot(connection);
        if (free_readers_.size() < static_cast<std::size_t>(options_.readers)) {
            free_readers_.push_back(std::move(i->second));
            if (!sqlite3_get_autocommit(connection.db)) snapshot_left_.notify_one();
        }
        used_readers_.erase(i);
    }
    void end_idle_snapshots() {
        std::lock_guard lock(readers_mutex_);
        for (auto& reader : free_readers_) end_snapshot(*reader);
    }
    void committed() { ++commits_, end_idle_snapshots(); }  // of a commit that is done and not yet answered
    using Store::tell;
    // Part of the commit, so that other processes hear of it (sqlite_ear.h).
    Result<void> leave_news(SqliteTransaction& of, std::span<Change const> changes) {
        auto const number = TRY(of.integer("INSERT INTO kindling_news (process, news) VALUES (?, ?) RETURNING number", process_, news_of(process_, changes, SqliteEar::most_bytes)));
        bool const forgets = std::ranges::any_of(changes, [](Change const& c) { return c.kind == "forgotten"; });  // then nothing older tells what they did
        if (forgets || number % SqliteEar::at_once == 0) TRY(of.execute("DELETE FROM kindling_news WHERE number <= ?", forgets ? number - 1 : number - SqliteEar::kept));
        return {};
    }

private:
    Result<void> migrate();
    static void end_snapshot(Connection& reader) {
        if (sqlite3_get_autocommit(reader.db)) return;
        // Kept statements only; and a reader's COMMIT has nothing to write that could fail.
        if (auto const statement = reader.prepare("COMMIT")) sqlite3_step(*statement), sqlite3_reset(*statement);
    }
    void end_old_snapshots(std::stop_token stop) {
        std::unique_lock lock(readers_mutex_);
        auto const left = [this] { return std::ranges::any_of(free_readers_, [](auto const& reader) { return !sqlite3_get_autocommit(reader->db); }); };
        while (snapshot_left_.wait(lock, stop, left)) {
            std::condition_variable_any().wait_for(lock, stop, snapshot_age, [] { return false; });
            auto const now = std::chrono::steady_clock::now();
            for (auto& reader : free_readers_)
                if (now - reader->since > snapshot_age) end_snapshot(*reader);
        }
    }

    StoreOptions options_;
    std::string path_, process_ = new_id("store");
    std::timed_mutex writer_mutex_;
    std::unique_ptr<Connection> writer_;
    std::mutex readers_mutex_;
    std::vector<std::unique_ptr<Connection>> free_readers_;
    std::map<Connection*, std::unique_ptr<Connection>> used_readers_;
    std::condition_variable_any snapshot_left_;
    std::atomic<std::uint64_t> commits_ = 0;
    std::jthread keeper_;  // these last: they end first
    std::unique_ptr<SqliteEar> ear_;
};

SqliteTransaction::~SqliteTransaction() {
    rollback();
    store_.give_back(connection_, writes_);
}

Result<void> SqliteTransaction::commit() {
    if (writes_ && !changes_.empty()) TRY(store_.leave_news(*this, changes_));
    if (writes_) store_.end_idle_snapshots();  // a commit may also empty the log, which no snapshot may then stand on
    TRY(execute("COMMIT"));
    open_ = false;
    if (writes_) store_.committed();
    if (!changes_.empty()) store_.tell(changes_);
    changes_.clear();
    return {};
}

void SqliteTransaction::rollback() {
    if (!open_) return;
    // A reader has nothing to take back; the store decides how long its snapshot stays.
    if (writes_ && !sqlite3_get_autocommit(connection_.db)) (void)execute("ROLLBACK");
    open_ = false;
    changes_.clear();
}

Result<void> SqliteStore::migrate() {
    auto const exec = [&](std::string const& sql) -> Result<void> {
        if (int const rc = sqlite3_exec(writer_->db, sql.c_str(), nullptr, nullptr, nullptr); rc != SQLITE_OK) return from_sqlite(rc, writer_->db, sql.substr(0, 200));
        return {};
    };
    auto const version = [&]() -> Result<int> {
        auto* const statement = TRY(writer_->prepare("PRAGMA user_version"));
        int const rc = sqlite3_step(statement);
        int const at = rc == SQLITE_ROW ? sqlite3_column_int(statement, 0) : 0;
        sqlite3_reset(statement);
        if (rc != SQLITE_ROW) return from_sqlite(rc, writer_->db);
        return at;
    };
    auto const all = options_.steps.empty() ? migrations() : options_.steps;
    if (auto const at = TRY(version()); at > all.back().number)
        return fail(Errc::failed_precondition, "store_too_new", fmt::format("{} was written by a newer Kindling (schema {}, this one knows {}). Start the newer one, or restore a backup.", path_, at, all.back().number));
    for (auto const& m : all) {
        if (m.number <= TRY(version())) continue;
        TRY(exec("BEGIN IMMEDIATE"));
        // Asked again under the lock: another process may have started at the same moment.
        Result<void> applied;
        if (auto const at = version(); !at) applied = std::unexpected(at.error());
        else if (*at < m.number) applied = exec(fmt::format("{}; PRAGMA user_version = {}", m.sql, m.number));
        if (applied) applied = exec("COMMIT");
        if (!applied) { (void)exec("ROLLBACK"); return applied; }
    }
    return exec(std::string(SqliteEar::table));
}

Result<void> SqliteStore::backup(std::string const& to, Progress const& progress) {
    if (std::filesystem::exists(to)) return fail(Errc::conflict, "file_exists", fmt::format("{} exists already; give a new name.", to));
    auto const source = TRY(Connection::open(path_, options_, false));
    sqlite3* target = nullptr;
    auto const partial = to + ".part";
    std::error_code ignored;
    std::filesystem::remove(partial, ignored);
    int rc = sqlite3_open_v2(partial.c_str(), &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
    if (rc == SQLITE_OK) {
        if (auto* const job = sqlite3_backup_init(target, "main", source->db, "main")) {
            do {
                rc = sqlite3_backup_step(job, 1000);
                auto const total = sqlite3_backup_pagecount(job);
                progress(total - sqlite3_backup_remaining(job), total, "copying pages");
            } while ((rc == SQLITE_OK || rc == SQLITE_BUSY || rc == SQLITE_LOCKED) && !progress.stopped());
            sqlite3_backup_finish(job);
        } else rc = sqlite3_errcode(target);
    }
    if (rc == SQLITE_DONE) rc = sqlite3_exec(target, "PRAGMA journal_mode=DELETE", nullptr, nullptr, nullptr);
    Result<void> result;
    if (progress.stopped()) result = fail(Errc::unavailable, "cancelled", "The backup was cancelled; nothing was kept.");
    else if (rc != SQLITE_OK) {
        result = from_sqlite(rc, target);
        // It is the file to be written that fails here; the store itself was just read.
        if (result.error().reason == "store_unavailable") result.error().message = fmt::format("The backup cannot be written to {}: {}. Give a file in a folder that exists and can be written.", to, sqlite3_errmsg(target));
    }
    sqlite3_close_v2(target);
    if (result) std::filesystem::rename(partial, to, ignored);
    else std::filesystem::remove(partial, ignored);
    if (ignored && result) return fail(Errc::unavailable, "store_unavailable", ignored.message());
    return result;
}

}  // namespace

Result<std::unique_ptr<Store>> detail::open_sqlite(StoreOptions options, std::string path) {
    auto store = std::make_unique<SqliteStore>(std::move(options), std::move(path));
    TRY(store->start());
    return std::unique_ptr<Store>(std::move(store));
}

}  // namespace kindling::shop
