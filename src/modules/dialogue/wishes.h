// modules/dialogue/wishes.h -- a wish that names a person, a present or an occasion instead of goods ("a gift for dad, who drinks tea"), met for a search as the
// guide meets it: the same reading, the same choice (presents.cpp, occasion_talk.cpp), so that an agent's search finds what a shopper is shown.
//
// Of a wish that fits nearly everything the best 500 are kept (more where these are all for somebody else), and are what a search counts.
//
// Pure over a Live; any thread. Cost: a turn of the guide without its words: a pass or two over the variants, and the searches of the index that it makes.
#pragma once
#include "modules/dialogue/select.h"
#include "modules/dialogue/understand.h"

namespace kindling::dialogue {

struct Live;

struct Wish {
    std::vector<Constraint> constraints;   // in force: what was given, and what was read
    std::vector<Pick> picks;               // the guide's first page, then what else fits, best first; empty: a trouble that nothing here helps with
    std::string unanswered;                // what was said of the person and nothing here is made for, as it was said
};

// Nothing: the words name goods, or ask for something else, and are for the index. `given`: limits beside the words; they hold for all picks.
std::optional<Wish> meet_wish(Live const&, Reading const&, std::string_view text, std::span<Constraint const> given, Locale);

}  // namespace kindling::dialogue
