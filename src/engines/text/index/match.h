// engines/text/index/match.h -- internal: which documents match a plan, and what their text scores.
//
// Two ways, both exact, both for batches of up to 128 documents at a time. All words: batches come from the rarest slot, the
// other slots take away what they do not have. A share of the words' weight: slots whose weights together stay below the
// share cannot make a document match (MaxScore's non-essential lists, Turtle & Flood 1995), so batches come from the others
// alone, and a document is dropped as soon as the slots that are left cannot bring it to the share.
// What is left is gathered, so that its columns are there when it is filtered; only hits are scored, from the places where
// their postings were found.
// Cost: all words, the blocks of the rarest slot and of the others that overlap them; shares, the essential slots' postings.
#pragma once
#include <vector>

#include "engines/text/index/filters.h"

namespace kindling::text {

// What matches in one segment: lists of one length, documents ascending.
struct Matched {
    std::vector<std::uint32_t> documents;
    std::vector<std::uint64_t> failing;    // groups of filters
    std::vector<float> scores;             // 0 when a filter fails: only hits are scored
    std::vector<std::uint8_t> all_words;
    std::vector<std::uint64_t> named;      // of hits, a bit per slot: it stands in a field that names
};

// The columns that every matching document will be looked up in. Their pages are far apart, so each look-up would wait for
// memory; asked for some documents ahead, they wait together.
class Columns {
public:
    Columns(const View&, const Query&, std::size_t segment);
    // Inlined always: g++ 12 takes a function that only prefetches for one without effect and drops the calls.
    [[gnu::always_inline]] void prefetch(std::uint32_t document) const {
        for (auto const& [base, stride] : columns_) __builtin_prefetch(base + std::size_t{document} * stride);
    }

private:
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
Matched match_all_words(const Where&, const Plan&);
// Documents whose matched weight is at least `share` (0: above nothing) of the plan's; every required slot must be there.
Matched match_share(const Where&, const Plan&, float share);

}  // namespace kindling::text
