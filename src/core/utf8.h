// core/utf8.h -- UTF-8 as everything outside engines/text needs it: check it, walk it, cut it, write a code point.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace kindling {

// RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view);

// The code point at `at`, which is moved past it. A broken byte gives U+FFFD and moves one byte, so that a walk always ends.
char32_t next_code_point(std::string_view, std::size_t& at);

void append_utf8(char32_t, std::string& out);
std::u32string to_utf32(std::string_view);
std::string to_utf8(std::u32string_view);

std::size_t count_code_points(std::string_view);
// The longest prefix of at most `bytes` bytes that ends between code points.
std::string_view utf8_prefix(std::string_view, std::size_t bytes);
// Broken bytes become U+FFFD: for text from files that must be shown, not trusted.
std::string repair_utf8(std::string_view);

// Han ideographs of the basic plane, extensions A to H and the compatibility block.
bool is_han(char32_t);

}  // namespace kindling
