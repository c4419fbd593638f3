// engines/text/index/plan.h -- internal: from the words of a query to the terms that may answer each of them.
//
// A slot is one word of the query with its alternatives: the word and its stem, its synonyms, the word it makes with its
// neighbour ("ear phones"), what it was meant to be when nothing has it (edit distance, sound), what it may become
// (prefix). A document's score for a slot is its best alternative's. A slot's weight is that of its heaviest alternative.
#pragma once
#include <string>
#include <vector>

#include "engines/text/index/view.h"

namespace kindling::text {

struct PlannedTerm {
    std::string term;
    std::vector<std::uint32_t> numbers;  // per segment; no_document: not in it
    std::uint64_t documents = 0;         // document frequency over all segments
    std::uint32_t offset = 0;            // in a phrase: words after its first
};

struct Alternative {
    std::vector<PlannedTerm> terms;      // one, or a phrase
    float idf = 0, factor = 1;
    const char* why = "word";
    // Whether a document that has only this alternative has the word: a part of a model number ("4") does not.
    bool sufficient = true;
    float weight() const { return idf * factor; }
};

struct Slot {
    std::string word;
    std::vector<Alternative> alternatives;
    float weight = 0, boost = 1;
    bool required = false;               // a quoted phrase
    bool part = false;                   // a piece of a compound (1000xm4 of wh-1000xm4) whose whole has a slot before it
    std::uint32_t position = 0;
};

struct Plan {
    std::vector<Slot> slots, excluded;
    std::string identifier;              // the whole query as an identifier's term; empty when it cannot be one
    std::vector<std::string> codes;      // its words that may be identifiers
    std::vector<Correction> corrections;
    std::vector<std::string> ignored;
    bool has_words = false;              // the query had words, also when no document has any of them
    float weight = 0;                    // of all slots
};

Plan make_plan(const View&, const Query&);
PlannedTerm look_up(const View&, std::string term);

}  // namespace kindling::text
