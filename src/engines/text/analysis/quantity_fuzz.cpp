// Any bytes: spans lie in the text, intervals are intervals, nothing is not a number.
#include <cmath>

#include "core/fuzz_seeds.h"
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

KINDLING_FUZZ_SEEDS(
    "裙长85厘米±1，一百到二百元"sv,
    "under $19.99, 3-5 kg, 1e3 mm, 2½ inches, 50% off"sv,
    "5寸以上 不超过三千五百毫安 十来斤"sv,
    "between 10 and 20 cm, at least 1.5l, 1,234.5 g"sv)
