#include "shop/files/csv_dialect.h"
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>
#include <set>

namespace kindling::shop::files {
namespace {

constexpr std::size_t records_looked_at = 60;

std::string_view trimmed(std::string_view s) {
    constexpr std::string_view blanks = " \t\r\n";
    auto const first = s.find_first_not_of(blanks);
    if (first == s.npos) return {};
    return s.substr(first, s.find_last_not_of(blanks) - first + 1);
}

// Share of records with the commonest number of cells, and that number.
std::pair<double, std::size_t> agreement(std::vector<std::vector<std::string>> const& records) {
    std::map<std::size_t, std::size_t> count;
    for (auto const& record : records) ++count[record.size()];
    std::size_t cells = 0, most = 0;
    for (auto const& [size, n] : count)
        if (n >= most) most = n, cells = size;
    return {records.empty() ? 0.0 : static_cast<double>(most) / static_cast<double>(records.size()), cells};
}

}  // namespace

std::vector<std::vector<std::string>> split_records(std::string_view text, char delimiter, std::size_t max_records) {
    std::vector<std::vector<std::string>> records;
    std::vector<std::string> record;
    std::string cell;
    bool quoted = false, was_quoted = false;
    auto const end_cell = [&] { record.push_back(std::move(cell)), cell.clear(), was_quoted = false; };
    auto const end_record = [&] {
        auto const blank = record.empty() && cell.empty() && !was_quoted;
        if (!blank) end_cell(), records.push_back(std::move(record));
        record.clear();
    };
    for (std::size_t i = 0; i < text.size() && records.size() < max_records; ++i) {
        auto const c = text[i];
        if (quoted) {
            if (c != '"') cell += c;
            else if (i + 1 < text.size() && text[i + 1] == '"') cell += '"', ++i;
            else quoted = false;
        } else if (c == '"' && cell.empty() && !was_quoted) {
            quoted = was_quoted = true;
        } else if (c == delimiter) {
            end_cell();
        } else if (c == '\n' || c == '\r') {
            if (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n') ++i;
            end_record();
        } else {
            cell += c;
        }
    }
    if (records.size() < max_records) end_record();
    return records;
}

bool looks_like_value(std::string_view cell) {
    cell = trimmed(cell);
    std::size_t digits = 0, letters = 0;
    for (unsigned char c : cell) {
        digits += c >= '0' && c <= '9';
        letters += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0xE0;  // from E0: a sequence of three bytes, such as Han
    }
    return digits > 0 && letters == 0;
}

Dialect sniff_dialect(std::string_view sample, char delimiter) {
    Dialect dialect;
    // Excel writes this line for its own use, and it says what we would guess.
    if (sample.starts_with("sep=") && sample.size() > 5 && (sample[5] == '\n' || sample[5] == '\r')) {
        dialect.separator_line = true;
        if (delimiter == 0) delimiter = sample[4];
        sample.remove_prefix(std::min(sample.size(), sample.find('\n') == sample.npos ? 6 : sample.find('\n') + 1));
    }
    std::vector<std::vector<std::string>> best;
    if (delimiter != 0) {
        dialect.delimiter = delimiter;
        best = split_records(sample, delimiter, records_looked_at);
    } else {
        double best_score = -1;
        for (char candidate : {',', ';', '\t', '|'}) {
            auto records = split_records(sample, candidate, records_looked_at);
            if (records.size() > 1 && records.size() < records_looked_at) records.pop_back();  // it may be cut
            auto const [share, cells] = agreement(records);
            // One cell everywhere is perfect agreement about nothing.
            auto const score = cells < 2 ? 0.0 : share + 0.001 * static_cast<double>(std::min<std::size_t>(cells, 100));
            if (score > best_score) best_score = score, dialect.delimiter = candidate, best = std::move(records);
        }
    }
    if (!best.empty()) {
        std::set<std::string_view> seen;
        std::size_t named = 0;
        for (auto const& cell : best.front()) {
            auto const name = trimmed(cell);
            named += !name.empty();
            if (looks_like_value(name) || (!name.empty() && !seen.insert(name).second)) dialect.header = false;
        }
        dialect.header = dialect.header && named > 0;
    }
    return dialect;
}

std::vector<std::string> column_names(std::vector<std::string> cells) {
    std::set<std::string> taken;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        auto name = std::string(trimmed(cells[i]));
        if (name.empty()) name = fmt::format("column_{}", i + 1);
        auto unique = name;
        for (int n = 2; !taken.insert(unique).second; ++n) unique = fmt::format("{}_{}", name, n);
        cells[i] = std::move(unique);
    }
    return cells;
}

}  // namespace kindling::shop::files
