// shop/facts/table.h -- a fact table as it was at one moment, mapped into memory and read by column.
//
// A table is a folder: a manifest and, for each column, files that only grow (manifest.h). Rows lie in chunks of at most 262,144; in a chunk
// a column is packed (packing.h) and knows its smallest and largest value, so that a filter skips whole chunks: facts come in the order of time, and
// "the last 30 days" reads 30 days. Opening reads the manifest and maps; a column's check sums are proved when it is first asked for.
// Shapes: 5 M order lines of 15 columns are about 20 chunks. The writer is appender.h.
#pragma once
#include "shop/facts/manifest.h"
#include "shop/facts/packing.h"
#include <memory>
#include <optional>
#include <span>

namespace kindling::shop::facts {

// Immutable; any thread.
class Column {
public:
    std::string const& name() const;
    ColumnType type() const;
    std::size_t chunks() const;
    // Rows of one chunk. For real columns only `data` has a meaning: doubles.
    Packed const& packed(std::size_t chunk) const;
    // Values of rows first .. first + size of one chunk: integers, days, booleans, and the codes of texts.
    void read(std::size_t chunk, std::size_t first, std::span<std::int64_t> out) const { unpack(packed(chunk), first, out); }
    void read(std::size_t chunk, std::size_t first, std::span<double> out) const;  // of a real column
    // Over all chunks; 0 and -1 for a table without rows, and for a real column.
    std::int64_t smallest() const;
    std::int64_t largest() const;

    std::int64_t texts() const;                                // size of the dictionary
    std::string_view text(std::int64_t code) const;            // empty for a code that is none
    std::optional<std::int64_t> code_of(std::string_view) const;  // the first few calls read the dictionary through, then an index is built

    struct State;
    explicit Column(State const& state) : state_(&state) {}

private:
    State const* state_;
};

// A cheap value; copies share one snapshot. Any thread.
class Table {
public:
    // Errors: facts_not_found, facts_corrupt, file_failed. Sees exactly one commit, also while a writer works.
    static Result<Table> open(std::filesystem::path const& folder);

    std::int64_t rows() const;
    std::size_t chunks() const;
    std::int64_t chunk_rows(std::size_t chunk) const;
    Schema const& schema() const;
    std::string const& watermark() const;
    std::int64_t commits() const;  // grows with each commit: compare to see whether there is something new
    // Errors: facts_no_such_column with the names there are, facts_corrupt. The column lives as long as a copy of this table.
    Result<Column> column(std::string_view name) const;

private:
    struct State;
    explicit Table(std::shared_ptr<State const> state) : state_(std::move(state)) {}
    std::shared_ptr<State const> state_;  // shared by the copies, and by results that keep texts
};

}  // namespace kindling::shop::facts
