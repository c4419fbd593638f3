// shop/files/csv_reader.h -- delimited text (RFC 4180 and what people make of it) at memory speed.
//
// The idea is of simdcsv and Langdale & Lemire, "Parsing Gigabytes of JSON per Second" (VLDB Journal 28, 2019): compare 64 bytes at a
// time with delimiter, quote, CR and LF, keep one bit for each hit, and walk the bits; ordinary characters are never looked at one
// by one. Unlike there, quotes are followed record by record, so that a record whose quote never closes can be read again line by
// line instead of swallowing the file. Cells are views into the block; only cells with doubled quotes are rewritten, in place.
//
// Ends of records: LF, CR LF, lone CR. Blank lines are skipped. A quote counts only at the beginning of a cell (12" is text).
// Memory: one block of 256 KiB, grown to the longest record, at most twice max_record_bytes. Time linear, also on hostile input.
#pragma once
#include "shop/files/table_reader.h"

namespace kindling::shop::files {

class CsvReader final : public TableReader {
public:
    static Result<std::unique_ptr<CsvReader>> create(std::unique_ptr<DecodedSource>, TableOptions = {});

    std::span<std::string const> columns() const override { return columns_; }
    Result<bool> next(Row& row) override;
    TableInfo info() const override;

private:
    enum class Parsed { record, need_more, open_quote };
    enum class Quotes { meaningful, ordinary };

    CsvReader(std::unique_ptr<DecodedSource>, TableOptions);
    Result<void> read_header();
    Result<bool> refill();  // false: the text ended before
    Result<bool> skip_blank_lines();
    Result<void> skip_line();
    Result<bool> read_record(Row& row);
    Parsed parse(Row& row, Quotes);
    std::size_t next_break();
    void finish(Row& row);
    void seek(std::size_t);
    std::size_t next_special();

    std::unique_ptr<DecodedSource> text_;
    TableOptions options_;
    char delimiter_ = ',';
    bool header_ = true;
    std::vector<std::string> columns_;

    std::vector<char> buffer_;         // always 64 readable bytes beyond end_
    std::size_t begin_ = 0, end_ = 0;  // what is not consumed yet
    bool ended_ = false;
    std::int64_t offset_ = 0;          // of buffer_[0] in the decoded text
    std::int64_t line_ = 1, records_ = 0;

    std::size_t block_ = 0;            // the 64 bytes whose hits are in mask_
    std::uint64_t mask_ = 0;
    std::size_t record_end_ = 0;       // of the last parsed record, behind its line end
    std::int64_t lines_in_record_ = 0;
    std::size_t cell_limit_ = 0, surplus_cells_ = 0;
    std::vector<std::uint32_t> escaped_;  // cells with doubled quotes or text behind the quote
    bool text_after_quote_ = false;
};

}  // namespace kindling::shop::files
