// modules/dialogue/search_filters.h -- the filters that a search states beside its words, as limits of this catalogue.
#pragma once
#include "core/result.h"
#include "modules/dialogue/api.h"
#include "modules/dialogue/catalogue_view.h"

namespace kindling::dialogue {

// Category, brand, attributes (numbers in the unit that they are shown in), price and stock, with their labels. Fails with invalid_request, which names each
// field whose category or attribute is not of this shop. Pure; any thread.
Result<std::vector<Constraint>> explicit_filters(CatalogueView const&, Search const&);

}  // namespace kindling::dialogue
