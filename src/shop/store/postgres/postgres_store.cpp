#include "shop/store/postgres/postgres_store.h"
#include "shop/store/news.h"
#include "core/id.h"
#include <fmt/format.h>

namespace kindling::shop {

namespace {

// Advisory locks are numbers of the whole database: ours carry "kind" in their upper half.
constexpr std::int64_t lock_space = std::int64_t(0x6b696e64) << 32, migration_lock = lock_space - 1;

}  // namespace

PostgresStore::PostgresStore(StoreOptions options) : options_(std::move(options)), process_(new_id("store")) {}

Result<void> PostgresStore::start() {
    auto connection = TRY(PostgresConnection::open(options_));
    TRY(migrate(*connection));
    give_back(std::move(connection));
    listener_ = std::make_unique<PostgresListener>(options_, process_, [this](std::span<Change const> changes) { tell(changes); });
    return {};
}

Result<std::unique_ptr<Transaction>> PostgresStore::begin(std::int64_t shop_id, std::string const& sql) {
    for (;;) {
        std::unique_ptr<PostgresConnection> connection;
        {
            std::lock_guard lock(mutex_);
            while (!idle_.empty() && !connection) {
                connection = std::move(idle_.back());
                idle_.pop_back();
                if (!connection->usable()) connection.reset();
            }
        }
        bool const fresh = !connection;
        if (fresh) connection = TRY(PostgresConnection::open(options_));
        auto const begun = connection->simple(sql);
        if (begun) return std::make_unique<PostgresTransaction>(*this, std::move(connection), shop_id);
        // Nothing was done yet: a kept connection that turned out to be dead is simply replaced.
        if (fresh || PQstatus(connection->handle()) == CONNECTION_OK) {
            if (PQstatus(connection->handle()) == CONNECTION_OK) (void)connection->simple("ROLLBACK");
            give_back(std::move(connection));
            return std::unexpected(begun.error());
        }
    }
}

Result<std::unique_ptr<Transaction>> PostgresStore::read(std::int64_t shop_id) { return begin(shop_id, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"); }

Result<std::unique_ptr<Transaction>> PostgresStore::write(std::int64_t shop_id) {
    return begin(shop_id, fmt::format("BEGIN; SELECT pg_advisory_xact_lock({})", lock_space + shop_id));
}

void PostgresStore::give_back(std::unique_ptr<PostgresConnection> connection) {
    if (!connection || !connection->usable()) return;
    connection->trim();
    std::lock_guard lock(mutex_);
    // Readers, and as many again for the writers of different shops; the rest are closed.
    if (idle_.size() < static_cast<std::size_t>(std::max(1, options_.readers)) * 2) idle_.push_back(std::move(connection));
}

bool PostgresStore::healthy() {
    auto t = read(0);
    return t && (*t)->integer("SELECT 1").has_value();
}

std::string PostgresStore::notification(PostgresConnection& connection, std::span<Change const> changes) const {
    if (changes.empty()) return {};
    constexpr std::size_t most = 7800;  // NOTIFY takes at most 7,999 bytes
    return fmt::format("SELECT pg_notify('kindling_changes', {}); ", connection.quoted(news_of(process_, changes, most)));
}

Result<void> PostgresStore::migrate(PostgresConnection& connection) {
    auto const steps = options_.steps.empty() ? migrations() : options_.steps;
    // Two processes may start at once: the second waits, as long as a migration may take, and finds the work done.
    TRY(connection.simple(fmt::format("SET lock_timeout = '10min'; SELECT pg_advisory_lock({}); SET lock_timeout = {}", migration_lock, std::max<std::int64_t>(1, options_.busy_timeout_ms))));
    auto const done = [&]() -> Result<void> {
        auto const there = TRY(connection.simple("SELECT to_regclass('kindling_schema') IS NOT NULL"));
        std::int64_t at = 0;
        if (PostgresRow(there.get(), 0).integer(0)) at = PostgresRow(TRY(connection.simple("SELECT COALESCE(MAX(version), 0) FROM kindling_schema")).get(), 0).integer(0);
        if (at > steps.back().number)
            return fail(Errc::failed_precondition, "store_too_new", fmt::format("The database was written by a newer Kindling (schema {}, this one knows {}). Start the newer one, or restore a backup.", at, steps.back().number));
        for (auto const& m : steps) {
            if (m.number <= at) continue;
            // All or nothing: PostgreSQL's DDL belongs to the transaction.
            auto const applied = connection.simple(fmt::format("BEGIN; CREATE TABLE IF NOT EXISTS kindling_schema (version BIGINT NOT NULL); {}; DELETE FROM kindling_schema; INSERT INTO kindling_schema VALUES ({}); COMMIT", m.sql, m.number));
            if (!applied) {
                (void)connection.simple("ROLLBACK");
                return std::unexpected(applied.error());
            }
        }
        return {};
    }();
    (void)connection.simple(fmt::format("SELECT pg_advisory_unlock({})", migration_lock));
    return done;
}

Result<void> PostgresStore::backup(std::string const& to, Progress const& progress) { return dump_postgres(options_.address, to, progress); }

Result<std::unique_ptr<Store>> detail::open_postgres(StoreOptions options) {
    auto store = std::make_unique<PostgresStore>(std::move(options));
    TRY(store->start());
    return std::unique_ptr<Store>(std::move(store));
}

}  // namespace kindling::shop
