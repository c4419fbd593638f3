// engines/text/index/rerank.h -- internal: the best candidates once more, with what only positions can tell.
//
// pairs: neighbouring words of the query that are neighbours in the title too, each worth a share of the lighter word;
// coverage: the share of the title's words that the query has, times a share of the query's weight. Both say "this product,
// and not a longer or shuffled title with the same words". Shares of 0.2 and 0.15: small beside the words themselves.
#pragma once
#include <vector>

#include "engines/text/index/collect.h"

namespace kindling::text {

inline constexpr std::size_t rerank_depth = 64;
inline constexpr float pair_share = 0.2f, coverage_share = 0.15f;

struct Closeness {
    float pairs = 0, coverage = 0;
};
Closeness closeness(const View&, const Plan&, std::size_t segment, std::uint32_t document);

// Adds closeness to the text score of the first rerank_depth candidates, sets their keys and sorts those again.
void rerank(const View&, const Plan&, const Collector&, std::vector<Candidate>&);

}  // namespace kindling::text
