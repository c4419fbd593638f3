// modules/dialogue/one_unit.h -- amounts of one kind side by side, in one unit.
//
// By itself an amount stands in the unit in which people say it: "5 h", "330 min", "900 ml", "1.2 L". Beside each other they are easier to compare as "5 h" and
// "5.5 h". The unit of the largest is taken, and a smaller one where that would need more than two decimals.
//
// Pure; any thread; linear in the amounts.
#pragma once
#include "modules/dialogue/catalogue_view.h"

namespace kindling::dialogue {

struct WrittenUnit { std::string label; double factor = 1; };   // in the attribute's base
// Nothing where the amounts stand in one unit as they are, or in units that no other can stand for.
std::optional<WrittenUnit> one_unit(std::span<double const> amounts, AttributeInfo const&, Locale);
std::string amount_in(double in_base, WrittenUnit const&, Locale);
// Every way in which this amount may stand beside others.
std::vector<std::string> amounts_in_units(double in_base, AttributeInfo const&, Locale);

}  // namespace kindling::dialogue
