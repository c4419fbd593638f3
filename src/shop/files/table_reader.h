// shop/files/table_reader.h -- a table that somebody exported, row by row, whatever its format.
//
// CSV, TSV, semicolons, JSON Lines, each also as gzip and in any encoding of encoding.h, told apart by content and not by name.
// A bad row is a row with a problem: it is delivered with its line number, so that the importer can refuse it, count it and go
// on. An Error is only for what ends the reading: the file cannot be read, the archive is damaged, there is no table in it.
#pragma once
#include "core/result.h"
#include "shop/files/byte_source.h"
#include "shop/files/encoding.h"
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kindling::shop::files {

enum class RowProblem {
    none,
    too_few_cells,     // fewer than there are columns; the missing ones are empty
    too_many_cells,    // more, and not just blank; the surplus is dropped
    unclosed_quote,    // a quote opens and never closes; its line was read as if the quote were an ordinary character
    text_after_quote,  // "abc"def ; read as abcdef
    broken_text,       // bytes that are not text in the file's encoding, shown as U+FFFD
    record_too_long,   // beyond max_record_bytes; cells are empty
    malformed_json,    // JSON Lines; cells are empty
    not_an_object      // JSON Lines: a number, a list, null; cells are empty
};
std::string_view name_of(RowProblem);  // "too_few_cells": the reason to report

struct Row {
    std::vector<std::string_view> cells;  // as many as there are columns; valid until the next call
    std::int64_t record = 0;              // 1: the first row after the header
    std::int64_t line = 0;                // physical line on which it begins, 1: the first of the file
    RowProblem problem = RowProblem::none;
    std::string message;                  // English, for the refused row; empty without a problem
};

enum class Format { detect, csv, jsonl };
enum class Header { detect, present, absent };

struct TableOptions {
    Format format = Format::detect;
    Encoding encoding = Encoding::detect;
    char delimiter = 0;                // 0: found out among , ; tab |
    Header header = Header::detect;    // absent: columns are column_1, column_2 ...
    std::size_t max_record_bytes = std::size_t(16) << 20;
    std::size_t max_columns = 4096;
    SourceOptions source = {};
};

struct TableInfo {
    Format format = Format::csv;
    Encoding encoding = Encoding::utf8;  // final once a byte beyond ASCII was seen
    char delimiter = ',';                // csv
    bool header = true;                  // csv: whether the first record gave the names
    std::int64_t text_errors = 0;        // broken sequences so far
    std::int64_t consumed_bytes = 0, total_bytes = 0;  // of the file as stored, for progress; total 0: unknown
};

// One thread at a time.
class TableReader {
public:
    virtual ~TableReader() = default;
    // Unique, never empty. JSON Lines may meet new names later: the list grows at its end, known columns keep their places.
    virtual std::span<std::string const> columns() const = 0;
    // False at the end. Errors: those of ByteSource::read. `row` is reused to save allocations.
    virtual Result<bool> next(Row& row) = 0;
    virtual TableInfo info() const = 0;
};

// Errors: those of open_file and read, and empty_file, too_many_columns.
Result<std::unique_ptr<TableReader>> open_table(std::filesystem::path const&, TableOptions = {});
Result<std::unique_ptr<TableReader>> open_table_bytes(std::string bytes, TableOptions = {});

// Index of a column by name, exactly; -1 if there is none.
int column_index(TableReader const&, std::string_view name);

}  // namespace kindling::shop::files
