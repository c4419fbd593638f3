// modules/dialogue/limits_said.h -- what the words around a number make of its limit, beyond the tables of measure.cpp.
//
// A comparative that is refused is the other limit: "nothing over 25", "I don't want to spend more than 25", 不想花超过25 and 超过25的不要 are ceilings, "nothing
// under 20" is a floor. The refusal stands before the comparative with only words of spending and wanting between, or right behind the amount. "I don't mind
// going over 50" refuses nothing, and 有没有超过100的 asks.
//
// Pure; any thread; linear in the clause.
#pragma once
#include "modules/dialogue/measure.h"

namespace kindling::dialogue {

// `word`: the limit as it was said; `begin`: of it, moved to the refusal where there is one.
Quantity::Limit refused_before(std::u32string_view text, std::u32string_view word, Quantity::Limit, std::size_t& begin);
// `end`: of the amount, moved behind the refusal.
Quantity::Limit refused_behind(std::u32string_view text, Quantity::Limit, std::size_t& end);

}  // namespace kindling::dialogue
