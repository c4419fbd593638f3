#include "shop/duckdb/duckdb.h"
#include "shop/duckdb/state.h"
#include <algorithm>
#include <condition_variable>
#include <fmt/format.h>
#include <mutex>
#include <stop_token>
#include <thread>

namespace kindling::shop::duckdb {
namespace {

using facts::ColumnType, facts::Schema;

std::unexpected<Error> failed(std::string_view what) { return fail(Errc::unavailable, "duckdb_failed", fmt::format("DuckDB: {}", what)); }

std::string quoted(std::string_view s, char quote) {
    std::string out(1, quote);
    for (char c : s) {
        if (c == quote) out += quote;
        if (c != '\0') out += c;  // the interface takes C strings
    }
    return out += quote;
}

c::Type duckdb_type(ColumnType type) {
    switch (type) {
        case ColumnType::integer: return c::int64;
        case ColumnType::day: return c::date;
        case ColumnType::real: return c::real64;
        case ColumnType::text: return c::text;
        case ColumnType::boolean: return c::boolean;
    }
    return c::int64;
}

constexpr std::string_view sql_type(ColumnType type) {
    switch (type) {
        case ColumnType::integer: return "BIGINT";
        case ColumnType::day: return "DATE";
        case ColumnType::real: return "DOUBLE";
        case ColumnType::text: return "VARCHAR";
        case ColumnType::boolean: return "BOOLEAN";
    }
    return "BIGINT";
}

// Interrupts the connection when the time is over; its end waits for the thread.
class Watch {
public:
    Watch(c::Functions const& f, c::Connection connection, std::chrono::milliseconds timeout)
        : thread_([this, &f, connection, timeout](std::stop_token stop) {
              std::unique_lock lock(mutex_);
              if (changed_.wait_for(lock, stop, timeout, [] { return false; }) || stop.stop_requested()) return;
              fired_ = true;
              f.interrupt(connection);
          }) {}
    bool fired() const { return fired_; }

private:
    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::atomic<bool> fired_ = false;
    std::jthread thread_;  // last: it uses the others
};

// A table made, then filled a vector at a time.
class Loader {
public:
    static Result<void> load(DuckDb::State const& state, std::string const& name, Schema const& schema, auto const& fill) {
        TRY(facts::check(Schema{{name, ColumnType::text}}));
        auto const& f = *state.f;
        std::string columns;
        std::vector<c::LogicalType> types;
        for (auto const& spec : schema) {
            columns += fmt::format("{}{} {}", columns.empty() ? "" : ", ", quoted_name(spec.name), sql_type(spec.type));
            types.push_back(f.create_logical_type(duckdb_type(spec.type)));
        }
        auto made = state.run(fmt::format("CREATE OR REPLACE TABLE {} ({})", quoted_name(name), columns));
        c::Appender appender = nullptr;
        if (made && f.appender_create(state.connection, nullptr, name.c_str(), &appender) != 0) made = failed(f.appender_error(appender));
        auto chunk = f.create_data_chunk(types.data(), types.size());
        if (made) made = fill(f, appender, chunk);
        if (appender && f.appender_close(appender) != 0 && made) made = failed(f.appender_error(appender));
        if (appender) f.appender_destroy(&appender);
        f.destroy_data_chunk(&chunk);
        for (auto& type : types) f.destroy_logical_type(&type);
        return made;
    }
    static Result<void> send(c::Functions const& f, c::Appender appender, c::DataChunk chunk, std::size_t rows) {
        f.data_chunk_set_size(chunk, rows);
        if (f.append_data_chunk(appender, chunk) != 0) return failed(f.appender_error(appender));
        f.data_chunk_reset(chunk);
        return {};
    }
    static void put_numbers(c::Functions const& f, c::Vector vector, ColumnType type, std::span<std::int64_t const> values) {
        auto* const data = f.vector_get_data(vector);
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (type == ColumnType::day) static_cast<std::int32_t*>(data)[i] = static_cast<std::int32_t>(values[i]);
            else if (type == ColumnType::boolean) static_cast<bool*>(data)[i] = values[i] != 0;
            else static_cast<std::int64_t*>(data)[i] = values[i];
        }
    }
    static void put_text(c::Functions const& f, c::Vector vector, std::size_t row, std::string_view text) { f.vector_assign_string_element_len(vector, row, text.data() ? text.data() : "", text.size()); }
};

}  // namespace

