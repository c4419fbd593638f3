#include "shop/files/csv_reader.h"
#include "shop/files/csv_dialect.h"
#include <algorithm>
#include <bit>
#include <cstring>
#include <fmt/format.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace kindling::shop::files {
namespace {

constexpr std::size_t block_bytes = std::size_t(256) << 10, sample_bytes = std::size_t(64) << 10, padding = 64;
constexpr std::size_t none = static_cast<std::size_t>(-1);

// Bit i: text[i] is one of the four characters that structure a table. Reads 64 bytes.
std::uint64_t special_mask(char const* text, char delimiter) {
#if defined(__SSE2__)
    auto const comma = _mm_set1_epi8(delimiter), quote = _mm_set1_epi8('"'), feed = _mm_set1_epi8('\n'), carriage = _mm_set1_epi8('\r');
    std::uint64_t mask = 0;
    for (int part = 0; part < 4; ++part) {
        auto const bytes = _mm_loadu_si128(reinterpret_cast<__m128i const*>(text + part * 16));
        auto const hit = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, comma), _mm_cmpeq_epi8(bytes, quote)),
                                      _mm_or_si128(_mm_cmpeq_epi8(bytes, feed), _mm_cmpeq_epi8(bytes, carriage)));
        mask |= static_cast<std::uint64_t>(static_cast<unsigned>(_mm_movemask_epi8(hit))) << (part * 16);
    }
    return mask;
#else
    std::uint64_t mask = 0;
    for (int i = 0; i < 64; ++i) mask |= std::uint64_t(text[i] == delimiter || text[i] == '"' || text[i] == '\n' || text[i] == '\r') << i;
    return mask;
#endif
}

bool blank(std::string_view cell) { return cell.find_first_not_of(" \t") == cell.npos; }

// The cell between `first` (behind the opening quote) and its end, doubled quotes made single; returns its new length.
std::size_t unescape(char* first, std::size_t length) {
    std::size_t out = 0;
    bool quoted = true;
    for (std::size_t i = 0; i < length; ++i) {
        if (quoted && first[i] == '"') {
            if (i + 1 < length && first[i + 1] == '"') ++i;
            else {
                quoted = false;
                continue;
            }
        }
        first[out++] = first[i];
    }
    return out;
}

}  // namespace

CsvReader::CsvReader(std::unique_ptr<DecodedSource> text, TableOptions options) : text_(std::move(text)), options_(options), buffer_(block_bytes + padding) {}

Result<std::unique_ptr<CsvReader>> CsvReader::create(std::unique_ptr<DecodedSource> text, TableOptions options) {
    std::unique_ptr<CsvReader> reader(new CsvReader(std::move(text), options));
    TRY(reader->read_header());
    return reader;
}

Result<bool> CsvReader::refill() {
    if (ended_) return false;
    if (begin_ > 0) {
        std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
        offset_ += static_cast<std::int64_t>(begin_);
        end_ -= begin_, begin_ = 0;
    }
    if (buffer_.size() - padding - end_ < block_bytes / 4) buffer_.resize(buffer_.size() * 2);
    auto const n = text_->read(std::span(buffer_).subspan(end_, buffer_.size() - padding - end_));
    ended_ = !n || *n == 0;
    if (!n) return std::unexpected(n.error());
    end_ += *n;
    seek(0);
    return *n > 0;
}

void CsvReader::seek(std::size_t at) {
    block_ = at;
    mask_ = special_mask(buffer_.data() + at, delimiter_);
}

// The next structuring character, each once; `none` at the end of what is loaded.
std::size_t CsvReader::next_special() {
    while (mask_ == 0) {
        block_ += 64;
        if (block_ >= end_) return block_ -= 64, none;
        mask_ = special_mask(buffer_.data() + block_, delimiter_);
    }
    auto const at = block_ + static_cast<std::size_t>(std::countr_zero(mask_));
    if (at >= end_) return none;
    mask_ &= mask_ - 1;
    return at;
}

// The next delimiter or line end; quotes on the way are ordinary characters.
std::size_t CsvReader::next_break() {
    for (;;) {
        auto const at = next_special();
        if (at == none || buffer_[at] != '"') return at;
    }
}

