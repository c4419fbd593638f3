// modules/assortment/facts.h -- what the shop knows of its goods, out of the store, as the engine wants it.
//
// A set is a category, or one half of a large one by price; its goods stand in for each other. One year of days, up to the newest order. A good is available on a day by the share of its
// variants (weighted by sales) that were in stock, rebuilt backwards from today's stock and the moves; from its first day on sale, and until its
// last sale when it is off sale now. Its price of a day is what was paid, carried over three days; the usual price is today's. How many shoppers came
// to a set goes with what the rest of the shop sold that day, at the level of the visits that looked at one of its goods where visits were logged
// (else as if 3 of 100 bought); what moves the set slowly, or cuts many of its prices at once, is learned apart. Its own sales are left out of that on purpose.
// Returns and stock shares are drawn to the shop's mean as far as a good is young. What share of the time a good will be in stock also counts how its supplier
// delivered (deliveries.h): of each order of the last year that was due, the share that came by its day, beside the shop's other suppliers; sixty days' worth of it where much was seen.
#pragma once
#include "engines/optimise/assortment/offers.h"
#include "engines/optimise/assortment/steadiness.h"
#include "shop/context.h"
#include <map>

namespace kindling::assortment_module {

struct GoodFacts {
    std::string product_id, title_en, title_zh, supplier_id;
    bool on_sale = false;
    assortment::Economics economics;   // price and cost as means over what is sold of the variants
    bool cost_known = false;
    double in_stock = 0, in_stock_now = 0, units_seen = 0;  // in_stock_now: share of its variants in stock on the newest day
    std::optional<double> delivered;  // share of what was due from its supplier that came by its day, mean over orders; nothing: none was due
    std::int64_t deliveries = 0;       // of so many orders
    std::vector<std::string> skus;
};

struct SetFacts {
    std::string category_id, price_band, name_en, name_zh;
    double arrivals_per_day = 0;       // of the last 91 days
    std::vector<GoodFacts> goods;
    assortment::ChoiceData data;
};

struct ShopFacts {
    std::string currency;
    Milliseconds until = 0;            // start of the first day that is not in it
    std::int64_t days = 0;
    bool arrivals_seen = false;
    assortment::Steadiness steadiness;
    double out_days = 7;               // how long a variant that sold out stayed out, in the last half year
    std::vector<SetFacts> sets;
};

// failed_precondition "nothing_sold" when there are no orders to learn from, "no_goods" without goods.
Result<ShopFacts> read_facts(shop::Transaction&, Milliseconds now, double return_cost_share, Progress const&);

}  // namespace kindling::assortment_module
