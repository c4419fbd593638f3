// modules/dialogue/refusals.cpp -- "no guitars", 不要吉他: refusing goods by a word that no category, attribute or brand here knows.
//
// A refusal counts for every title, also where the catalogue has nothing but titles: the word in either number, and what means the same in the other
// language. Only words that stand in a title here are taken so; "no hurry" refuses nothing. Cost: a pass over the titles for each refused word.
#include "engines/text/analysis/synonyms.h"
#include "modules/dialogue/reader.h"
#include "modules/dialogue/title_search.h"
#include "modules/dialogue/turn.h"

namespace kindling::dialogue {

namespace {

bool letter(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= 0xC0 && c < 0x250); }

bool title_has(std::u32string_view title, std::u32string_view word) {
    for (auto at = title.find(word); at != title.npos; at = title.find(word, at + 1)) {
        auto const after = at + word.size();
        if (!letter(word.front()) || ((at == 0 || !letter(title[at - 1])) && (after == title.size() || !letter(title[after])))) return true;
    }
    return false;
}

void add_numbers(std::vector<std::u32string>& words, std::u32string const& word) {
    auto const take = [&](std::u32string w) { if (std::ranges::find(words, w) == words.end()) words.push_back(std::move(w)); };
    take(word);
    if (!letter(word.back())) return;
    if (word.size() > 3 && word.ends_with(U's') && !word.ends_with(U"ss")) take(word.substr(0, word.size() - 1));
    else take(word + U"s");
}

}  // namespace

std::vector<std::u32string> spellings(std::u32string const& word) {
    static text::SynonymTable const same(text::commerce_synonyms());
    std::vector<std::u32string> words;
    add_numbers(words, word);
    for (auto const& other : same.alternatives(to_utf8(word)))
        if (auto const s = surface_of(other); s.size() >= 2) add_numbers(words, s);
    return words;
}

// A blank between Han words is a breath: in "不要黑白 跑步" the running is wished for. A list of one sort goes on over it: 不要黑色 白色.
bool Reader::refused(Span m) const {
    if (!cues::negated(t_, m, mentions_)) return false;
    if (m.begin < 2 || t_[m.begin - 1] != U' ' || !is_han(t_[m.begin]) || !is_han(t_[m.begin - 2])) return true;
    auto end = m.begin - 1;
    while (end > 0 && (t_[end - 1] == U'的' || t_[end - 1] == U'色')) --end;
    Match const *before = nullptr, *here = nullptr;
    for (auto const& other : matches_) {
        if (other.end == end || other.end == m.begin - 1) before = &other;
        if (other.begin == m.begin && other.end == m.end) here = &other;
    }
    if (!before) {   // "不要 红色": nothing stands between; "不要吉他 跑步鞋" has another object
        return std::ranges::none_of(refused_, [&](Span const& r) { return r.end == end || r.end == m.begin - 1; });
    }
    auto const same_sort = [&](Meaning const& a) { return here && std::ranges::any_of(here->meanings, [&](Meaning const& b) { return a.kind == b.kind && a.id == b.id && a.id >= 0; }); };
    if (std::ranges::any_of(before->meanings, same_sort)) return true;
    std::vector<Span> shifted;
    for (auto const& s : mentions_)
        if (s.begin >= m.begin) shifted.push_back({s.begin - m.begin, s.end - m.begin});
    return cues::negated(slice(m.begin, t_.size()), {0, m.end - m.begin}, shifted);   // by a word behind it
}

bool Reader::in_a_title(std::vector<std::u32string> const& words) const {
    return std::ranges::any_of(words, [&](std::u32string const& word) { return any_title(view_, word, [&](std::size_t p) { return title_has(view_[p].title, word); }); });
}

