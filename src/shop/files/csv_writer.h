// shop/files/csv_writer.h -- rows as CSV that every spreadsheet reads and none executes.
//
// RFC 4180: CR LF, cells with delimiter, quote, line end or outer blanks are quoted. A cell that a spreadsheet would run as a formula
// (it begins with = + - @, a tab or CR; OWASP "CSV Injection") gets a leading apostrophe unless it is a plain number.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace kindling::shop::files {

enum class FormulaGuard { on, off };  // off only for files that programs alone will read

struct CsvWriterOptions {
    char delimiter = ',';
    FormulaGuard formula_guard = FormulaGuard::on;
    std::string_view line_end = "\r\n";
    std::string_view before_first = "";  // "\xEF\xBB\xBF": Excel then takes the file for UTF-8
};

// Collects text; the caller sends take() away in pieces as large as it likes. One thread.
class CsvWriter {
public:
    explicit CsvWriter(CsvWriterOptions options = {}) : options_(options), text_(options.before_first) {}
    void row(std::span<std::string_view const> cells);
    void row(std::span<std::string const> cells);
    std::size_t size() const { return text_.size(); }
    std::string take() { return std::exchange(text_, {}); }

private:
    void cell(std::string_view);
    CsvWriterOptions options_;
    std::string text_;
    bool first_in_row_ = true;
};

}  // namespace kindling::shop::files
