// modules/dialogue/facets.h -- how many of what a search finds have each value: by category, brand, price and attributes.
//
// Counted variant by variant: a facet counts products with a variant that meets everything but the facet's own filter, so no count depends on the page
// or on the limit. Pure; any thread. O(variants looked at x (conditions + facets)).
#pragma once
#include "modules/dialogue/api.h"
#include "modules/dialogue/category_model.h"
#include "modules/dialogue/select.h"

namespace kindling::dialogue {

// What a search asks of goods.
struct Prepared {
    std::vector<Constraint> constraints;    // all in force
    TextScores text;
    bool by_text = false;                   // only products in `text` count
    std::vector<PredictedCategory> likely;  // of a query that names no category
};

// One bit per constraint that a variant misses; the constraints are few.
std::uint64_t misses(CatalogueView const&, std::size_t product, std::size_t variant, std::span<Condition const>);

// The facets that are asked for, or those that tell most when none is named. `fitting`: what meets all of it; only a facet that leaves its own filter out looks at more.
std::vector<Facet> count_facets(CatalogueView const&, Prepared const&, Search const&, std::span<std::uint32_t const> fitting);

}  // namespace kindling::dialogue
