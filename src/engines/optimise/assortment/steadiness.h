// engines/optimise/assortment/steadiness.h -- how steady a shop is, from its history: what play.h needs to be as unsure as it should be.
//
// Level: four weeks' units a day beside those of the days before that are taken for their level, as ln(after / before), every fortnight. The mean square
// over the shop's own pairs, less what counting alone makes (1 / (units + 1), twice), is how unsure the next four weeks are. The same of each set beside
// the shop. Seasons to come are in it as surprises, because a level that stays is what the model assumes.
// Stock: how many days a variant that sold out stayed out. Pure; linear in the tables.
#pragma once
#include <span>
#include <vector>

namespace kindling::assortment {

struct Steadiness {
    double shop_level_deviation = 0.2, set_level_deviation = 0.15;  // of the logarithm
    bool seen = false;                                              // false: fewer than three pairs, the usual values above
};
// Units by set and day, all of one length; `level_days`: how many days before are taken for the level, at least 7.
Steadiness steadiness(std::span<std::vector<double> const> units_by_set, std::size_t level_days);

// Mean length, in days, of the times that variants were out: by variant, 1 for each day in stock and 0 for each day out, from the first day that it
// was there. Drawn to a week as if one more such time had been seen; 1 .. 60.
double usual_outage(std::span<std::vector<char> const> in_stock);

}  // namespace kindling::assortment
