// engines/learning/matching/align.h -- which words of one title say the same as words of another, and how surely.
//
// Each word of a title takes its best counterpart in the other: the same word 1; two or three neighbours written as one there
// ("photo shop", photoshop; "nn4 ts blk", nn4tsblk) 1; a model number that is most of another (tr72b, tr72bx) the share they have in
// common; an abbreviation (pro, professional) 0.7; one letter wrong in five, two in nine 0.85 and 0.75. Numbers are equal or not.
// Cost: |a| * |b| comparisons of words that have no equal.
#pragma once
#include "engines/learning/matching/record.h"

namespace kindling::matching {

struct Alignment {
    static constexpr std::uint16_t none = 0xFFFF;
    std::vector<float> left, right;                 // for each word of the title: how surely the other title says it, 0..1
    std::vector<std::uint16_t> partner;             // of each left word: the place in the right title, or none
};

void align(const Pool&, const Item& left, const Item& right, Alignment& out);

// 0..1; symmetric.
float alike(const Word&, const Word&);
std::size_t common_prefix(std::string_view, std::string_view);
// The longest stretch both have.
std::size_t common_stretch(std::string_view, std::string_view);

}  // namespace kindling::matching
