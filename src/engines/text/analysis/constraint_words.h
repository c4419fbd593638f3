// engines/text/analysis/constraint_words.h -- inside of units: the words around a number that make it a limit.
#pragma once
#include <span>
#include <string_view>

#include "engines/text/analysis/units.h"

namespace kindling::text {

enum class Bound : std::uint8_t { none, at_most, below, at_least, above, about, exactly };

struct BoundWord {
    std::u32string_view text;
    Bound bound;
};

struct AspectWord {
    std::u32string_view text;
    Aspect aspect;
    std::u32string_view not_before = {};  // 高 is no height in 80cm高跟鞋
};

// All longest first.
std::span<const BoundWord> bounds_before();
std::span<const BoundWord> bounds_after();
std::span<const AspectWord> aspects_before();
std::span<const AspectWord> aspects_after();
std::span<const std::u32string_view> negations();  // 不要, not: right before a bound they turn it round, before a number they exclude it
std::span<const std::u32string_view> fillers();    // 在, 是, of: may stand between a bound and its number
std::span<const std::u32string_view> tolerances(); // ±, 误差: the number after them is one

}  // namespace kindling::text
