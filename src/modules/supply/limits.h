// modules/supply/limits.h -- what a day's orders leave out because a supplier gives no more, a place holds no more or the owner's money is spent.
//
// What saves most for a unit comes first, and of whole orders what saves most for its money. The plan of today (compute.h) and the past played again (replay.h) leave out alike. Pure; O(lines log lines).
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

// Leaves `most` units at most, in packs and no fewer than the least quantity; the units that are left out. Lines come out by what they save for a unit.
double keep_most(ShopStock const&, std::vector<OrderLine>&, double most, Saves const&);
// The same over several orders for one place that has this room; of each order the units that are left out.
std::vector<double> fill_place(ShopStock const&, std::span<std::vector<OrderLine>* const> orders, double room, Saves const&);
// Most that a supplier delivers in one order; the number of a place of the settings, where the shop has it.
std::optional<double> most_of_supplier(SupplySettings const&, ShopStock const&, std::size_t supplier);
std::optional<std::size_t> place_of(ShopStock const&, PlaceRule const&);

struct Spend { double saves = 0, total = 0; };  // of one order, minor units
// Which of these orders the money pays for.
std::vector<bool> paid_for(std::span<Spend const>, double budget);

}  // namespace kindling::supply_module
