// shop/imports/values.h -- cells of a table as typed values: amounts, whole numbers, times, flags, text out of HTML.
//
// Nothing is guessed: a cell that is not certainly what its column should hold is a refusal with a reason, never a near value. Cells come
// from strangers, so every text is bounded. Pure; any thread.
#pragma once
#include "shop/people/time_zones.h"
#include "shop/files/table_reader.h"
#include "shop/imports/mapping.h"
#include <optional>

namespace kindling::shop::imports {

// Why a row is not taken. `column` and `cell` as the file has them.
struct Refusal {
    std::string reason, message, column, cell;
};

// How cells are to be read, for a whole file.
struct Reading {
    std::string currency = "USD";
    DateOrder dates = DateOrder::year_first;
    DecimalSign decimal = DecimalSign::point;
    // Prices finer than a minor unit, as in wholesale lists: rounded half away from zero where a preset says so, else refused.
    enum class Fraction { refuse, round } fraction = Fraction::refuse;
    std::string time_zone = "Etc/UTC";  // of times that do not say it
};

std::string_view trimmed(std::string_view);
// "£1,299.50", "CNY 12", "-3.00": minor units. Errors: malformed_amount, too_many_decimals, amount_overflow.
Result<std::int64_t> read_amount(std::string_view cell, Reading const&);
// "6", "6.0", "-1,200". Errors: malformed_number, out_of_range.
Result<std::int64_t> read_whole(std::string_view cell, DecimalSign = DecimalSign::point);
Result<double> read_number(std::string_view cell, DecimalSign = DecimalSign::point);
// 1, true, yes, TRUE, 是 / 0, false, no, 否; nothing for anything else.
std::optional<bool> read_flag(std::string_view cell);
// Whether a time says where it is meant: a Z or +hh:mm after its hours.
bool names_offset(std::string_view cell);
// What a reader would see of an HTML fragment: tags away, blocks as lines, entities as characters, scripts and styles dropped with
// what is in them. Text that is no HTML stays as it is. Linear in its length, also on hostile input.
std::string plain_text(std::string_view html);

// The cells of one row under a mapping; collects the first refusal.
class Cells {
public:
    Cells(Columns const& columns, Reading const& reading, files::TableReader const& table, Rows rows) : columns_(columns), reading_(reading), table_(table), rows_(rows), clock_(reading.time_zone) {}
    void show(files::Row const& row) { row_ = &row, refusal_.reset(); }

    bool has(F f) const { return !raw(f).empty(); }
    std::string_view raw(F f) const;  // trimmed; empty without a column
    std::string_view at(int column) const;
    std::string_view text(F f, std::size_t longest);      // too_long
    std::string_view need(F f, std::size_t longest);      // and required
    std::optional<std::int64_t> amount(F f);              // nothing for an empty cell
    std::optional<std::int64_t> whole(F f);
    std::optional<double> number(F f);
    std::optional<std::int64_t> time(F f);  // a time that names no offset is that of the reading's zone
    std::optional<Day> day(F f);            // of that time, in the reading's zone

    void refuse(F f, std::string reason, std::string message);  // the first stays
    bool refused() const { return refusal_.has_value(); }
    Refusal take() { return std::move(*refusal_); }
    Columns const& columns() const { return columns_; }
    Reading const& reading() const { return reading_; }
    files::Row const& row() const { return *row_; }

private:
    void refuse(F f, Error&& error) { refuse(f, std::move(error.reason), std::move(error.message)); }
    Columns const& columns_;
    Reading const& reading_;
    files::TableReader const& table_;
    Rows rows_;
    WallClock clock_;
    files::Row const* row_ = nullptr;
    std::optional<Refusal> refusal_;
};

}  // namespace kindling::shop::imports
