// modules/dialogue/relax.h -- what a shopper could give up when nothing meets everything.
//
// relaxations(): the smallest sets of constraints whose loss leaves something to buy. A set works exactly when some variant misses nothing
// beyond it, so the minimal masks of misses that occur are all of them (Godfrey 1997); one pass over the variants finds and counts them.
//
// Pure; any thread. relaxations: O(variants x constraints).
#pragma once
#include "modules/dialogue/select.h"

namespace kindling::dialogue {

struct Relaxation {
    std::vector<std::size_t> dropped;          // indexes of constraints, ascending
    std::size_t products = 0;                  // that fit without them
    std::int64_t cheapest_minor = 0;           // of these
    double weight = 0;                         // what it costs to give them up (select.cpp)
};
// Fewest and lightest first, at most `most`; empty when something meets everything, or nothing is on sale. Categories are never given up.
std::vector<Relaxation> relaxations(CatalogueView const&, std::span<Constraint const>, std::size_t most = 4);

// What giving a constraint up costs: the kind of thing first, then what would hurt (a refusal, a budget), then taste.
double weight_of(Constraint const&);
// A condition in the part that all variants of a product meet alike (its kind, its brand, words in its title) and the part that each meets for
// itself; it holds when both do. Testing the first once a product is most of the speed of a pass.
struct PartedCondition { std::optional<Condition> of_product, of_variant; };
PartedCondition parted(Condition);

}  // namespace kindling::dialogue
