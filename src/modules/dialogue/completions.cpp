#include "modules/dialogue/completions.h"
#include "core/utf8.h"
#include "engines/text/analysis/normalise.h"
#include "engines/text/analysis/pinyin.h"
#include "modules/dialogue/lexicon.h"
#include "modules/dialogue/turn.h"
#include <cmath>
#include <unordered_map>

namespace kindling::dialogue {

namespace {

constexpr std::uint32_t least_titles = 2;  // a word of one title is as likely a slip or a code

std::vector<text::Suggester::Entry> names_of(Lexicon const& lexicon) {
    std::vector<text::Suggester::Entry> out;
    for (auto const& name : lexicon.names()) {
        auto const text = to_utf8(name.surface);
        // A kind says most, then a property, then a maker.
        text::Suggester::Entry entry{.text = text, .weight = name.kind == Meaning::Kind::category ? 6.0 : name.kind == Meaning::Kind::value ? 3.0 : 2.0, .keys = {text}};
        if (std::ranges::all_of(name.surface, is_han)) entry.keys.push_back(text::pinyin(text)), entry.keys.push_back(text::pinyin_initials(text));
        out.push_back(std::move(entry));
    }
    return out;
}

std::vector<text::Suggester::Entry> words_of(CatalogueView const& view) {
    std::unordered_map<std::u32string_view, std::uint32_t> titles;
    auto const letter = [](char32_t c) { return (c >= U'a' && c <= U'z') || (c >= 0xC0 && c < 0x250); };
    for (std::size_t p = 0; p < view.size(); ++p)
        for (auto const word : title_words(view[p].title))
            if (word.size() >= 3 && std::ranges::all_of(word, letter)) ++titles[word];
    std::vector<text::Suggester::Entry> out;
    for (auto const& [word, count] : titles)
        if (count >= least_titles) out.push_back({.text = to_utf8(word), .weight = std::log1p(count), .keys = {to_utf8(word)}});
    return out;
}

}  // namespace

Completions::Completions(CatalogueView const& view, Lexicon const& lexicon) : names_(names_of(lexicon)), words_(words_of(view)) {}

std::vector<std::string> Completions::complete(CatalogueView const& view, ProductIndex const& index, std::string_view typed, std::size_t limit) const {
    std::vector<std::string> out;
    auto const text = to_utf8(surface_of(typed));
    if (text.empty()) return out;
    auto const add = [&](std::string one) {
        if (out.size() < limit && one != text && std::ranges::find(out, one) == out.end()) out.push_back(std::move(one));
    };
    for (auto& name : names_.complete(text, limit)) add(std::move(name.text));
    auto const blank = text.rfind(' ');
    auto const head = blank == std::string::npos ? std::string() : text.substr(0, blank + 1), last = text.substr(head.size());
    if (last.empty()) return out;
    auto more = words_.complete(last, limit * 3);
    if (!head.empty())
        for (auto& name : names_.complete(last, limit)) more.push_back(std::move(name));
    for (auto const& word : more) {
        if (out.size() >= limit) break;
        // Only what some product has together.
        if (!head.empty())
            if (auto const found = index.search(view, head + word.text, 1); !found || !found->whole) continue;
        add(head + word.text);
    }
    return out;
}

}  // namespace kindling::dialogue
