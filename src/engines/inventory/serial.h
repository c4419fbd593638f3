// engines/inventory/serial.h -- stock in a chain of stages, each fed by the next: echelon base stock, exact and by newsvendor bounds.
//
// Demand comes to stage 0; stage j is fed by stage j + 1, the last by a supplier who always has. Unmet demand waits. Clark & Scarf 1960 in the
// recursion of Chen & Zheng 1994: with the demand D_j of a stage's lead time,
//     cost_j(y) = E [ h_j (y - D_j) + penalty_j(y - D_j) ],   penalty_0(x) = (stockout + all h) x-,   penalty_{j+1}(x) = cost_j(min(x, S_j))
// and S_j minimises cost_j. Shang & Song 2003: S_j lies between two newsvendor levels, and their mean is a good policy.
// An assembly system becomes such a chain by Rosling 1989. O(stages x positions x demands).
#pragma once
#include <optional>
#include <span>

#include "engines/inventory/demand.h"

namespace kindling::inventory {

struct SerialStage {
    double echelon_holding = 0;  // per unit and unit of time: what holding here costs more than one stage up, > 0
    double lead_time = 0;        // >= 0; whole periods for an empirical demand
};

// Where the probability beyond `lead_tail` goes: over all demands kept, to the first and the last, or (published programs) nowhere.
enum class Tails { spread, at_ends, dropped };

// How positions and demands are cut into steps. Whole demand is never cut: its answer is exact up to the tails.
struct SerialGrid {
    std::size_t positions = 4000, demands = 400;  // for continuous demand
    // Take the nearest position, as published reference programs do, instead of the line between two. Only to reproduce their figures.
    bool nearest = false;
    Tails tails = Tails::spread;
    double lead_tail = 1e-9, sum_lower_tail = 1e-9, sum_upper_tail = 1e-14;
    std::optional<double> lowest = {};  // position; without: the least minus the most demand of all lead times
};

struct SerialPolicy {
    std::vector<double> echelon_base_stock;  // stage 0 first
    double cost = 0;                         // per unit of time; stock on the way between stages costs what it does one stage up, that from the supplier nothing
};

// demand: per unit of time. stockout: per unit owed and unit of time, > 0. Reasons inventory_input, demand_too_wide.
Result<SerialPolicy> serial_exact(std::span<const SerialStage>, double stockout, const Demand&, const SerialGrid& = {});
// What given echelon levels cost.
Result<double> serial_cost(std::span<const SerialStage>, double stockout, const Demand&, std::span<const double> echelon_base_stock, const SerialGrid& = {});

struct SerialBounds {
    std::vector<double> lower, upper, middle;  // of the best echelon base stock
};
Result<SerialBounds> serial_newsvendor_bounds(std::span<const SerialStage>, double stockout, const Demand&);

}  // namespace kindling::inventory
