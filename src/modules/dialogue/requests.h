// modules/dialogue/requests.h -- several things asked for in one breath ("mugs under 100, add the second, and what does shipping cost"), told apart.
//
// The idea: cut where people breathe (stops, commas, "and then", 然后, 顺便), read each piece alone, and keep two neighbours apart only when
// both stand by themselves: an errand (basket, order, rule, comparison, question) beside another errand, or beside a wish that names goods.
// Everything else stays together: "the cheaper one, add it" is one request, and so is "not red, under 200, for a gift".
//
// Pure; any thread. Cost: one reading (understand.h) a piece, at most twelve pieces and four requests.
#pragma once
#include "modules/dialogue/understand.h"

namespace kindling::dialogue {

// At least one; the text itself when it is one request.
std::vector<std::string> requests(std::string_view text, CatalogueView const&, Lexicon const&, Situation const&);

// Of what is no errand: two wishes for goods of which one is put beside the other (requests_beside.cpp); nothing: it is one. `written`: normalised (text::normalise).
std::optional<std::pair<std::string, std::string>> wishes_beside(std::u32string_view written, CatalogueView const&, Lexicon const&, Situation const&);

// Something of what was shown is taken, and beside it stands another wish or a question (requests_joined.cpp); nothing: it does not stand so.
std::optional<std::vector<std::string>> basket_and_more(std::u32string_view written, CatalogueView const&, Lexicon const&, Situation const&);
// The pointing words of a piece that chooses and says nothing else: "that one" of "ok that one", 它 of 就它吧.
std::optional<std::u32string> chosen(std::u32string_view piece);

}  // namespace kindling::dialogue
