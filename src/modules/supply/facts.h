// modules/supply/facts.h -- what the shop knows of its stock: goods, places, what is here and on the way, sales by day, and how long suppliers took.
//
// One row (`Stored`) for a good at a place. Units sold on a day are those of the orders; the place is that of the stock moves of kind sold, and what
// no move explains belongs to the good's home, the place that has most of it. A day on which the shelf was empty from morning on and nothing came is
// unknown (NaN), not zero; stock of past days is rebuilt backwards from today's and the moves. Days are the shop's own (time zone, ICU).
// `today` is where the shop's history ends (shop/orders/history_end.h), as for its forecast: a shop whose records ended is planned as of their end. Days at the end without any order of the shop are unknown.
#pragma once
#include "modules/supply/api.h"
#include <unordered_map>

namespace kindling::supply_module {

struct Good {
    std::string sku, product_id, title_en, title_zh, category_id, supplier_id;
    bool on_sale = false, cost_known = false;
    double price = 0, cost = 0;  // minor units
    SupplyTerm term;             // of its supplier
};

struct Coming {
    Day day = 0;
    double units = 0;
    bool late = false;
    Day ordered = 0;
};

// Goods that came from an order in the window; a back-test begins with what was under way then.
struct Came {
    Day ordered = 0, arrived = 0;
    double units = 0;
};

struct Stored {
    std::size_t good = 0, place = 0, supplier = no_supplier;
    bool counted = false;                  // stock is kept for it
    double on_hand = 0, reserved = 0, on_order = 0;
    std::vector<Coming> coming;
    std::vector<Came> came;
    struct Batch { Day arrived = 0; double units = 0; };
    std::vector<Batch> batches;            // what is here, oldest first, by first in, first out; only of goods that expire
    std::size_t begun = 0;                 // first day (index) with stock or a sale
    std::vector<float> sold;               // by day of the window; NaN: unknown
    std::vector<float> stock;              // at the end of each day; empty when not counted
    static constexpr std::size_t no_supplier = static_cast<std::size_t>(-1);
};

struct SupplierFacts {
    std::string supplier_id, name;
    std::optional<double> promised_days, promised_deviation;
    double minimum_order_minor = 0;
    struct Seen { Day ordered = 0; int days = 0; };
    std::vector<Seen> seen;                // orders received
    double ordered = 0, delivered = 0;     // units of these
    std::int64_t late = 0;
    std::vector<std::pair<Day, std::size_t>> ordered_on;  // day and number of lines of each order of the last two years
    double weekday_orders[7] = {};         // of the last year, Monday first
};

struct PlaceFacts {
    std::string place_id, kind, name_en, name_zh;
};

struct ShopStock {
    std::string currency;
    Day today = 0, first = 0;              // the window is first .. today - 1; today is planned for
    Day sold_until = 0;                    // day after the newest order, at most today; 0: today
    Day facts_until() const { return sold_until ? sold_until : today; }
    std::size_t days = 0;
    std::vector<Good> goods;
    std::vector<PlaceFacts> places;
    std::vector<SupplierFacts> suppliers;
    std::vector<Stored> stored;            // ordered by SKU, place
};

// Whether lots matter: packs, a least or most order, price steps, a shelf life.
inline bool has_terms(SupplyTerm const& t) { return t.pack_size > 1 || t.minimum_quantity > 1 || t.most_quantity || !t.price_steps.empty() || t.shelf_life_days; }
// Cost of one unit in an order of so many: the last price step that it reaches, else `usual`.
std::int64_t unit_cost_minor(SupplyTerm const&, std::int64_t quantity, std::int64_t usual);

// `now` decides the day. failed_precondition "nothing_sold" without any order, "no_goods" without variants; unavailable "cancelled".
Result<ShopStock> read_stock(shop::Transaction&, Milliseconds now, Progress const&);

Result<SupplySettings> read_settings(shop::Transaction&);
// With what was left out filled in: amounts by the currency, targets by class.
SupplySettings filled(SupplySettings, std::string_view currency);
// What one order costs beside its goods, minor units, by the supplier's rule or else the shop's. Settings are filled; `supplier` may be past the last: unknown.
double order_cost(SupplySettings const&, ShopStock const&, std::size_t supplier);

}  // namespace kindling::supply_module
