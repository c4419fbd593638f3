// modules/dialogue/told_in_text.cpp -- the sentence of a description, or the part of a title, that tells what was asked. See goods_question.h.
#include "core/utf8.h"
#include "engines/text/analysis/normalise.h"
#include "modules/dialogue/goods_question.h"
#include "modules/dialogue/reader.h"
#include "modules/dialogue/sentences.h"
#include <algorithm>

namespace kindling::dialogue {

namespace {

constexpr std::size_t longest_quote = 300;   // bytes

bool digit_of(char32_t c) { return (c >= U'0' && c <= U'9') || std::u32string_view(U"一二两三四五六七八九十").find(c) != std::u32string_view::npos; }
bool number_word(std::u32string_view word) { return cues::has(word, U"one two three four five six seven eight nine ten twelve single double"); }

// Whether a number stands right before (or behind) a place of the text.
bool number_before(std::u32string_view t, std::size_t at) {
    while (at > 0 && (t[at - 1] == U' ' || t[at - 1] == U'+')) --at;
    if (at == 0) return false;
    if (digit_of(t[at - 1])) return true;
    auto begin = at;
    while (begin > 0 && cues::letter(t[begin - 1])) --begin;
    return begin < at && number_word(t.substr(begin, at - begin));
}
bool number_behind(std::u32string_view t, std::size_t at) {
    while (at < t.size() && (t[at] == U' ' || t[at] == U'#')) ++at;
    if (at >= t.size()) return false;
    if (digit_of(t[at])) return true;
    auto end = at;
    while (end < t.size() && cues::letter(t[end])) ++end;
    return end > at && number_word(t.substr(at, end - at));
}

bool tells(std::u32string_view t, std::u32string_view word) {
    bool const before = word.starts_with(U"#"), behind = word.ends_with(U"#"), begins = word.ends_with(U"*");
    if (before) word.remove_prefix(1);
    if (behind || begins) word.remove_suffix(1);
    while (word.starts_with(U" ")) word.remove_prefix(1);
    while (word.ends_with(U" ")) word.remove_suffix(1);
    if (word.empty()) return false;
    for (auto at = t.find(word); at != t.npos; at = t.find(word, at + 1)) {
        auto const end = at + word.size();
        bool const latin = cues::letter(word.front());
        if (latin && at > 0 && cues::letter(t[at - 1]) && !(before && digit_of(t[at - 1]))) continue;
        if (latin && !begins && end < t.size() && cues::letter(t[end]) && !(behind && digit_of(t[end]))) continue;
        if (before && !number_before(t, at)) continue;
        if (behind && !number_behind(t, end)) continue;
        return true;
    }
    return false;
}

std::size_t count_told(std::u32string_view t, AskedThing const& thing) {
    return static_cast<std::size_t>(std::ranges::count_if(cues::words_of(thing.told), [&](std::u32string const& word) { return tells(t, word); }));
}

// A word in either number and in the other language; of a longer Latin one what its forms begin with.
bool says(std::u32string_view t, std::u32string const& word) {
    for (auto const& way : spellings(word)) {
        if (way.empty()) continue;
        bool const latin = cues::letter(way.front());
        if (tells(t, way) || (latin && way.size() >= 6 && tells(t, way.substr(0, way.size() - 2) + U"*"))) return true;
    }
    return tells(t, word);
}

std::string trimmed(std::string_view sentence) {
    auto const bare = [&] {
        for (std::string_view mark : {" ", "\n", "\r", "\t", "· ", "•", "- ", "* "})
            if (sentence.starts_with(mark)) { sentence.remove_prefix(mark.size()); return true; }
        return false;
    };
    while (bare()) {}
    while (!sentence.empty() && (sentence.back() == ' ' || sentence.back() == '\n' || sentence.back() == '\r')) sentence.remove_suffix(1);
    if (sentence.starts_with("#") || sentence.find('<') != sentence.npos || sentence.find("://") != sentence.npos) return {};   // a heading; markup
    return std::string(sentence);
}

template <class Use> void each_sentence(std::string_view text, Use const& use) {
    while (!text.empty()) {
        auto const end = std::min(sentence_end(text), text.size());
        if (auto sentence = trimmed(text.substr(0, end)); !sentence.empty()) use(std::move(sentence));
        text.remove_prefix(end);
    }
}

// A long sentence is quoted around what tells it, from blank to blank; without a blank it is cut at its end.
std::string shortened(std::string sentence) {
    if (sentence.size() <= longest_quote) return sentence;
    auto const end = sentence.rfind(' ', longest_quote);
    return end == sentence.npos || end < longest_quote / 2 ? std::string(utf8_prefix(sentence, longest_quote)) : sentence.substr(0, end);
}

}  // namespace

std::string told_in_text(std::string const& description, AskedThing const& thing) {
    std::string best;
    std::size_t most = 0;
    each_sentence(description, [&](std::string sentence) {
        if (auto const n = count_told(surface_of(sentence), thing); n > most) most = n, best = std::move(sentence);
    });
    return shortened(std::move(best));
}

std::string told_in_text(std::string const& description, std::span<std::u32string const> words) {
    std::string found;
    if (words.empty()) return found;
    each_sentence(description, [&](std::string sentence) {
        auto const t = surface_of(sentence);
        if (found.empty() && std::ranges::all_of(words, [&](std::u32string const& word) { return says(t, word); })) found = std::move(sentence);
    });
    return shortened(std::move(found));
}

std::string told_in_title(std::string const& title, AskedThing const& thing) {
    std::string best;
    std::size_t most = 0, begin = 0;
    auto const part = [&](std::size_t end, std::size_t next) {
        auto text = trimmed(std::string_view(title).substr(begin, end - begin));
        begin = next;
        if (auto const n = count_told(surface_of(text), thing); n > most) most = n, best = std::move(text);
    };
    for (std::size_t i = 0; i < title.size();) {
        auto const at = i;
        auto const c = next_code_point(title, i);
        bool const dash = (c == U'-' || c == U'–') && at > 0 && title[at - 1] == ' ' && i < title.size() && title[i] == ' ';
        if (dash || std::u32string_view(U",，;；()（）[]【】|、：:").find(c) != std::u32string_view::npos) part(at, i);
    }
    part(title.size(), title.size());
    return best.size() <= longest_quote ? best : std::string();
}

bool title_tells(std::string const& title, std::span<std::u32string const> words) {
    auto const t = surface_of(title);
    return !words.empty() && std::ranges::all_of(words, [&](std::u32string const& word) { return says(t, word); });
}

std::string story_in(std::string const& description) {
    // The first sentence that is no mark of a list, and what follows it in the text, so that it is quoted as one piece.
    std::string first, second;
    each_sentence(description, [&](std::string sentence) {
        bool const listed = description.find("· " + sentence) != description.npos;
        if (listed || !second.empty()) return;
        (first.empty() ? first : second) = std::move(sentence);
    });
    if (first.empty()) return {};
    auto const from = description.find(first);
    auto const to = second.empty() ? from + first.size() : description.find(second, from + first.size()) + second.size();
    auto both = description.substr(from, to - from);
    return both.find('\n') == both.npos && both.size() <= longest_quote + 120 ? both : shortened(std::move(first));
}

}  // namespace kindling::dialogue
