#include "shop/files/csv_writer.h"

namespace kindling::shop::files {
namespace {

bool plain_number(std::string_view s) {
    if (!s.empty() && (s[0] == '-' || s[0] == '+')) s.remove_prefix(1);
    bool digit = false, point = false;
    for (char c : s) {
        if (c >= '0' && c <= '9') digit = true;
        else if (c == '.' && !point) point = true;
        else return false;
    }
    return digit;
}

bool would_run(std::string_view s) { return !s.empty() && std::string_view("=+-@\t\r\n").find(s[0]) != std::string_view::npos && !plain_number(s); }

}  // namespace

void CsvWriter::cell(std::string_view s) {
    if (!first_in_row_) text_ += options_.delimiter;
    first_in_row_ = false;
    auto const guarded = options_.formula_guard == FormulaGuard::on && would_run(s);
    auto const special = s.find_first_of("\"\r\n") != s.npos || s.find(options_.delimiter) != s.npos;
    auto const outer_blank = !s.empty() && (s.front() == ' ' || s.back() == ' ' || s.front() == '\t' || s.back() == '\t');
    if (!guarded && !special && !outer_blank) {
        text_ += s;
        return;
    }
    text_ += '"';
    if (guarded) text_ += '\'';
    for (char c : s) {
        if (c == '"') text_ += '"';
        text_ += c;
    }
    text_ += '"';
}

void CsvWriter::row(std::span<std::string_view const> cells) {
    first_in_row_ = true;
    // A row that is one empty cell would read back as no row at all.
    if (cells.size() == 1 && cells[0].empty()) text_ += "\"\"";
    else for (auto const s : cells) cell(s);
    text_ += options_.line_end;
}

void CsvWriter::row(std::span<std::string const> cells) {
    first_in_row_ = true;
    if (cells.size() == 1 && cells[0].empty()) text_ += "\"\"";
    else for (auto const& s : cells) cell(s);
    text_ += options_.line_end;
}

}  // namespace kindling::shop::files
