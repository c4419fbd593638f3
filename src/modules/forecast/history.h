// modules/forecast/history.h -- what was asked for: units by variant and day out of the store, and the days on which a shelf was empty.
//
// Days are the shop's own (its time zone). Where the history ends is shop/orders/history_end.h. A day counts as empty when it began without free stock anywhere and nothing came in: what sold then says nothing
// of what was wanted. Stock is rebuilt backwards from today's. Places are those that goods left from (moves of kind "sold") in the last half year; `left` has what left them on all days.
// Goods no longer on sale stay in the history, so that sums of the past are whole. Cancelled orders never count, nor lines that the same buyer had credited whole within a week or that bill again what was credited that day; other negative lines and returns stand apart.
#pragma once
#include "core/progress.h"
#include "shop/context.h"
#include <array>
#include <span>

namespace kindling::forecast {

struct DayUnits {
    std::int32_t day = 0, units = 0;  // day: counted from the first of the history
};

// What of a good left a place on a day.
struct LeftUnits {
    std::int32_t day = 0;
    std::uint16_t place = 0;          // of History::places
    float units = 0;
};

struct GoodHistory {
    std::string sku, product_id;
    std::int32_t category = -1;       // index into History::categories; -1: none
    bool on_sale = false;
    std::int32_t begun = -1;          // day it was made, first stocked or first sold, whichever is earliest; -1: after the history
    std::vector<DayUnits> sold;       // ascending
    std::vector<std::pair<std::int32_t, std::int32_t>> empty;  // days [from, to) with an empty shelf
    double returned = 0;              // units that came back in the days of the history
    std::vector<float> by_place;      // units that left each place; empty where moves tell nothing
    std::vector<std::string> attributes;  // as "name:value", sorted: brand, price and what the product is; not kept
    std::int64_t price_minor = 0;     // not kept
    std::vector<LeftUnits> left = {};  // by day, then place; not kept
    std::vector<std::pair<std::int32_t, float>> lifted = {};  // days of promotions that were for everybody, and by what factor they lifted demand (planned.h); not kept
    std::vector<std::pair<std::int32_t, float>> stays = {};   // days of cuts of price that are left in (due.h), and by what factor they lifted demand; not kept
    bool cut_stays = false;  // a promotion of its last four weeks is in what is learned from (planned.h); not kept

    double total() const { double sum = 0; for (auto const& d : sold) sum += d.units; return sum; }
};

struct CategoryNode {
    std::string category_id;
    std::int32_t parent = -1;
};

// Weather by day, the mean over places; not kept.
struct DailyWeather {
    Day first = 0;
    std::vector<float> temperature = {}, rain = {};  // °C, mm; NaN: not known
    std::size_t ahead = 0;                           // days from the end of the newest history on until the last that is foretold, gaps of two days at most
};

struct History {
    Day first = 0, end = 0;           // days first .. end - 1
    std::vector<CategoryNode> categories;
    std::vector<std::string> places;
    std::vector<GoodHistory> goods;   // by sku
    DailyWeather weather = {};
    std::vector<std::int32_t> closed = {};  // days on which a shop that sells on nearly every such weekday sold nothing at all; ascending
    std::size_t days() const { return static_cast<std::size_t>(end - first); }
    // Whether a category is `of` or lies under it; survives a tree that bites its tail.
    bool under(std::int32_t category, std::int32_t of) const;
};

// The first day that is not in the whole history; in a moment. failed_precondition "nothing_sold" without orders.
Result<Day> history_end(shop::Transaction&, Milliseconds now);
// until: the first day that is not in it; nothing: as above. failed_precondition "nothing_sold" without orders, invalid_argument with /until where none was placed before it.
Result<History> read_history(shop::Transaction&, Milliseconds now, std::optional<Day> until, Progress const&);

// No day counts for more when learning: five times the ninth tenth of the days that sold (ten times the middle one of fewer than ten). One order of 80,000 is no demand.
float greatest_day(GoodHistory const&);

// Units asked for by day, as if no promotion had been: what was sold, at most greatest_day(), less what promotions lifted; on days with an empty shelf what the same weekday of earlier weeks sold.
// So are `closed` days: History::closed.
std::vector<float> demand_of(GoodHistory const&, std::size_t days, std::span<std::int32_t const> closed = {});

// For History::closed: days after the first sale without a unit, of weekdays of which three quarters sold, eight weeks at least.
std::vector<std::int32_t> closed_days(History const&);
// Weekdays (day of the history modulo 7) of which none of the last year before `day` sold, eight at least. sold: units of the shop by day.
std::array<bool, 7> never_sold(std::span<double const> sold, std::size_t day);

inline constexpr std::size_t most_days = 1100;

}  // namespace kindling::forecast
