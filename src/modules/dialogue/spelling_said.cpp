// modules/dialogue/spelling_said.cpp -- a sentence to the guide, put right as a search is. See spelling.h.
//
// Each breath by itself, and only the words that were slips: the rest stays as it was written, with its capitals and stops. Where every word is pinyin and one at least names
// goods, the small words between ("wo yao", "you mei you") are read by the sound of those that hold a Chinese sentence together.
#include "core/utf8.h"
#include "engines/text/analysis/pinyin.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/lexicon.h"
#include "modules/dialogue/spelling.h"
#include <algorithm>

namespace kindling::dialogue {

namespace {

constexpr std::size_t longest_said = 400, most_at_once = 12;

bool latin(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool in_a_word(char c) { return latin(c) || (c >= '0' && c <= '9') || c == '\'' || static_cast<unsigned char>(c) >= 0x80; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

struct Piece { std::size_t begin, end; };

// The words of the text; a new breath behind any stop.
std::vector<std::vector<Piece>> breaths(std::string_view said) {
    std::vector<std::vector<Piece>> out(1);
    for (std::size_t i = 0; i < said.size();) {
        if (said[i] == ' ') { ++i; continue; }
        if (!in_a_word(said[i])) { if (!out.back().empty()) out.emplace_back(); ++i; continue; }
        auto j = i;
        while (j < said.size() && in_a_word(said[j])) ++j;
        if (out.back().size() == most_at_once) out.emplace_back();
        out.back().push_back({i, j}), i = j;
    }
    return out;
}

// Where these words stand one behind the other, whatever their capitals.
std::size_t place_of(std::string_view said, std::string_view words, std::size_t from, std::size_t to) {
    for (auto at = from; at + words.size() <= to; ++at) {
        if (at > 0 && in_a_word(said[at - 1])) continue;
        if (at + words.size() < said.size() && in_a_word(said[at + words.size()])) continue;
        if (std::ranges::equal(said.substr(at, words.size()), words, {}, lower)) return at;
    }
    return said.npos;
}

bool is_pinyin(std::string_view word) {
    std::string small;
    for (char const c : word) {
        if (!latin(c)) return false;
        small += lower(c);
    }
    return !text::cut_pinyin(small).empty();
}

// Behind an amount "yixia" is 以下, and no 一下.
bool ends_in_a_sum(std::string_view chinese) {
    if (chinese.empty()) return false;
    for (std::string_view unit : {"元", "块", "块钱"})
        if (chinese.ends_with(unit)) return true;
    return chinese.back() >= '0' && chinese.back() <= '9';
}

// The Chinese sentence; empty: not all of it is read.
std::string in_chinese(std::string_view said, Lexicon const& lexicon) {
    std::string out;
    bool goods = false;
    for (auto const& words : breaths(said)) {
        if (!out.empty() && !words.empty()) out += "，";
        for (std::size_t i = 0; i < words.size();) {
            auto const word = said.substr(words[i].begin, words[i].end - words[i].begin);
            if (std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; })) { out += word, ++i; continue; }
            std::string joined, read;
            std::size_t pieces = 0;
            bool names = false;
            for (std::size_t n = 1; n <= 4 && i + n <= words.size(); ++n) {
                auto const next = said.substr(words[i + n - 1].begin, words[i + n - 1].end - words[i + n - 1].begin);
                if (!is_pinyin(next)) break;
                for (char const c : next) joined += lower(c);
                if (auto const* limit = ends_in_a_sum(out) ? cues::limit_read_as(joined) : nullptr) read = to_utf8(*limit), pieces = n, names = false;
                else if (auto const* small = cues::small_word_read_as(joined)) read = to_utf8(*small), pieces = n, names = *small == U"礼物";
                else if (auto const* name = joined.size() >= 4 ? lexicon.read_as(joined) : nullptr) read = to_utf8(*name), pieces = n, names = true;
            }
            if (pieces == 0) return {};
            out += read, goods = goods || names, i += pieces;
        }
    }
    return goods ? out : std::string();
}

}  // namespace

SpellingSaid mend_said(CatalogueView const& view, Lexicon const& lexicon, std::string_view said) {
    SpellingSaid out;
    if (said.empty() || said.size() > longest_said || said.find('@') != said.npos) return out;
    bool const han = std::ranges::any_of(said, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    if (!han) {
        bool all = true, foreign = false;   // a sentence of English words is English, though each could be pinyin
        for (auto const& words : breaths(said))
            for (auto const& p : words) {
                auto const word = said.substr(p.begin, p.end - p.begin);
                bool const digits = std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; });
                all = all && (digits || is_pinyin(word));
                foreign = foreign || (!digits && !is_english_word(surface_of(word)) && !is_common_word(surface_of(word)));
            }
        if (all && foreign)
            if (auto read = in_chinese(said, lexicon); !read.empty()) {
                out.chinese = true, out.corrections.emplace_back(std::string(said), read), out.text = std::move(read);
                return out;
            }
    }
    // Whatever order they were found in; a word that was typed wrong twice is put right twice, and told once.
    struct Edit { std::size_t at; std::string typed, meant; };
    std::vector<Edit> edits;
    std::size_t looks = 0;   // of all breaths together
    for (auto const& words : breaths(said)) {
        if (words.empty()) continue;
        auto const begin = words.front().begin, end = words.back().end;
        auto const mended = mend_words(view, lexicon, said.substr(begin, end - begin), looks);
        for (std::size_t i = 0; i < mended.corrections.size(); ++i) {
            auto const& [typed, meant] = mended.corrections[i];
            auto const at = mended.places[i] < words.size() ? place_of(said, typed, words[mended.places[i]].begin, end) : said.npos;
            bool const taken = std::ranges::any_of(edits, [&](Edit const& e) { return at < e.at + e.typed.size() && e.at < at + typed.size(); });
            if (at != said.npos && !taken) edits.push_back({at, typed, meant});   // not what was mended twice over, or written with what a sentence has between its words
        }
    }
    std::ranges::sort(edits, {}, &Edit::at);
    std::string right;
    std::size_t from = 0;
    for (auto const& e : edits) {
        right.append(said, from, e.at - from) += e.meant, from = e.at + e.typed.size();
        if (std::ranges::find(out.corrections, std::pair(e.typed, e.meant)) == out.corrections.end()) out.corrections.emplace_back(e.typed, e.meant);
    }
    right.append(said, from);
    if (!out.corrections.empty()) out.text = std::move(right);
    return out;
}

}  // namespace kindling::dialogue
