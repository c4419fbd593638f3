// engines/text/analysis/unit_table.h -- how units are spelled: the one table, for texts (units) and for conversations (modules/dialogue/measure).
#pragma once
#include <span>
#include <string_view>

#include "engines/text/analysis/units.h"

namespace kindling::text {

struct UnitSpelling {
    std::u32string_view text;  // normalised
    Unit unit;
    enum Rule : std::uint8_t {
        always,
        attached,         // Latin: no space before it ("2A", not "2 a day")
        not_before_han,   // 20平 but not 20平底锅: only before the end, punctuation, 的 or a word of a limit
    } rule = always;
};

// Longest first, so that the first match is the right one.
std::span<const UnitSpelling> units_after_number();
std::span<const UnitSpelling> units_before_number();  // $, rmb
// What is understood as the unit of a number that somebody says, or of an attribute; measures only, without money and pieces. The
// rules are for running text and do not apply there.
std::span<const UnitSpelling> units_in_talk();

}  // namespace kindling::text
