// engines/learning/matching/block.h -- which pairs are worth a look, without comparing everything with everything.
//
// Each listing asks an inverted list of the other side's words, its rarest first, until it has read `most_postings` entries; what shares
// the most idf with it, for the length of its title, is a candidate. Both sides ask, so a pair is found if either finds it.
// Cost: listings * (most_postings + words). A pair that shares no word at all, model numbers in one spelling included, is not found.
#pragma once
#include "engines/learning/matching/record.h"

namespace kindling::matching {

struct Pair {
    std::uint32_t left = 0, right = 0;
    auto operator<=>(const Pair&) const = default;
};

struct BlockOptions {
    std::size_t per_item = 8;
    std::size_t most_postings = 4000;
};

// Ascending, each once; within one list left < right.
std::vector<Pair> candidates(const Pool&, BlockOptions = {});

}  // namespace kindling::matching
