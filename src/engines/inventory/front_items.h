// engines/inventory/front_items.h -- which goods to keep in a small warehouse near the customers, so that the most orders can be served from it alone.
//
// An order is served when all its goods are there; one missing good sends the whole order (or a second parcel) from afar, so the best sellers are not
// always the best choice. Reverse exclusion (as in Li et al., JD.com, "Product assortment at front distribution centers"): begin with all goods, and
// again and again take out the good that the fewest still served orders need, which unserves them. O(lines log goods); a heuristic: front_items_test holds it
// against every choice on small cases. Deterministic: equal goods leave in the order of their numbers, highest first.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "core/result.h"

namespace kindling::inventory {

struct FrontChoice {
    std::vector<std::uint32_t> goods;   // that stay, ascending
    double served = 0;                  // weight of the orders that they serve
    double total = 0;                   // weight of all orders
    double best_sellers = 0;            // weight served by as many goods, chosen by how many orders they are in
};

// orders: numbers of goods below `goods`, each once in an order; weights: one for each order, >= 0, or none (each counts 1). places: how many goods fit.
// Reason inventory_input for a good that does not exist or a weight below 0.
Result<FrontChoice> front_items(std::size_t goods, std::span<std::vector<std::uint32_t> const> orders, std::span<double const> weights, std::size_t places);

}  // namespace kindling::inventory
