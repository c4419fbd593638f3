// modules/dialogue/title_search.h -- words in titles: whether a title has one of some words, and whether some title here passes a test, looking only at those
// that may hold a word: rows of bits over all titles, then the few that are left. Pure; any thread.
#pragma once
#include "modules/dialogue/catalogue_view.h"
#include <bit>

namespace kindling::dialogue {

// Words to look for in titles, with their pairs of letters, by which most titles without them are told.
struct TitleWord {
    explicit TitleWord(std::u32string word);
    std::u32string text;
    PairFilter pairs;
};
std::vector<TitleWord> title_words(std::span<std::u32string const>);
bool titled(CatalogueView const&, std::size_t product, std::span<TitleWord const>);
// Which titles have one of the words of a list of the program (cues.h), never of what was said: looked for once in each view, and kept as a bit for each product.
class ListedTitles {
public:
    ListedTitles(CatalogueView const&, std::u32string_view list);
    bool contains(std::size_t product) const { return ((*row_)[product / 64] >> (product % 64) & 1) != 0; }

private:
    TitleRow row_;
};

// `test(product)`: of a title that may hold all these pairs.
template <class Test> bool any_title(CatalogueView const& view, PairFilter const& pairs, Test const& test) {
    auto const rows = view.titles_that_may_hold(pairs);
    for (std::size_t w = 0; w < rows.size(); ++w)
        for (auto bits = rows[w]; bits != 0; bits &= bits - 1)
            if (auto const p = w * 64 + static_cast<std::size_t>(std::countr_zero(bits)); p < view.size() && test(p)) return true;
    return false;
}
template <class Test> bool any_title(CatalogueView const& view, std::u32string_view word, Test const& test) { return any_title(view, PairFilter(word), test); }

}  // namespace kindling::dialogue