std::string quoted_name(std::string_view s) { return quoted(s, '"'); }
std::string quoted_text(std::string_view s) { return quoted(s, '\''); }

DuckDb::DuckDb(std::unique_ptr<State> state) : state_(std::move(state)) {}
DuckDb::DuckDb(DuckDb&&) noexcept = default;
DuckDb& DuckDb::operator=(DuckDb&&) noexcept = default;
DuckDb::~DuckDb() = default;
std::string DuckDb::version() const { return state_->f->library_version(); }

Result<DuckDb> DuckDb::open(Options options) {
    auto state = std::make_unique<State>();
    state->f = TRY(load_library(options.shared_library));
    auto const& f = *state->f;
    c::Config config = nullptr;
    if (f.create_config(&config) != 0) return failed("out of memory");
    bool set = true;
    // Extensions would be fetched from the network, and a spill file would outlive us.
    for (auto const& [name, value] : std::initializer_list<std::pair<char const*, std::string>>{{"threads", std::to_string(options.threads)}, {"memory_limit", fmt::format("{}MiB", options.memory_limit_mib)},
             {"autoinstall_known_extensions", "false"}, {"autoload_known_extensions", "false"}, {"temp_directory", ""}})
        set = f.set_config(config, name, value.c_str()) == 0 && set;
    char* error = nullptr;
    auto const opened = set && f.open_ext(":memory:", &state->database, config, &error) == 0;
    std::string const why = error ? error : "a setting was refused";
    if (error) f.free(error);
    f.destroy_config(&config);
    if (!opened) return failed(why);
    if (f.connect(state->database, &state->connection) != 0) return failed("no connection");
    return DuckDb(std::move(state));
}

Result<void> DuckDb::State::run(std::string const& sql) const {
    c::ResultHandle result{};
    auto const good = f->query(connection, sql.c_str(), &result) == 0;
    auto const* const error = f->result_error(&result);
    std::string const why = error ? error : "";
    f->destroy_result(&result);
    if (!good) return failed(why);
    return {};
}

Result<facts::ResultTable> DuckDb::State::read(std::string const& sql, Limits const& limits) const {
    c::Statement statement = nullptr;
    c::ResultHandle result{};
    auto const answer = [&]() -> Result<facts::ResultTable> {
        if (f->prepare(connection, sql.c_str(), &statement) != 0) {
            auto const* const error = statement ? f->prepare_error(statement) : nullptr;
            return fail(Errc::invalid_argument, "sql_invalid", error ? error : "The statement cannot be understood.");
        }
        auto const type = f->prepared_statement_type(statement);
        if (type != c::select_statement && type != c::explain_statement) return fail(Errc::permission_denied, "sql_not_read_only", "Only one SELECT statement is allowed.");
        Watch const watch(*f, connection, limits.timeout);
        auto const executed = f->execute_prepared(statement, &result) == 0;
        auto table = executed ? read_result(*f, result, limits) : [&]() -> Result<facts::ResultTable> {
            auto const* const error = f->result_error(&result);
            return fail(Errc::invalid_argument, "sql_invalid", error ? error : "The statement failed.");
        }();
        if (!table && watch.fired()) return fail(Errc::unavailable, "sql_timeout", fmt::format("The statement took longer than {} ms. Narrow it.", limits.timeout.count()));
        return table;
    }();
    f->destroy_result(&result);
    if (statement) f->destroy_prepare(&statement);
    return answer;
}

Result<void> DuckDb::add(std::string const& name, facts::Table const& table) {
    if (state_->locked) return fail(Errc::failed_precondition, "external_access_locked", "Add tables before asking questions.");
    std::vector<facts::Column> columns;
    for (auto const& spec : table.schema()) columns.push_back(TRY(table.column(spec.name)));
    return Loader::load(*state_, name, table.schema(), [&](c::Functions const& f, c::Appender appender, c::DataChunk chunk) -> Result<void> {
        auto const batch = static_cast<std::size_t>(f.vector_size());
        std::vector<std::int64_t> numbers(batch);
        for (std::size_t k = 0; k < table.chunks(); ++k) {
            auto const rows = static_cast<std::size_t>(table.chunk_rows(k));
            for (std::size_t first = 0; first < rows; first += batch) {
                auto const n = std::min(batch, rows - first);
                for (std::size_t i = 0; i < columns.size(); ++i) {
                    auto const vector = f.data_chunk_get_vector(chunk, i);
                    auto const type = columns[i].type();
                    if (type == ColumnType::real) {
                        columns[i].read(k, first, std::span(static_cast<double*>(f.vector_get_data(vector)), n));
                        continue;
                    }
                    columns[i].read(k, first, std::span(numbers).first(n));
                    if (type != ColumnType::text) Loader::put_numbers(f, vector, type, std::span<std::int64_t const>(numbers).first(n));
                    else
                        for (std::size_t r = 0; r < n; ++r) Loader::put_text(f, vector, r, columns[i].text(numbers[r]));
                }
                TRY(Loader::send(f, appender, chunk, n));
            }
        }
        return {};
    });
}

