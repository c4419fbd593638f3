#include "modules/dialogue/words_here.h"
#include "core/utf8.h"
#include "modules/dialogue/find_text.h"
#include "modules/dialogue/title_search.h"
#include <algorithm>

namespace kindling::dialogue {

namespace {

constexpr std::size_t longest_text = 400, longest_word = 8;

bool in_titles(CatalogueView const& view, std::u32string_view word) {
    return any_title(view, word, [&](std::size_t p) { return find_text(view[p].title, word) != word.npos; });
}

}  // namespace

std::vector<cues::Span> listed_words(std::u32string_view t) {
    std::vector<cues::Span> out;
    for (std::size_t i = 0; i < t.size(); ++i)
        for (std::size_t n = 2; n <= 4 && i + n <= t.size() && std::ranges::all_of(t.substr(i, n), is_han); ++n)
            if (is_listed_chinese_word(t.substr(i, n))) out.push_back({i, i + n});
    return out;
}

std::vector<cues::Span> words_here(std::u32string_view t, Lexicon const& lexicon, CatalogueView const& view) {
    std::vector<cues::Span> out;
    if (t.size() > longest_text) return out;
    for (std::size_t i = 0; i < t.size(); ++i) {
        if (!is_han(t[i])) continue;
        std::size_t run = 1;
        while (run < longest_word && i + run < t.size() && is_han(t[i + run])) ++run;
        for (auto n = run; n >= 2; --n) {
            auto const word = t.substr(i, n);
            bool const known = lexicon.names(word) || cues::known_word(word) == n || (n <= 4 && (is_listed_chinese_word(word) || (word.front() == U'不' && n >= 3)) && !cues::holds_together(word) && in_titles(view, word));
            if (!known) continue;
            out.push_back({i, i + n});
            break;
        }
    }
    return out;
}

}  // namespace kindling::dialogue
