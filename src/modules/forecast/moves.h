// modules/forecast/moves.h -- logarithms of factors by day that move the goods of a category: what the year before did, how to apply it, how far the result missed.
//
// The year before: a week around the same day of last year over the four weeks that led to the origin of then, a category's drawn to the shop's by its volume.
#pragma once
#include "modules/forecast/spread.h"

namespace kindling::forecast {

// Rows: the shop, then each category with goods, as the first sums of Ground::structure are; logarithms of factors by day.
using Moves = std::vector<std::vector<double>>;

std::size_t move_rows(Ground const&);
// The sum that each good's category is, or the shop.
std::vector<std::size_t> nearest_sums(Ground const&);
// Empty when there is no year. `sums`: of the rows, the days before the origin at least.
Moves year_before(Ground const&, std::vector<std::vector<double>> const& sums, std::size_t origin, std::size_t horizon);
// Of each row and day before the origin: log of (the sum / the sum without what cuts of price lifted that stay in it). Empty where none does.
std::vector<std::vector<double>> cuts_in(Ground const&, std::size_t rows, std::size_t origin);
// What of year_before such cuts did, 0 or more; empty: nothing.
Moves cuts_of_year(Ground const&, std::size_t origin, std::size_t horizon);
// Whether 13 weeks of the last 52 (they may begin in one year and end in the next) held seven tenths of what was sold; not of fewer days than a year or 50 units.
bool sells_in_part_of_year(std::span<double const> days);
Moves added_moves(Moves const& shift, double of_shift, Moves const& season, double of_season);  // season may be empty
Means moved(Means const& from, std::span<std::size_t const> nearest, Moves const&, double power);
// WAPE of the shop and of its categories, added.
double missed(Ground const&, BackTest const&, Means&&);

}  // namespace kindling::forecast
