// modules/dialogue/find_text.h -- the place of a word in a text of code points, by its first and its last letter together, four places at a time.
// std::u32string_view::find looks at one letter after the other, and by the first letter alone nearly every place of "tea" or "red" has to be looked at again;
// titles and cues are looked through by the thousand.
#pragma once
#include <cstdint>
#include <cstring>
#include <string_view>

namespace kindling::dialogue {

// The first place of `word`, which is not empty, from `at` on; npos: none. Pure; any thread. Cost: one step for four places of the text.
inline std::size_t find_text(std::u32string_view text, std::u32string_view word, std::size_t at = 0) {
    using Four = std::uint32_t __attribute__((vector_size(16)));
    if (word.size() > text.size()) return text.npos;
    auto const last = word.size() - 1, places = text.size() - last;
    std::uint32_t const begin = word.front(), end = word.back();
    Four const begins{begin, begin, begin, begin}, ends{end, end, end, end};
    for (; at + 4 <= places; at += 4) {
        Four first, behind;
        std::memcpy(&first, text.data() + at, sizeof first);
        std::memcpy(&behind, text.data() + at + last, sizeof behind);
        auto const both = (first == begins) & (behind == ends);
        std::uint64_t any[2];
        std::memcpy(any, &both, sizeof any);
        if ((any[0] | any[1]) == 0) continue;
        for (std::size_t k = 0; k < 4; ++k)
            if (both[k] != 0 && text.substr(at + k, word.size()) == word) return at + k;
    }
    for (; at < places; ++at)
        if (text[at] == word.front() && text.substr(at, word.size()) == word) return at;
    return text.npos;
}

}  // namespace kindling::dialogue
