// engines/inventory/placement.h -- where in a network to keep safety stock, when every stage promises its service time and keeps it (guaranteed service).
//
// Stage j waits `inbound` periods for the slowest of its suppliers, works `time` periods and serves within `service`: it must cover the net
// replenishment time inbound + time - service, and does so with holding x bound x sqrt(net) of cost, where `bound` is the safety factor times the
// deviation of what is asked of it. The network's stages are tied by inbound_j >= service_i for every supplier i (Graves & Willems 2000).
//
// The problem is a graphical model: two whole-numbered unknowns a stage, the cost of each stage a table over its two unknowns, the arcs hard
// constraints. On a forest it is solved exactly by dynamic programming (min-sum, O(stages x time^2)). On any acyclic network the linear
// relaxation of the model's local polytope is ascended by sequential tree-reweighted message passing (Kolmogorov 2006), whose every pass
// gives a proven lower bound; plans are read off the messages and improved stage by stage, and gap = (cost - bound) / cost is returned with the plan.
// Deterministic; any number of threads, each with its own call.
#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "core/result.h"

namespace kindling::inventory {

struct Stage {
    int time = 0;             // periods of own work, 0 .. 10,000
    double holding = 0;       // of one unit per unit of time, >= 0
    double bound = 0;         // safety factor x deviation of one period's demand, >= 0: what bounds() sums up
    int inbound_at_least = 0; // of a supplier outside the network, >= 0
    int service_at_most = -1; // promised outside the network, >= 0; -1: nothing promised
};

struct Arc {
    std::uint32_t from = 0, to = 0;
    double units = 1;  // of `from` in one unit of `to`, > 0; for bounds() only
};

struct Network {
    std::vector<Stage> stages;
    std::vector<Arc> arcs;
};

struct PlacementOptions {
    double gap = 0;           // stop when the proven gap is at most this share
    int passes = 2'000;       // at most
    std::function<bool()> stop = {};  // asked after each pass; true ends with what is there
};

struct Placement {
    std::vector<int> inbound, service;  // of each stage, in periods
    std::vector<double> safety_stock;   // units
    double cost = 0;                    // of safety stock, per unit of time
    double lower_bound = 0;             // no plan in whole periods costs less
    bool forest = false;                // then the plan is the best one
    int passes = 0;
    double gap() const { return cost > 0 ? (cost - lower_bound) / cost : 0; }
};

// Reasons: inventory_input (each bad stage or arc), cyclic_network, network_too_wide (a stage with more than 10,000 periods of possible wait).
Result<Placement> place_safety_stock(const Network&, const PlacementOptions& = {});

// What each stage is asked for, from what customers ask of those they buy from (own_bound: safety factor x deviation per period): demands are
// taken as independent, so bounds add in squares, each path through the network once (units multiply along it).
Result<std::vector<double>> bounds(const Network&, std::span<const double> own_bound);

// What given service times cost; each stage waits for its slowest supplier. NaN when a stage promises more than it can keep for nothing.
double placement_cost(const Network&, std::span<const int> service);

}  // namespace kindling::inventory
