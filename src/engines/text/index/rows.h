// engines/text/index/rows.h -- internal: the short columns of a segment once more, side by side, a row per document.
//
// A document that matches is looked up in every column that the query filters or counts by. In separate columns each look-up
// waits for memory of its own; here one cache line holds them all: lengths of the texts, ordinals of keyword fields (one or
// two bytes each) and numbers that are whole (four bytes). A column that does not fit (several values per document, fractions,
// more than 65,535 values, a row above 64 bytes) is read from the segment as before.
//
// Built when a segment is opened, in one pass; 2 to 64 bytes per document, on huge pages where there are some.
// Threads: immutable after construction.
#pragma once
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <span>
#include <vector>

#include "engines/text/index/segment_format.h"

namespace kindling::text {

struct KeywordColumn;

class Rows {
public:
    static constexpr std::size_t longest = 64;
    Rows() = default;  // holds nothing
    Rows(std::span<const std::uint16_t> lengths, std::size_t texts, std::span<const KeywordColumn>, std::span<const std::span<const double>> numbers, std::uint32_t documents);

    struct Place {
        std::uint16_t offset = 0;
        std::uint8_t width = 0;  // bytes; 0: not in the rows
    };
    Place keyword(std::size_t field) const { return keywords_[field]; }
    Place number(std::size_t field) const { return numbers_[field]; }
    // Words per text field.
    const std::uint16_t* lengths(std::uint32_t document) const { return reinterpret_cast<const std::uint16_t*>(row(document) + lengths_); }
    std::size_t stride() const { return stride_; }
    const char* row(std::uint32_t document) const { return bytes_.get() + std::size_t{document} * stride_; }
    // All ones: no value.
    static constexpr std::uint32_t none(unsigned width) { return width >= 4 ? 0xFFFFFFFFu : (1u << (8 * width)) - 1; }

private:
    struct Free {
        void operator()(char* bytes) const { std::free(bytes); }
    };
    std::unique_ptr<char, Free> bytes_;
    std::size_t stride_ = 0;
    std::uint16_t lengths_ = 0;
    std::vector<Place> keywords_, numbers_;
};

}  // namespace kindling::text
