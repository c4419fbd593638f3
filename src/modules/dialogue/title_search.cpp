#include "modules/dialogue/title_search.h"
#include "modules/dialogue/cues.h"
#include <algorithm>

namespace kindling::dialogue {

std::vector<TitleWord> title_words(std::span<std::u32string const> words) {
    std::vector<TitleWord> out;
    for (auto const& word : words) out.push_back({word, PairFilter(word)});
    return out;
}

bool titled(CatalogueView const& view, std::size_t product, std::span<TitleWord const> words) {
    return std::ranges::any_of(words, [&](TitleWord const& word) {
        if (!view.title_pairs(product).may_hold(word.pairs)) return false;
        return is_han(word.text.front()) ? view[product].title.find(word.text) != std::u32string::npos : cues::has_word(view[product].title, word.text);
    });
}

}  // namespace kindling::dialogue
