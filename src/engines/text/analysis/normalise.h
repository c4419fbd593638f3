// engines/text/analysis/normalise.h -- one spelling for everything that reads the same.
//
// Compatibility forms (NFKC: full and half width, circled, ligatures, ², ㎝), case (Unicode full case folding), accents of Latin
// letters, combining marks that are left over, invisible characters, traditional -> simplified Han, character by character.
// Idempotent: normalise(normalise(x)) == normalise(x). Broken UTF-8 becomes U+FFFD, one per byte. Punctuation stays.
//
// Sources: Unicode Standard Annex 15 (NFKC_Casefold; segments are cut after 30 marks as in its Stream-Safe Text Format),
// ICU's Hant-Hans. Character-wise conversion maps 乾 to 干 also in 乾隆: both sides of a search get the same, which is enough.
// Cost: linear; a table look-up per character, ICU only for the rare rest. Threads: any.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kindling::text {

struct Normalised {
    std::u32string text;
    std::vector<std::uint32_t> begin, end;  // for each character of text the bytes of the original it came from
    void clear() { text.clear(), begin.clear(), end.clear(); }
};

// Texts of 4 GB and more are cut off there. `out` keeps its capacity.
void normalise(std::string_view, Normalised& out);
std::string normalise(std::string_view);

// What to answer in, and which of a value's two texts to show. `mixed`: both, neither of them just a brand or a model number.
enum class WrittenLanguage { other, zh, en, mixed };
WrittenLanguage detect(std::string_view);

}  // namespace kindling::text
