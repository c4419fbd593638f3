// shop/files/csv_dialect.h -- what a sample of delimited text looks like: which delimiter, and whether the first record is a header.
//
// Each candidate delimiter splits the first records; the one wins under which most records have the same number of cells, more cells
// first among equals. The first record is a header unless a cell of it is a number, a date or a repetition: exported names are neither.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace kindling::shop::files {

struct Dialect {
    char delimiter = ',';
    bool header = true;
    bool separator_line = false;  // Excel's first line "sep=;", which is no record
};

// `sample`: UTF-8 from the beginning of the text; its last record may be cut. `delimiter` 0: find out. Pure.
Dialect sniff_dialect(std::string_view sample, char delimiter = 0);

// RFC 4180 by the letter on one small piece of text: the oracle of the fast reader's tests, too.
std::vector<std::vector<std::string>> split_records(std::string_view text, char delimiter, std::size_t max_records);

// "12", "-3.5", "1,234.50", "£2.55", "12%", "2010-12-01 08:26", "1/12/2010": no name of a column.
bool looks_like_value(std::string_view cell);

// Trims blanks, names the empty column_N, numbers repetitions: "price", "price_2".
std::vector<std::string> column_names(std::vector<std::string> cells);

}  // namespace kindling::shop::files
