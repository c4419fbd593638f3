// shop/files/jsonl_reader.h -- JSON Lines: one object a line, flattened to columns.
//
// {"put": "id:1", "fields": {"title": "Lamp", "tags": ["a","b"]}} gives put, fields.title and fields.tags: nested objects become
// dotted names, lists stay JSON text, null is an empty cell. A Vespa put needs nothing special for that. Columns are collected from the first
// lines (at most 1,000 or 1 MiB) and grow when later objects bring new names. Parsing is core/json_text.h, strict.
#pragma once
#include "shop/files/table_reader.h"
#include <boost/json/value.hpp>
#include <deque>
#include <map>

namespace kindling::shop::files {

class JsonlReader final : public TableReader {
public:
    static Result<std::unique_ptr<JsonlReader>> create(std::unique_ptr<DecodedSource>, TableOptions = {});

    std::span<std::string const> columns() const override { return columns_; }
    Result<bool> next(Row& row) override;
    TableInfo info() const override;

private:
    struct Line {
        std::string text;
        std::int64_t number = 0;
        bool too_long = false, broken = false;
    };
    JsonlReader(std::unique_ptr<DecodedSource>, TableOptions);
    Result<void> look_ahead();
    Result<bool> read_line(Line& line);  // the next line that is not blank
    Result<bool> refill();
    void flatten(boost::json::object const&, std::string& path, Row& row);
    int column(std::string_view name);  // -1: there are max_columns already

    std::unique_ptr<DecodedSource> text_;
    TableOptions options_;
    std::vector<std::string> columns_;
    std::map<std::string, int, std::less<>> index_;
    std::vector<std::string> values_;  // what the row's cells point to
    std::deque<Line> ahead_;
    Line line_;

    std::vector<char> buffer_;
    std::size_t begin_ = 0, end_ = 0;
    bool ended_ = false;
    std::int64_t offset_ = 0, lines_ = 0, records_ = 0;
};

}  // namespace kindling::shop::files
