#include "shop/imports/values.h"
#include "core/money.h"
#include "core/utf8.h"
#include <charconv>
#include <cmath>
#include <fmt/format.h>

namespace kindling::shop::imports {

namespace {

std::string_view short_of(std::string_view cell) { return utf8_prefix(cell, 60); }

// The currency sign or code before or behind an amount; a minus may stand before either.
std::string without_sign(std::string_view s) {
    std::string out;
    for (std::size_t i = 0; i < s.size();) {
        auto const begin = i;
        auto const c = next_code_point(s, i);
        if (c == U'$' || c == U'£' || c == U'€' || c == U'¥' || c == U'￥' || c == U'元' || c == 0xA0 || c == 0x202F) continue;
        if (c == U'−') { out += '-'; continue; }
        out.append(s.substr(begin, i - begin));
    }
    auto const letters = [](std::string_view v, std::size_t at) { return at + 3 <= v.size() && is_currency(v.substr(at, 3)); };
    if (letters(out, 0)) out.erase(0, 3);
    else if (out.size() > 3 && letters(out, out.size() - 3)) out.erase(out.size() - 3);
    else if (out.starts_with("US") || out.starts_with("R")) out.erase(0, out[0] == 'R' ? 1 : 2);
    return std::string(trimmed(out));
}

// "1,299.50" -> "1299.50"; thousands must stand in groups of three, or "2,55" would become two hundred and fifty-five.
bool plain_digits(std::string_view s, DecimalSign sign, std::string& out) {
    char const thousands = sign == DecimalSign::point ? ',' : '.', decimal = sign == DecimalSign::point ? '.' : ',';
    out.clear();
    std::size_t i = 0, group = 0;
    bool grouped = false;
    if (i < s.size() && (s[i] == '-' || s[i] == '+')) {
        if (s[i] == '-') out += '-';
        ++i;
    }
    for (; i < s.size() && s[i] != decimal; ++i) {
        if (s[i] >= '0' && s[i] <= '9') out += s[i], ++group;
        else if (s[i] == thousands && (grouped ? group == 3 : group >= 1 && group <= 3)) grouped = true, group = 0;
        else return false;
    }
    if (grouped && group != 3) return false;
    if (i < s.size()) {
        out += '.';
        auto const after = ++i;
        for (; i < s.size(); ++i) {
            if (s[i] < '0' || s[i] > '9') return false;
            out += s[i];
        }
        if (after == s.size()) out.pop_back();  // "12."
    }
    return !out.empty() && out != "-" && out != "." && out != "-.";
}

}  // namespace

std::string_view trimmed(std::string_view s) {
    auto const blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    for (;;) {
        if (!s.empty() && blank(s.front())) s.remove_prefix(1);
        else if (s.starts_with("\xC2\xA0")) s.remove_prefix(2);  // the blank that web pages are full of
        else if (s.starts_with("\xE3\x80\x80")) s.remove_prefix(3);
        else break;
    }
    for (;;) {
        if (!s.empty() && blank(s.back())) s.remove_suffix(1);
        else if (s.ends_with("\xC2\xA0")) s.remove_suffix(2);
        else if (s.ends_with("\xE3\x80\x80")) s.remove_suffix(3);
        else break;
    }
    return s;
}

Result<std::int64_t> read_amount(std::string_view cell, Reading const& reading) {
    std::string digits;
    if (!plain_digits(cell, reading.decimal, digits) && !plain_digits(without_sign(cell), reading.decimal, digits))
        return fail(Errc::invalid_argument, "malformed_amount", fmt::format("\"{}\" is not an amount of money{}.", short_of(cell), cell.find(',') != cell.npos && reading.decimal == DecimalSign::point ? "; if the comma is the decimal sign, say decimal: comma" : ""));
    auto const decimals = static_cast<std::size_t>(currency_decimals(reading.currency));
    auto const point = digits.find('.');
    if (reading.fraction == Reading::Fraction::round && point != digits.npos && digits.size() - point - 1 > decimals) {
        bool const up = digits[point + 1 + decimals] >= '5';
        auto minor = TRY(parse_amount(std::string_view(digits).substr(0, point + 1 + decimals), reading.currency));
        return up ? (digits[0] == '-' ? minor - 1 : minor + 1) : minor;
    }
    return parse_amount(digits, reading.currency);
}

Result<double> read_number(std::string_view cell, DecimalSign sign) {
    std::string digits;
    double out = 0;
    if (!plain_digits(cell, sign, digits)) return fail(Errc::invalid_argument, "malformed_number", fmt::format("\"{}\" is not a number.", short_of(cell)));
    auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
    if (error != std::errc() || end != digits.data() + digits.size() || !std::isfinite(out)) return fail(Errc::invalid_argument, "malformed_number", fmt::format("\"{}\" is not a number.", short_of(cell)));
    return out;
}

Result<std::int64_t> read_whole(std::string_view cell, DecimalSign sign) {
    std::int64_t out = 0;
    if (auto const [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), out); error == std::errc() && end == cell.data() + cell.size()) return out;
    std::string digits;
    if (!plain_digits(cell, sign, digits)) return fail(Errc::invalid_argument, "malformed_number", fmt::format("\"{}\" is not a whole number.", short_of(cell)));
    auto const point = std::min(digits.find('.'), digits.size());
    if (digits.find_first_not_of('0', std::min(point + 1, digits.size())) != digits.npos) return fail(Errc::invalid_argument, "malformed_number", fmt::format("\"{}\" is not a whole number.", short_of(cell)));
    auto const [end, error] = std::from_chars(digits.data(), digits.data() + point, out);
    if (error == std::errc::result_out_of_range) return fail(Errc::invalid_argument, "out_of_range", fmt::format("\"{}\" is too large.", short_of(cell)));
    if (error != std::errc() || end != digits.data() + point) return fail(Errc::invalid_argument, "malformed_number", fmt::format("\"{}\" is not a whole number.", short_of(cell)));
    return out;
}

