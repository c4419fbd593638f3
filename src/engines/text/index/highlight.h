// engines/text/index/highlight.h -- where a text shows the words that found it.
//
// The index keeps no texts: the shop has them. Give the text and Answer::terms; the same analysis finds the places.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engines/text/index/schema.h"

namespace kindling::text {

struct Span {
    std::uint32_t begin = 0, end = 0;  // bytes of the text, between code points
    bool operator==(const Span&) const = default;
};

// Ascending, not overlapping and not touching. Any thread. Linear in the text.
std::vector<Span> highlight(std::string_view text, std::span<const std::string> terms, const Analyse&);

}  // namespace kindling::text
