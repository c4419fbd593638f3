// modules/dialogue/rescue.h -- what a search says when it has nothing, or not what was asked for: a word that is no misspelling, goods that are not
// sold here, and, where limits leave nothing, the nearest with the limits that it misses.
//
// A correction has to arrive somewhere: "drss" is a dress because dresses are sold here; "iphone" is no "phone" that lamps are controlled by. A word
// that the shop's own vocabulary knows is never corrected, though no title has it: "pink" where the goods are called dusty rose.
//
// Pure over a Live; any thread. Cost: another search of the index where a correction is refused; one pass over the variants where nothing fits.
#pragma once
#include "modules/dialogue/product_index.h"
#include "modules/dialogue/select.h"

namespace kindling::dialogue {

struct Live;
struct SearchAnswer;

struct LookedUp {
    ProductIndex::Found found;
    std::vector<std::string> unheard;   // words of no goods here, and of nothing like them
};
// ProductIndex::search over all products, without corrections that arrive nowhere.
Result<LookedUp> look_up(Live const&, std::string_view words, ProductIndex::NamesGoods const&);

// The words, when they are one name of a machine or piece of furniture that titles speak of and no title here is of such a thing; else empty.
std::string no_such_thing(Live const&, std::string_view words);

// Of what was said, the wishes that were not kept among `kept` because nothing has them beside it: "pink chairs" where no chair is.
std::vector<Constraint> not_to_be_had(CatalogueView const&, std::span<Constraint const> kept, std::span<Constraint const> said);

// Fills nearest and given_up: of what meets all `wanted` when only the words stand in the way, otherwise of what misses least of it. Where goods are named
// by words alone (`text`), it is the limits that give, and what the words found is shown, the cheapest first when it was too dear.
void rescue(Live const&, std::span<Constraint const> wanted, TextScores const&, Locale, std::int64_t most, SearchAnswer&);

}  // namespace kindling::dialogue
