// modules/dialogue/cues_pointing.cpp -- which of the goods in view are pointed at, or left out: "the second one", 第一和第三, 前两个, "the last". See cues.h.
#include "modules/dialogue/cues.h"
#include <algorithm>

namespace kindling::dialogue::cues {

References references(std::u32string_view t, std::size_t shown) {
    References out;
    bool const asks = is_question(t);
    auto const add = [&](int n, Span span) {
        auto const before = t.substr(0, span.begin);
        bool const excepted = before.ends_with(U"除了") || before.ends_with(U"except ") || before.ends_with(U"other than ") || before.ends_with(U"besides ") || before.ends_with(U"apart from ");
        auto& list = excepted || (!asks && negated(t, span, {})) ? out.refused : out.ordinals;  // "isn't the first one cheaper?" refuses nothing
        if (std::find(list.begin(), list.end(), n) == list.end()) list.push_back(n);
        // The "one" of "the second one" counts nothing.
        for (std::u32string_view one : {U" one", U" ones"})
            if (t.substr(span.end).starts_with(one) && (span.end + one.size() >= t.size() || !letter(t[span.end + one.size()]))) { span.end += one.size(); break; }
        out.spans.push_back(span);
        if (&list == &out.ordinals) out.places.push_back({n, span});
    };
    auto const digit = [](char32_t c) -> int {
        if (c >= U'1' && c <= U'9') return static_cast<int>(c - U'0');
        auto const at = std::u32string_view(U"一二三四五六七八九").find(c);
        return at == std::u32string_view::npos ? (c == U'两' ? 2 : 0) : static_cast<int>(at) + 1;
    };
    for (std::size_t i = 0; i + 1 < t.size(); ++i) {
        if ((t[i] == U'第' || t[i] == U'#') && digit(t[i + 1])) {
            auto end = i + 2;
            if (end < t.size() && std::u32string_view(U"个款件双条只把盏台张瓶套种位").find(t[end]) != std::u32string_view::npos) ++end;
            add(digit(t[i + 1]), {i, end});
        } else if (t[i] == U'前' && digit(t[i + 1]) && i + 2 < t.size() && std::u32string_view(U"个款件双条只把盏台张瓶").find(t[i + 2]) != std::u32string_view::npos) {
            for (int n = 1; n <= digit(t[i + 1]); ++n) add(n, {i, i + 3});
        } else if (t[i] == U'前' && digit(t[i + 1]) > 1 && (i + 2 == t.size() || std::u32string_view(U" ,，。.?？!！名样种比对哪有的都各放加").find(t[i + 2]) != std::u32string_view::npos)) {   // 前三, 前3名; 前三天 is a time
            for (int n = 1; n <= digit(t[i + 1]); ++n) add(n, {i, i + 2});
        } else if (digit(t[i]) && t[i + 1] == U'号' && (i == 0 || !letter(t[i - 1]))) add(digit(t[i]), {i, i + 2});
    }
    // "The first three", "top 3", "the last two": so many from one end of the list, and no weeks or tiers.
    std::vector<Span> runs;
    for (auto const& end : find_all(t, U"the_first first the_top top the_last last")) {
        auto const number = find(t, U"two three four five six 2 3 4 5 6", end.end);
        if (!number || number->begin != end.end + 1) continue;
        static constexpr std::u32string_view counted = U"week weeks day days month months year years hour hours minute minutes tier tiers layer layers digit digits letter letters shelf shelves floor floors star stars rated reviewed";
        if (auto const noun = find(t, counted, number->end); noun && noun->begin == number->end + 1) { runs.push_back({end.begin, number->end}); continue; }
        bool const last = t.substr(end.begin, end.end - end.begin).ends_with(U"last");
        if (last && shown == 0) continue;
        auto const word = t.substr(number->begin, number->end - number->begin);
        static constexpr std::u32string_view names[] = {U"two", U"three", U"four", U"five", U"six"};
        auto const named = std::ranges::find(names, word);
        int const size = named != std::end(names) ? static_cast<int>(named - names) + 2 : static_cast<int>(word.front() - U'0');
        int const from = last ? std::max(1, static_cast<int>(shown) - size + 1) : 1;
        for (int n = from; n < from + size && (!last || n <= static_cast<int>(shown)); ++n) add(n, {end.begin, number->end});
        runs.push_back({end.begin, number->end});
    }
    struct Row { std::u32string_view cues; int n; };
    static constexpr Row rows[] = {{U"前面那个 前面那款 前者 the_former the_first first_one 1st 1st_one number_1 number_one option_1 no._1", 1}, {U"后面那个 后面那款 后者 the_latter the_second second_one 2nd 2nd_one number_2 number_two option_2 no._2", 2}, {U"the_third third_one 3rd 3rd_one number_3 number_three option_3 no._3", 3}, {U"the_fourth fourth_one 4th number_4 number_four option_4", 4}, {U"the_fifth fifth_one 5th number_5", 5}, {U"the_last last_one 最后一个 最后那个 最后一款 最后一件", -1}};
    std::ranges::copy(first_of_a_series(t), std::back_inserter(runs));   // "not the first in a saga"
    for (auto const& row : rows)
        if (auto const span = find(t, row.cues); span && std::ranges::none_of(runs, [&](Span const& run) { return span->begin < run.end && run.begin < span->end; })) add(row.n, *span);
    // "Compare 1 and 3", 对比1和3, "1 and 3": bare numbers that are joined, with nothing counted behind them.
    auto const bare = [&](std::size_t i) { return i < t.size() && t[i] >= U'1' && t[i] <= U'9' && (i == 0 || (!letter(t[i - 1]) && t[i - 1] != U'.')) && (i + 1 >= t.size() || std::u32string_view(U" ,，、.。?？!！和跟与").find(t[i + 1]) != std::u32string_view::npos); };
    std::vector<std::size_t> numbers;
    for (std::size_t i = 0; i < t.size(); ++i)
        if (bare(i)) numbers.push_back(i);
    if (numbers.size() >= 2 && out.ordinals.empty()) {
        auto const joined = [&](std::size_t from, std::size_t to) {
            auto between = t.substr(from + 1, to - from - 1);
            while (!between.empty() && between.front() == U' ') between.remove_prefix(1);
            while (!between.empty() && between.back() == U' ') between.remove_suffix(1);
            if (between == U"to") return has(t.substr(0, from), U"compare comparing comparison");   // "3 to 5" are years, or how many
            static constexpr std::u32string_view joints[] = {U"and", U"with", U"vs", U"versus", U"&", U",", U"，", U"、", U"和", U"跟", U"与", U", and"};
            return std::ranges::find(joints, between) != std::end(joints);
        };
        bool all = true;
        for (std::size_t k = 1; k < numbers.size(); ++k) all = all && joined(numbers[k - 1], numbers[k]);
        auto const before = t.substr(0, numbers.front()), behind = t.substr(numbers.back() + 1);
        auto const nothing = [](std::u32string_view text) { return text.find_first_not_of(U" ,，.。?？!！是") == text.npos; };
        if (all && nothing(behind) && (nothing(before) || has(before, U"compare comparison difference 比较 对比 比一比 比一下 区别")))
            for (auto const at : numbers) add(digit(t[at]), {at, at + 1});
    }
    if (!out.ordinals.empty())  // "the first and third", "第一和第三"
        for (auto const& row : {Row{U"first", 1}, Row{U"second", 2}, Row{U"third", 3}, Row{U"fourth", 4}})
            for (auto const& joined : {U"and ", U"or ", U"with "})
                if (auto const at = t.find(joined); at != t.npos)
                    if (auto const span = find(t, row.cues, at); span && span->begin == at + std::u32string_view(joined).size()) add(row.n, *span);
    if (auto const span = find(t, U"这两个 这两款 这两件 这两条 这两双 两个都 两者 these_two both_of_them both those_two the_two 这俩 它们俩 前面两个 two_of_them"); span && out.ordinals.size() < 2) out.ordinals = {1, 2}, out.spans.push_back(*span);
    if (auto const span = find(t, U"这三个 这三款 these_three all_three"); span && out.ordinals.empty()) out.ordinals = {1, 2, 3}, out.spans.push_back(*span);
    if (auto const span = find(t, U"都要一 都要两 都要三 都来一 都来两 每样来 每样要 全部加 全都加 全加 都加入 都加购 都加到 全要了 都要了 整套加 一起加 全部买 全都买 全买 add_all add_it_all add_them_all add_them add_everything add_the_whole add_the_set add_the_outfit put_it_all put_them_all take_them_all take_it_all i'll_take_all i'll_take_everything buy_all buy_it_all buy_them_all buy_everything all_of_them all_of_it"); span && out.ordinals.empty() && shown > 1)
        for (int n = 1; n <= static_cast<int>(shown); ++n)
            if (std::ranges::find(out.refused, n) == out.refused.end()) add(n, *span);
    if (auto const span = find(t, U"这个 这款 这件 这条 这双 这只 这台 这把 这盏 这张 那个 那款 那条 那双 它 this_one that_one it its this_dress these_shoes this_product this_item"); span) out.focus = true, out.spans.push_back(*span);
    for (auto* list : {&out.ordinals, &out.refused})
        for (auto& n : *list)
            if (n == -1 && shown > 0) n = static_cast<int>(shown);
    for (auto& place : out.places)
        if (place.n == -1 && shown > 0) place.n = static_cast<int>(shown);
    return out;
}

}  // namespace kindling::dialogue::cues
