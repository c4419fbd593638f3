// modules/dialogue/stock_first.h -- what cannot be sent stands behind what can and fits as well.
//
// "As well" by the words: goods with all of them change places among each other, and so do those that say most of them; the order between these is kept, and
// with it that of the words. So a sold-out kettle never leads the kettles that are here, and still stands before a kettle's lid. A thing named by its whole title
// (titled.h) leads whether it is here or not.
//
// Pure; any thread. Cost: linear in the first results, the same for every page of them.
#pragma once
#include "modules/dialogue/facets.h"

namespace kindling::dialogue {

// `with_all`: goods that have every word, where others count, too; empty: all have. `named`: by their title, brought to the front.
void stock_first(CatalogueView const&, Prepared const&, std::span<std::size_t const> with_all, std::span<std::size_t const> named, std::vector<Pick>& picks);

}  // namespace kindling::dialogue
