// modules/selection/source.h -- what is learned from, out of the store: goods with their attributes, visits, purchases, what sells.
//
// A visit is the views, clicks and additions to a basket of one session, a step each, repeats of the newest left out. A purchase history is
// the orders of one customer, a step each with all its goods; an order without a customer is a history by itself. Cancelled orders do not count.
#pragma once
#include "core/by_text.h"
#include "engines/learning/recommend/model.h"
#include "shop/context.h"
#include <limits>
#include <span>
#include <string>
#include <vector>

namespace kindling::selection {

using Numbers = ByText<std::uint32_t>;

// Products of a shop, numbered for the engine.
struct Shelf {
    std::vector<std::string> ids;
    Numbers numbers;
    recommend::Item number(std::string_view id);                        // numbers it if it is new
    std::optional<recommend::Item> find(std::string_view id) const;
};

struct Histories {
    std::vector<recommend::History> histories;
    std::vector<std::string> names;   // of each: session or customer; "" for an order without one
    std::int64_t last_seq = 0;        // of the newest row that was read
    std::int64_t events = 0;
};

struct Limits {
    std::int64_t newest_events = 400'000;  // rows of the events table that are read
    std::int64_t newest_lines = 400'000;   // order lines
    std::int64_t until_seq = std::numeric_limits<std::int64_t>::max();  // of events: as it was when this one was the newest
};

Result<recommend::Goods> read_goods(shop::Transaction&, Shelf&);
Result<Histories> read_visits(shop::Transaction&, Shelf&, Limits const& = {});
Result<Histories> read_purchases(shop::Transaction&, Shelf&, Limits const& = {});

// One step that came after `seq`: who, what, when.
struct Step {
    std::string name;
    std::vector<recommend::Item> items;
    double day = 0;
};
struct Steps {
    std::vector<Step> steps;
    std::int64_t last_seq = 0;
    std::int64_t rows = 0;
};
Result<Steps> read_new_visits(shop::Transaction&, Shelf&, std::int64_t after, std::int64_t most);
Result<Steps> read_new_purchases(shop::Transaction&, Shelf&, std::int64_t after, std::int64_t most);

// Products by units sold in the 90 days before `now`, the best first, then the newest; of a category and below when given.
struct Seller {
    std::string product_id, category_id;
    std::int64_t units = 0;   // sold within 90 days
    bool liked = false;       // three reviews or more, 4 on average or better
};
// What has a price: by what was sold within 90 days, then by what buyers say, then the newest; while too little was sold, categories take turns.
// At most `most`, and beyond these the first dozen of each category, so that a row which may hold few of one can be filled from all.
Result<std::vector<Seller>> best_sellers(shop::Transaction&, std::string_view category_id, Milliseconds now, std::size_t most);

// Is this event part of a visit that is learned from?
double history_day(Milliseconds at);  // days since the spring of 2020, as the days of histories count
bool is_interest(std::string_view kind);

}  // namespace kindling::selection
