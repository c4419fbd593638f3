// modules/dialogue/spelling.h -- words of a search put right by what stands beside them, before anything is read from them.
//
// A word that no dictionary and no title knows is the index's to mend. What it cannot see is the company of a word:
// - *joined*: "headphonesnoise" is two words of titles; *parted*: "back pack" is one, where titles write it in one and none in two;
// - *beside*: "yoga matt": titles that say "yoga" have "mat" behind it, and none has "matt". A word of English, or of titles, is only mended so, and only
//   where a letter stands twice that should stand once (or the other way) or two have changed places: a racket is no rocket, whatever is sold here;
// - *pinyin* of goods, whether they are sold here or not ("yujiadian", "yu jia dian", 瑜伽dian), and the initials of a name of this shop ("lyq").
// What is put right is told (corrections); a query in quotes, with a minus, or that is a SKU is left alone.
//
// Pure over a Live; any thread. Cost: a few looks at the titles that may hold a word; nothing for words that titles and dictionaries know side by side. A query or a
// sentence that would need more than `most_looks_at_titles` of them (pieces of words that many titles may hold) is left as it was typed, from where they were spent.
#pragma once
#include <string>
#include <utility>
#include <vector>

namespace kindling::dialogue {

struct Live;

struct Spelling {
    std::string text;                                              // empty: as it was typed
    std::vector<std::pair<std::string, std::string>> corrections;  // as typed, as understood
    std::vector<std::size_t> places;                               // of each the word it begins with, counted from 0
};
Spelling mend_spelling(Live const&, std::string_view query);

class CatalogueView;
class Lexicon;

inline constexpr std::size_t most_looks_at_titles = 40'000;   // some milliseconds

// The same of a few words, without initials. `looks`: at titles, of the whole sentence so far.
Spelling mend_words(CatalogueView const&, Lexicon const&, std::string_view words, std::size_t& looks);

// Of a sentence to the guide (spelling_said.cpp), breath by breath: the corrections in the order of the words, each once. A sentence that is pinyin throughout ("wo yao lanya erji") is read as the Chinese one that it is.
struct SpellingSaid : Spelling { bool chinese = false; };   // chinese: it was
SpellingSaid mend_said(CatalogueView const&, Lexicon const&, std::string_view said);

}  // namespace kindling::dialogue
