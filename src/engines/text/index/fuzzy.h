// engines/text/index/fuzzy.h -- the terms of a sorted dictionary within a small edit distance of a word.
//
// Optimal string alignment (Damerau 1964: insert, delete, replace, swap neighbours) by walking the dictionary as the trie it
// implicitly is: one row of the distance table per letter, a sub-trie is left as soon as its row is everywhere above the
// limit. Byte-wise: for words of Latin letters and digits. Cost: 20-100 us for distance 1, up to 1 ms for 2, on 100,000 terms.
#pragma once
#include <string_view>
#include <vector>

#include "engines/text/index/segment.h"

namespace kindling::text {

struct FuzzyMatch {
    std::uint32_t term, distance;
};

// Distance 1 .. `limit` (1 or 2), in dictionary order. The word has at most 63 bytes; a longer one has no matches.
std::vector<FuzzyMatch> fuzzy_terms(const StringTable& terms, std::string_view word, std::uint32_t limit);

// The same distance between two strings, for tests and for small lists.
std::uint32_t edit_distance(std::string_view, std::string_view);

}  // namespace kindling::text