Result<void> DuckDb::add(std::string const& name, facts::ResultTable const& table) {
    if (state_->locked) return fail(Errc::failed_precondition, "external_access_locked", "Add tables before asking questions.");
    Schema schema;
    for (auto const& column : table.columns) schema.push_back({column.name, column.type});
    if (schema.empty()) return fail(Errc::invalid_argument, "facts_bad_schema", "The result has no columns.");
    return Loader::load(*state_, name, schema, [&](c::Functions const& f, c::Appender appender, c::DataChunk chunk) -> Result<void> {
        auto const batch = static_cast<std::size_t>(f.vector_size()), rows = static_cast<std::size_t>(table.rows);
        for (std::size_t first = 0; first < rows; first += batch) {
            auto const n = std::min(batch, rows - first);
            for (std::size_t i = 0; i < schema.size(); ++i) {
                auto const vector = f.data_chunk_get_vector(chunk, i);
                auto const& column = table.columns[i];
                if (column.type == ColumnType::real) std::copy_n(column.reals.begin() + static_cast<std::ptrdiff_t>(first), n, static_cast<double*>(f.vector_get_data(vector)));
                else if (column.type == ColumnType::text)
                    for (std::size_t r = 0; r < n; ++r) Loader::put_text(f, vector, r, column.texts[first + r]);
                else Loader::put_numbers(f, vector, column.type, std::span(column.numbers).subspan(first, n));
            }
            TRY(Loader::send(f, appender, chunk, n));
        }
        return {};
    });
}

Result<void> DuckDb::export_parquet(std::string const& name, std::filesystem::path const& to) {
    if (state_->locked) return fail(Errc::failed_precondition, "external_access_locked", "Export before asking questions: questions take away the access to files.");
    return state_->run(fmt::format("COPY {} TO {} (FORMAT parquet, COMPRESSION zstd)", quoted_name(name), quoted_text(to.string())));
}

Result<std::int64_t> DuckDb::parquet_from_csv(std::filesystem::path const& from, std::span<CsvColumn const> columns, std::filesystem::path const& to) {
    if (state_->locked) return fail(Errc::failed_precondition, "external_access_locked", "Export before asking questions: questions take away the access to files.");
    std::string types;
    for (auto const& c : columns) types += fmt::format("{}{}: {}", types.empty() ? "" : ", ", quoted_name(c.name), quoted_text(c.type));
    TRY(state_->run(fmt::format("COPY (SELECT * FROM read_csv({}, header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"', nullstr = '', max_line_size = 16000000, parallel = false, columns = {{{}}})) TO {} (FORMAT parquet, COMPRESSION zstd)", quoted_text(from.string()), types, quoted_text(to.string()))));
    return TRY(state_->read(fmt::format("SELECT COUNT(*) FROM read_parquet({})", quoted_text(to.string())), {})).columns[0].numbers[0];
}

Result<facts::ResultTable> DuckDb::import_parquet(std::filesystem::path const& from, Limits limits) {
    if (state_->locked) return fail(Errc::failed_precondition, "external_access_locked", "Import before asking questions: questions take away the access to files.");
    if (!std::filesystem::is_regular_file(from)) return fail(Errc::not_found, "file_not_found", fmt::format("There is no file {}.", from.string()));
    return state_->read(fmt::format("SELECT * FROM read_parquet({})", quoted_text(from.string())), limits);
}

Result<void> DuckDb::lock() {
    if (state_->locked) return {};
    TRY(state_->run("SET enable_external_access = false"));
    TRY(state_->run("SET lock_configuration = true"));
    state_->locked = true;
    return {};
}

Result<facts::ResultTable> DuckDb::query(std::string const& sql, Limits limits) {
    TRY(lock());
    return state_->read(sql, limits);
}

}  // namespace kindling::shop::duckdb
