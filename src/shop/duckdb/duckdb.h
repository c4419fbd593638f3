// shop/duckdb/duckdb.h -- DuckDB beside the facts: Parquet out and in, and SQL that an analyst types.
//
// The library is optional and found when the program runs (README.md says how it gets there). Everything happens in a private database in
// memory: facts are copied in, so no statement can change the shop, and once SQL from outside is allowed the database can reach neither files nor the network
// nor its own settings. Values: facts have no null, so null becomes 0, an empty text, or NaN; what exceeds 64 bits or has a fraction is a real;
// timestamps are milliseconds.
#pragma once
#include "shop/facts/query.h"
#include <chrono>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

namespace kindling::shop::duckdb {

// KINDLING_DUCKDB, beside the program, or in .deps above it; else a name that will not be found, so that opening says what to do.
std::filesystem::path installed_library();

struct Options {
    std::filesystem::path shared_library;      // libduckdb.so
    std::int64_t memory_limit_mib = 512;
    int threads = 1;
};

struct Limits {
    std::int64_t max_rows = 100'000;    // more is result_too_large, never a silent cut
    std::size_t max_text_bytes = 64 << 20;  // of all texts together: one cell alone may be made gigabytes long
    std::chrono::milliseconds timeout{30'000};
};

// One thread at a time.
class DuckDb {
public:
    // Errors: duckdb_not_installed (unavailable), duckdb_failed.
    static Result<DuckDb> open(Options);
    DuckDb(DuckDb&&) noexcept;
    DuckDb& operator=(DuckDb&&) noexcept;
    ~DuckDb();
    std::string version() const;

    // Copies rows into a table of this name (a-z 0-9 _). Before lock(). Errors: facts_bad_schema, facts_corrupt, duckdb_failed.
    Result<void> add(std::string const& name, facts::Table const&);
    Result<void> add(std::string const& name, facts::ResultTable const&);

    // Parquet, zstd-compressed; for paths that the operator chose. Not after lock(): external_access_locked.
    Result<void> export_parquet(std::string const& name, std::filesystem::path const& to);
    // A CSV file (header, quotes, no other marks) as Parquet, column by column with the types given: VARCHAR, BIGINT, DECIMAL(18,4), TIMESTAMP ...
    // Empty cells become null. Rows stream; memory stays within the limit. Gives the rows.
    struct CsvColumn { std::string_view name, type; };
    Result<std::int64_t> parquet_from_csv(std::filesystem::path const& from, std::span<CsvColumn const>, std::filesystem::path const& to);
    Result<facts::ResultTable> import_parquet(std::filesystem::path const& from, Limits = {});

    // From here on no files, no network, no settings. query() locks by itself.
    Result<void> lock();
    // One SELECT (or EXPLAIN) over the added tables. Errors: sql_invalid, sql_not_read_only, sql_timeout, result_too_large, facts_type_mismatch (cast the column), duckdb_failed.
    Result<facts::ResultTable> query(std::string const& sql, Limits = {});

    struct State;  // state.h

private:
    explicit DuckDb(std::unique_ptr<State>);
    std::unique_ptr<State> state_;
};

}  // namespace kindling::shop::duckdb
