// modules/supply/limits.h -- what a day's orders leave out because a supplier gives no more, a place holds no more or the owner's money is spent.
//
// What saves most for a unit comes first, and of orders what saves most for its money. The plan of today (compute.h) and the past played again (replay.h) leave out alike. Pure; O(lines log lines), each line
// is asked once what it saves.
#pragma once
#include "modules/supply/levels.h"
#include <functional>
#include <span>

namespace kindling::supply_module {

struct Cut { double mean = 0, variance = 0; };
// Mean and variance of min(max(D - x, 0), q): what an order of q saves at position x, in units.
Cut saved(inventory::Demand const&, double x, double q);
// Margin that an order of q saves at position x, less what keeping it costs until the order after this one; minor units.
double saves_minor(Level const&, double x, double q);

struct OrderLine { std::size_t i = 0; double quantity = 0; };  // i: row of ShopStock::stored
using Saves = std::function<double(OrderLine const&)>;
using UnitCost = std::function<double(OrderLine const&)>;  // minor units, of one in an order of so many

// Leaves `most` units at most, in packs and no fewer than the least quantity; the units that are left out. Lines come out by what they save for a unit.
double keep_most(ShopStock const&, std::vector<OrderLine>&, double most, Saves const&);
// The same over several orders for one place that has this room; of each order the units that are left out.
std::vector<double> fill_place(ShopStock const&, std::span<std::vector<OrderLine>* const> orders, double room, Saves const&);
// Most that a supplier delivers in one order; the number of a place of the settings, where the shop has it.
std::optional<double> most_of_supplier(SupplySettings const&, ShopStock const&, std::size_t supplier);
std::optional<std::size_t> place_of(ShopStock const&, PlaceRule const&);

// Units of `wished` that `ordered` has not, line by line of the former.
std::vector<double> not_ordered(std::span<OrderLine const> wished, std::span<OrderLine const> ordered);

// An order as the night's money sees it: the least value that its supplier takes, and what an order costs beside the goods; minor units.
struct Priced {
    std::vector<OrderLine>* lines = nullptr;
    double least = 0, order_cost = 0;
};
// Leaves what the money pays for: orders by what they save for their money, and of one that it does not pay for whole what saves most for a unit of it, in packs and no fewer than least quantities, as long as that is
// still worth the supplier's least order and saves more than an order costs. Of each the units that are left out.
std::vector<double> spend(ShopStock const&, std::span<Priced const>, double budget, Saves const&, UnitCost const&);

}  // namespace kindling::supply_module
