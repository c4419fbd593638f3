// engines/learning/tagging/spans.h -- stretches as labels (BIOES) and back, and how right they are.
//
// Label 0 is outside; type k has 1 + 4k beginning, 2 + 4k inside, 3 + 4k end, 4 + 4k alone. The single letter "alone" and the two borders tell
// the field more than BIO does (Ratinov & Roth 2009). Spans do not overlap.
#pragma once
#include <algorithm>
#include <span>
#include <vector>

#include "engines/learning/tagging/crf.h"

namespace kindling::tagging {

inline constexpr std::size_t most_types = (most_labels - 1) / 4;

// Positions [begin, end) of a sequence, and which of the types it is.
struct Span {
    std::uint32_t begin = 0, end = 0;
    std::uint8_t type = 0;
    auto operator<=>(const Span&) const = default;
};

Crf::Shape bioes_shape(std::size_t types);
// Spans that leave the sequence, are empty, overlap an earlier one or have an unknown type are passed over.
std::vector<Label> to_labels(std::span<const Span>, std::size_t length, std::size_t types);
// In order. What is not closed properly is passed over; a trained field never leaves it so.
std::vector<Span> to_spans(std::span<const Label>);

// Exact spans with their type, summed over sequences.
struct SpanScore {
    std::size_t expected = 0, found = 0, right = 0;
    void add(std::vector<Span> gold, std::vector<Span> ours) {
        std::ranges::sort(gold), std::ranges::sort(ours);
        std::vector<Span> both;
        std::ranges::set_intersection(gold, ours, std::back_inserter(both));
        expected += gold.size(), found += ours.size(), right += both.size();
    }
    double precision() const { return found ? static_cast<double>(right) / static_cast<double>(found) : 0; }
    double recall() const { return expected ? static_cast<double>(right) / static_cast<double>(expected) : 0; }
    double f1() const { return expected + found ? 2.0 * static_cast<double>(right) / static_cast<double>(expected + found) : 0; }
};

}  // namespace kindling::tagging
