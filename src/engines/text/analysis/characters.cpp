#include "engines/text/analysis/characters.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include "core/utf8.h"
#include "engines/text/analysis/data/tables.h"

namespace kindling::text {

namespace {

CharacterClass classify(char32_t c) {
    if (c >= '0' && c <= '9') return CharacterClass::digit;
    if (is_han(c) || c == U'〇') return CharacterClass::han;
    auto const point = static_cast<UChar32>(c);
    auto const mask = U_GET_GC_MASK(point);
    if (!(mask & (U_GC_L_MASK | U_GC_M_MASK | U_GC_ND_MASK))) return CharacterClass::other;
    UErrorCode status = U_ZERO_ERROR;
    switch (uscript_getScript(point, &status)) {
        case USCRIPT_HIRAGANA: case USCRIPT_KATAKANA: case USCRIPT_THAI: case USCRIPT_LAO: case USCRIPT_KHMER: case USCRIPT_MYANMAR:
            return CharacterClass::syllable;
        default:
            if (point == 0x30FC) return CharacterClass::syllable;  // the long-vowel mark, script "common"
            return CharacterClass::letter;
    }
}

// "é" -> "e" for Latin only: shops type cafe and café for the same thing, while й and и are different letters.
char32_t without_accent(char32_t c, icu::Normalizer2 const& decomposer) {
    switch (c) {
        case U'ø': return U'o';
        case U'đ': case U'ð': return U'd';
        case U'ł': return U'l';
        case U'ħ': return U'h';
        case U'ı': return U'i';
        case U'ŧ': return U't';
    }
    if (!((c >= 0xC0 && c < 0x250) || (c >= 0x1E00 && c < 0x1F00))) return c;
    icu::UnicodeString parts;
    if (!decomposer.getDecomposition(static_cast<UChar32>(c), parts)) return c;
    auto const base = static_cast<char32_t>(parts.char32At(0));
    return base < 0x80 ? base : c;
}

}  // namespace

Characters const& Characters::table() {
    static Characters const instance;
    return instance;
}

CharacterClass Characters::beyond(char32_t c) { return c <= 0x10FFFF ? classify(c) : CharacterClass::other; }

Characters::Characters() {
    UErrorCode status = U_ZERO_ERROR;
    auto const* const folder = icu::Normalizer2::getNFKCCasefoldInstance(status);
    auto const* const decomposer = icu::Normalizer2::getNFDInstance(status);
    icu::UnicodeString to;
    for (char32_t c = 0; c < 0x10000; ++c) {
        bool const unified = (c >= 0x3400 && c < 0x4DC0) || (c >= 0x4E00 && c < 0xA000);  // stable under NFKC by definition
        class_[c] = unified ? CharacterClass::han : classify(c);
        bool const hangul = c >= 0xAC00 && c < 0xD7A4, surrogate = c >= 0xD800 && c < 0xE000;
        if (unified || hangul) { fold_[c] = static_cast<char16_t>(c); continue; }
        if (c < 0x80) { fold_[c] = static_cast<char16_t>(c >= 'A' && c <= 'Z' ? c + 32 : c); continue; }
        // NUL stays 0 and takes the slow road, which keeps it; without ICU's data everything but ASCII and Han does.
        if (surrogate || U_FAILURE(status) || !folder->hasBoundaryBefore(static_cast<UChar32>(c))) continue;
        char32_t folded = c;
        if (folder->getDecomposition(static_cast<UChar32>(c), to)) {
            if (to.countChar32() != 1) folder->normalize(icu::UnicodeString(static_cast<UChar32>(c)), to, status);  // é comes apart and together again
            if (U_FAILURE(status) || to.countChar32() != 1) continue;
            folded = static_cast<char32_t>(to.char32At(0));
        }
        folded = without_accent(folded, *decomposer);
        if (folded < 0x10000) fold_[c] = static_cast<char16_t>(folded);
    }

    auto const simplify = [&](std::string_view pairs) {
        for (std::size_t at = 0; at < pairs.size();) {
            auto const from = next_code_point(pairs, at), into = next_code_point(pairs, at);
            if (from < 0x10000 && into < 0x10000) fold_[from] = static_cast<char16_t>(into);
        }
    };
    simplify(data::traditional_pairs());
    // What ICU leaves alone but Taiwanese and Hong Kong shops write; the last two are variants common in mainland titles.
    simplify("妳你祇只鉆钻麪面裏里綫线衞卫牀床羣群啓启爲为擡抬佔占彆别麽么甯宁吋寸");
    for (int pass = 0; pass < 3; ++pass)  // chains (A -> B -> C) end at C, so that folding twice changes nothing
        for (auto& to_character : fold_)
            if (to_character && fold_[to_character]) to_character = fold_[to_character];
}

}  // namespace kindling::text
