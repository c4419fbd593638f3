// engines/text/index/match.h -- internal: which documents match a plan, and what their text scores.
//
// Two ways, both exact. All words: the slots leapfrog, the rarest leads. A share of the words' weight: windows of 4,096
// documents in which the slots add up their scores; slots whose weights together stay below the share cannot make a document
// match (MaxScore's non-essential lists, Turtle & Flood 1995), so they are only asked about documents the others found.
// Cost: all words, the rarest slot's documents times the slots; shares, the essential slots' postings.
#pragma once
#include <functional>
#include <vector>

#include "engines/text/index/slot_cursor.h"

namespace kindling::text {

struct Matched {
    std::uint32_t document;
    float score;
    bool all_words;
};

// Ascending. Deleted and excluded documents are still among them.
void match_all_words(const View&, std::size_t segment, const Plan&, std::vector<Matched>& out);
// Documents whose matched weight is at least `share` (0: above nothing) of the plan's; every required slot must be there.
void match_share(const View&, std::size_t segment, const Plan&, float share, std::vector<Matched>& out);

}  // namespace kindling::text
