// engines/text/analysis/characters.h -- one look-up per character: what it folds to, and what kind it is.
//
// For every character of the basic plane whose normal form (NFKC_Casefold of Unicode, then Latin accents dropped, then
// traditional -> simplified) is one character and does not depend on its neighbours, `fold` is that form. Everything else
// (ligatures, circled numbers, combining marks, other planes) is 0 and takes ICU's road in normalise.cpp. Han, kana, ASCII
// and plain Latin text, that is nearly all a shop holds, never leaves this table.
//
// 192 KB, built once from ICU and data/traditional.cpp on first use (1 ms measured); constant after that; any thread.
#pragma once
#include <array>
#include <cstdint>

namespace kindling::text {

enum class CharacterClass : std::uint8_t {
    other,     // spaces, punctuation, symbols, broken bytes
    han,
    letter,    // of scripts that put spaces between words, with their marks
    digit,     // 0-9 after folding
    syllable,  // kana, Thai, Lao, Khmer, Burmese: no spaces, no dictionary here
};

class Characters {
public:
    static Characters const& table();

    // 0: needs normalise()'s slow road.
    char32_t fold(char32_t c) const { return c < 0x10000 ? fold_[c] : 0; }
    CharacterClass of(char32_t c) const { return c < 0x10000 ? class_[c] : beyond(c); }

private:
    Characters();
    static CharacterClass beyond(char32_t);

    std::array<char16_t, 0x10000> fold_{};
    std::array<CharacterClass, 0x10000> class_{};
};

inline CharacterClass class_of(char32_t c) { return Characters::table().of(c); }

}  // namespace kindling::text
