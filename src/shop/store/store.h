// shop/store/store.h -- the shop's state in SQLite (default) or PostgreSQL, behind one interface.
//
// SQL is written once, in the subset that both speak: `?` for parameters, BIGINT / DOUBLE PRECISION / TEXT / BYTEA columns,
// INSERT … ON CONFLICT, RETURNING. Rows come back as described structs, matched by column name.
//
// Writers of one shop are serialised (SQLite: one writer; PostgreSQL: an advisory lock per shop), so an operation reads and
// then writes without races, and sequences grow in the order of commits. Readers never wait for writers.
#pragma once
#include "core/progress.h"
#include "core/result.h"
#include "core/type.h"
#include "shop/store/value.h"
#include <functional>
#include <memory>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <span>
#include <vector>

namespace kindling::shop {

// What was changed by a committed transaction, for whoever keeps something derived (search index, facts, caches).
struct Change {
    std::int64_t shop_id;
    std::string kind;  // "product", "order", "event", "customer", "setting", "job", "decision" …
    std::string id;    // empty: many
};

// A unit of work on one thread. Rolls back unless commit() was called.
class Transaction {
public:
    virtual ~Transaction() = default;

    using OnRow = std::function<Result<void>(Row const&)>;
    virtual Result<std::int64_t> run(std::string_view sql, std::span<Value const> values, OnRow const& on_row) = 0;  // rows changed
    // The same statement `count` times; `bind(i, values)` fills the parameters of run i. One round trip on PostgreSQL.
    virtual Result<std::int64_t> run_many(std::string_view sql, std::size_t count, std::function<void(std::size_t, std::vector<Value>&)> const& bind) = 0;
    virtual Result<void> commit() = 0;
    virtual void rollback() = 0;
    // Parts of a transaction that may be undone alone: a dry run inside a batch, one refused line among many.
    virtual Result<void> savepoint() = 0;
    virtual Result<void> release_savepoint() = 0;
    virtual Result<void> rollback_to_savepoint() = 0;

    std::int64_t shop_id() const { return shop_id_; }

    template <class... A> Result<std::int64_t> execute(std::string_view sql, A const&... args) {
        Value const values[] = {Value(args)..., Value()};
        return run(sql, std::span(values, sizeof...(A)), {});
    }
    template <class T, class... A> Result<std::vector<T>> select(std::string_view sql, A const&... args) {
        Value const values[] = {Value(args)..., Value()};
        return select_with<T>(sql, std::span(values, sizeof...(A)));
    }
    template <class T> Result<std::vector<T>> select_with(std::string_view sql, std::span<Value const> values) {
        std::vector<T> out;
        TRY(select_rows(sql, values, type_of<T>(), [&]() -> void* { return &out.emplace_back(); }));
        return out;
    }
    // The first row, if any.
    template <class T, class... A> Result<std::optional<T>> find(std::string_view sql, A const&... args) {
        auto rows = TRY((select<T>(sql, args...)));
        if (rows.empty()) return std::optional<T>();
        return std::optional<T>(std::move(rows.front()));
    }
    // The first column of the first row as a whole number; 0 for no row or null.
    template <class... A> Result<std::int64_t> integer(std::string_view sql, A const&... args) {
        Value const values[] = {Value(args)..., Value()};
        std::int64_t out = 0;
        TRY(run(sql, std::span(values, sizeof...(A)), [&](Row const& row) -> Result<void> { out = row.is_null(0) ? 0 : row.integer(0); return {}; }));
        return out;
    }

    // Reserves `count` numbers of a counter that grows in the order of commits; returns the first.
    Result<std::int64_t> next_sequence(std::string_view counter, std::int64_t count = 1);

    // Told to the store's listeners after commit. Other processes hear of it too (news.h).
    void changed(std::string_view kind, std::string_view id = "") { changes_.push_back({shop_id_, std::string(kind), std::string(id)}); }

    // Reads rows into objects that `append` makes, column by column name; an unknown column is a bug of ours (internal).
    Result<void> select_rows(std::string_view sql, std::span<Value const> values, Type const&, std::function<void*()> const& append);

protected:
    std::int64_t shop_id_ = 0;
    std::vector<Change> changes_;
};

// Numbered steps of the schema, each applied in one transaction together with the version that it leads to.
struct Migration {
    int number;
    std::string_view name;
    std::string_view sql;  // statements separated by ";\n"
};
std::span<Migration const> migrations();

struct StoreOptions {
    std::string address;              // "sqlite:///path/kindling.db", a plain path, or "postgres://user@host/name"
    int readers = 4;                  // connections kept for reading
    std::int64_t busy_timeout_ms = 5000;  // how long a writer waits for another before store_busy
    // normal: a committed transaction survives a killed process, and a power cut may lose the last ones; full: neither.
    enum class Durability { normal, full } durability = Durability::full;
    std::span<Migration const> steps = {};  // empty: migrations(); tests bring their own
};

// Thread-safe. Every error is one of: store_unavailable, store_busy, disk_full, or internal for a bug of ours.
class Store {
public:
    // Opens, creates if missing, and migrates. Refuses a store that a newer Kindling wrote (store_too_new).
    static Result<std::unique_ptr<Store>> open(StoreOptions);
    virtual ~Store() = default;

    virtual Result<std::unique_ptr<Transaction>> read(std::int64_t shop_id) = 0;
    virtual Result<std::unique_ptr<Transaction>> write(std::int64_t shop_id) = 0;

    // A consistent copy while others work; `to` must not exist (SQLite: a database file; PostgreSQL: a portable dump).
    virtual Result<void> backup(std::string const& to, Progress const&) = 0;
    virtual std::string_view kind() const = 0;  // "sqlite" | "postgres"
    // False when the database cannot be reached: /readyz.
    virtual bool healthy() = 0;

    // Called after each commit with what changed, on the committing thread (what other processes committed: on a thread of the
    // store); must be quick. forget() returns when no call of that listener runs any more, so it is not for use inside one.
    using Listener = std::function<void(std::span<Change const>)>;
    std::size_t listen(Listener);
    void forget(std::size_t listener);

protected:
    friend class Transaction;
    void tell(std::span<Change const>);

private:
    std::mutex listeners_mutex_;
    struct Ear {
        Listener listener;
        std::shared_mutex running;  // shared by calls, taken whole to forget
    };
    std::map<std::size_t, std::shared_ptr<Ear>> listeners_;
    std::size_t next_listener_ = 1;
};

namespace detail {
Result<std::unique_ptr<Store>> open_sqlite(StoreOptions, std::string path);
Result<std::unique_ptr<Store>> open_postgres(StoreOptions);
}  // namespace detail

}  // namespace kindling::shop
