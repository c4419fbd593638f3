#include "modules/dialogue/sentences.h"
#include "core/utf8.h"

namespace kindling::dialogue {

std::size_t sentence_end(std::string_view text) {
    auto const closes = [](char32_t c) { return c == 0x201D || c == 0x2019 || c == U'」' || c == U'』' || c == U'）' || c == U')' || c == U'"' || c == U'\''; };
    auto const blank = [](char32_t c) { return c == U' ' || c == U'\n' || c == U'\t' || c == U'\r'; };
    bool anything = false;
    for (std::size_t i = 0; i < text.size();) {
        auto const c = next_code_point(text, i);
        if (c == U'\n' && anything) return i;
        anything = anything || !blank(c);
        bool const stop = c == U'。' || c == U'！' || c == U'？' || c == U'；' || c == U'!' || c == U'?';
        if (!stop && c != U'.') continue;
        auto end = i;
        char32_t next = 0;
        for (auto at = end; at < text.size(); end = at) {
            next = next_code_point(text, at);
            if (!closes(next)) break;
            next = 0;
        }
        if (next == 0) return text.npos;  // what follows decides, and has not come
        if (stop || blank(next)) return end;
    }
    return text.npos;
}

}  // namespace kindling::dialogue
