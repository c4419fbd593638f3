// shop/store/postgres/postgres_store.h -- the store on PostgreSQL: a pool of connections, an advisory lock per shop, and
// LISTEN/NOTIFY so that the caches of other processes hear of changes.
//
// A write transaction takes pg_advisory_xact_lock(shop) with its BEGIN, in one round trip; the lock ends with the transaction,
// also when its process is killed. A read is a REPEATABLE READ snapshot, as SQLite's readers have.
#pragma once
#include "shop/store/postgres/connection.h"
#include "shop/store/postgres/listener.h"

namespace kindling::shop {

class PostgresStore;

class PostgresTransaction final : public Transaction {
public:
    PostgresTransaction(PostgresStore& store, std::unique_ptr<PostgresConnection> connection, std::int64_t shop_id) : store_(store), connection_(std::move(connection)) { shop_id_ = shop_id; }
    ~PostgresTransaction() override;

    Result<std::int64_t> run(std::string_view sql, std::span<Value const>, OnRow const&) override;
    Result<std::int64_t> run_many(std::string_view sql, std::size_t count, std::function<void(std::size_t, std::vector<Value>&)> const& bind) override;
    Result<void> commit() override;
    void rollback() override;
    Result<void> savepoint() override { return command("SAVEPOINT kindling"); }
    Result<void> release_savepoint() override { return command("RELEASE kindling"); }
    Result<void> rollback_to_savepoint() override;

private:
    Result<void> command(std::string const& sql);
    Result<void> check() const;
    std::unexpected<Error> failed(Error);

    PostgresStore& store_;
    std::unique_ptr<PostgresConnection> connection_;
    std::optional<Error> failure_;  // PostgreSQL refuses everything after an error: the first one is the one to tell
    bool open_ = true;
};

class PostgresStore final : public Store {
public:
    explicit PostgresStore(StoreOptions options);
    Result<void> start();

    Result<std::unique_ptr<Transaction>> read(std::int64_t shop_id) override;
    Result<std::unique_ptr<Transaction>> write(std::int64_t shop_id) override;
    Result<void> backup(std::string const& to, Progress const&) override;
    std::string_view kind() const override { return "postgres"; }
    bool healthy() override;

    void give_back(std::unique_ptr<PostgresConnection>);
    // What is sent with a commit, so that other processes hear of it: one NOTIFY; empty for no changes.
    std::string notification(PostgresConnection&, std::span<Change const>) const;
    using Store::tell;

private:
    Result<std::unique_ptr<Transaction>> begin(std::int64_t shop_id, std::string const& sql);
    Result<void> migrate(PostgresConnection&);

    StoreOptions options_;
    std::string process_;  // tells this store's notifications from those of others
    std::mutex mutex_;
    std::vector<std::unique_ptr<PostgresConnection>> idle_;
    std::unique_ptr<PostgresListener> listener_;
};

// Runs pg_dump; the password of the address travels in the environment, not in the list of processes.
Result<void> dump_postgres(std::string const& address, std::string const& to, Progress const&);

}  // namespace kindling::shop
