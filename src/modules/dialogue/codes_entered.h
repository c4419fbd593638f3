// modules/dialogue/codes_entered.h -- a promotion's code in what was said: "use code WELCOME20", 用优惠码HELLO, "I have a coupon: SAVE99".
//
// Pure; any thread; linear in the text.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace kindling::dialogue {

// `sure`: written as codes are (capitals, or letters and digits); else it is one only if the shop has it.
struct CodeSaid { std::string code; bool sure = false; };
std::optional<CodeSaid> code_said(std::string_view said);

}  // namespace kindling::dialogue
