// modules/dialogue/lexicon_mending.cpp -- words that are not this catalogue's, read as one that is: one letter missed, pinyin in one piece or in several, Han
// characters that sound like it. See lexicon.h. Cost: a look-up for each way to read a piece; for a word with a typing mistake the distance to each known one.
#include "core/utf8.h"
#include "engines/text/analysis/pinyin.h"
#include "engines/text/analysis/synonyms.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/lexicon.h"
#include <algorithm>

namespace kindling::dialogue {

namespace {

bool is_letter(char32_t c) { return cues::letter(c) && !(c >= U'0' && c <= U'9'); }

// Edit distance with transpositions, given up above `most`.
int distance(std::u32string_view a, std::u32string_view b, int most) {
    if (a.size() > b.size() + 2 || b.size() > a.size() + 2) return most + 1;
    std::vector<int> before(b.size() + 1), last(b.size() + 1), now(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = static_cast<int>(j);
    for (std::size_t i = 1; i <= a.size(); ++i) {
        now[0] = static_cast<int>(i);
        int best = now[0];
        for (std::size_t j = 1; j <= b.size(); ++j) {
            now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] != b[j - 1])});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) now[j] = std::min(now[j], before[j - 2] + 1);
            best = std::min(best, now[j]);
        }
        if (best > most) return most + 1;
        before.swap(last), last.swap(now);
    }
    return last[b.size()];
}

// Everyday goods, whether they are sold here or not.
std::unordered_map<std::string, std::u32string> const& goods_by_pinyin() {
    static auto const table = [] {
        std::unordered_map<std::string, std::u32string> out;
        for (auto const& group : text::commerce_goods())
            for (auto const& word : group)
                if (auto const s = surface_of(word); s.size() >= 2 && s.size() <= 4 && std::all_of(s.begin(), s.end(), is_han)) {
                    auto const [at, fresh] = out.try_emplace(text::pinyin(word), s);
                    if (!fresh && s < at->second) at->second = s;   // the same whatever order the tables have
                }
        return out;
    }();
    return table;
}

}  // namespace

std::optional<std::u32string> Lexicon::mend(std::u32string_view word) const {
    if (word.size() < 5 || word.size() > 24 || is_common_word(word) || is_english_word(word)) return {};
    int best = word.size() >= 8 ? 2 : 1;
    std::u32string_view found;
    for (auto const& known : latin_) {
        if (known.front() != word.front()) continue;  // people rarely miss the first letter, and it halves the false mends
        if (auto const d = distance(word, known, best); d <= best && (found.empty() || d < best)) best = d, found = known;
    }
    return found.empty() ? std::nullopt : std::optional(std::u32string(found));
}

// A Latin word that is no English one and is read exactly as a word here; of five letters, as shorter ones are too often something else.
std::u32string const* Lexicon::read_pinyin(std::u32string_view word) const {
    if (word.size() < 5 || word.size() > 30 || is_common_word(word) || is_english_word(word)) return nullptr;
    auto const found = by_pinyin_.find(to_utf8(word));
    return found == by_pinyin_.end() ? nullptr : &found->second;
}

std::u32string const* Lexicon::read_as(std::string_view pinyin) const {
    if (auto const here = by_pinyin_.find(std::string(pinyin)); here != by_pinyin_.end()) return &here->second;
    auto const goods = goods_by_pinyin().find(std::string(pinyin));
    return goods == goods_by_pinyin().end() ? nullptr : &goods->second;
}

