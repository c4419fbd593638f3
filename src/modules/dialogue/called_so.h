// modules/dialogue/called_so.h -- whether goods of this shop are called what a search names: the words of a name apart, or the name of what only comes with a thing, are no such goods.
//
// Two rules, both read from the titles. "Hair dryer", a name that everybody uses (engines/text/analysis/synonyms.h): where titles have it, in any of its synonyms, only behind a
// "with" ("salon set with hairdryer") or a "for", the goods are not here, and what speaks of them comes near. "Ankle boots", any name of some words: the last one names the thing.
// Where goods are called boots, and none of those that have all the words is, the boots are shown and the name is given up: not the socks and bells that have "ankle" in a text.
// What is called by another word of the name ("tuner clip", a tuner) is meant, and a name that stands in a title as it was said is here.
//
// Pure over a Live; any thread. Cost: the titles that may hold the name; where a name is given up, a search for its last word.
#pragma once
#include "modules/dialogue/product_index.h"

namespace kindling::dialogue {

struct Live;

struct CalledSo {
    std::string missing;    // a name whose goods are not here
    std::string given_up;   // a name of which only the last word is here
    std::vector<std::pair<std::size_t, double>> things;   // and what is called by it, best first
};
// `words`: what is looked for; `query`: as it was said: words that do not stand side by side there ("my back hurts at the desk") are no name. `found`: what has them.
Result<CalledSo> called_so(Live const&, std::string_view words, std::string_view query, ProductIndex::Found const& found, ProductIndex::NamesGoods const&);

// The words without what is said only of whom it is for or how it is used: "ankle boots" of "ankle boots to wear at work".
std::string before_its_use(std::string_view words, std::string_view query);

// Of a title what says what the thing is: without what it comes with, what it is for, and brackets.
std::u32string name_in_title(std::string_view title);

}  // namespace kindling::dialogue
