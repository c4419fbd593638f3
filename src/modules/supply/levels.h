// modules/supply/levels.h -- the level of every good at every place: demand of the lead time and of lead time + review, and the policy that keeps the promise.
//
// An order of the next order day (w days from now) arrives after L days, the one after it R days later: the level must last for w + L + R days.
// Its distribution is the forecast's for each time that the supplier takes, mixed as it was seen to take it (lead_demand.h). Goods that seldom sell take theirs from all of them together (seldom.h), at three lead times.
// inventory::review_policy then finds the least level that keeps the promised fill rate, or cycle service, with packs, least order and shelf life; each step of a price
// list is tried as a least order with its price. The promise is by what was set for the supplier, or by class: ABC by revenue of 180 days (80, 15, 5 %), XYZ by the variation of weekly sales (< 0.5, < 1).
//
// A promise is no reason to fill shelves: no level leaves more than sells in the shop's overstock_days (or twice the protection time) with a chance of nine tenths, nor more than sells in one and a half times of them, of a good that was not asked for on slow_days no more than the protection
// time needs, and of goods that seldom sell the level is lowered as long as the units that it would keep longer cost more than the margin that they save; at the end none is kept. One unit, a pack and
// the least order are exempt. What was lowered says why (Level::less), and its fill rate is what it then serves. What people set stays as they set it.
//
// A fill rate that several goods promise (by class, or for a supplier) they keep together: each serves of it what costs least (shared_promise.h, Level::aim), and what limits (how long a level may lie, shelf life, what a unit earns) leave out others make up for. A cycle service, and
// what people promise or set of one good, each keeps for itself, and the others share without it. Goods whose stock is counted and those whose is not share apart.
//
// Which policy: the cheapest that the terms allow, unless the owner chose one for a supplier or people one for a good. (r, Q) is looked at every day and pays the whole cost of an
// order by itself: w = 0, R = 1, Q of inventory::reorder_exact with a unit that is owed at holding x target / (1 - target), r the least that then keeps the promise. A season is seasons.h.
#pragma once
#include "engines/inventory/review_policy.h"
#include "modules/supply/demand.h"
#include "modules/supply/lead_time.h"
#include "modules/supply/seldom.h"
#include <map>

