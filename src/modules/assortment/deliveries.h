// modules/assortment/deliveries.h -- how suppliers kept their word: of what was due, the share that was here by its day.
//
// Late counts as not come: a shopper who finds nothing does not wait for it. An order without an expected day is due after the lead time that its supplier promises; one of
// neither is left out, and so is what is not due yet. What came by the day is read from the stock moves that name the order (supply.receive_order writes them), good by good and no
// more than was ordered. An order without moves, recorded elsewhere, came as a whole when it was closed: all that was ordered where no line says how much came. One without moves of
// which something came but nobody said when is left out.
#pragma once
#include "core/time.h"
#include "shop/store/store.h"
#include <map>
#include <string>

namespace kindling::assortment_module {

struct Delivered {
    double came = 0;          // sum over orders of the share that came by its day, each 0 .. 1
    std::int64_t orders = 0;  // that were due
};

// By supplier, of orders placed from `from` on and due before the day `end`. `lead_days`: promised lead times in days, by supplier.
Result<std::map<std::string, Delivered>> read_deliveries(shop::Transaction&, Milliseconds from, Day end, std::map<std::string, double> const& lead_days);

}  // namespace kindling::assortment_module
