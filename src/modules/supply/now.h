// modules/supply/now.h -- what questions about stock begin with: the shop's stock and settings of one moment; and of one good, what is expected of it at its places.
//
// Values; any thread. Cost: reading the shop's sales of all goods; of one good's levels only its own rows are computed.
#pragma once
#include "modules/supply/levels.h"

namespace kindling::supply_module {

struct Now { ShopStock stock; SupplySettings settings; };  // settings filled
// Both from one reading of the store. Errors as read_stock().
Result<Now> read_now(Context&);

struct GoodNow {
    Now now;
    std::vector<DemandAhead> ahead;     // of all of ShopStock::stored, 60 days
    Levels levels;                      // of `rows` alone, by moments
    std::vector<std::size_t> rows;      // of ShopStock::stored: where something of it is asked for
};
// not_found "sku_not_found"; errors as read_now() and make_levels().
Result<GoodNow> read_good_now(Context&, std::string const& sku);

}  // namespace kindling::supply_module
