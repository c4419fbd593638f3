// modules/dialogue/find_text.h -- the place of a word in a text of code points, by its first letter, which the C library looks for in wide steps (a wchar_t is a code point here).
// std::u32string_view::find looks at one letter after the other, and titles and cues are looked through by the thousand.
#pragma once
#include <cwchar>
#include <string_view>

namespace kindling::dialogue {

// The first place of `word`, which is not empty, from `at` on; npos: none.
inline std::size_t find_text(std::u32string_view text, std::u32string_view word, std::size_t at = 0) {
    static_assert(sizeof(wchar_t) == sizeof(char32_t));
    while (at + word.size() <= text.size()) {
        auto const* const begin = reinterpret_cast<wchar_t const*>(text.data()) + at;
        auto const* const found = std::wmemchr(begin, static_cast<wchar_t>(word.front()), text.size() - word.size() + 1 - at);
        if (!found) break;
        at += static_cast<std::size_t>(found - begin);
        if (text.substr(at, word.size()) == word) return at;
        ++at;
    }
    return text.npos;
}

}  // namespace kindling::dialogue
