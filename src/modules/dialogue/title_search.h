// modules/dialogue/title_search.h -- whether some title here passes a test, looking only at those that may hold a word: rows of bits over all titles, then the few that are left.
#pragma once
#include "modules/dialogue/catalogue_view.h"
#include <bit>

namespace kindling::dialogue {

// `test(product)`: of a title that may hold the word. Pure; any thread.
template <class Test> bool any_title(CatalogueView const& view, std::u32string_view word, Test const& test) {
    auto const rows = view.titles_that_may_hold(PairFilter(std::u32string(word)));
    for (std::size_t w = 0; w < rows.size(); ++w)
        for (auto bits = rows[w]; bits != 0; bits &= bits - 1)
            if (auto const p = w * 64 + static_cast<std::size_t>(std::countr_zero(bits)); p < view.size() && test(p)) return true;
    return false;
}

}  // namespace kindling::dialogue