std::optional<bool> read_flag(std::string_view cell) {
    std::string low;
    for (char c : cell.substr(0, 12)) low += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    for (auto yes : {"1", "true", "yes", "y", "t", "subscribed", "是", "已上架"})
        if (low == yes) return true;
    for (auto no : {"0", "-1", "false", "no", "n", "f", "not_subscribed", "否", "未上架"})
        if (low == no) return false;
    return std::nullopt;
}

bool names_offset(std::string_view cell) {
    if (cell.ends_with('Z') || cell.ends_with('z')) return true;
    auto const hours = cell.find(':');
    return hours != cell.npos && cell.find_first_of("+-", hours) != cell.npos;
}

std::string_view Cells::at(int column) const {
    auto const& cells = row_->cells;
    return column >= 0 && static_cast<std::size_t>(column) < cells.size() ? trimmed(cells[static_cast<std::size_t>(column)]) : std::string_view();
}

std::string_view Cells::raw(F f) const { return at(columns_.at[static_cast<std::size_t>(f)]); }

std::string_view Cells::text(F f, std::size_t longest) {
    auto const cell = raw(f);
    if (cell.size() > longest) return refuse(f, "too_long", fmt::format("has {} bytes; at most {} are kept", cell.size(), longest)), std::string_view();
    return cell;
}

std::string_view Cells::need(F f, std::size_t longest) {
    auto const cell = text(f, longest);
    if (cell.empty()) refuse(f, "required", "must not be empty");
    return cell;
}

std::optional<std::int64_t> Cells::amount(F f) {
    auto const cell = raw(f);
    if (cell.empty()) return std::nullopt;
    auto v = read_amount(cell, reading_);
    if (!v) return refuse(f, std::move(v.error())), std::nullopt;
    if (*v > 1'000'000'000'000'000 || *v < -1'000'000'000'000'000) return refuse(f, "out_of_range", "is larger than any amount that can be kept"), std::nullopt;
    return *v;
}

std::optional<std::int64_t> Cells::whole(F f) {
    auto const cell = raw(f);
    if (cell.empty()) return std::nullopt;
    auto v = read_whole(cell, reading_.decimal);
    if (!v) return refuse(f, std::move(v.error())), std::nullopt;
    return *v;
}

std::optional<double> Cells::number(F f) {
    auto const cell = raw(f);
    if (cell.empty()) return std::nullopt;
    auto v = read_number(cell, reading_.decimal);
    if (!v) return refuse(f, std::move(v.error())), std::nullopt;
    return *v;
}

std::optional<std::int64_t> Cells::time(F f) {
    auto const cell = raw(f);
    if (cell.empty()) return std::nullopt;
    auto v = parse_time(cell);  // the common form first: half a million rows of it
    if (!v && v.error().reason != "no_such_date") v = parse_time(cell, reading_.dates);
    if (!v) return refuse(f, std::move(v.error())), std::nullopt;
    return names_offset(cell) ? *v : clock_.instant(*v);
}

std::optional<Day> Cells::day(F f) {
    auto const at = time(f);
    return at ? std::optional(day_of(*at, clock_.offset(*at))) : std::nullopt;
}

void Cells::refuse(F f, std::string reason, std::string message) {
    if (refusal_) return;
    auto const column = columns_.at[static_cast<std::size_t>(f)];
    auto const* target = find_target(rows_, f);
    auto const names = table_.columns();
    refusal_ = Refusal{std::move(reason), std::move(message), column >= 0 && static_cast<std::size_t>(column) < names.size() ? names[static_cast<std::size_t>(column)] : target ? std::string(target->name) : std::string(), repair_utf8(utf8_prefix(raw(f), 200))};
}

}  // namespace kindling::shop::imports
