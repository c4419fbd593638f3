// modules/dialogue/requests_joined.cpp -- taking something of what was shown, and another wish or a question in the same breath: "add the first one and a sustain pedal",
// 再来一块松香，跟弦一起放进购物车, "ok that one. any code i can use?". See requests.h.
//
// What is taken comes first; the other wish is looked for as one that stands beside it. A choice is a piece of nothing but agreement and a pointing word, and
// counts as one only where something else follows it: by itself "the second one" only asks to see it.
#include "core/utf8.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/requests.h"
#include "modules/dialogue/sums_said.h"
#include <algorithm>

namespace kindling::dialogue {

namespace {

bool stops(char32_t c) { return std::u32string_view(U",，.。;；!！?？\n").find(c) != std::u32string_view::npos; }

bool names_other_goods(std::u32string_view piece, CatalogueView const& view, Lexicon const& lexicon, Situation const& situation) {
    if (cues::has(piece, U"one ones more each another them those same 一样 同款 同样 receipt invoice discount 发票 优惠 券")) return false;
    auto fresh = situation;
    fresh.pending.clear();
    auto const r = understand(to_utf8(piece), view, lexicon, fresh);
    if (r.intent != Intent::find || !r.ordinals.empty() || r.refers || r.points || r.order || !r.comparatives.empty()) return false;
    if (!r.not_sold.empty()) return true;
    if (std::ranges::any_of(r.constraints, [](Constraint const& c) { return c.kind == ConstraintKind::category && c.polarity == Polarity::want; })) return true;
    return !r.free_text.empty() && r.free_text.size() > 2;
}

bool takes_shown(std::u32string_view piece, CatalogueView const& view, Lexicon const& lexicon, Situation const& situation) {
    auto would = situation;
    would.pending.clear();
    auto const r = understand(to_utf8(piece), view, lexicon, would);
    return r.intent == Intent::add_to_basket && std::ranges::none_of(r.constraints, [](Constraint const& c) { return c.kind == ConstraintKind::category; });
}

// "3 of those": a number of what was shown, without a word that takes.
bool counts_of_those(std::u32string_view piece) {
    auto const t = cues::trimmed(piece);
    auto const of = t.find(U" of ");
    if (of == t.npos || of > 6) return false;
    auto const rest = t.substr(of + 4);
    return rest == U"those" || rest == U"them" || rest == U"these" || rest == U"it" || rest == U"that" || rest.starts_with(U"the first") || rest.starts_with(U"the second") || rest.starts_with(U"the third") || rest.starts_with(U"the last");
}

constexpr std::u32string_view english_joints = U"and_a and_an and_some and_also_a and_also_an and_also_some plus_a plus_an plus_some as_well_as_a as_well_as_an as_well_as_some along_with_a along_with_an together_with_a and_show_me and_also_show_me and_i_need and_i_also_need and_find_me and_look_for";
constexpr std::u32string_view chinese_joints = U"再来一 再要一 再加一 再拿一 再买一 再配一 还要一 还来一 外加一 另外来一 另外要一 另外再来一 加上一 和一 跟一 再看看 再找一 再找个 再来点 再来些 顺便看看 顺便找 顺便再看看 另外看看 再帮我找";

}  // namespace

// The words that point, of a piece that only chooses: "ok that one", "fine, the first", 就它吧.
std::optional<std::u32string> chosen(std::u32string_view said) {
    auto const t = cues::trimmed(said);
    if (t.empty() || t.size() > 40) return {};
    if (std::ranges::any_of(t, is_han)) {
        auto left = t;
        for (bool moved = true; moved;) {
            moved = false;
            for (std::u32string_view front : {U"好的", U"好吧", U"好", U"行吧", U"行", U"那就", U"那", U"就", U"嗯", U"可以", U"ok", U"我", U"决定", U"要", U"选", U"来", U"买", U"定", U"，", U" "})
                if (left.starts_with(front) && !left.starts_with(U"那个") && !left.starts_with(U"那款") && !left.starts_with(U"那双") && !left.starts_with(U"那件") && !left.starts_with(U"那条")) { left.remove_prefix(front.size()), moved = true; break; }
        }
        bool const agrees = left.size() < t.size();
        auto const begins = left;
        for (bool moved = true; moved;) {
            moved = false;
            for (std::u32string_view back : {U"吧", U"了", U"好了", U"就行", U"就好", U"可以", U"不错", U"挺好"})
                if (left.ends_with(back)) { left.remove_suffix(back.size()), moved = true; break; }
        }
        static constexpr std::u32string_view pointing[] = {U"它", U"这个", U"这款", U"这双", U"这件", U"这条", U"那个", U"那款", U"那双", U"那件", U"那条", U"最后一个", U"最便宜的那个", U"最便宜的", U"便宜的那个"};
        bool const ordinal = left.size() >= 2 && left.size() <= 4 && left.front() == U'第' && std::u32string_view(U"一二三四五六123456").find(left[1]) != std::u32string_view::npos;
        if ((!agrees && left.size() == begins.size()) || (!ordinal && std::ranges::find(pointing, left) == std::end(pointing))) return {};
        return std::u32string(left);
    }
    std::vector<std::u32string_view> words;
    for (std::size_t i = 0; i < t.size();) {
        auto end = i;
        while (end < t.size() && t[end] != U' ' && t[end] != U',') ++end;
        if (end > i) words.push_back(t.substr(i, end - i));
        i = end + 1;
    }
    static constexpr std::u32string_view agreeing[] = {U"ok", U"okay", U"fine", U"great", U"good", U"alright", U"right", U"yes", U"yeah", U"yep", U"sure", U"perfect", U"then", U"well", U"so", U"cool", U"lovely", U"hmm", U"nice", U"deal", U"let's", U"say", U"go", U"with", U"it's", U"i'll", U"choose", U"pick", U"want", U"i", U"make", U"it", U"be", U"we'll", U"give", U"me"};
    std::size_t from = 0;
    while (from < words.size() && std::ranges::find(agreeing, words[from]) != std::end(agreeing) && !(words[from] == U"it" && from + 1 == words.size())) ++from;
    auto to = words.size();
    while (to > from + 1 && std::ranges::any_of(std::initializer_list<std::u32string_view>{U"then", U"please", U"it", U"is", U"will", U"do", U"for", U"me", U"thanks"}, [&](auto word) { return words[to - 1] == word; })) --to;
    if (to == from || (from == 0 && to == words.size())) return {};   // it points, and agrees to nothing
    std::u32string left;
    for (auto i = from; i < to; ++i) left += (left.empty() ? U"" : U" ") + std::u32string(words[i]);
    static constexpr std::u32string_view pointing[] = {U"that one", U"this one", U"that", U"this", U"it", U"the first", U"the first one", U"first one", U"the second", U"the second one", U"second one", U"the third", U"the third one", U"the fourth", U"the fourth one", U"the last one", U"the last", U"the cheaper one", U"the cheapest one", U"the cheapest", U"number 1", U"number 2", U"number 3", U"number one", U"number two", U"number three"};
    if (std::ranges::find(pointing, left) == std::end(pointing)) return {};
    return left;
}

std::optional<std::vector<std::string>> basket_and_more(std::u32string_view written, CatalogueView const& view, Lexicon const& lexicon, Situation const& situation) {
    auto const whole = to_utf8(written);
    auto const t = surface_of(whole);
    if (situation.shown == 0 || t.size() != written.size() || t.size() > 200) return {};
    if (consumption(whole)) return std::vector{whole};   // "she eats 60 g a day, what does a month cost": one question
    bool const han = std::any_of(t.begin(), t.end(), is_han);
    auto const piece = [&](std::size_t begin, std::size_t end) { return std::u32string_view(t).substr(begin, end - begin); };

    // A choice, and then something else.
    auto stop = std::size_t{0};
    auto const next_stop = [&](std::size_t from) {
        while (from < t.size() && !stops(t[from])) ++from;
        return from;
    };
    for (int breath = 0; breath < 3 && stop < t.size(); ++breath) {   // "ok, that one. any code?"
        stop = next_stop(stop + (breath > 0 ? 1 : 0));
        if (stop >= t.size()) break;
        auto const rest = cues::trimmed(piece(stop, t.size()));
        auto const points = chosen(piece(0, stop));
        if (!points || rest.empty()) continue;
        auto would = situation;
        would.pending.clear();
        auto const asks = understand(to_utf8(rest), view, lexicon, would);
        bool const question = asks.intent == Intent::ask_policy || asks.intent == Intent::ask_fact || asks.intent == Intent::ask_opinion || asks.intent == Intent::size_help || asks.intent == Intent::checkout || (cues::is_question(rest) && asks.intent == Intent::find);
        if (!question || !asks.ordinals.empty()) break;
        std::vector<std::string> out{to_utf8(han ? *points + U"加入购物车" : U"i'll take " + *points)};
        for (auto& more : requests(to_utf8(rest), view, lexicon, would)) out.push_back(std::move(more));
        return out;
    }

    // Something of the list, and other goods.
    for (auto const& joint : cues::find_all(t, han ? chinese_joints : english_joints)) {
        auto const front = cues::trimmed(piece(0, joint.begin));
        auto begin = joint.begin;
        if (!han)   // the article belongs to the wish
            for (std::u32string_view word : {U"and also ", U"and ", U"plus ", U"as well as ", U"along with ", U"together with "})
                if (piece(begin, t.size()).starts_with(word)) { begin += word.size(); break; }
        if (han) {
            begin = joint.end;
            if (t[begin - 1] == U'一') --begin;
        }
        auto const end = next_stop(begin);
        auto const back = cues::trimmed(piece(begin, end));
        auto const tail = end < t.size() ? cues::trimmed(piece(end + 1, t.size())) : std::u32string_view();
        auto const also = [&] {
            auto said = std::u32string(back);
            if (han) return U"另外还要" + said;
            for (std::u32string_view word : {U"show me ", U"i need ", U"i also need ", U"find me ", U"look for "})
                if (said.starts_with(word)) said.erase(0, word.size());
            return U"i also need " + said;
        }();
        if (!names_other_goods(back, view, lexicon, situation)) continue;
        std::u32string take;
        if (!front.empty() && !counts_of_those(front) && takes_shown(front, view, lexicon, situation)) take = front;
        else if (counts_of_those(front)) take = U"add " + std::u32string(front) + U" to my basket";
        // 再来一块松香，跟弦一起放进购物车: what is taken stands behind.
        std::u32string_view left = tail;
        bool const beside = han && front.empty() && std::ranges::any_of(std::initializer_list<std::u32string_view>{U"跟", U"和", U"与", U"同", U"连"}, [&](auto word) { return tail.starts_with(word); });
        if (beside && takes_shown(tail, view, lexicon, situation)) take = std::u32string(tail.substr(1)), left = {};
        if (take.empty()) continue;
        std::vector<std::string> out{to_utf8(take), to_utf8(also)};
        // 一起放进购物车 is said of both; anything else is asked for beside them.
        if (!left.empty() && !(takes_shown(left, view, lexicon, situation) && cues::has(left, U"一起 都 together all both it them")) && cues::courtesies(left).empty())
            for (auto& more : requests(to_utf8(left), view, lexicon, situation)) out.push_back(std::move(more));
        return out;
    }
    return {};
}

}  // namespace kindling::dialogue