// "不要芬达的电吉他": how long the name is that stands right behind a refusal, up to 的, a breath or words that are known; 0: none.
std::size_t Reader::refused_name(std::size_t begin) const {
    static constexpr std::u32string_view refusing[] = {U"不要", U"不想要", U"别要", U"不喜欢", U"不考虑", U"除了", U"排除"};
    // Degrees, and what may be refused without being a name.
    static constexpr std::u32string_view no_name = U"太 过 那 这 很 有 是 带 超 再 任 什 别 一 两 三 的 了 我 你 他 她 它 给 买 送 用 看 说 紧 钱 贵";
    if (begin == 0 || std::ranges::none_of(refusing, [&](std::u32string_view word) { return slice(0, begin).ends_with(word); })) return 0;
    if (no_name.find(t_[begin]) != no_name.npos) return 0;
    std::size_t end = begin;
    while (end < t_.size() && end < begin + 6 && is_han(t_[end]) && t_[end] != U'的' && t_[end] != U'了' && t_[end] != U'吧' && cues::known_word(slice(end, t_.size())) == 0) ++end;
    if (end == begin + 6 && end < t_.size() && is_han(t_[end])) return 0;  // a whole clause
    return end >= begin + 2 ? end - begin : 0;
}

void Reader::refused_words() {
    auto const free = [&](std::size_t begin, std::size_t end) {
        auto const overlaps = [&](auto const& list) { return std::ranges::any_of(list, [&](auto const& u) { return begin < u.end && u.begin < end; }); };
        return !overlaps(used_) && !overlaps(matches_) && !overlaps(numbers_) && !overlaps(taken_);
    };
    // "不要红色的杯子", "no red cups": the quality is refused, and the goods behind it are what is wished for.
    auto const behind_a_quality = [&](std::size_t at) {
        bool const parted = at > 0 && (t_[at - 1] == U' ' || t_[at - 1] == U'的');
        while (at > 0 && (t_[at - 1] == U' ' || t_[at - 1] == U'的')) --at;
        // 不要塑料的积木: of a material that titles and no values tell.
        if (parted && std::ranges::any_of(refused_, [&](Span const& r) { return r.end == at; })) return true;
        return std::ranges::any_of(matches_, [&](Match const& m) { return m.end == at && std::ranges::any_of(m.meanings, [](Meaning const& x) { return x.kind == Meaning::Kind::value || x.kind == Meaning::Kind::brand; }) && cues::negated(t_, {m.begin, m.end}, {}); });
    };
    auto const refuse = [&](std::size_t begin, std::size_t end) {
        if (!free(begin, end) || behind_a_quality(begin) || out_.constraints.size() > 20 || !(refused(Span{begin, end}) || had_already({begin, end}))) return;
        std::u32string const word(slice(begin, end));
        auto const words = spellings(word);
        if (!in_a_title(words)) {
            // "Nothing electronic": refuses whatever it says, where "no hurry" does not.
            if (slice(0, begin).ends_with(U"nothing ") || slice(0, begin).ends_with(U"nothing too ")) { out_.refused_unknown.push_back(to_utf8(word)), used_.push_back({begin, end}), refused_.push_back({begin, end}); return; }
            if (is_han(word.front()) && refuse_families_in(word)) { used_.push_back({begin, end}), refused_.push_back({begin, end}); return; }
            // A name that nobody here bears is refused all the same, and no wish.
            if (is_han(word.front()) || !everyday_goods().alternatives(to_utf8(word)).empty()) out_.refused_unknown.push_back(to_utf8(word)), used_.push_back({begin, end}), refused_.push_back({begin, end});
            return;
        }
        Constraint c{.kind = ConstraintKind::value, .polarity = Polarity::avoid, .said = to_utf8(word)};
        for (auto const& w : words) c.values.push_back({"", to_utf8(w), to_utf8(w)});
        out_.constraints.push_back(std::move(c));
        used_.push_back({begin, end}), refused_.push_back({begin, end});
    };
    if (std::ranges::any_of(out_.constraints, [](Constraint const& c) { return c.polarity == Polarity::avoid; }))
        for (auto const& span : cues::find_all(t_, U"drop_the remove_the ditch_the lose_the scrap_the take_out_the take_away_the get_rid_of_the")) used_.push_back(span);
    for (std::size_t i = 0; i < t_.size();) {
        if (letter(t_[i])) {
            auto j = i;
            while (j < t_.size() && letter(t_[j])) ++j;
            auto const word = slice(i, j);
            if (word.size() >= 3 && !is_common_word(word) && (i == 0 || t_[i - 1] != U'\'')) refuse(i, j);
            i = j;
        } else if (auto const n = is_han(t_[i]) ? std::max(cues::known_word(slice(i, t_.size())), refused_name(i)) : 0; n) refuse(i, i + n), i += n;
        else ++i;
    }
}

}  // namespace kindling::dialogue