// One record from begin_, where next_special() must stand. Cells become views; nothing is consumed yet.
CsvReader::Parsed CsvReader::parse(Row& row, Quotes quotes) {
    row.cells.clear();
    escaped_.clear();
    lines_in_record_ = 0, surplus_cells_ = 0, text_after_quote_ = false;
    auto const last_but_unsure = [&](std::size_t at) { return at + 1 == end_ && !ended_; };
    auto cell = begin_;
    for (;;) {
        std::string_view view;
        std::size_t stop;
        bool escaped = false;
        if (quotes == Quotes::meaningful && cell < end_ && buffer_[cell] == '"') {
            next_special();  // the opening quote
            std::size_t close;
            for (;;) {
                close = next_special();
                if (close == none) return ended_ ? Parsed::open_quote : Parsed::need_more;
                if (buffer_[close] == delimiter_) continue;
                if (last_but_unsure(close)) return Parsed::need_more;
                auto const follower = close + 1 < end_ ? buffer_[close + 1] : '\0';
                if (buffer_[close] == '"') {
                    if (follower != '"') break;
                    next_special();
                    escaped = true;
                } else {
                    lines_in_record_ += buffer_[close] == '\n' || follower != '\n';
                }
            }
            stop = next_break();
            if (stop == none && !ended_) return Parsed::need_more;
            stop = std::min(stop, end_);
            view = {buffer_.data() + cell + 1, close - cell - 1};
            if (!blank({buffer_.data() + close + 1, stop - close - 1})) {
                view = {view.data(), stop - cell - 1};
                escaped = text_after_quote_ = true;
            }
        } else {
            stop = next_break();
            if (stop == none && !ended_) return Parsed::need_more;
            stop = std::min(stop, end_);
            view = {buffer_.data() + cell, stop - cell};
        }
        if (row.cells.size() < cell_limit_) {
            if (escaped) escaped_.push_back(static_cast<std::uint32_t>(row.cells.size()));
            row.cells.push_back(view);
        } else {
            surplus_cells_ += !blank(view);  // an export's empty trailing cells are no mistake
        }
        if (stop < end_ && buffer_[stop] == delimiter_) {
            if (last_but_unsure(stop)) return Parsed::need_more;
            cell = stop + 1;
            continue;
        }
        record_end_ = std::min(stop + 1, end_);
        if (stop < end_) {
            if (buffer_[stop] == '\r') {
                if (last_but_unsure(stop)) return Parsed::need_more;
                if (record_end_ < end_ && buffer_[record_end_] == '\n') next_special(), ++record_end_;
            }
            ++lines_in_record_;
        }
        return Parsed::record;
    }
}

Result<bool> CsvReader::skip_blank_lines() {
    auto moved = false;
    for (;;) {
        if (begin_ == end_) {
            if (!TRY(refill())) return false;
            continue;
        }
        auto const c = buffer_[begin_];
        if (c != '\n' && c != '\r') break;
        if (c == '\r' && begin_ + 1 == end_ && TRY(refill())) continue;
        begin_ += c == '\r' && begin_ + 1 < end_ && buffer_[begin_ + 1] == '\n' ? 2 : 1;
        ++line_, moved = true;
    }
    if (moved) seek(begin_);
    return true;
}

// Gives up the rest of a physical line that is too long to hold.
Result<void> CsvReader::skip_line() {
    for (;;) {
        std::string_view const rest(buffer_.data() + begin_, end_ - begin_);
        if (auto const at = rest.find_first_of("\r\n"); at != rest.npos) {
            begin_ += at;
            seek(begin_);
            return {};  // the line end itself is then a blank line, counted there
        }
        begin_ = end_;
        if (!TRY(refill())) return {};
    }
}

