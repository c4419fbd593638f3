// modules/dialogue/words_held.h -- which of some English words a product is called by or said to be, and which only its description mentions: what is said to fit is held
// against this first. The index finds by stems, slips and mentions, and a toy whose long text has "space" in one place and "expanse" in another is no space opera.
//
// A word stands whole, in any of its endings or as what means the same: never inside another ("prej" is no "pre"). Cost: for each word a pass over the bits
// of the titles that are asked about; data is put together once of goods whose titles lack a word, descriptions are read of those whose data lacks one. One thread.
#pragma once
#include "modules/dialogue/title_search.h"
#include <boost/unordered/unordered_flat_map.hpp>

namespace kindling::dialogue {

class WordsHeld {
public:
    WordsHeld(CatalogueView const&, std::string_view words);
    bool empty() const { return words_.empty(); }
    std::size_t size() const { return words_.size(); }
    std::string const& operator[](std::size_t word) const { return words_[word].said; }
    enum class Where { nowhere, described, named };
    Where where(std::size_t product, std::size_t word) const;
    bool named(std::size_t product) const;     // by all of them
    bool fits(std::size_t product) const;      // has all of them: of one or two words one, of more less than half may stand at the beginning of its description alone
    std::vector<std::string> nowhere(std::span<std::size_t const> products, std::span<int const> categories = {}) const;   // words that none of these has, nor any title of what is in these categories (of none: of all goods)

private:
    struct Word { std::string said; std::vector<std::u32string> forms; std::vector<TitleWord> in_titles; };
    // Bits of words, by place.
    std::uint32_t every_word() const { return (1u << words_.size()) - 1; }
    std::uint32_t holding(std::string_view text, std::size_t most_bytes, std::uint32_t asked) const;
    std::uint32_t named_words(std::size_t product) const;
    std::uint32_t described_words(std::size_t product) const;
    CatalogueView const& view_;
    std::vector<Word> words_;
    mutable boost::unordered_flat_map<std::size_t, std::uint32_t> named_;   // of products that were asked about
};

}  // namespace kindling::dialogue
