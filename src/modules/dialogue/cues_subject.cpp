// modules/dialogue/cues_subject.cpp -- what is said beside a wish and is no wish for other goods: a remark about oneself, what the goods must hold, that somebody has them, and the
// words that stand for the goods that are talked about ("a kit for one", "the concert ones"). See cues.h.
//
// All by clause: a clause is told by what it begins with (a person) and what it ends in. Cost: a pass over the clauses.
#include "core/utf8.h"
#include "modules/dialogue/cues.h"
#include <algorithm>

namespace kindling::dialogue::cues {

namespace {

bool stop(char32_t c) { return std::u32string_view(U",，。;；!！?？.、").find(c) != std::u32string_view::npos; }

std::vector<Span> clauses(std::u32string_view t) {
    std::vector<Span> out;
    for (std::size_t i = 0; i < t.size();) {
        while (i < t.size() && (stop(t[i]) || t[i] == U' ')) ++i;
        auto end = i;
        // "5.5" is an amount.
        while (end < t.size() && !(stop(t[end]) && !(t[end] == U'.' && end + 1 < t.size() && t[end + 1] != U' '))) ++end;
        if (end > i) out.push_back({i, end});
        i = end + 1;
    }
    return out;
}

// The longest word of a list that the text begins with, whole; 0: none.
std::size_t begins(std::u32string_view t, std::u32string_view list) {
    std::size_t longest = 0;
    for (auto const& word : words_of(list))
        if (word.size() > longest && t.starts_with(word) && !(letter(word.back()) && t.size() > word.size() && letter(t[word.size()]))) longest = word.size();
    return longest;
}

// Without any of these words at the beginning.
std::u32string_view past(std::u32string_view t, std::u32string_view list) {
    for (;;) {
        while (!t.empty() && t.front() == U' ') t.remove_prefix(1);
        auto const n = begins(t, list);
        if (n == 0) return t;
        t.remove_prefix(n);
    }
}

constexpr std::u32string_view leads = U"and but because cause as since well so also though ok oh i_think 因为 但是 但 不过 而且 可是 主要是 就是 我觉得";
constexpr std::u32string_view persons_zh = U"我们家 我家 我们 我 咱们 咱 他们 她们 他 她 孩子 小孩 宝宝 儿子 女儿 闺女 我妈 我爸 妈妈 爸爸 老公 老婆 男朋友 女朋友 家里 的";
constexpr std::u32string_view body_zh = U"个子 个头 身高 身材 手指 手掌 手 脚 腿 胳膊 腰 头 脸 肩膀 肩 肚子 力气 视力 眼睛 年纪 年龄 记性";
constexpr std::u32string_view degrees_zh = U"也 都 很 比较 有点 有些 偏 太 特别 挺 非常 又 还 不太 不算 算 蛮 稍微 是 真 真的";
constexpr std::u32string_view states_zh = U"小 大 长 短 高 矮 宽 窄 胖 瘦 细 粗 弱 差 不高 不大 不长 不好 轻 老 一点 一些 了 的 呢 啊";
constexpr std::u32string_view degrees_en = U"quite rather very pretty fairly a_bit only so a_little not_very not_that not_so really just also kind_of kinda";
constexpr std::u32string_view states_en = U"small short tall big petite large tiny little long short weak slim skinny plus_size old";
constexpr std::u32string_view limbs_en = U"hands hand fingers finger feet foot arms arm legs leg head torso wrists wrist shoulders frame build";

bool remark(std::u32string_view clause) {
    auto rest = past(clause, leads);
    if (!rest.empty() && is_han(rest.front())) {
        rest = past(rest, persons_zh);
        auto const body = begins(rest, body_zh);
        if (body == 0) return false;
        rest = past(rest.substr(body), degrees_zh);
        auto const state = begins(rest, states_zh);
        return state > 0 && past(rest.substr(state), states_zh).empty();
    }
    auto const is_end = [](std::u32string_view t) { return past(t, U"too though myself person guy girl woman man lady").empty(); };
    if (auto const who = begins(rest, U"i'm i_am he's he_is she's she_is we're we_are they're im")) {
        auto const of = past(past(rest.substr(who), degrees_en), U"a an");
        auto const state = begins(of, states_en);
        return state > 0 && is_end(of.substr(state));
    }
    if (auto const has_it = begins(rest, U"i_have i've_got i_got he_has he's_got she_has she's_got we_have they_have with_my")) {
        auto const state = past(past(past(rest.substr(has_it), degrees_en), U"a an"), states_en);
        auto const limb = begins(state, limbs_en);
        return limb > 0 && is_end(state.substr(limb));
    }
    if (auto const whose = begins(rest, U"my his her our their")) {
        auto const of = past(rest.substr(whose), U"");
        auto const limb = begins(of, limbs_en);
        if (limb == 0) return false;
        auto const state = past(past(of.substr(limb), U"are is"), degrees_en);
        auto const n = begins(state, states_en);
        return n > 0 && is_end(state.substr(n));
    }
    return false;
}

}  // namespace

std::vector<Span> remarks_of_oneself(std::u32string_view t) {
    std::vector<Span> out;
    for (auto const& clause : clauses(t))
        if (remark(t.substr(clause.begin, clause.end - clause.begin))) out.push_back(clause);
    return out;
}

std::vector<Span> must_hold(std::u32string_view t) {
    static constexpr std::u32string_view en = U"must_hold has_to_hold have_to_hold needs_to_hold need_to_hold should_hold can_hold could_hold will_hold would_hold able_to_hold that_holds which_holds it_holds strong_enough_for big_enough_for large_enough_for wide_enough_for sturdy_enough_for deep_enough_for roomy_enough_for with_room_for with_space_for has_room_for have_room_for enough_room_for enough_space_for must_take has_to_take must_carry can_carry has_to_carry needs_to_carry must_fit has_to_fit have_to_fit needs_to_fit should_fit must_support can_support has_to_support must_seat";
    static constexpr std::u32string_view zh = U"要能放下 要能放 能放下 能放得下 放得下 要放得下 装得下 要装得下 塞得下 容得下 要能装下 能装下 要能装 要放 得能放 得放下 要能摆 摆得下 能摆下 能承受 承得住 要能承 够放 够装";
    std::vector<Span> out;
    for (auto list : {en, zh})
        for (auto const& cue : find_all(t, list)) {
            auto end = cue.end;
            while (end < t.size() && !stop(t[end]) && t[end] != U'的' && t[end] != U'吗') ++end;
            // "A printer and a monitor" are both held.
            for (auto const& joint : find_all(t, U"and"))
                if (joint.begin >= cue.end && joint.begin < end && begins(t.substr(std::min(joint.end + 1, t.size())), U"it must be not under in has have should no with is cheap needs below for that preferably ideally") > 0) end = joint.begin;
            for (std::u32string_view joint : {U" but ", U" under ", U" below ", U" for less", U" please"})
                if (auto const at = t.find(joint, cue.end); at != t.npos && at < end) end = at;
            auto begin = cue.begin;
            for (std::u32string_view front : {U"it ", U"and it ", U"they ", U"that ", U"which "})
                if (t.substr(0, begin).ends_with(front)) { begin -= front.size(); break; }
            if (end > cue.end + 1 && std::ranges::none_of(out, [&](Span const& s) { return s.begin < end && begin < s.end; })) out.push_back({begin, end});
        }
    return out;
}

std::vector<Span> has_of_them(std::u32string_view t) {
    static constexpr std::u32string_view having = U"already ve've has have had got gets owns own 's_got still bought";
    static constexpr std::u32string_view them = U"loads_of_those loads_of_them loads_of_these loads_of_that lots_of_those lots_of_them lots_of_these plenty_of_those plenty_of_them plenty_of_these enough_of_those enough_of_them enough_of_these tons_of_those tons_of_them a_lot_of_those a_lot_of_them too_many_of_those too_many_of_them many_of_those many_of_them heaps_of_those heaps_of_them a_bunch_of_those a_bunch_of_them some_of_those some_of_them one_of_those one_of_them those these them that one it loads lots plenty enough tons a_few_of_those a_few_of_them dozens_of_them hundreds_of_them";
    std::vector<Span> out;
    for (auto const& clause : clauses(t)) {
        auto rest = past(t.substr(clause.begin, clause.end - clause.begin), leads);
        if (rest.empty()) continue;
        if (is_han(rest.front())) {
            auto const person = past(rest, persons_zh);
            if (person.size() == rest.size()) continue;
            auto const tail = past(person, U"已经 都 早就 早 就 也 又 有 买 收 收到 过 了 很多 好多 一堆 一大堆 不少 好几个 太多 够多 好几件 这种 这些 那种 那些");
            if (tail.empty() && has(person, U"有 过 够多")) out.push_back(clause);
            continue;
        }
        auto const who = begins(rest, U"he she they we i he's she's they've we've i've my_son my_daughter my_kids my_wife my_husband my_mum my_mom my_dad my_boyfriend my_girlfriend");
        if (who == 0) continue;
        auto const had = past(rest.substr(who), having);
        auto const of = begins(had, them);
        bool const held = had.size() < past(rest.substr(who), U"").size();   // "he's one" is an age
        if (held && of > 0 && past(had.substr(of), U"already too now at_home anyway lol").empty()) out.push_back(clause);
    }
    return out;
}

std::vector<Span> by_the_same_hand(std::u32string_view t) {
    auto out = find_all(t, U"by_her by_him by_this_author by_that_author by_the_same_author by_the_author by_this_writer by_the_same_writer by_the_same_person by_this_artist by_the_same_artist from_the_same_author from_this_author 作者还写过 作者写过 作者的其他 作者其他的 作者还有 同一个作者 同一作者 同作者 这个作者 她还写过 他还写过 她写过 他写过 她的其他书 他的其他书");
    for (auto& span : out)
        for (std::u32string_view tail : {U"别的", U"其他", U"什么", U"哪些", U"吗", U"书"})
            if (t.substr(span.end).starts_with(tail)) span.end += tail.size();
    return out;
}

std::vector<Span> first_of_a_series(std::u32string_view t) {
    std::vector<Span> out;
    for (auto const& cue : find_all(t, U"the_first first second third the_second the_third the_last")) {
        auto const rest = t.substr(cue.end);
        if (begins(rest.substr(std::min<std::size_t>(rest.size(), 1)), U"in_a in_an in_the_series in_its_series in_any_series in_the_saga in_the_trilogy of_a of_the_series of_the_saga of_the_trilogy of_many book_in_a part_of volume_of book_of_a instalment installment one_in_a one_of_a one_in_the_series") == 0) continue;
        auto end = cue.end;
        while (end < t.size() && !stop(t[end])) ++end;
        if (auto const though = t.find(U" though", cue.end); though != t.npos) end = std::min(end, though);
        if (std::ranges::none_of(out, [&](Span const& s) { return s.begin < end && cue.begin < s.end; })) out.push_back({cue.begin, end});
    }
    return out;
}

std::optional<Span> stands_for_the_goods(std::u32string_view t) {
    for (auto const& cue : find_all(t, U"for_one for_it for_them for_those for_these for_mine that_fits_it that_fits_them that_will_fit_it to_fit_it to_fit_them which_fits_it")) {
        auto const rest = past(t.substr(cue.end), U"too as_well also please then pls at_all maybe perhaps");
        if (!rest.empty() && !stop(rest.front())) continue;
        auto begin = cue.begin;
        while (begin > 0 && t[begin - 1] == U' ') --begin;
        auto from = begin;
        while (from > 0 && letter(t[from - 1])) --from;
        auto const before = t.substr(from, begin - from);
        static constexpr std::u32string_view no_thing = U"pay paid give spend ask asked asking look looking wait waiting need use used using go going care ready this that it one those much price charge good bad made meant want wants get got sell sold made you okay ok fine do works work here available something anything enough time room space hope know";
        if (before.size() < 3 || one_of(before, no_thing)) continue;
        auto pronoun = cue.end;
        while (pronoun > cue.begin && t[pronoun - 1] != U' ') --pronoun;
        return Span{pronoun, cue.end};
    }
    for (auto const& cue : find_all(t, U"给它配的 给它配个 给它配一个 给它用的 给它买的 给它买个 配它的 配它用的 它用的 和它配套的 跟它配套的 与它配套的 它配套的 装它的 装它用的"))
        if (cue.end + 1 < t.size() && is_han(t[cue.end])) return cue;
    return {};
}

bool among_the_goods(std::u32string_view t) {
    static constexpr std::u32string_view others = U"little young loved these those good bad which other few big_little";
    for (auto const& ones : find_all(t, U"ones")) {
        auto begin = ones.begin;
        while (begin > 0 && t[begin - 1] == U' ') --begin;
        auto from = begin;
        while (from > 0 && letter(t[from - 1])) --from;
        auto const before = t.substr(from, begin - from);
        if (!before.empty() && !one_of(before, others)) return true;
    }
    // "I want one that is left handed."
    for (auto const& one : find_all(t, U"one_that one_which one_with one_without one_made one_in one_for")) {
        auto begin = one.begin;
        while (begin > 0 && t[begin - 1] == U' ') --begin;
        auto from = begin;
        while (from > 0 && letter(t[from - 1])) --from;
        if (begin == 0 || std::ranges::find(words_of(U"want need have like there get got find take prefer rather is"), t.substr(from, begin - from)) != words_of(U"want need have like there get got find take prefer rather is").end()) return true;
    }
    // "Do you have a wooden one?": an article, a word or some, "one".
    for (auto const& one : find_all(t, U"one")) {
        auto const rest = past(t.substr(one.end), U"too please then maybe pls");
        if (!rest.empty() && !stop(rest.front()) && begins(rest, U"with in under below for that which made without") == 0) continue;
        auto const before = t.substr(0, one.begin);
        for (std::u32string_view article : {U" a ", U" an "})
            if (auto const at = (U" " + std::u32string(before)).rfind(article); at != std::u32string::npos) {
                auto const between = (U" " + std::u32string(before)).substr(at + article.size());
                if (between.size() > 2 && std::ranges::count(between, U' ') <= 3 && std::ranges::none_of(between, [](char32_t c) { return stop(c); })) return true;
            }
    }
    return false;
}

std::optional<std::pair<Span, Span>> goes_back(std::u32string_view t) {
    auto const cue = find(t, U"back_to go_back_to going_back_to return_to returning_to 回到刚才 回到之前 回到前面 回到 还是看刚才 还是看之前 还是看前面 再看看刚才 再看刚才 再看看之前 回头看");
    if (!cue || has(t.substr(0, cue->begin), U"send ship give put bring 退 寄")) return {};
    auto end = cue->end;
    while (end < t.size() && !stop(t[end])) ++end;
    return std::pair(*cue, Span{cue->end, end});
}

bool needs_the_feature(std::u32string_view t) {
    return has(t, U"i_need_the i_want_the i'd_need_the i'd_like_the it_needs it_needs_the it_should it_must it_has_to needs_to_be has_to_be must_be must_have should_have should_be has_to_have needs_to_have they_need they_must if_possible ideally preferably would_be_nice would_be_great would_be_good 最好 必须 得是 要是能 如果可以");
}

bool for_somebody_else_now(std::u32string_view t) {
    auto const what = find(t, U"something anything a_present a_gift");
    if (!what) return false;
    auto const lead = past(t.substr(0, what->begin), U"ok okay great good thanks cool right and also then now next plus what_about how_about i_need i_want get find show me please as_well besides , .");
    if (!lead.empty()) return false;
    auto const behind = find(t, U"for", what->end);
    return behind && (has(t.substr(0, what->begin), U"and also then now next plus besides") || has(t.substr(behind->end), U"too as_well"));
}

}  // namespace kindling::dialogue::cues
