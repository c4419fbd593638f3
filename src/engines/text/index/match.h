// engines/text/index/match.h -- internal: which documents match a plan, and what their text scores.
//
// Two ways, both exact. All words: the slots leapfrog, the rarest leads. A share of the words' weight: windows of 2,048
// documents in which the slots add up their scores; slots whose weights together stay below the share cannot make a document
// match (MaxScore's non-essential lists, Turtle & Flood 1995), so they are only asked about documents the others found.
// Cost: all words, the rarest slot's documents times the slots; shares, the essential slots' postings.
#pragma once
#include <vector>

#include "engines/text/index/filters.h"
#include "engines/text/index/slot_cursor.h"

namespace kindling::text {

struct Matched {
    std::uint64_t failing;  // groups of filters
    std::uint32_t document;
    float score;            // 0 when a filter fails: only hits are scored
    bool all_words;
};

// The columns that every matching document will be looked up in. Their pages are far apart, so each look-up would wait for
// memory; asked for some documents ahead, they wait together.
class Columns {
public:
    Columns(const View&, const Query&, std::size_t segment);
    // Inlined always: g++ 12 takes a function that only prefetches for one without effect and drops the calls.
    [[gnu::always_inline]] void prefetch(std::uint32_t document) const {
        if (document >= documents_) return;
        for (auto const& [base, stride] : columns_) __builtin_prefetch(base + std::size_t{document} * stride);
    }

private:
    std::uint32_t documents_;
    std::vector<std::pair<const char*, std::size_t>> columns_;  // first byte, bytes per document
};

// What one segment's matching needs to know beside the plan.
struct Where {
    const View& view;
    std::size_t segment;
    const SegmentFilters& filters;
    const Columns& columns;
    const std::vector<std::uint32_t>& excluded;  // ascending
};

// Live, not excluded documents, ascending.
void match_all_words(const Where&, const Plan&, std::vector<Matched>& out);
// Documents whose matched weight is at least `share` (0: above nothing) of the plan's; every required slot must be there.
void match_share(const Where&, const Plan&, float share, std::vector<Matched>& out);

}  // namespace kindling::text
