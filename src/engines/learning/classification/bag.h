// engines/learning/classification/bag.h -- a text as counts of hashed n-grams, in blocks that weigh what they are told to weigh.
//
// A block (the words, the characters, what was said before, who speaks) is scaled to its own length by itself, so that a long neighbour cannot
// drown a short sentence. Words: runs of letters and digits, single Han characters, single signs (a question mark is a word). Characters:
// n-grams inside words with their borders, across characters for Han. Hashes have 32 bits; text is normalised first.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace kindling::classification {

struct Bag {
    struct Entry { std::uint32_t hash; float count; };
    struct Block { std::uint32_t end; float weight; };
    std::vector<Entry> entries;
    std::vector<Block> blocks;  // [end of the one before, end)

    void add(std::uint32_t hash, float count = 1) { entries.push_back({hash, count}); }
    void close(float weight) { blocks.push_back({static_cast<std::uint32_t>(entries.size()), weight}); }
    void clear() { entries.clear(), blocks.clear(); }
};

// `space` keeps what is said apart from what was said before.
void add_words(std::string_view text, std::uint32_t space, int longest, Bag&);
void add_characters(std::string_view text, std::uint32_t space, int shortest, int longest, Bag&);
// A fact that is no text: "speaker", 1.
void add_fact(std::string_view name, std::uint64_t value, Bag&);

// The usual two blocks of one text: words up to pairs, characters of two to five.
Bag text_bag(std::string_view text);

}  // namespace kindling::classification
