// shop/duckdb/state.h -- the open library, database and connection; inside this folder only.
#pragma once
#include "shop/duckdb/c_api.h"
#include "shop/duckdb/duckdb.h"

namespace kindling::shop::duckdb {

// Loads the library once for the process and path; it stays loaded, because its threads may outlive a database.
Result<c::Functions const*> load_library(std::filesystem::path const&);

struct DuckDb::State {
    c::Functions const* f = nullptr;
    c::Database database = nullptr;
    c::Connection connection = nullptr;
    bool locked = false;
    State() = default;
    State(State const&) = delete;
    State& operator=(State const&) = delete;
    ~State() {
        if (connection) f->disconnect(&connection);
        if (database) f->close(&database);
    }
    Result<void> run(std::string const& sql) const;
    // Executes a prepared SELECT with a watch on the time and reads all of its rows.
    Result<facts::ResultTable> read(std::string const& sql, Limits const&) const;
};

// A result's chunks as columns of facts. Errors: facts_type_mismatch, result_too_large, duckdb_failed.
Result<facts::ResultTable> read_result(c::Functions const&, c::ResultHandle&, Limits const& limits);

std::string quoted_name(std::string_view);  // "a"
std::string quoted_text(std::string_view);  // 'a'

}  // namespace kindling::shop::duckdb
