// modules/dialogue/settle.h -- which of what was read out of a search stays hard: goods that have all the words go before goods of the kind that is named, and those
// before whatever has some of the words.
//
// Pure; any thread. Cost: up to three passes over the products, each ended by the first that fits.
#pragma once
#include "modules/dialogue/facets.h"
#include "modules/dialogue/product_index.h"
#include "modules/dialogue/understand.h"

namespace kindling::dialogue {

// Whether a kind of goods is named that this shop has.
bool names_kind(Reading const&);
// Puts what stays hard behind the constraints of `out`, whose `text` holds what the words found, and says whether words alone choose (`by_text`).
void settle(CatalogueView const&, Reading const&, ProductIndex::Found const&, Prepared& out);

}  // namespace kindling::dialogue