namespace kindling::supply_module {

// What a person set for a good at a place (by_hand.h): levels, of which either may be left to the plan, another promise, or how it is ordered.
struct HandLevel {
    std::string level_id;
    std::optional<double> reorder_level, order_up_to, fill_rate, quantity;
    Day last_day = 0;
    OrderPolicy policy = OrderPolicy::by_cost;
    std::optional<ServiceKind> service = {};  // what is promised of it; as of its class or supplier where left out
};

// Of one row, on the days [first, end).
struct HandSpan {
    std::size_t stored = 0;
    Day first = 0, end = 0;
    HandLevel level;
};

// Why a good is kept below what its promise asks for: cover, it would lie longer than overstock_days; slow, nobody asked for it on slow_days; worth, a further unit costs more than it earns; on_demand: so does the first.
enum class Less { no, cover, slow, worth, on_demand };

constexpr double least_asked = 1.0 / 365;  // fewer than one unit a year is nothing asked for

struct Level {
    inventory::ReviewPolicy policy;
    Less less = Less::no;
    std::optional<inventory::ReviewPolicy> own;  // where a person set a level: what the plan would have followed
    bool set_by_hand = false;              // the levels themselves were set, not a promise
    Day by_hand_until = 0;                 // last day of what was set
    inventory::Demand lead, protection;    // from today: until an order of the next order day comes; until the one after comes
    double target = 0, daily = 0;          // the share that is promised; units a day over the protection time
    ServiceKind service = ServiceKind::fill_rate;  // what `target` is a share of
    double aim = 0;                        // what it has to serve of `target`: itself, or where its class keeps a fill rate together (shared_promise.h) its part of it
    double fill_target = 0;                // the promise as a fill rate: itself, or what the level that keeps a cycle service serves
    double margin = 0, cost = 0;           // minor units a unit; cost as the chosen price step says
    double holding_per_day = 0;            // of a unit
    double fixed = 0;                      // minor units an order of this good costs, its share of the order included (every_day: all of the order)
    std::optional<double> own_fixed;       // of `own`
    double year_minor = 0;                 // keeping and ordering by the policy
    double wait_days = 0;                  // until the order day that `lead` and `protection` count from
    double review_days = 1;                // between two looks at it
    double protection_days = 0;            // of wait, mean lead time and review
    OrderPolicy form = OrderPolicy::by_cost;
    bool every_day = false;                // ordered on any day
    double just_enough = 0;                // position that keeps the promise until the next order without anything beyond; only of goods with terms (lots.h)
    LevelRule together = LevelRule::moments;  // what a good that seldom sells was planned by
    bool limited = false, by_shelf_life = false;
    bool failed = false;                   // its figures are beyond what can be computed; everything else is 0
    char abc = 'C', xyz = 'Z';
};

struct Levels {
    std::vector<LeadTime> leads;           // of ShopStock::suppliers, then the one of goods without a supplier
    std::vector<Level> of;                 // of ShopStock::stored
    std::map<std::size_t, Level> own;      // of rows that people set levels for: what the plan would have followed
    std::size_t lead_number(Stored const& s) const { return s.supplier == Stored::no_supplier ? leads.size() - 1 : s.supplier; }
    LeadTime const& lead(Stored const& s) const { return leads[lead_number(s)]; }
};

// Which order the levels count from: that of the supplier's next order day, for which today's stock must last too; or one of the origin itself, whatever day it is: levels to follow on later order days, when the past
// is played again and levels are not learned every night.
enum class FirstOrder { next_order_day, origin };

// What goods that seldom sell learned from each other, by days of lead or protection time; nothing where there was too little history.
using SeldomPools = std::map<int, std::optional<SeldomDemand>>;

struct LevelOptions {
    Day origin = 0;                        // today, or an earlier day when the past is played again
    LevelRule rule = LevelRule::forest;    // of goods that seldom sell
    unsigned threads = 1;
    std::map<std::size_t, HandLevel> by_hand = {};  // by row of ShopStock::stored
    PastOrders past_orders = PastOrders::count;
    std::optional<OrderPolicy> policy = {};         // of all goods, whatever the settings say of their suppliers
    std::vector<std::size_t> rows = {};             // of ShopStock::stored that are computed; empty: all. Of some alone, each keeps its promise for itself, or does its part of one as `aims` has it
    std::map<std::size_t, double> aims = {};        // what rows have to serve of a promise that goods keep together, where that is known; used with `rows` and by compare_levels
    FirstOrder first_order = FirstOrder::next_order_day;
    SeldomPools* pools = nullptr;                   // used as they stand, and filled with what is missing: who asks for levels of many origins, keeps them for a while
};

// Days before day `end` of the window since a unit was sold on which the shelf was not known to be empty; 400 where none was sold.
std::int64_t days_without_sale(Stored const&, std::size_t end);

// What is ordered without lots of its own choice: how it is ordered was chosen.
inline bool as_chosen(Level const& l) { return l.set_by_hand || l.form != OrderPolicy::by_cost; }

struct ComparedLevels {
    std::vector<Level> levels;             // what make_levels would say of the row, then one for each way that was asked for
    LeadTime lead;                         // of its supplier
};

// The levels of one row in these ways. O(a plan) for goods that seldom sell, otherwise milliseconds.
Result<ComparedLevels> compare_levels(ShopStock const&, std::span<DemandAhead const>, SupplySettings const& settings, LevelOptions const&, std::size_t row, std::span<HandLevel const>, Progress const&);

// `settings` filled. Errors: unavailable "cancelled".
Result<Levels> make_levels(ShopStock const&, std::span<DemandAhead const>, SupplySettings const& settings, LevelOptions const&, Progress const&);

}  // namespace kindling::supply_module
