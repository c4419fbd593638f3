// engines/vector/cooccurrence.h -- which words stand near which, as positive pointwise mutual information.
//
// Counted row by row with one dense accumulator (no hashing): O(occurrences x window). Information with contexts smoothed to the power 0.75, as
// in Levy, Goldberg & Dagan 2015, made symmetric by smoothing both sides; the strongest `widest` of a word are kept.
#pragma once
#include <cstdint>
#include <span>
#include <stop_token>
#include <vector>

#include "engines/vector/svd.h"

namespace kindling::vector {

struct Occurrence {
    std::uint32_t word = 0;
    float weight = 1;
};

// `texts`: words in reading order, below `words`. Rows of words without a neighbour are empty. Stops early when asked to.
SparseSymmetric positive_information(std::span<const std::vector<Occurrence>> texts, std::size_t words, std::uint32_t window, std::stop_token = {}, std::size_t widest = 600);

}  // namespace kindling::vector
