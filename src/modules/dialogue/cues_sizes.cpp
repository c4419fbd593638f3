// modules/dialogue/cues_sizes.cpp -- 换大一号, "a size up": which way the next size lies. See cues.h.
//
// "I want a size larger" asks for it; "it came a size larger", 发来的大了一码, "a size too big" tells what is wrong with what came, and the other way is meant.
// What stands nearest before the words decides: a verb of wishing or changing, or one that says how something is or arrived. Where both are said the wish counts.
// What was sent in another size than was ordered is in no other way: the size that was ordered is meant.
#include "modules/dialogue/cues.h"
#include <algorithm>

namespace kindling::dialogue::cues {

namespace {

constexpr std::u32string_view up = U"换大一号 换大一码 换大一个码 换个大一号 换个大一码 大一号 大一码 大一个码 大一个号 大一个尺码 换大 换大的 换大点 换大一点 换个大的 换个大点 码数大一点 码大一点 a_size_up one_size_up size_up next_size_up a_size_larger a_size_bigger one_size_larger one_size_bigger size_larger size_bigger bigger_size larger_size next_bigger_size next_larger_size bigger_one larger_one a_bigger a_larger bigger larger";
constexpr std::u32string_view down = U"换小一号 换小一码 换小一个码 换个小一号 换个小一码 小一号 小一码 小一个码 小一个号 小一个尺码 换小 换小的 换小点 换小一点 换个小的 换个小点 码数小一点 码小一点 a_size_down one_size_down size_down next_size_down a_size_smaller one_size_smaller size_smaller smaller_size next_smaller_size smaller_one a_smaller smaller";
// By themselves of what came.
constexpr std::u32string_view too_big = U"大了一号 大了一码 大了一个码 大了一个号 大了个码 大了个号 大出一码 大出一号 偏大一码 偏大一号 a_size_too_big a_size_too_large one_size_too_big one_size_too_large size_too_big size_too_large runs_a_size_large runs_one_size_large a_size_large";
constexpr std::u32string_view too_small = U"小了一号 小了一码 小了一个码 小了一个号 小了个码 小了个号 偏小一码 偏小一号 a_size_too_small one_size_too_small size_too_small runs_a_size_small runs_one_size_small a_size_small";
constexpr std::u32string_view wishes = U"want wants wanted need needs like get have exchange swap change give take make order prefer try for in send_me what_i_need_is what_i_want_is can_you could_you please to_be is_there are_there is_it_available 换 换成 换个 要 想 改 改成 来 来个 给 给我 拿 有没有 需要 试";
constexpr std::u32string_view tells = U"came arrived is are was were it's they're that's fits fit feels felt seems seemed looks turned_out runs got received sent delivered you_sent 发来 发来的 收到 收到的 到手 到的 寄来 寄来的 穿着 穿上 穿起来 买的 发的 好像 感觉 明显 实际";

// Where the last of them ends before `end`, in the same clause; 0: none stands there.
std::size_t nearest(std::u32string_view t, std::size_t end, std::u32string_view words) {
    auto const stop = t.substr(0, end).find_last_of(U",，。.;；!！?？");
    auto const from = stop == t.npos ? 0 : stop + 1;
    std::size_t at = 0;
    for (auto const& span : find_all(t.substr(from, end - from), words)) at = std::max(at, from + span.end);
    return at;
}

bool tells_of_what_came(std::u32string_view t, Span said) {
    auto const behind = t.substr(said.end);
    if (t[said.begin] == U'换') return false;
    auto const wish = nearest(t, said.begin, wishes), told = nearest(t, said.begin, tells);
    if (wish > 0 && wish >= told) return false;
    return told > 0 || behind.starts_with(U"了") || behind.starts_with(U" than ");
}

}  // namespace

std::optional<SizeStep> size_step(std::u32string_view t) {
    std::optional<SizeStep> told;
    auto const read = [&](std::u32string_view list, int step) -> std::optional<SizeStep> {
        for (auto const& span : find_all(t, list)) {
            if (!tells_of_what_came(t, span)) return SizeStep{span, step, false};
            if (!told) told = SizeStep{span, -step, true};
        }
        return {};
    };
    if (auto const asked = read(up, +1)) return asked;
    if (auto const asked = read(down, -1)) return asked;
    if (!told)
        for (auto const& [list, step] : {std::pair(too_big, -1), {too_small, +1}})
            if (auto const span = find(t, list)) told = SizeStep{*span, step, true};
    if (told && has(t, U"than_i_ordered than_i_had_ordered than_what_i_ordered than_ordered than_the_one_i_ordered 比我订的 比我买的 比我下单的 比我拍的 比订的 比下单的 发成 发错")) told->step = 0;
    return told;
}

bool tells_a_misfit(std::u32string_view t) {
    if (has(t, U"买错 拍错 订错 买大了 买小了 the_wrong_size the_wrong_colour the_wrong_color the_wrong_one 不合身 不合适 不合脚 太大 太小 太紧 太松 太长 太短 大了 小了 不喜欢 不满意 do_not_fit don't_fit doesn't_fit does_not_fit didn't_fit too_small too_big too_large too_tight too_loose too_long too_short don't_like doesn't_suit not_happy_with")) return true;
    auto const size = size_step(t);
    return size && size->told;
}

}  // namespace kindling::dialogue::cues
