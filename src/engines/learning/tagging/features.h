// engines/learning/tagging/features.h -- what a position of a text looks like, as hashes for the field.
//
// Characters (Chinese and mixed text): the characters three to each side, pairs and triples of neighbours, kinds of character, and, with a
// dictionary, the word that the segmenter cuts here with its neighbours, and the longest dictionary words that begin, end at and cover the
// position (Zhang et al. 2018, section 3). Words (languages with spaces): the words two to each side, their pairs, beginnings and endings of one to four letters, shape.
//
// Hashes of different templates never meet on purpose; 32 bits, so of a million features about a hundred collide.
// Text is folded first (width, case, traditional to simplified), one character to one, so that positions stay. Threads: any.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engines/learning/tagging/crf.h"
#include "engines/text/analysis/segment.h"

namespace kindling::tagging {

// One character for each of the original's.
std::u32string folded(std::u32string_view);

// `dictionary` may be null.
void character_rows(std::u32string_view folded, const text::Dictionary*, Rows&);
void word_rows(std::span<const std::u32string_view> folded, Rows&);

}  // namespace kindling::tagging
