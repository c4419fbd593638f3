// modules/dialogue/reason_told.h -- why something goes back, as it was said.
//
// What breaks or stops in use is a matter of quality; damaged is what came so. "Leaks after two days", 用了一周就不热了: quality; 收到时就碎了: damaged. What is
// only said to be broken, with no word of when, is taken as it came. A reason that is denied ("not damaged, …", 不是破损) is none.
//
// Pure; any thread; linear in the text.
#pragma once
#include "core/text.h"
#include <span>
#include <string>
#include <string_view>

namespace kindling::dialogue {

struct ReturnReason { char const* name; std::u32string_view cues; Text label; };
std::span<ReturnReason const> return_reasons();
// The name of the reason; empty: none was told. `t` as surface_of has it.
std::string reason_told(std::u32string_view t);

}  // namespace kindling::dialogue
