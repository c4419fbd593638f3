#include "shop/files/jsonl_reader.h"
#include "core/json_text.h"
#include <algorithm>
#include <boost/json.hpp>
#include <cstring>
#include <fmt/format.h>

namespace kindling::shop::files {
namespace {
constexpr std::size_t block_bytes = std::size_t(256) << 10, ahead_bytes = std::size_t(1) << 20, ahead_lines = 1000;
}

JsonlReader::JsonlReader(std::unique_ptr<DecodedSource> text, TableOptions options) : text_(std::move(text)), options_(options), buffer_(block_bytes) {}

Result<std::unique_ptr<JsonlReader>> JsonlReader::create(std::unique_ptr<DecodedSource> text, TableOptions options) {
    std::unique_ptr<JsonlReader> reader(new JsonlReader(std::move(text), options));
    TRY(reader->look_ahead());
    return reader;
}

Result<bool> JsonlReader::refill() {
    if (ended_) return false;
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    offset_ += static_cast<std::int64_t>(begin_);
    end_ -= begin_, begin_ = 0;
    if (buffer_.size() - end_ < block_bytes / 4) buffer_.resize(buffer_.size() * 2);
    auto const n = text_->read(std::span(buffer_).subspan(end_));
    ended_ = !n || *n == 0;
    if (!n) return std::unexpected(n.error());
    end_ += *n;
    return *n > 0;
}

Result<bool> JsonlReader::read_line(Line& line) {
    line.too_long = false;
    std::size_t searched = 0;
    for (;;) {
        std::string_view const rest(buffer_.data() + begin_, end_ - begin_);
        auto const at = rest.find('\n', searched);
        if (at == rest.npos && !ended_) {
            searched = rest.size();
            if (searched > options_.max_record_bytes) {
                line.too_long = true;
                begin_ = end_, searched = 0;
            }
            (void)TRY(refill());
            continue;
        }
        if (at == rest.npos && rest.empty() && !line.too_long) return false;
        auto text = rest.substr(0, at);
        begin_ += at == rest.npos ? rest.size() : at + 1;
        line.number = ++lines_;
        line.broken = text_->had_error_before(offset_ + static_cast<std::int64_t>(begin_));
        if (text.size() > options_.max_record_bytes) line.too_long = true;
        if (line.too_long) text = {};
        else if (text.find_first_not_of(" \t\r") == text.npos) {
            searched = 0;
            continue;
        }
        line.text.assign(text);
        return true;
    }
}

int JsonlReader::column(std::string_view name) {
    if (auto const known = index_.find(name); known != index_.end()) return known->second;
    if (columns_.size() >= options_.max_columns) return -1;
    columns_.emplace_back(name.empty() ? fmt::format("column_{}", columns_.size() + 1) : std::string(name));
    values_.emplace_back();
    return index_.emplace(name, static_cast<int>(columns_.size()) - 1).first->second;
}

void JsonlReader::flatten(boost::json::object const& object, std::string& path, Row& row) {
    for (auto const& [key, value] : object) {
        auto const length = path.size();
        if (length > 0) path += '.';
        path += std::string_view(key.data(), key.size());
        if (auto const* inner = value.if_object()) {
            flatten(*inner, path, row);
        } else if (auto const at = column(path); at < 0) {
            row.problem = RowProblem::too_many_cells;
            row.message = fmt::format("Line {}: more than {} different names.", row.line, options_.max_columns);
        } else if (auto const* text = value.if_string()) {
            auto& cell = values_[static_cast<std::size_t>(at)].assign(text->data(), text->size());
            if (cell.find('\0') != cell.npos) {  // "\u0000": no database keeps it
                std::ranges::replace(cell, '\0', ' ');
                row.problem = RowProblem::broken_text;
                row.message = fmt::format("Line {}: {} contains the character U+0000.", row.line, columns_[static_cast<std::size_t>(at)]);
            }
        } else if (!value.is_null()) {
            append_text(value, values_[static_cast<std::size_t>(at)]);
        }
        path.resize(length);
    }
}

Result<void> JsonlReader::look_ahead() {
    std::size_t bytes = 0;
    std::string path;
    Row ignored;
    while (ahead_.size() < ahead_lines && bytes < ahead_bytes) {
        Line line;
        if (!TRY(read_line(line))) break;
        bytes += line.text.size();
        if (auto const parsed = parse_json(line.text); parsed && parsed->is_object()) flatten(parsed->get_object(), path, ignored);
        ahead_.push_back(std::move(line));
    }
    if (ahead_.empty()) return fail(Errc::invalid_argument, "empty_file", "The file has no rows.");
    return {};
}

Result<bool> JsonlReader::next(Row& row) {
    row.problem = RowProblem::none;
    row.message.clear();
    row.cells.clear();
    if (!ahead_.empty()) line_ = std::move(ahead_.front()), ahead_.pop_front();
    else if (!TRY(read_line(line_))) return false;
    row.record = ++records_;
    row.line = line_.number;
    for (auto& value : values_) value.clear();
    auto const problem = [&](RowProblem what, std::string message) { row.problem = what, row.message = std::move(message); };
    if (line_.too_long) {
        problem(RowProblem::record_too_long, fmt::format("Line {}: the record is longer than {} bytes.", row.line, options_.max_record_bytes));
    } else if (auto const parsed = parse_json(line_.text); !parsed) {
        problem(RowProblem::malformed_json, fmt::format("Line {}: {}", row.line, parsed.error().message));
    } else if (!parsed->is_object()) {
        problem(RowProblem::not_an_object, fmt::format("Line {}: each line must be one JSON object, {{...}}.", row.line));
    } else {
        std::string path;
        flatten(parsed->get_object(), path, row);
        if (line_.broken && row.problem == RowProblem::none)
            problem(RowProblem::broken_text, fmt::format("Line {}: bytes that are not {} text. Save the file as UTF-8 or name its encoding.", row.line, name_of(text_->encoding())));
    }
    row.cells.assign(values_.begin(), values_.end());
    return true;
}

TableInfo JsonlReader::info() const {
    return {.format = Format::jsonl, .encoding = text_->encoding(), .delimiter = 0, .header = false, .text_errors = text_->errors(),
            .consumed_bytes = text_->consumed(), .total_bytes = text_->total()};
}

}  // namespace kindling::shop::files