Result<bool> CsvReader::read_record(Row& row) {
    row.problem = RowProblem::none;
    row.message.clear();
    if (!TRY(skip_blank_lines())) return false;
    row.line = line_;
    for (;;) {
        auto parsed = parse(row, Quotes::meaningful);
        auto const too_long = end_ - begin_ > options_.max_record_bytes;
        if (parsed == Parsed::need_more && !too_long) {
            (void)TRY(refill());
            seek(begin_);
            continue;
        }
        if (parsed != Parsed::record) {
            seek(begin_);
            parsed = parse(row, Quotes::ordinary);
            if (parsed == Parsed::record) {
                row.problem = RowProblem::unclosed_quote;
                row.message = fmt::format("Line {}: a quotation mark opens a cell and is never closed. Close it or remove it.", line_);
            }
        }
        if (parsed == Parsed::record) return true;
        TRY(skip_line());
        row.cells.clear();
        escaped_.clear();
        surplus_cells_ = 0, lines_in_record_ = 0, text_after_quote_ = false, record_end_ = begin_;
        row.problem = RowProblem::record_too_long;
        row.message = fmt::format("Line {}: the record is longer than {} bytes.", line_, options_.max_record_bytes);
        return true;
    }
}

void CsvReader::finish(Row& row) {
    for (auto const index : escaped_) {
        auto& cell = row.cells[index];
        cell = cell.substr(0, unescape(buffer_.data() + (cell.data() - buffer_.data()), cell.size()));
    }
    line_ += lines_in_record_;
    begin_ = record_end_;
    auto const problem = [&](RowProblem what, std::string message) {
        if (row.problem == RowProblem::none) row.problem = what, row.message = std::move(message);
    };
    if (text_->had_error_before(offset_ + static_cast<std::int64_t>(record_end_)))
        problem(RowProblem::broken_text, fmt::format("Line {}: bytes that are not {} text. Save the file as UTF-8 or name its encoding.", row.line, name_of(text_->encoding())));
    if (row.cells.size() < columns_.size())
        problem(RowProblem::too_few_cells, fmt::format("Line {}: {} cells where the header has {}.", row.line, row.cells.size(), columns_.size()));
    if (surplus_cells_ > 0)
        problem(RowProblem::too_many_cells, fmt::format("Line {}: {} cells more than the header's {}. Is a delimiter not quoted?", row.line, surplus_cells_, columns_.size()));
    if (text_after_quote_) problem(RowProblem::text_after_quote, fmt::format("Line {}: text follows a closing quotation mark. Double the quotation marks inside a cell.", row.line));
    row.cells.resize(columns_.size());
}

Result<bool> CsvReader::next(Row& row) {
    for (;;) {
        if (!TRY(read_record(row))) {
            row.cells.clear();
            return false;
        }
        auto const nothing = row.problem == RowProblem::none && surplus_cells_ == 0 && blank(row.cells.front()) && std::ranges::all_of(row.cells, blank) && columns_.size() > 1;
        finish(row);
        if (nothing) continue;  // spreadsheets export rows of delimiters below the table
        row.record = ++records_;
        return true;
    }
}

Result<void> CsvReader::read_header() {
    while (end_ < sample_bytes && TRY(refill())) {}
    auto const sample = std::string_view(buffer_.data(), std::min(end_, sample_bytes));
    if (sample.find_first_not_of(" \t\r\n") == sample.npos) return fail(Errc::invalid_argument, "empty_file", "The file has no rows.");
    auto const dialect = sniff_dialect(sample, options_.delimiter);
    delimiter_ = dialect.delimiter;
    header_ = options_.header == Header::detect ? dialect.header : options_.header == Header::present;
    cell_limit_ = options_.max_columns + 1;
    seek(0);
    if (dialect.separator_line) TRY(skip_line());

    Row first;
    (void)TRY(read_record(first));
    auto const count = first.cells.size();
    if (first.problem == RowProblem::record_too_long || count > options_.max_columns)
        return fail(Errc::invalid_argument, "too_many_columns", fmt::format("The first line has more than {} columns or {} bytes: is this a table?", options_.max_columns, options_.max_record_bytes));
    cell_limit_ = count;
    columns_.resize(count);
    if (header_) finish(first);
    else seek(begin_);  // the record is data and read again
    std::vector<std::string> names(count);
    if (header_) names.assign(first.cells.begin(), first.cells.end());
    columns_ = column_names(std::move(names));
    return {};
}

TableInfo CsvReader::info() const {
    return {.format = Format::csv, .encoding = text_->encoding(), .delimiter = delimiter_, .header = header_, .text_errors = text_->errors(),
            .consumed_bytes = text_->consumed(), .total_bytes = text_->total()};
}

}  // namespace kindling::shop::files
