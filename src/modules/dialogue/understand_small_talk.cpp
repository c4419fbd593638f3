// modules/dialogue/understand_small_talk.cpp -- "hey, my boy broke his again lol", 室友睡得早，光要柔和: the words of a conversation are no conditions on goods. See small_talk.h.
//
// A word of conversation counts for goods only as part of a name: with the word beside it, it stands in a title here ("hey jude", "lol surprise", "mad hatter").
// Of a clause that tells of somebody the goods are a topic, and so is what several titles say; its other words of the language are not.
#include "modules/dialogue/reader.h"
#include "modules/dialogue/small_talk.h"
#include "modules/dialogue/title_search.h"

namespace kindling::dialogue {

namespace {

constexpr std::size_t said_by_many = 3;   // titles, before a word of a clause about somebody is taken for one about goods

}  // namespace

// "Hey jude": one with the word before or behind it, nothing but a blank between.
bool Reader::in_a_named_phrase(Span word) const {
    auto const said = slice(word.begin, word.end);
    if (said.find(U' ') != said.npos || is_han(said.front())) return false;
    for (auto const& other : cues::latin_words_in(t_, {word.begin >= 24 ? word.begin - 24 : 0, std::min(t_.size(), word.end + 24)})) {
        bool const before = other.end + 1 == word.begin && t_[other.end] == U' ', behind = other.begin == word.end + 1 && t_[word.end] == U' ';
        if (!before && !behind) continue;
        auto const beside = slice(other.begin, other.end);
        bool const twice = beside == said;   // "yo yo"
        if (!twice && (beside.size() < 3 || cues::is_chat_word(beside))) continue;
        // Beside a word that stands in most sentences one title may have both by chance.
        auto const phrase = before ? slice(other.begin, word.end) : slice(word.begin, other.end);
        std::size_t const enough = is_common_word(beside) ? said_by_many : 1;
        std::size_t titles = 0;
        if (any_title(view_, PairFilter::of_words(phrase), [&](std::size_t p) { return (titles += cues::has_word(view_[p].title, phrase)) >= enough; })) return true;
    }
    return false;
}

void Reader::small_talk() {
    // 最近天气好冷，有没有毛衣: goods are asked for, whatever else the weather is.
    if (out_.intent == Intent::out_of_scope && cues::seeks(t_) && std::ranges::any_of(matches_, names_kind)) out_.intent = Intent::find;
    auto const drop = [&](Span span) { used_.push_back(span), chat_.push_back(span); };
    for (auto const& word : cues::chat_words(t_)) {
        bool const in_a_longer_word = is_han(t_[word.begin]) && std::ranges::any_of(whole_, [&](Span const& w) { return w.begin <= word.begin && word.end <= w.end && w.end - w.begin > word.end - word.begin; });
        bool const named = std::ranges::any_of(matches_, [&](Match const& m) { return m.begin <= word.begin && word.end <= m.end && m.end - m.begin > word.end - word.begin; });
        if (!in_a_longer_word && !named && !in_a_named_phrase(word)) drop(word);
    }
    // 早C晚A: a way of speaking that is no word here, and no letter C.
    for (std::size_t i = 0; i + 3 < t_.size(); ++i) {
        auto const letter_at = [&](std::size_t k) { return t_[k] >= U'a' && t_[k] <= U'z'; };
        if (!is_han(t_[i]) || !letter_at(i + 1) || !is_han(t_[i + 2]) || !letter_at(i + 3) || (i + 4 < t_.size() && cues::letter(t_[i + 4])) || std::ranges::any_of(matches_, [&](Match const& m) { return m.begin < i + 4 && i < m.end; })) continue;
        out_.unheard.push_back(to_utf8(slice(i, i + 4))), used_.push_back({i, i + 4});
    }
    for (auto const& clause : cues::clauses_of(t_)) {
        if (!cues::tells_of_somebody(t_, clause)) continue;
        bool const han = std::any_of(t_.begin() + static_cast<std::ptrdiff_t>(clause.begin), t_.begin() + static_cast<std::ptrdiff_t>(clause.end), is_han);
        bool const asked_beside = clause.begin > 0 || clause.end < t_.size();
        auto const inside = [&](auto const& what) { return what.begin < clause.end && clause.begin < what.end; };
        if (han) {
            if (std::ranges::any_of(matches_, [&](Match const& m) { return inside(m) && (m.end - m.begin > 1 || names_kind(m)); }) || std::ranges::any_of(numbers_, inside) || (occasion_ && inside(*occasion_))) continue;
            told_.push_back(clause);
            if (asked_beside || situation_.shown > 0 || !situation_.categories.empty()) used_.push_back(clause);
            continue;
        }
        told_.push_back(clause);
        for (auto const& word : cues::latin_words_in(t_, clause)) {
            auto const said = slice(word.begin, word.end);
            auto const overlaps = [&](auto const& what) { return what.begin < word.end && word.begin < what.end; };
            if (said.size() < 3 || !is_english_word(said) || is_common_word(said) || std::ranges::any_of(matches_, overlaps) || std::ranges::any_of(numbers_, overlaps)) continue;
            if (!everyday_goods().alternatives(to_utf8(said)).empty() || ends_a_name(said) || in_a_named_phrase(word)) continue;
            std::size_t titles = 0;
            if (!any_title(view_, PairFilter::standing(said), [&](std::size_t p) { return (titles += cues::has_word(view_[p].title, said)) >= said_by_many; })) used_.push_back(word);
        }
    }
}

// Whether nothing was said but this: no goods, no limit, no question.
bool Reader::only_chats(bool company) const {
    if (out_.intent != Intent::find || (chat_.empty() && told_.empty() && !company) || !out_.free_text.empty() || !out_.not_sold.empty() || !out_.unheard.empty() || !out_.refused_unknown.empty() || !out_.doubted.empty() || !out_.drop.empty()) return false;
    if (!out_.comparatives.empty() || !out_.leanings.empty() || out_.order || !out_.ordinals.empty() || !out_.refused.empty() || out_.points || out_.corrects || out_.other || out_.quantity_said || !out_.asked_attributes.empty() || !out_.topic.empty()) return false;
    if (!out_.foreign_money.empty() || !numbers_.empty() || out_.gift || out_.suspicious || (!company && (out_.refers || !out_.asked_words.empty() || occasion_ || person_))) return false;
    if (std::ranges::any_of(out_.constraints, [](Constraint const& c) { return c.kind != ConstraintKind::value || !cues::only_circumstances(surface_of(c.said)); })) return false;
    if (has(t_, U"thanks thank_you bye goodbye something anything present presents cheap cheaper cheapest show find need want forget never_mind 谢谢 多谢 再见 拜拜 想买 想要 推荐 送 退 订单")) return false;
    return company || (!cues::seeks(t_) && !has(t_, U"more else other others yes no none any looking whatever don't_mind don't_care not_sure no_idea up_to_you you_choose 随便 都行 都可以 换 算了 别的 其他 便宜 要 买"));
}

void Reader::tell_small_talk() {
    bool const company = cues::opens_small_talk(t_);
    if (!only_chats(company)) return;
    if (!company && std::ranges::all_of(chat_, [&](Span const& s) { return has(slice(s.begin, s.end), U"hey heya hiya howdy good_morning good_evening good_afternoon"); }) && told_.empty()) return;
    if (!company && !situation_.pending.empty()) return;   // "ok", "yeah": an answer
    // 我个子小，手也小: said of somebody beside goods, and nothing here is measured by it.
    if (!company && chat_.empty() && situation_.shown > 0) {
        out_.unheard.push_back(to_utf8(slice(told_.front().begin, told_.back().end)));
        return;
    }
    out_.constraints.clear();
    out_.small_talk = true;
}

}  // namespace kindling::dialogue
