// engines/text/analysis/quantity_scan.h -- inside of units: every number of a text with the unit it has or inherits.
#pragma once
#include "engines/text/analysis/normalise.h"
#include "engines/text/analysis/numerals.h"
#include "engines/text/analysis/units.h"

namespace kindling::text {

struct Scanned {
    double low = 0, high = 0;         // as written; equal but for 两三百, 200多
    Unit unit = Unit::none;           // none: a bare number
    std::uint32_t begin = 0, end = 0; // characters of the normalised text, the unit included
    Numeral::Script script = Numeral::Script::digits;
    bool range_with_next = false;     // "80-90cm", "80到90厘米": this is the lower end
    std::uint8_t axis = 0;            // "120x60x75"
};

struct Scan {
    Normalised normal;
    std::string_view original;
    std::vector<Scanned> items;
    std::u32string_view text() const { return normal.text; }
    // The original's character was a capital: "2A", "8G".
    bool capital(std::uint32_t at) const { auto const c = original[normal.begin[at]]; return c >= 'A' && c <= 'Z'; }
};

Scan scan_quantities(std::string_view);

// Whether `word` ends just before `at`, or begins at it, at word boundaries if it is Latin.
bool ends_with_word(std::u32string_view text, std::size_t at, std::u32string_view word);
bool starts_with_word(std::u32string_view text, std::size_t at, std::u32string_view word);

}  // namespace kindling::text
