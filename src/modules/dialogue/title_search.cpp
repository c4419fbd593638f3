#include "modules/dialogue/title_search.h"
#include "modules/dialogue/cues.h"
#include <algorithm>

namespace kindling::dialogue {

TitleWord::TitleWord(std::u32string word) : text(std::move(word)), pairs(is_han(text.front()) ? PairFilter(text) : PairFilter::standing(text)) {}

std::vector<TitleWord> title_words(std::span<std::u32string const> words) { return {words.begin(), words.end()}; }

bool titled(CatalogueView const& view, std::size_t product, std::span<TitleWord const> words) {
    return std::ranges::any_of(words, [&](TitleWord const& word) {
        if (!view.title_pairs(product).may_hold(word.pairs)) return false;
        return is_han(word.text.front()) ? view[product].title.find(word.text) != std::u32string::npos : cues::has_word(view[product].title, word.text);
    });
}

ListedTitles::ListedTitles(CatalogueView const& view, std::u32string_view list)
    : row_(view.listed_rows().of(std::u32string(list), [&] {
          std::vector<std::uint64_t> bits((view.size() + 63) / 64);
          for (auto const& word : cues::words_of(list))
              any_title(view, PairFilter::standing(word), [&](std::size_t p) {
                  auto const bit = 1ull << (p % 64);
                  if ((bits[p / 64] & bit) == 0 && cues::has_word(view[p].title, word)) bits[p / 64] |= bit;
                  return false;   // all of them
              });
          return bits;
      })) {}

}  // namespace kindling::dialogue
