// SQL and Parquet through DuckDB, CSV by ourselves.
#include "core/id.h"
#include "shop/analysis/answer.h"
#include "shop/context.h"
#include "shop/duckdb/duckdb.h"
#include "shop/files/csv_writer.h"
#include <algorithm>
#include <fmt/format.h>
#include <fstream>

namespace kindling::shop::analysis {

namespace {

// Whole words only: "my_events" does not name events.
bool mentions(std::string_view sql, std::string_view name) {
    auto const in_word = [](char c) { return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    auto const same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; };
    for (auto at = std::ranges::search(sql, name, same).begin(); at != sql.end(); at = std::ranges::search(std::ranges::subrange(at + 1, sql.end()), name, same).begin()) {
        auto const end = at + static_cast<std::ptrdiff_t>(name.size());
        if ((at == sql.begin() || !in_word(at[-1])) && (end == sql.end() || !in_word(*end))) return true;
    }
    return false;
}

std::unexpected<Error> cannot_write(std::filesystem::path const& file) { return fail(Errc::unavailable, "file_failed", fmt::format("{} cannot be written; is the disk full?", file.filename().string())); }

Result<void> write_csv(facts::Table const& table, std::filesystem::path const& to, Progress const& progress) {
    std::ofstream out(to, std::ios::binary);
    files::CsvWriter csv({.before_first = "\xEF\xBB\xBF"});
    std::vector<std::string> cells;
    std::vector<facts::Column> columns;
    for (auto const& c : table.schema()) cells.push_back(c.name), columns.push_back(TRY(table.column(c.name)));
    csv.row(std::span<std::string const>(cells));
    constexpr std::size_t batch = 2048;
    std::vector<std::vector<std::int64_t>> numbers(columns.size());
    std::vector<std::vector<double>> reals(columns.size());
    std::int64_t written = 0;
    for (std::size_t chunk = 0; chunk < table.chunks(); ++chunk) {
        auto const rows = static_cast<std::size_t>(table.chunk_rows(chunk));
        for (std::size_t first = 0; first < rows; first += batch) {
            if (progress.stopped()) return fail(Errc::unavailable, "cancelled", "The export was cancelled; nothing was kept.");
            auto const n = std::min(batch, rows - first);
            for (std::size_t c = 0; c < columns.size(); ++c) {
                if (columns[c].type() == facts::ColumnType::real) reals[c].resize(n), columns[c].read(chunk, first, reals[c]);
                else numbers[c].resize(n), columns[c].read(chunk, first, numbers[c]);
            }
            for (std::size_t r = 0; r < n; ++r) {
                for (std::size_t c = 0; c < columns.size(); ++c) switch (columns[c].type()) {
                    case facts::ColumnType::text: cells[c] = columns[c].text(numbers[c][r]); break;
                    case facts::ColumnType::day: cells[c] = format_date(static_cast<Day>(numbers[c][r])); break;
                    case facts::ColumnType::boolean: cells[c] = numbers[c][r] ? "true" : "false"; break;
                    case facts::ColumnType::real: cells[c] = fmt::format("{}", reals[c][r]); break;
                    case facts::ColumnType::integer: cells[c] = std::to_string(numbers[c][r]); break;
                    }
                csv.row(std::span<std::string const>(cells));
            }
            out << csv.take();
            progress(written += static_cast<std::int64_t>(n), table.rows(), "rows");
        }
    }
    out << csv.take();
    out.close();
    return out ? Result<void>() : cannot_write(to);
}

}  // namespace

Result<FactsAnswer> run_sql(Context& context, FactsKeeper& keeper, FactsSql const& in) {
    if (in.sql.find_first_not_of(" \t\r\n;") == std::string::npos) return fail(Errc::invalid_argument, "sql_invalid", "There is no statement.", {{"/sql", "sql_invalid", "must be a SELECT"}});
    auto db = TRY(duckdb::DuckDb::open({.shared_library = duckdb::installed_library()}));
    bool current = true;
    for (auto t : all_tables) {
        if (!mentions(in.sql, name_of(t))) continue;
        auto const opened = TRY(keeper.open(context.shop_id, t));
        current = current && opened.current;
        TRY(db.add(std::string(name_of(t)), opened.table));
    }
    auto answer = answer_from(TRY(db.query(in.sql, {.max_rows = in.max_rows, .timeout = std::chrono::milliseconds(in.timeout_ms)})), in.max_rows);
    answer.current = current;
    return answer;
}

Result<ExportedFacts> write_export(Context& context, FactsKeeper& keeper, ExportFacts const& in) {
    auto const t = TRY(table_or_error(in.table, "/table"));
    auto const opened = TRY(keeper.open(context.shop_id, t));
    auto const folder = context.services.folder / "exports";
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    // The name is ours alone: nothing of the request but the table's own name.
    auto const file = folder / fmt::format("{}-{}-{}.{}", name_of(t), format_date(day_of(context.now)), new_id("exp"), name(in.format));
    auto const partial = std::filesystem::path(file.string() + ".part");
    auto const write = [&]() -> Result<void> {
        if (in.format == FactsFormat::csv) return write_csv(opened.table, partial, context.progress);
        auto db = TRY(duckdb::DuckDb::open({.shared_library = duckdb::installed_library()}));
        TRY(db.add(std::string(name_of(t)), opened.table));
        return db.export_parquet(std::string(name_of(t)), partial);
    };
    auto written = write();
    if (written && context.dry()) {  // all was done but the keeping
        ExportedFacts const would{file.filename().string(), opened.table.rows(), static_cast<std::int64_t>(std::filesystem::file_size(partial, failed))};
        std::filesystem::remove(partial, failed);
        return would;
    }
    if (written) std::filesystem::rename(partial, file, failed);
    if (written && failed) written = cannot_write(file);
    if (!written) return std::filesystem::remove(partial, failed), std::unexpected(written.error());
    return ExportedFacts{file.filename().string(), opened.table.rows(), static_cast<std::int64_t>(std::filesystem::file_size(file, failed))};
}

}  // namespace kindling::shop::analysis
