// engines/text/analysis/unit_table.h -- inside of units: how units and numbers are spelled.
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

}  // namespace kindling::text
