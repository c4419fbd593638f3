// engines/text/index/segment_writer.h -- putting the bytes of a segment together, from documents or from older segments.
//
// First every document in order, then every term ascending with its postings in order, then finish().
#pragma once
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "engines/text/index/schema.h"
#include "engines/text/index/segment.h"

namespace kindling::text {

class SegmentWriter {
public:
    // `frequencies`: how often each combination of frequency levels will come; decides who gets the short codes.
    SegmentWriter(const Schema&, const Reading&, const std::unordered_map<std::uint32_t, std::uint64_t>& frequencies);

    void add_document(std::string_view id, std::span<const std::uint16_t> lengths);
    // The rest of the document added last. A value twice counts once.
    void add_keyword(std::size_t field, std::string_view value);
    void set_number(std::size_t field, double value);

    void begin_term(std::string_view term);
    void add_posting(std::uint32_t document, std::uint32_t levels, std::span<const char> positions);
    void end_term();

    // The segment's bytes. The writer is empty afterwards.
    std::string finish();

private:
    struct Keywords {
        std::unordered_map<std::string, std::uint32_t> numbers;
        std::vector<std::string> values;
        std::vector<std::uint32_t> starts, ordinals;
    };
    void end_block();
    void write_keywords(std::size_t field);
    template <class T> void put(Section section, std::size_t field, const std::vector<T>& values);
    void put(Section section, std::size_t field, std::string bytes);

    const Schema& schema_;
    const Reading& reading_;
    std::unordered_map<std::uint32_t, std::uint32_t> code_of_;
    std::vector<FrequencyCode> frequencies_;
    std::uint32_t documents_ = 0;
    std::vector<std::uint64_t> total_lengths_;
    std::vector<std::uint16_t> lengths_;
    std::vector<std::uint32_t> id_offsets_{0}, term_offsets_{0};
    std::string id_bytes_, term_bytes_, postings_, positions_;
    std::vector<IdEntry> id_table_, readings_;
    std::vector<Keywords> keywords_;
    std::vector<std::vector<double>> numbers_;
    std::vector<TermInfo> infos_;
    std::vector<Block> blocks_;
    std::vector<std::uint32_t> gaps_, codes_;
    std::uint32_t previous_ = 0, block_positions_ = 0;
    std::map<std::uint32_t, std::string> sections_;
};

}  // namespace kindling::text