// "lian yi qun", "baowen bei": Latin words that are pinyin, of which one at least is no English word, and that together are read as a word here.
std::u32string const* Lexicon::read_parted_pinyin(std::u32string_view t, std::size_t begin, std::size_t& end) const {
    std::u32string joined;
    std::u32string const* best = nullptr;
    bool foreign = false;
    for (auto i = begin; i < t.size() && joined.size() < 24;) {
        auto j = i;
        while (j < t.size() && is_letter(t[j])) ++j;
        if (j == i || (j < t.size() && cues::letter(t[j]))) break;
        auto const word = t.substr(i, j - i);
        if (is_common_word(word) || text::cut_pinyin(to_utf8(word)).empty()) break;
        foreign = foreign || !is_english_word(word);
        joined += word;
        if (i > begin && foreign && joined.size() >= 4)
            if (auto const found = by_pinyin_.find(to_utf8(joined)); found != by_pinyin_.end()) best = &found->second, end = j;
        if (j + 1 >= t.size() || t[j] != U' ') break;
        i = j + 1;
    }
    return best;
}

// 卫依 for 卫衣: no word of the language, as many characters, half of them at least the right ones, and read the same. What it crosses may not be a word
// either (the 上一 of 上一个), and no particle stands for something else. Only goods, their makers and what they are like outright.
std::u32string const* Lexicon::read_homophone(std::u32string_view t, std::size_t begin, std::size_t length) const {
    static constexpr std::u32string_view particles = U"一二三四五六七八九十两加的了得地是有在个不与和会被给想要买用去来这那我你他她它们吗呢吧啊也都就还很太更最上下里大小多少几";
    auto const piece = t.substr(begin, length);
    if (!std::ranges::all_of(piece, is_han) || is_chinese_word(piece)) return nullptr;
    auto const sound = text::pinyin(to_utf8(piece));
    auto found = by_pinyin_.find(sound);
    if ((found == by_pinyin_.end() || found->second.size() != length) && (found = goods_by_pinyin().find(sound)) == goods_by_pinyin().end()) return nullptr;
    if (found->second.size() != length) return nullptr;
    std::size_t same = 0;
    for (std::size_t i = 0; i < length; ++i) {
        bool const particle = particles.find(piece[i]) != particles.npos;
        if (piece[i] == found->second[i]) same += !particle;   // that 的 stands in both 码的 and 麻的 says nothing
        else if (particle) return nullptr;
    }
    if (same * 2 < length || same == length) return nullptr;
    if (begin > 0 && is_han(t[begin - 1]) && is_chinese_word(t.substr(begin - 1, 2))) return nullptr;
    if (begin + length < t.size() && is_han(t[begin + length]) && is_chinese_word(t.substr(begin + length - 1, 2))) return nullptr;
    return &found->second;
}

std::vector<std::pair<std::u32string, std::u32string>> Lexicon::mend_homophones(std::u32string& t, std::span<Match const> found) const {
    std::vector<std::pair<std::u32string, std::u32string>> out;
    if (t.size() > 400) return out;   // a long text is no slip of a few characters, and would cost a look-up for each
    std::vector<char> known(t.size(), 0);
    for (auto const& m : found)
        if (m.end - m.begin > 1 && m.meanings.front().strength != Meaning::Strength::part) std::fill(known.begin() + static_cast<std::ptrdiff_t>(m.begin), known.begin() + static_cast<std::ptrdiff_t>(m.end), 1);
    for (std::size_t i = 1; i < t.size(); ++i)
        if (t[i - 1] >= U'0' && t[i - 1] <= U'9') known[i] = 1;   // the 码 of "38码的" counts, and is no 麻
    for (std::size_t i = 0; i + 1 < t.size(); ++i)
        for (auto n = std::min<std::size_t>(4, t.size() - i); n >= 2; --n) {
            if (std::any_of(known.begin() + static_cast<std::ptrdiff_t>(i), known.begin() + static_cast<std::ptrdiff_t>(i + n), [](char is) { return is != 0; })) continue;
            auto const* read = read_homophone(t, i, n);
            if (!read) continue;
            out.emplace_back(t.substr(i, n), *read);
            t.replace(i, n, *read);
            i += n - 1;
            break;
        }
    return out;
}

}  // namespace kindling::dialogue
