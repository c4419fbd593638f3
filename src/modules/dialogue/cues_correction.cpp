// modules/dialogue/cues_correction.cpp -- the words that take back what was said before them: "no, sorry, I meant", 不对，我说的是. See cues.h.
//
// They are read from the left, one after another, with the stops between them. Some take back by themselves ("I meant", 说错了); of the others ("no", "sorry", 不) it is
// told by the stop behind them, so that "no lace" refuses and "no, the second" corrects. Mere fillers ("oh", 那个) may stand among them and say nothing alone.
#include "core/utf8.h"
#include "modules/dialogue/cues.h"
#include <algorithm>

namespace kindling::dialogue::cues {
namespace {

constexpr std::u32string_view by_itself = U"i_mean i_meant i_actually_meant what_i_meant_was i_meant_to_say i_said i_should_have_said i_misspoke my_bad my_mistake my_fault scratch_that strike_that that's_wrong that_was_wrong that_is_wrong not_that_one no_wait wait_no oh_no no_no that's_too_many not_that_many not_so_many on_second_thought on_second_thoughts or_rather let_me_correct_that "
                                      U"说错了 我说错了 说错 弄错了 我弄错了 搞错了 我搞错了 看错了 我看错了 打错了 写错了 拿错了 我拿错了 点错了 选错了 加错了 放错了 手滑了 手滑 口误 更正一下 纠正一下 我是说 我说的是 我要的是 我指的是 我想说的是 我的意思是 我想要的是 刚才说错了 刚说错了 不用那么多 不用这么多 不要那么多 不要这么多 用不了那么多 要不了那么多";
constexpr std::u32string_view with_a_stop = U"no nope nah wait sorry oops whoops actually hang_on hold_on i'm_sorry 不 不是 不不不 等等 等一下 等下 抱歉 对不起 不好意思 哎呀 糟了";
// Of more meanings, so that a stop has to end them, or what takes back by itself follow: "not that expensive", "too many buttons", 不对称, 多了解一下.
constexpr std::u32string_view before_a_stop = U"not_that not_this_one too_many wrong_one wrong_size wrong_colour wrong_color correction typo 不对 不不 错了 更正 尺码错了 颜色错了 数量错了 应该是 太多了 多了 太少了 少了";
constexpr std::u32string_view fillers = U"oh ah um uh hmm well ok okay sorry wait no so 哦 噢 啊 呃 额 嗯 那个 哎 诶 我 刚才 刚刚";
constexpr std::u32string_view stops = U" ,，.。!！;；:：~、—-…";
// What goes on behind a bare "no" or "sorry" that no stop follows.
constexpr std::u32string_view goes_on[] = {U"the first", U"the second", U"the third", U"the fourth", U"the fifth", U"the last", U"the other", U"i want", U"i need", U"i'd", U"it's", U"its ", U"it should", U"make it", U"in size", U"size ", U"number "};

// The longest of the list that stands right here; 0: none.
std::size_t here(std::u32string_view t, std::size_t at, std::u32string_view list) {
    std::size_t longest = 0;
    for (auto const& word : words_of(list)) {
        if (t.substr(at, word.size()) != word || word.size() <= longest) continue;
        auto const after = at + word.size();
        if (letter(word.back()) && after < t.size() && (letter(t[after]) || t[after] == U'\'')) continue;
        longest = word.size();
    }
    return longest;
}

// "No the blue train one": what is meant is named by what it is like.
bool names_the_one(std::u32string_view t, std::size_t at) {
    if (!t.substr(at).starts_with(U" the ")) return false;
    auto end = std::min(t.find_first_of(U",.;!?", at), t.size());
    auto clause = t.substr(at, end - at);
    while (!clause.empty() && clause.back() == U' ') clause.remove_suffix(1);
    for (std::u32string_view tail : {U" please", U" pls", U" i mean"})
        if (clause.ends_with(tail)) clause.remove_suffix(tail.size());
    return clause.ends_with(U" one") || clause.ends_with(U" ones");
}

bool stop_at(std::u32string_view t, std::size_t at) { return at < t.size() && t[at] != U' ' && stops.find(t[at]) != stops.npos; }

std::size_t behind_stops(std::u32string_view t, std::size_t at) {
    while (at < t.size() && stops.find(t[at]) != stops.npos) ++at;
    return at;
}

}  // namespace

std::size_t behind_what_takes_back(std::u32string_view t, std::size_t from) {
    auto const begin = behind_stops(t, from);
    bool takes_back = false;
    // A stop, or the words said twice: 不对不对，.
    auto const ends = [&](std::size_t at) {
        auto const next = behind_stops(t, at);
        if (stop_at(t, at) || here(t, next, by_itself)) return true;
        auto const again = std::max(here(t, next, with_a_stop), here(t, next, before_a_stop));
        return again > 0 && stop_at(t, next + again);
    };
    for (auto at = begin; at < t.size();) {
        bool found = true;
        if (auto const n = here(t, at, by_itself)) takes_back = true, at += n;
        else if (auto const m = here(t, at, with_a_stop); m && (ends(at + m) || names_the_one(t, at + m) || (!is_han(t[at]) && t.substr(at + m).starts_with(U" ") && std::ranges::any_of(goes_on, [&](std::u32string_view next) { return t.substr(at + m + 1).starts_with(next); })))) takes_back = true, at += m;
        else if (auto const n = here(t, at, before_a_stop); n && ends(at + n)) takes_back = true, at += n;
        else if (auto const k = here(t, at, fillers); k && (stop_at(t, at + k) || here(t, behind_stops(t, at + k), by_itself) || here(t, behind_stops(t, at + k), with_a_stop) || here(t, behind_stops(t, at + k), before_a_stop))) at += k;
        else found = false;
        auto const next = behind_stops(t, at);
        if (!found) return takes_back ? at : from;
        if (next >= t.size()) return from;   // nothing is said in its place
        at = next;
    }
    return from;
}

std::optional<std::pair<Span, Span>> corrects_itself(std::u32string_view t) {
    // "For my son — daughter, I mean."
    auto end = t.size();
    while (end > 0 && stops.find(t[end - 1]) != stops.npos) --end;
    for (std::u32string_view tail : {U"i mean", U"i meant", U"sorry", U"rather", U"我是说", U"说错了", U"才对"})
        if (t.substr(0, end).ends_with(tail) && end > tail.size()) {
            auto to = end - tail.size();
            while (to > 0 && stops.find(t[to - 1]) != stops.npos) --to;
            auto from = to;
            while (from > 0 && !stop_at(t, from - 1)) --from;
            if (auto until = from; from > 0 && to < end - tail.size()) {
                while (until > 0 && stops.find(t[until - 1]) != stops.npos) --until;
                if (until > 0) return std::pair(Span{0, until}, Span{behind_stops(t, from), to});
            }
        }
    if (has(t, U"不是 不要 不想要 not isn't don't doesn't without")) return {};   // 不是红色，我要的是黑色: refused, and nothing said by mistake
    // "Under 300, sorry, 500": behind a stop; what takes back by itself needs none ("the first I mean the second").
    for (std::size_t at = 1; at + 1 < t.size(); ++at) {
        bool const stop = stop_at(t, at - 1) && !(t[at - 1] == U'-' && letter(t[at])), word = t[at - 1] == U' ' || is_han(t[at]);
        if (!stop && !(word && here(t, at, by_itself) >= 3)) continue;
        auto const behind = behind_what_takes_back(t, at);
        if (behind == at) continue;
        auto until = at;
        while (until > 0 && stops.find(t[until - 1]) != stops.npos) --until;
        if (until > 0 && behind_what_takes_back(t.substr(0, until), 0) == 0) return std::pair(Span{0, until}, Span{behind, t.size()});
    }
    return {};
}

bool puts_back(std::u32string_view t) {
    return has(t, U"put_it_back put_that_back put_them_back put_the_old put_the_first_one_back put_the_original put_back_the undo undo_that change_it_back change_that_back switch_it_back switch_back swap_it_back go_back_to_the_old go_back_to_the_original go_back_to_the_previous the_old_one_back the_original_back the_previous_one_back the_old_one_after_all the_old_one_again revert as_it_was the_way_it_was "
                  U"撤销 撤回 换回 改回 恢复原来 恢复成 加回 放回来 放回去 放回购物车 还是原来 还要原来 要原来 原来那 还是之前那 还是刚才那 变回") && !has(t, U"订单 order refund 退款 退货");
}

}  // namespace kindling::dialogue::cues
