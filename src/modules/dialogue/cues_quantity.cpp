// modules/dialogue/cues_quantity.cpp -- a number of what is being looked at, and nothing else: 加两个, "two sets please". See cues.h.
#include "core/utf8.h"
#include "modules/dialogue/cues.h"
#include <algorithm>

namespace kindling::dialogue::cues {

std::u32string_view without_end(std::u32string_view t) {
    for (bool more = true; more;) {
        more = false;
        for (std::u32string_view end : {U"。", U".", U"!", U"！", U"?", U"？", U" ", U"please", U"吗", U"呢", U"吧", U"了", U"的"})
            if (t.ends_with(end)) t.remove_suffix(end.size()), more = true;
    }
    return t;
}

bool same_again(std::u32string_view t) {
    t = without_end(t);
    if (has(t, U"不 别 not different another_kind")) return false;
    return std::ranges::any_of(std::initializer_list<std::u32string_view>{U"一样", U"一模一样", U"同样", U"同款", U"相同", U"the same", U"of the same"}, [&](auto same) { return t.ends_with(same); });
}

// 加两个, 来一双吧, 再来个一样的, "two sets please", "i'll have three of them": how many of what is being looked at, and nothing else.
bool takes_some(std::u32string_view t, bool again) {
    std::u32string bare;
    for (auto const c : t)
        if (std::u32string_view(U" ,.!，。！~").find(c) == std::u32string_view::npos || letter(c)) bare += c;
        else if (c == U' ' && !bare.empty()) bare += c;
    while (!bare.empty() && bare.back() == U' ') bare.pop_back();
    if (!bare.empty() && is_han(bare.back())) {
        std::u32string_view left = bare;
        for (std::u32string_view front : {U"好吧", U"好的", U"好", U"行吧", U"行", U"那就", U"那", U"就", U"我", U"请", U"帮我", U"给我"})
            if (left.starts_with(front)) left.remove_prefix(front.size());
        // 再来个同款: one more of the one in view.
        if (again && left.starts_with(U"再")) left.remove_prefix(1);
        bool same = false;
        for (std::u32string_view alike : {U"一模一样的", U"一样的", U"同样的", U"相同的", U"同款的", U"同款"})
            if (again && left.ends_with(alike)) left.remove_suffix(alike.size()), same = true;
        bool verb = false;
        for (std::u32string_view front : {U"都要", U"都来", U"每样来", U"每样要", U"加", U"来", U"拿", U"买", U"要"})
            if (!verb && left.starts_with(front)) left.remove_prefix(front.size()), verb = true;
        for (std::u32string_view back : {U"谢谢", U"就行", U"就好", U"就够", U"好了", U"吧", U"了"})
            if (left.ends_with(back)) left.remove_suffix(back.size());
        return verb && left.size() >= (same ? 1u : 2u) && left.size() <= 4 && std::u32string_view(U"个件双只条台把张盏瓶套包份本盒支副顶袋").find(left.back()) != std::u32string_view::npos &&
               std::ranges::all_of(left.substr(0, left.size() - 1), [](char32_t c) { return std::u32string_view(U"一二两三四五六七八九十几0123456789").find(c) != std::u32string_view::npos; });
    }
    std::vector<std::u32string_view> words;
    std::u32string_view const left = bare;
    for (std::size_t i = 0; i < left.size();) {
        auto const end = std::min(left.find(U' ', i), left.size());
        if (end > i) words.push_back(left.substr(i, end - i));
        i = end + 1;
    }
    bool number = false, please = false, of = false;
    for (auto const word : words) {
        if (one_of(word, U"two three four five six seven eight nine ten 2 3 4 5 6 7 8 9 10 12") && !number) number = true;
        else if (one_of(word, U"please")) please = true;
        else if (one_of(word, U"of them those these it sets pairs pieces packs units boxes bags bottles jars cans tubes rolls sheets copies")) of = of || word != U"of";
        else if (!one_of(word, U"ok okay yes i i'll take have get me give want need just the first second third fourth fifth last one ones cheapest cheaper")) return false;
    }
    return number && (please || of) && words.size() <= 8;
}

}  // namespace kindling::dialogue::cues
