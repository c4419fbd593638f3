// shop/files/encoding.h -- text of an unknown encoding as UTF-8, in one pass and bounded memory.
//
// Every encoding that shops export, UTF-16 apart, agrees on ASCII. So plain ASCII is handed through undecided, and the decision is
// taken at the first other byte, from up to 1 MiB that follow it: the one pound sign in line 300,000 of a Latin-1 file is seen,
// where a detector that samples the beginning of the file would have promised UTF-8. Order: byte order mark; zero bytes in every other
// place (UTF-16 without a mark); UTF-8 if at most one sequence in a hundred is broken; GB18030 if the pairs are common Chinese
// (GB 2312 level 1 and punctuation); else windows-1252, the superset of Latin-1 in which nothing is invalid.
// Conversion of the others by ICU. Measured figures in README.md.
#pragma once
#include "shop/files/byte_source.h"
#include <deque>
#include <memory>
#include <string_view>
#include <vector>

namespace kindling::shop::files {

enum class Encoding { detect, utf8, utf16le, utf16be, gb18030, windows1252 };
std::string_view name_of(Encoding);  // "UTF-8", "GB18030", ...

// What the bytes of a sample that contains a non-ASCII byte look like; never `detect`. An empty or ASCII sample is UTF-8.
Encoding detect_encoding(std::string_view sample);

// The length of the longest prefix that is valid UTF-8 without NUL; stops before a sequence that the end cuts. Pure.
std::size_t valid_utf8_prefix(std::string_view);
// The length of the longest prefix of bytes 1..127. Pure.
std::size_t plain_ascii_prefix(std::string_view);

// Reads UTF-8 always. A broken sequence and a NUL become U+FFFD, and where they came out is remembered.
class DecodedSource final : public ByteSource {
public:
    explicit DecodedSource(std::unique_ptr<ByteSource>, Encoding = Encoding::detect);
    ~DecodedSource() override;

    Result<std::size_t> read(std::span<char> into) override;
    std::int64_t consumed() const override { return bytes_->consumed(); }
    std::int64_t total() const override { return bytes_->total(); }

    // The first byte that is not blank, without taking it; 0 for an empty file. Call before the first read().
    Result<char> first_character();
    // UTF-8 as long as only ASCII was seen.
    Encoding encoding() const { return encoding_ == Encoding::detect ? Encoding::utf8 : encoding_; }
    std::int64_t errors() const { return errors_; }
    // Drops the remembered errors before this offset of the output and says whether there was one: asked once for each record.
    bool had_error_before(std::int64_t output_offset);

private:
    struct Converter;
    Result<bool> refill();  // false: nothing more came
    Result<void> begin();
    Result<void> decide();
    std::size_t copy_utf8(std::span<char> into);
    Result<std::size_t> convert(std::span<char> into);
    void note_error(std::size_t at_in_output);

    std::unique_ptr<ByteSource> bytes_;
    Encoding encoding_;
    std::vector<char> raw_;
    std::size_t begin_ = 0, end_ = 0;
    bool started_ = false, ended_ = false;
    std::unique_ptr<Converter> converter_;
    std::int64_t produced_ = 0, errors_ = 0;
    std::deque<std::int64_t> error_offsets_;
};

}  // namespace kindling::shop::files
