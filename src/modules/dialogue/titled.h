// modules/dialogue/titled.h -- which goods a query is the title of.
//
// Whoever types or pastes a whole title, or nearly all of it, means that one thing. Its words are no limits then: "440 Pieces" asks for no price and "ABS Free
// Build" refuses no ABS. The idea: a hash of each title's letters, whatever stands between them, finds the same title in one step; what says nearly all of a title
// is looked for in the rows of bits over titles (title_search.h), which leave those that hold every word of it.
//
// Pure; any thread. Cost: a hash; for a query of at least four words (two Han characters count as one) as many ANDs over 3 KB for 24,000 titles as it has pairs of letters.
#pragma once
#include "modules/dialogue/catalogue_view.h"

namespace kindling::dialogue {

// The words of a text in the order in which they stand: runs of letters and digits, each Han character by itself.
std::vector<std::u32string> title_pieces(std::string_view text);
// Of the letters of these, without what stands between; 0: there are none.
std::uint32_t title_mark(std::span<std::u32string const> pieces);

// The goods with the title that the query says, several where titles are alike; none when it is no title. What only asks for it may stand around a whole title: "do you have …".
std::vector<std::size_t> titled_so(CatalogueView const&, std::string_view query);

}  // namespace kindling::dialogue
