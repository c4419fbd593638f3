// shop/store/postgres/connection.h -- one libpq connection: statements prepared once, typed parameters, pipelined repetition.
//
// A parameter is sent in binary with the type of its value (int8, float8, text, bytea), so that `(placed_at_ms - ?) / ?` means the
// same as in SQLite; a null takes the type that its place had before, or lets the server infer it. Hence a statement can have a
// few prepared variants. Answers come as text: every type reads the same way, SUM(bigint) being NUMERIC included.
#pragma once
#include "shop/store/store.h"
#include <libpq-fe.h>

namespace kindling::shop {

struct ClearResult {
    void operator()(PGresult* r) const { PQclear(r); }
};
using Answer = std::unique_ptr<PGresult, ClearResult>;

class PostgresConnection {
public:
    static Result<std::unique_ptr<PostgresConnection>> open(StoreOptions const&);
    PostgresConnection(PostgresConnection const&) = delete;
    ~PostgresConnection() { PQfinish(connection_); }

    // One statement or several, without parameters, in one round trip; the last one's answer.
    Result<Answer> simple(std::string const& sql);
    Result<Answer> run(std::string_view sql, std::span<Value const>);
    // Many runs in batches of one round trip; how many rows they changed. After an error the rest of the batch is not run.
    Result<std::int64_t> run_many(std::string_view sql, std::size_t count, std::function<void(std::size_t, std::vector<Value>&)> const& bind);

    // False once the server has gone, also when it went while nobody was asking: a look at the socket, no round trip.
    bool usable();
    // Between transactions: lists of many lengths (IN (?,?,…)) must not keep a statement each for ever.
    void trim();
    PGconn* handle() { return connection_; }
    std::string quoted(std::string_view text);

private:
    struct Variant {
        std::string name;
        std::vector<Oid> types;
    };
    struct Statement {
        std::string sql;
        std::size_t parameters = 0;
        std::vector<Variant> variants;
    };
    struct Pipeline;

    PostgresConnection() = default;
    Result<Statement*> statement(std::string_view sql);
    Result<Variant*> variant(Statement&, std::span<Value const>, bool& is_new);

    PGconn* connection_ = nullptr;
    std::map<std::string, Statement, std::less<>> statements_;
    std::int64_t names_ = 0;
};

// What a failure means to the caller: store_unavailable, store_busy, disk_full or internal.
std::unexpected<Error> from_postgres(PGconn*, PGresult const*, std::string_view sql);
// Rows that the command changed; 0 for a SELECT, as in SQLite.
std::int64_t rows_changed(PGresult*);

// A row of an answer in text format.
class PostgresRow final : public Row {
public:
    PostgresRow(PGresult const* answer, int row) : answer_(answer), row_(row) {}
    int columns() const override { return PQnfields(answer_); }
    std::string_view column_name(int c) const override { return PQfname(answer_, c); }
    bool is_null(int c) const override { return PQgetisnull(answer_, row_, c); }
    std::int64_t integer(int c) const override;
    double number(int c) const override;
    std::string_view text(int c) const override;

private:
    std::string_view raw(int c) const { return {PQgetvalue(answer_, row_, c), static_cast<std::size_t>(PQgetlength(answer_, row_, c))}; }
    PGresult const* answer_;
    int row_;
    mutable std::map<int, std::string> bytes_;  // decoded blobs, alive as long as the row
};

}  // namespace kindling::shop
