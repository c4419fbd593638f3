// modules/dialogue/kinds.cpp -- asking what sort is wanted where goods have nothing but texts: by the pairs of words that their titles use.
//
// "Something for a guitar player" leaves thousands of goods without one attribute to ask for. What they are called tells them apart: guitar strap,
// guitar strings, acoustic guitar. Of the best candidates the pairs that hold a word of the wish (else any) are taken, the one first that covers most
// goods not covered yet, and the question counts by the bits that its answer is expected to give, like every other. Pure; 400 titles, about 1 ms.
#include "core/utf8.h"
#include "modules/dialogue/turn.h"
#include <algorithm>
#include <cmath>
#include <set>

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
    struct Phrase { std::set<std::uint32_t> titles; std::map<std::u32string, int> written; bool of_the_wish = false; };
    std::map<std::u32string, Phrase> phrases;
    for (std::uint32_t i = 0; i < candidates.size(); ++i) {
        auto const& title = view_[candidates[i].product].title;
        auto const words = title_words(title);
        for (std::size_t w = 0; w + 1 < words.size(); ++w) {
            // Neighbours with nothing but a blank between them.
            std::u32string_view const between(words[w].data() + words[w].size(), words[w + 1].data());
            if (!tells(words[w]) || !tells(words[w + 1]) || between != U" ") continue;
            auto const first = one(words[w]), second = one(words[w + 1]);
            if (first == second) continue;
            auto& p = phrases[first + U" " + second];
            p.titles.insert(i), ++p.written[std::u32string(words[w]) + U" " + std::u32string(words[w + 1])];
            p.of_the_wish = wished.contains(first) != wished.contains(second);  // both of them: that is the wish itself
        }
    }
    auto const n = static_cast<double>(candidates.size());
    std::erase_if(phrases, [&](auto const& p) { auto const share = static_cast<double>(p.second.titles.size()) / n; return share < least_share || share > most_share; });
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
        auto const written = to_utf8(std::ranges::max_element(best->written, {}, &std::pair<std::u32string const, int>::second)->first);
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
