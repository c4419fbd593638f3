// engines/text/index/build.h -- making segments: from documents, and from older segments.
#pragma once
#include <memory>
#include <span>
#include <vector>

#include "engines/text/index/schema.h"
#include "engines/text/index/segment.h"

namespace kindling::text {

// Identifiers are terms of their own, out of the way of words: \x02 and the letters and digits, lower case, nothing else.
inline constexpr char identifier_mark = '\x02';
std::string identifier_term(std::string_view code);  // empty when the code has no letter or digit

// Deleted documents of a segment: one bit each, empty for none.
using Bits = std::vector<std::uint64_t>;
inline bool test(const Bits& bits, std::uint32_t i) { return !bits.empty() && (bits[i / 64] >> (i % 64) & 1) != 0; }

// Documents in the order given. The documents must have passed validate().
std::string build_segment(const Schema&, const Language&, std::span<const Document* const>);

struct MergeInput {
    const Segment* segment;
    const Bits* deleted;
};
// The live documents of all inputs, in the order of the inputs.
std::string merge_segments(const Schema&, const Language&, std::span<const MergeInput>);

}  // namespace kindling::text
