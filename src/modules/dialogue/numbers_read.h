// modules/dialogue/numbers_read.h -- the numbers of a text by themselves: Arabic, Chinese and English ones, and Chinese ones that are only about right.
//
// Approximate numbers are two neighbouring numerals with one scale: 两三百 is 200 to 300, 五六十 50 to 60, 一百二三十 120 to 130; without a scale only of
// money (五六块), for 七八个 counts.
//
// Pure; any thread; linear in the number.
#pragma once
#include <cstddef>
#include <optional>
#include <string_view>

namespace kindling::dialogue {

inline bool is_latin(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= 0xC0 && c < 0x250); }
inline bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
inline bool is_blank(char32_t c) { return c == U' ' || c == U'\t' || c == U'\n' || c == 0x3000; }
inline std::size_t skip_blanks(std::u32string_view t, std::size_t i) { while (i < t.size() && is_blank(t[i])) ++i; return i; }

int han_digit(char32_t);      // -1: none
double han_scale(char32_t);   // 0: none

struct Number { std::size_t begin, end; double value, step; bool spelled = false; };
std::optional<Number> arabic(std::u32string_view text, std::size_t at);
std::optional<Number> han(std::u32string_view text, std::size_t at);
std::optional<Number> english(std::u32string_view text, std::size_t at);

struct ApproximateNumber { std::size_t end = 0; double least = 0, most = 0; };
std::optional<ApproximateNumber> approximate_number(std::u32string_view text, std::size_t at);

}  // namespace kindling::dialogue
