// engines/learning/matching/simulate.h -- a judge for those who have no labels: every listing retold as another shop would tell it.
//
// Listings get twins: words left out, the telling ones rarely; the brand put in front or left out; a few words of other listings added;
// words joined, split, cut short or mistyped; model numbers hyphenated, left out or put in front; another price; the description cut or gone.
// Twins are the same item, candidates that are not twins are not (listings of one list are taken to be different items, which a few
// duplicates among thousands do not upset). In two lists most listings get a twin, in one list few. What tells a listing from its neighbours
// in this very catalogue is so learned from the catalogue alone.
// Deterministic for a seed.
#pragma once
#include "engines/learning/matching/matcher.h"

namespace kindling::matching {

Record retell(const Record&, std::span<const Record> others, std::uint64_t seed);

// Learns from retold listings of the longer list, or of one that is searched for duplicates (`right` empty). failed_precondition "too_few_listings": fewer than `least_listings`.
inline constexpr std::size_t least_listings = 40, most_listings = 2500;
Result<Matcher> train_without_labels(std::span<const Record> left, std::span<const Record> right, const Analyse&, TrainOptions = {});

}  // namespace kindling::matching
