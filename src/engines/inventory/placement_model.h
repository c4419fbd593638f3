// engines/inventory/placement_model.h -- the network as a graphical model: unknowns, tables, messages. Inside placement only.
//
// Unknowns stand in an order in which suppliers come first and a stage's inbound time before its service time. Message of an edge u -> v, one vector a
// direction, in the values of the unknown it goes to. The two edges are
//     own   inbound -> service   holding x bound x sqrt(inbound + time - service), never where that is negative
//     arc   service -> inbound   0 where inbound >= service, otherwise never
#pragma once
#include <span>
#include <vector>

#include "engines/inventory/placement.h"

namespace kindling::inventory::placement {

struct Edge {
    std::uint32_t first = 0, second = 0;  // unknowns, first before second
    std::uint32_t stage = 0;
    bool own = false;
    std::vector<double> to_first, to_second;  // messages
};

struct Model {
    const Network* network = nullptr;
    std::vector<std::uint32_t> order;               // stages, suppliers first
    std::vector<std::uint32_t> inbound, service;    // unknown of each stage
    std::vector<int> size, low;                     // unknown -> number of values, the first one
    std::vector<std::vector<std::uint32_t>> before, after;  // unknown -> edges to earlier and to later unknowns
    std::vector<Edge> edges;
    std::vector<std::vector<double>> root;          // stage -> cost of a net replenishment time, 0 .. most

    double cost(std::uint32_t stage, int inbound_time, int service_time) const { return root[stage][static_cast<std::size_t>(inbound_time + network->stages[stage].time - service_time)]; }
    // out(x of the other end) = min over x of `from` [ from(x) + edge cost ]; forward: from first to second.
    void minimise(const Edge&, bool forward, std::span<const double> from, std::vector<double>& out) const;
};

Result<Model> build(const Network&);

// A plan in which each stage waits for its slowest supplier: moves single service times, and pairs (a stage and all that its customers lack), while that is cheaper.
double improve(const Model&, std::vector<int>& service);
double evaluate(const Model&, std::span<const int> service, std::vector<int>& inbound);  // infinite when a stage cannot keep its promise

}  // namespace kindling::inventory::placement
