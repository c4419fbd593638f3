// modules/supply/replay.h -- a stretch of the shop's past, played again by other rules: what the plan would have served and cost, what the naive rule, what was.
//
// All begin with the stock of the first morning and the orders that were under way then.
//   plans   order as the plan does (order_day.h, order_of.h): on order days, on another day what cannot wait for one, filled up to the least order or put off; by levels that were learned only from the days before
//           (again every `relearn_days`); one for each rule of goods that seldom sell, then one for each policy that all goods could be ordered by. What people set by hand is followed on its days; where they did,
//           the first plan is played without it, too
//   naive   orders on order days what it sold since the one before: the position it began with is kept, and no more is thought of but packs and least quantities; a least order value is not asked of it (in its favour)
// Orders arrive after lead times drawn, by seed, from what was known of the supplier before the stretch; all get the same draws. Demand is what was
// sold; of days on which the shelf was empty it is unknown and drawn (Poisson, at the rate expected then), the same for all. What is missing is lost. What expires is thrown away, oldest first sold; what an order cost
// less by a step of the price list counts when its units are sold, so that much bought at the end earns nothing yet.
// Goods count that had 28 known days before the stretch. Costs: holding (money and storage), orders and lines, margin of what was missing, what expired, less what
// price steps saved; of what was, the last two are not known. What suppliers give and places hold at most, and the owner's money of a night, bind the plans as they bind the plan of today (limits.h), and the naive
// rule with them: what it cannot order waits for its next day, and of an order that the money does not pay for whole it, too, buys a part. Of a place only the goods count that are played. O(goods x days) and a plan for each rule and relearning. Deterministic.
#pragma once
#include "modules/supply/levels.h"

namespace kindling::supply_module {

struct ReplayOptions {
    Day from = 0, until = 0;     // [from, until), within the window of ShopStock
    int relearn_days = 7;        // the plan learns every night; order days are usually a week apart
    int forest_days = 7;         // how long what goods that seldom sell learned from each other is kept; it moves little in weeks and is most of the work
    std::uint64_t seed = 1;
    std::vector<LevelRule> rules = {LevelRule::forest};  // at least one
    std::vector<OrderPolicy> policies = {};              // of all goods, by the first rule and without what people set
    std::vector<HandSpan> by_hand = {};                  // what people set, and on which days
    unsigned threads = 1;
    // Demand of a row and day where it is known better than by sales (proofs on the simulator); NaN: as sold.
    std::function<double(std::size_t stored, Day)> truth = {};
};

struct RuleOutcome {
    double asked = 0, served = 0;            // units
    double planned = 0;                      // of these, what the levels of a plan were to serve: less than promised where more would lie too long or earn too little (levels.h); not of naive and actual
    double settled_asked = 0, settled_served = 0;  // of these, from the day on which a good's first order of the stretch came: before it nobody serves more than the opening stock lets them
    double stock_minor = 0;                  // cost of what is on shelves, mean of the days
    double holding_minor = 0, ordering_minor = 0, missed_minor = 0, expired_minor = 0, price_saved_minor = 0;
    double orders = 0, lines = 0;
    std::vector<double> stock_by_day, asked_by_day, served_by_day;
    double fill_rate() const { return asked > 0 ? served / asked : 1; }
    double settled_fill_rate() const { return settled_asked > 0 ? settled_served / settled_asked : 1; }
    double cost_minor() const { return holding_minor + ordering_minor + missed_minor + expired_minor - price_saved_minor; }
};

struct Replay {
    std::vector<RuleOutcome> plans;          // of ReplayOptions::rules, then of its policies
    std::optional<RuleOutcome> without_hand; // where something was set by hand
    RuleOutcome naive;
    std::optional<RuleOutcome> actual;       // where stock is counted
    double promised = 0;                     // fill rate, by units asked for
    std::size_t goods = 0, days = 0;
    double drawn_units = 0;                  // of the demand, on days with empty shelves
};

// failed_precondition "history_too_short": fewer than 60 days before `from`. unavailable "cancelled".
Result<Replay> replay(ShopStock const&, SupplySettings const& settings, ReplayOptions const&, Progress const&);

}  // namespace kindling::supply_module
