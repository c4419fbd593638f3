// modules/dialogue/kinds.cpp -- asking what sort is wanted where goods have nothing but texts: by the pairs of words that their titles use.
//
// "Something for a guitar player" leaves thousands of goods without one attribute to ask for. What they are called tells them apart: guitar strap,
// guitar strings, acoustic guitar. Of the best candidates the pairs that hold a word of the wish (else any) are taken, the one first that covers most
// goods not covered yet, and the question counts by the bits that its answer is expected to give, like every other. Pure; 400 titles, about 1 ms.
#include "core/utf8.h"
#include "modules/dialogue/turn.h"
#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>

namespace kindling::dialogue {

namespace {

constexpr std::size_t looked_at = 400, most_options = 5;
constexpr double least_share = 0.04, most_share = 0.6, least_bits = 0.6;

bool latin(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= 0xC0 && c < 0x250); }

std::u32string one(std::u32string_view word) { return std::u32string(word.size() > 3 && word.ends_with(U's') && !word.ends_with(U"ss") ? word.substr(0, word.size() - 1) : word); }

// "for", "with", "set of", sizes and model numbers say nothing of the sort.
bool tells(std::u32string_view word) {
    static std::set<std::u32string_view> const dull{U"accessories", U"gifts", U"pcs", U"pack", U"set", U"sets", U"kit", U"kits", U"inch", U"inches", U"pieces", U"piece", U"style", U"color", U"colour", U"sizes", U"compatible", U"adjustable", U"professional", U"beginner", U"beginners", U"adults", U"lovers", U"the", U"and", U"for", U"with", U"from", U"without", U"boys", U"girls", U"men", U"women", U"black", U"blue", U"red", U"pink", U"yellow", U"vol", U"edition", U"series", U"original", U"official", U"includes", U"model", U"version", U"premium", U"quality"};
    return word.size() >= 3 && std::ranges::all_of(word, latin) && !dull.contains(word) && !is_common_word(word);
}

}  // namespace

std::vector<std::u32string_view> title_words(std::u32string_view title) {
    std::vector<std::u32string_view> out;
    auto const inside = [&](std::size_t i) { return latin(title[i]) || (title[i] >= U'0' && title[i] <= U'9'); };
    for (std::size_t i = 0; i < title.size();) {
        auto j = i;
        if (is_han(title[i])) while (j < title.size() && is_han(title[j])) ++j;
        else while (j < title.size() && inside(j)) ++j;
        if (j > i) out.push_back(title.substr(i, j - i)), i = j;
        else ++i;
    }
    return out;
}

std::optional<Question> TurnMaker::kind_question(std::span<Pick const> candidates) const {
    auto const& s = state();
    if (s.free_text.empty() || scores_.empty() || near_in_meaning_ || candidates.size() <= options_.picks * 2 || std::find(s.asked.begin(), s.asked.end(), "kind") != s.asked.end()) return {};
    candidates = candidates.first(std::min(candidates.size(), looked_at));
    for (auto const& pick : candidates.first(std::min<std::size_t>(candidates.size(), 50)))
        if (!view_[pick.product].values.empty()) return {};
    std::set<std::u32string> wished;
    auto const said = surface_of(s.free_text);
    for (auto const word : title_words(said)) wished.insert(one(word));
    // Words by number and pairs of them by both: a word is looked up once, and nothing is spelt out before it is known to be asked.
    struct Word { std::u32string_view text; std::u32string stem; bool tells = false; };
    std::vector<Word> words_seen;
    std::unordered_map<std::u32string_view, std::uint32_t> numbers;
    auto const number_of = [&](std::u32string_view text) {
        auto const [at, fresh] = numbers.try_emplace(text, static_cast<std::uint32_t>(words_seen.size()));
        if (fresh) words_seen.push_back({text, one(text), tells(text)});
        return at->second;
    };
    std::unordered_map<std::u32string, std::uint32_t> stems;   // "strap" and "straps" are one
    std::vector<std::uint32_t> stem_of;
    struct Phrase { std::uint32_t first = 0, second = 0; std::vector<std::uint32_t> titles; std::map<std::pair<std::uint32_t, std::uint32_t>, int> written; bool of_the_wish = false; };
    std::unordered_map<std::uint64_t, Phrase> pairs;
    for (std::uint32_t i = 0; i < candidates.size(); ++i) {
        auto const& title = view_[candidates[i].product].title;
        auto const words = title_words(title);
        for (std::size_t w = 0; w + 1 < words.size(); ++w) {
            // Neighbours with nothing but a blank between them.
            std::u32string_view const between(words[w].data() + words[w].size(), words[w + 1].data());
            if (between != U" ") continue;
            auto const a = number_of(words[w]), b = number_of(words[w + 1]);
            while (stem_of.size() < words_seen.size()) stem_of.push_back(stems.try_emplace(words_seen[stem_of.size()].stem, static_cast<std::uint32_t>(stem_of.size())).first->second);
            if (!words_seen[a].tells || !words_seen[b].tells || stem_of[a] == stem_of[b]) continue;
            auto& p = pairs[(static_cast<std::uint64_t>(stem_of[a]) << 32) | stem_of[b]];
            p.first = stem_of[a], p.second = stem_of[b];
            if (p.titles.empty() || p.titles.back() != i) p.titles.push_back(i);
            ++p.written[{a, b}];
        }
    }
    auto const n = static_cast<double>(candidates.size());
    std::erase_if(pairs, [&](auto const& p) { auto const share = static_cast<double>(p.second.titles.size()) / n; return share < least_share || share > most_share; });
    std::map<std::u32string, Phrase> phrases;
    for (auto& [key, p] : pairs) {
        auto const &first = words_seen[p.first].stem, &second = words_seen[p.second].stem;
        p.of_the_wish = wished.contains(first) != wished.contains(second);  // both of them: that is the wish itself
        phrases.emplace(first + U" " + second, std::move(p));
    }
    if (std::ranges::count_if(phrases, [](auto const& p) { return p.second.of_the_wish; }) >= 2) std::erase_if(phrases, [](auto const& p) { return !p.second.of_the_wish; });
    Question out{.about = "kind"};
    std::set<std::uint32_t> covered;
    double bits = 0;
    while (out.options.size() < most_options) {
        Phrase const* best = nullptr;
        std::size_t most = 0;
        for (auto const& [key, p] : phrases) {
            std::size_t fresh = 0;
            for (auto const i : p.titles) fresh += !covered.contains(i);
            if (fresh * 2 > p.titles.size() && fresh > most) best = &p, most = fresh;
        }
        if (!best || static_cast<double>(most) / n < least_share) break;
        // As it is written most often; of equals by the alphabet.
        std::u32string words;
        int times = 0;
        for (auto const& [both, count] : best->written)
            if (auto const as = std::u32string(words_seen[both.first].text) + U" " + std::u32string(words_seen[both.second].text); count > times || (count == times && as < words)) words = as, times = count;
        auto const written = to_utf8(words);
        auto const share = static_cast<double>(most) / n;
        out.options.push_back({{written, written}, share});
        bits -= share * std::log2(share);
        covered.insert(best->titles.begin(), best->titles.end());
    }
    if (auto const rest = 1 - static_cast<double>(covered.size()) / n; rest > 0) bits -= rest * std::log2(rest);
    out.information = bits;
    if (out.options.size() < 2 || bits < least_bits) return {};
    return out;
}

}  // namespace kindling::dialogue
