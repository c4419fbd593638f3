// Any bytes: spans lie in the text, intervals are intervals, nothing is not a number.
#include <cmath>

#include "engines/text/analysis/units.h"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace kindling::text;
    std::string_view const text(reinterpret_cast<char const*>(data), size);
    for (auto const& q : find_quantities(text))
        if (q.begin >= q.end || q.end > size || std::isnan(q.canonical)) __builtin_trap();
    for (auto const& c : find_constraints(text)) {
        if (c.begin >= c.end || c.end > size) __builtin_trap();
        if (std::isnan(c.min) || std::isnan(c.max) || !(c.min <= c.max)) __builtin_trap();
    }
    return 0;
}
