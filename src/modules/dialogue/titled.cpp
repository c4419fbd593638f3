#include "modules/dialogue/titled.h"
#include "engines/text/analysis/characters.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/lexicon.h"
#include "modules/dialogue/title_search.h"
#include <algorithm>

namespace kindling::dialogue {

namespace {

// Of a query of few words many titles say all; such a title is named by all of its own words only.
constexpr std::size_t least_weight = 8;      // four words of letters, or eight Han characters
constexpr double nearly_all = 0.8;           // of a title's letters
constexpr std::size_t most_candidates = 64;  // a query that more titles hold names none of them
constexpr std::size_t longest = 80;          // words; nobody types a longer title

std::size_t weight_of_pieces(std::span<std::u32string const> pieces) {
    std::size_t weight = 0;
    for (auto const& piece : pieces) weight += is_han(piece.front()) ? 1 : 2;
    return weight;
}
std::size_t letters_of_pieces(std::span<std::u32string const> pieces) {
    std::size_t letters = 0;
    for (auto const& piece : pieces) letters += piece.size();
    return letters;
}

// Those of one mark whose letters are the same.
void with_mark(CatalogueView const& view, std::span<std::u32string const> pieces, std::vector<std::size_t>& out) {
    auto const letters = [](std::span<std::u32string const> words) {
        std::u32string all;
        for (auto const& word : words) all += word;
        return all;
    };
    std::u32string said;
    view.each_titled(title_mark(pieces), [&](std::size_t p) {
        auto const& data = view[p].data;
        if (said.empty()) said = letters(pieces);
        if (std::ranges::find(out, p) == out.end() && (letters(title_pieces(data.title_en)) == said || letters(title_pieces(data.title_zh)) == said)) out.push_back(p);
    });
}

// How much of this title the words are, all of which it must have; 0: it has not.
double share_of(std::span<std::u32string const> sorted, std::string_view title) {
    auto own = title_pieces(title);
    if (own.size() < sorted.size()) return 0;
    auto const all = letters_of_pieces(own);
    std::ranges::sort(own);
    return std::ranges::includes(own, sorted) ? static_cast<double>(letters_of_pieces(sorted)) / static_cast<double>(all) : 0;
}

std::vector<std::size_t> nearly_titled(CatalogueView const& view, std::vector<std::u32string> pieces) {
    std::u32string spaced;   // each word by itself, Han characters as they stand
    for (auto const& piece : pieces) {
        if (!spaced.empty() && !(is_han(spaced.back()) && is_han(piece.front()))) spaced += U' ';
        spaced += piece;
    }
    std::vector<std::size_t> candidates;
    if (any_title(view, PairFilter::of_words(spaced), [&](std::size_t p) { candidates.push_back(p); return candidates.size() > most_candidates; })) return {};
    std::ranges::sort(pieces);
    std::vector<std::size_t> out;
    auto best = nearly_all;
    for (auto const p : candidates) {
        auto const share = std::max(share_of(pieces, view[p].data.title_en), share_of(pieces, view[p].data.title_zh));
        if (share < best) continue;
        if (share > best) out.clear(), best = share;
        out.push_back(p);
    }
    return out;
}

// "Do you have … in stock?", 我想买…: nothing but the asking. A limit, a refusal, or what it would be for, like or instead of asks for something else.
bool only_asks(std::span<std::u32string const> pieces) {
    std::u32string han;
    for (auto const& piece : pieces) {
        if (is_han(piece.front())) han += piece;
        else if (!cues::has(piece, U"i m d ve we want wanted to buy need would like looking search searching find show me get order purchase do does you have got sell is there the a an this that called named product item please can could in stock available hi hello")) return false;
    }
    if (std::ranges::find(pieces, std::u32string(U"like")) != pieces.end() && std::ranges::find(pieces, std::u32string(U"would")) == pieces.end()) return false;
    auto const told = cues::without(han, cues::find_all(han, U"有没有 能不能 可不可以"));
    return han.empty() || (cues::holds_together(han) && !cues::has(told, U"不 没 别 像 类似 相似 差不多 搭配 配 除 比 和 跟 与 或 换 便宜 打折 特价 促销 实惠 最 更 给 送 适合"));
}

}  // namespace

std::vector<std::u32string> title_pieces(std::string_view text) {
    auto const& characters = text::Characters::table();
    auto const by_itself = [&](char32_t c) { return is_han(c) || characters.of(c) == text::CharacterClass::syllable; };
    auto const of_a_word = [&](char32_t c) { auto const kind = characters.of(c); return kind == text::CharacterClass::letter || kind == text::CharacterClass::digit; };
    std::vector<std::u32string> out;
    bool goes_on = false;
    for (auto const c : surface_of(text)) {
        if (by_itself(c)) out.emplace_back(1, c), goes_on = false;
        else if (!of_a_word(c)) goes_on = false;
        else if (goes_on) out.back() += c;
        else out.emplace_back(1, c), goes_on = true;
    }
    return out;
}

std::uint32_t title_mark(std::span<std::u32string const> pieces) {
    if (pieces.empty()) return 0;
    auto hash = 0xCBF29CE484222325ull;   // FNV-1a, a character at a time
    for (auto const& piece : pieces)
        for (auto const c : piece) hash = (hash ^ c) * 0x100000001B3ull;
    return std::max(static_cast<std::uint32_t>(hash >> 32 ^ hash), 1u);
}

std::vector<std::size_t> titled_so(CatalogueView const& view, std::string_view query) {
    std::vector<std::size_t> out;
    auto const pieces = title_pieces(query);
    if (pieces.empty() || pieces.size() > longest) return out;
    with_mark(view, pieces, out);
    if (!out.empty() || weight_of_pieces(pieces) < least_weight) return out;
    if (out = nearly_titled(view, pieces); !out.empty()) return out;
    constexpr std::size_t before = 6, behind = 4;
    auto const all = std::span(pieces);
    for (std::size_t first = 0; first <= std::min(before, pieces.size() - 1); ++first)
        for (std::size_t last = 0; last <= behind && first + last < pieces.size(); ++last) {
            auto const middle = all.subspan(first, pieces.size() - first - last);
            if (first + last == 0 || weight_of_pieces(middle) < least_weight / 2) continue;
            if (with_mark(view, middle, out); out.empty()) continue;   // a step of a hash, before the words around are read
            if (only_asks(all.first(first)) && only_asks(all.last(last))) return out;
            out.clear();
        }
    return out;
}

}  // namespace kindling::dialogue
