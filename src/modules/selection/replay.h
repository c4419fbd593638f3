// modules/selection/replay.h -- a simulated past played again as if rows had been shown: places left to chance for a shop whose visitors saw none.
//
// A demo begins with months of simulated visits and with no row that anybody was shown, so nothing could be estimated before a switch until weeks of real visitors had passed. The newest
// visits are therefore gone through once: a model of what came before them ranks the row that would have stood on a product's page, one place of it is left to chance (slots.h, same odds),
// and it counts as taken when that visitor looked at this product within half an hour. These visitors chose without seeing the row, which is what makes the log usable for any other order
// (replay of logged choices: Li, Chu, Langford, Wang, WSDM 2011), and what makes it a log of interest, not of what a row can cause. For demos alone: in a shop with people it would claim what nobody was shown.
//
// Cost: one training without its measuring, and a ranking a place. Deterministic.
#pragma once
#include "modules/selection/learned.h"

namespace kindling::selection {

struct Replay {
    double newest_share = 0.2;           // of the events that are learned from: played again by a model of the rest
    std::int64_t most_places = 2'000;    // at most one a visit
    std::size_t row = 12;
    std::uint64_t seed = 1;
    unsigned threads = 1;
};

// How many places were written; 0 where some were left to chance already, or too few visits came before to learn from.
Result<std::int64_t> replay_visits(shop::Store&, std::int64_t shop_id, Replay const&, Progress const&);

}  // namespace kindling::selection
