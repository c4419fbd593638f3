// modules/supply/lots.h -- how much to order at once where a supplier has terms: packs, least and most orders, price steps, shelf life.
//
// The policy of levels.h says when a good must be ordered and what it needs by then; it sees steady demand and one price. Here the weeks to come are laid out review by review as they are expected (seasons, holidays,
// promotions, edits), and a first order q is judged by what it costs itself and what the best orders after it cost: dynamic lot sizing with limits (engines/inventory/lot_size; Wagner & Whitin 1958), exact
// for the expected demand, once for each price that later orders could reach; what is left at the end is worth its price. Tried are the policy's own quantity, the first order of the
// best plan at each price, and each quantity from which a lower price counts, so by its own reckoning the choice never costs more than the policy. The safety that levels.h asks for is a floor: no q below it.
// O(reviews x units) for each price, units counted in packs where packs are many; about 1 ms.
#pragma once
#include <optional>
#include <span>
#include <vector>

namespace kindling::supply_module {

struct LotPrice {
    double from = 1, unit_cost = 0;      // all units of an order of so many or more
};

struct LotQuestion {
    double needed = 0;                   // units that the order must bring so that the promise is kept until the next one; above 0
    std::vector<double> later;           // units expected in each review after that
    double fixed = 0;                    // of an order of this good
    double holding_share = 0;            // of a unit's cost, for one review
    double pack = 1, minimum = 1;
    std::optional<double> most;          // of one order
    std::size_t sells_within = 0;        // reviews, counted from the arrival of an order, in which a unit can be sold; 0: it keeps
    std::vector<LotPrice> prices;        // by `from`, the first from 1 on
};

struct LotChoice {
    double quantity = 0, unit_cost = 0;
    double cost = 0, policy_cost = 0;    // over the reviews laid out, buying included, what is left credited
    std::size_t reviews = 0;             // later ones that it covers in full
};

// Nothing when no candidate is possible within the limits (the policy's quantity stands).
std::optional<LotChoice> choose_lot(LotQuestion const&, double policy_quantity);

}  // namespace kindling::supply_module
