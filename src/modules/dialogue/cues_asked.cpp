// modules/dialogue/cues_asked.cpp -- what a question is about: one of those shown that is the most of something, the goods in view, when they come. See cues.h.
#include "core/utf8.h"
#include "modules/dialogue/cues.h"
#include <algorithm>

namespace kindling::dialogue::cues {

std::optional<PointedAt> pointed_at_extreme(std::u32string_view t) {
    constexpr std::u32string_view pointers[] = {U"那一款", U"那一个", U"那款", U"那个", U"那件", U"那条", U"那双", U"那只", U"那台", U"那把", U"那张", U"那瓶", U"那套", U"一款", U"一个", U"这款", U"这个"};
    for (auto at = t.find(U'最'); at != t.npos; at = t.find(U'最', at + 1)) {
        auto end = at + 1;
        while (end < t.size() && end < at + 5 && is_han(t[end]) && t[end] != U'的' && t[end] != U'那') ++end;
        if (end >= t.size() || (t[end] != U'的' && t[end] != U'那')) continue;
        // 续航最长的: what it is the most of, before it.
        auto begin = at;
        while (begin > 0 && at - begin < 3 && is_han(t[begin - 1]) && t[begin - 1] != U'的') --begin;
        if (t[end] == U'的') ++end;
        for (auto const pointer : pointers)
            if (t.substr(end).starts_with(pointer)) return PointedAt{{begin, end + pointer.size()}, true};
        return PointedAt{{begin, end}, false};
    }
    for (auto const& the : find_all(t, U"the")) {
        auto const word = [&](std::size_t from) {
            auto end = from;
            while (end < t.size() && letter(t[end])) ++end;
            return t.substr(from, end - from);
        };
        auto const begin = std::min(t.size(), the.end + 1);
        auto const first = word(begin);
        auto end = begin + first.size();
        bool const one_word = first.size() >= 5 && first.ends_with(U"est") && first != U"latest" && first != U"newest", two_words = first == U"most" || first == U"least" || first == U"best";
        if (!one_word && !two_words) continue;
        if (two_words) end += 1 + word(std::min(t.size(), end + 1)).size();
        end = std::min(end, t.size());
        for (std::u32string_view one : {U" one of them", U" one", U" of them", U" of those", U" of these"})
            if (t.substr(end).starts_with(one) && (end + one.size() >= t.size() || !letter(t[end + one.size()]))) return PointedAt{{the.begin, end + one.size()}, true};
        return PointedAt{{the.begin, end}, false};
    }
    return {};
}

bool asks_of_goods(std::u32string_view t) {
    if (t.size() > 120) return false;
    constexpr std::u32string_view seeking = U"有没有 有没 有什么 有哪些 有啥 哪些 哪里 推荐 想买 想要 想找 找 看看 看一下 还有 别的 其他 其它 换 来个 来一 给我 帮我 买什么 送什么 你们 店里 do_you have_you you_have any anything something some show find recommend suggest see get buy order pay what_about how_about are_there is_there else other others another instead cheaper you your";
    if (has(t, seeking)) return false;
    if (std::ranges::any_of(t, is_han)) {
        bool const asks = t.find(U'?') != t.npos || t.find(U'？') != t.npos || has(t, U"吗 么 会不会 能不能 可不可以 是不是 需不需要 用不用 难不难 容不容易 多少 几");
        return asks && !t.starts_with(U"有") && has(t, U"会 能 可以 可不可以 是不是 需要 需不需要 用不用 难不难 容易 容不容易 多少 几 得 好不好");
    }
    constexpr std::u32string_view first[] = {U"is ", U"are ", U"does ", U"do ", U"will ", U"would ", U"can ", U"could ", U"has "};
    constexpr std::u32string_view second[] = {U"it ", U"they ", U"this ", U"these ", U"that ", U"those ", U"the ", U"i ", U"we ", U"one "};
    auto said = t;
    for (std::u32string_view front : {U"and ", U"but ", U"so ", U"ok ", U"okay ", U", "})
        if (said.starts_with(front)) said.remove_prefix(front.size());
    if (said.starts_with(U"how ")) return has(said.substr(0, 24), U"it they this these those the") && !has(said, U"how_much_is how_do_i how_can_i how_to");
    return std::ranges::any_of(first, [&](std::u32string_view word) { return said.starts_with(word) && std::ranges::any_of(second, [&](std::u32string_view next) { return said.substr(word.size()).starts_with(next); }); });
}

bool asks_arrival(std::u32string_view t) {
    if (t.size() > 120 || has(t, U"my_order my_parcel my_package 订单 包裹 没收到 退款 refund")) return false;
    if (has(t, U"arrive arrives arriving get_here gets_here reach_me reaches_me be_delivered delivered ships ship") && has(t, U"when how_soon how_fast how_quickly fastest soonest quickest earliest arrives_first arrive_first")) return true;
    return has(t, U"哪个 哪款 哪一个 哪一款 哪件 哪双 谁 第一 第二 第三 第四 这个 那个 最快 多快") && has(t, U"到得 最快到 先到 到货快 到货最快 送得 送到最快 发货快 发货最快 快递快 多快能到 多快到 多快送");
}

}  // namespace kindling::dialogue::cues
