// modules/dialogue/cues_refusal.cpp -- refusals that stand behind what they refuse, and those that nothing could read. See cues.h.
//
// The grammar of a refusal has four places: a word before ("leave out black", 忌黑色; cues::negated), an affix ("black-free"; there too), a predicate behind
// ("black is a no-go", 黑的免谈), and an answer to oneself ("Black? No thanks."). A predicate must end its clause: "蓝色不要红色" refuses what follows it.
// Whatever else negates in the clause of a value is a doubt: such a value becomes no wish, and that is said.
#include "core/utf8.h"
#include "modules/dialogue/cues.h"
#include <algorithm>

namespace kindling::dialogue::cues {

namespace {

bool stop(char32_t c) { return std::u32string_view(U",，。;；!！?？.").find(c) != std::u32string_view::npos; }

// The first of the words at `at`, whole; its length, 0: none. The longest wins.
std::size_t word_at(std::u32string_view t, std::size_t at, std::u32string_view list) {
    std::size_t longest = 0;
    for (auto const& word : words_of(list))
        if (t.substr(at).starts_with(word) && word.size() > longest && !(letter(word.back()) && at + word.size() < t.size() && letter(t[at + word.size()])) && !(letter(word.front()) && at > 0 && letter(t[at - 1]))) longest = word.size();
    return longest;
}

constexpr std::u32string_view joiners = U"and or nor 和 或 或者 跟 与 及 、 /";
constexpr std::u32string_view fillers = U"玩的 穿的 用的 戴的 吃的 喝的 看的 玩 穿 戴 is are was were 's would_be just really simply totally definitely also ones one stuff things thing colour color colours colors shades items i_personally personally i i'd_say brand 的 色 都 就 我 也 款 系 类 那种 这种 全 全都 一律 统统 通通 的话 请 真的 实在 那些 这些 颜色 材质 牌子 品牌";
constexpr std::u32string_view predicates = U"a_no_go no_go a_no out a_hard_no a_definite_no not_for_me not_for_us not_my_thing not_my_style not_my_taste not_my_colour not_my_color no_thanks no_thank_you off_the_table out_of_the_question banned not_allowed unwanted not_wanted not_an_option isn't_an_option aren't_an_option isn't_for_me aren't_for_me isn't_my_thing isn't_my_style isn't_ok isn't_wanted no_option a_dealbreaker a_deal_breaker a_turn_off excluded not_ok not_okay not_acceptable no_good dislike hate don't_like don't_want can't_stand avoid do_not_want do_not_like never_wear detest loathe won't_do verboten nope pass 不要 不行 不喜欢 不太喜欢 不大喜欢 不怎么喜欢 不爱 不想要 不考虑 免谈 算了 免了 免 pass 勿荐 勿推 勿推荐 别推荐 别推 别给我 别来 别上 不看 不买 不穿 不想看 跳过 略过 排除 除外 不感兴趣 没兴趣 没什么兴趣 无感 谢绝 拒绝 不接受 不能接受 接受不了 受不了 不可 不适合我 不适合 不合适 不必 不需要 退散 忌 避雷 劝退 淘汰 屏蔽 过滤掉 去掉 不在考虑范围 不作考虑 不予考虑 不太行 拜拜 打咩 达咩 敬谢不敏";
constexpr std::u32string_view answers = U"no nope no_thanks no_thank_you never not_for_me not_really hard_pass i'll_pass pass no_way not_my_thing not_interested please_no 不要 不了 算了 不用 免了 不行 不考虑 没兴趣 谢谢不用 不喜欢 还是算了 pass 免谈 不必了";
constexpr std::u32string_view afterthoughts = U"no_thanks no_thank_you not_for_me hard_pass no_way not_my_thing";
constexpr std::u32string_view closers = U"for_me for_us please either thanks thank_you at_all too anymore completely entirely of_it though 了 吧 啊 哈 哦 呢 的 啦 谢谢 掉";

constexpr std::u32string_view degrees = U"so too kinda kind_of pretty rather quite a_bit a_little always getting become a_bit_too way_too 太 也太 有点 有些 挺 好 比较 蛮";

// "This", "that", 这个, 那款 before it.
bool one_of_them(std::u32string_view t, std::size_t begin) {
    auto const before = t.substr(begin >= 12 ? begin - 12 : 0, std::min<std::size_t>(begin, 12));
    if (has(before, U"this that first second third last")) return true;
    return !before.empty() && (before.back() == U'这' || before.back() == U'那' || (before.size() > 1 && std::u32string_view(U"个款只件双条把张台盏瓶").find(before.back()) != std::u32string_view::npos && std::u32string_view(U"这那一").find(before[before.size() - 2]) != std::u32string_view::npos));
}

bool ends(std::u32string_view t, std::size_t at) {
    for (;;) {
        while (at < t.size() && t[at] == U' ') ++at;
        if (at >= t.size() || stop(t[at])) return true;
        if (auto const n = word_at(t, at, closers)) { at += n; continue; }
        return t.substr(at).starts_with(U"but ") || t.substr(at).starts_with(U"so ");
    }
}

}  // namespace

bool refused_behind(std::u32string_view t, Span m, std::span<Span const> mentions) {
    auto const mention_at = [&](std::size_t at) -> std::size_t {
        std::size_t end = 0;
        for (auto const& other : mentions)
            if (other.begin == at && other.end > end) end = other.end;
        return end;
    };
    auto at = m.end;
    char32_t breath = 0;
    bool goods = false, joined = false;
    for (int steps = 0; at < t.size() && steps < 24; ++steps) {
        if (t[at] == U' ') { ++at; continue; }
        if (t[at] == U'?' || t[at] == U'？' || t[at] == U',' || t[at] == U'，') {
            if (breath) return false;
            breath = t[at] == U',' || t[at] == U'，' ? U',' : U'?', ++at;
            continue;
        }
        auto const list = breath == U'?' ? answers : breath == U',' ? afterthoughts : predicates;
        if (auto const n = word_at(t, at, list); n && ends(t, at + n)) {
            auto last = at + n;
            while (last < t.size() && t[last] == U' ') ++last;
            // "黑色不行?" asks
            return !(breath == 0 && last < t.size() && (t[last] == U'?' || t[last] == U'？'));
        }
        if (breath) return false;
        // "Mugs are boring", 杯子太普通了: of the kind, and not "this mug is ugly", which is one of them.
        if (auto const n = word_at(t, at, wearying); n && ends(t, at + n) && !one_of_them(t, m.begin)) {
            auto const last = t.find_first_not_of(U' ', at + n);
            return last == t.npos || (t[last] != U'?' && t[last] != U'？');
        }
        if (auto const n = word_at(t, at, degrees)) { at += n; continue; }
        if (auto const n = word_at(t, at, joiners); n && !goods) { at += n, joined = true; continue; }
        if (auto const end = mention_at(at); end && (joined || !goods)) { goods = goods || !joined, joined = false, at = end; continue; }
        if (auto const n = word_at(t, at, fillers)) { at += n; continue; }
        return false;
    }
    return false;
}

bool doubtful(std::u32string_view t, Span m, std::span<Span const> settled) {
    static constexpr std::u32string_view refusing = U"no not never dislike dislikes hate hates avoid refuse refuses don't doesn't can't cannot won't wouldn't nope loathe detest skip ban banned omit unwanted against allergic 不要 不想 不喜欢 不爱 不考虑 不接受 不行 免谈 免了 讨厌 厌恶 反感 嫌 忌 谢绝 拒 勿 别 排除 剔除 除外 受不了 不待见 不感兴趣 没兴趣 不适合 不买 不穿 不能 不推荐 避开 pass";
    static constexpr std::u32string_view harmless = U"no_i no_it no_the 不要紧 不能少 不能超 要不要 能不能 不要太 别太 不要超 别超 不想太 不喜欢太 不想花 别人 别的 特别 分别 类别 级别 区别 性别 个别 差别 别墅 别致 告别 识别 鉴别 拒水 嫌麻烦 not_too not_only not_sure not_mind no_problem no_matter no_idea no_rush no_hurry no_more_than not_more_than no_less_than not_less_than no_longer no_preference don't_mind doesn't_matter doesn't_mind don't_care don't_know don't_have doesn't_have can't_find cannot_find can't_decide can't_wait don't_forget why_not why_don't don't_you can't_afford with_no is_not_here not_yet not_over not_under never_mind against_rain against_the no_1";
    auto const limit = [&](std::size_t at) { return stop(t[at]); };
    auto begin = m.begin, end = m.end;
    while (begin > 0 && !limit(begin - 1)) --begin;
    while (end < t.size() && !limit(end)) ++end;
    for (auto const& but : find_all(t, U"but 但 但是 不过 而是"))
        if (but.begin >= m.end && but.begin < end) end = but.begin;
        else if (but.end <= m.begin && but.end > begin) begin = but.end;
    if ((end < t.size() && (t[end] == U'?' || t[end] == U'？')) || has(t.substr(begin, end - begin), U"吗 么 有没有 没有")) return false;
    auto const between = [&](std::size_t from, std::size_t to) {
        return std::ranges::any_of(settled, [&](Span const& s) { return s.begin < to && from < s.end && !(s.begin < m.end && m.begin < s.end); });
    };
    auto const spared = find_all(t, harmless);
    for (auto const& word : find_all(t, refusing)) {
        if (word.begin < begin || word.end > end || (word.begin < m.end && m.begin < word.end)) continue;
        if (std::ranges::any_of(spared, [&](Span const& s) { return s.begin <= word.begin && word.end <= s.end; })) continue;
        // What stands between, or what the word covers, is what it speaks of: "no zipper, red" has other objects.
        if (word.end <= m.begin ? between(word.begin, m.begin) : between(m.end, end)) continue;
        return true;
    }
    return false;
}

}  // namespace kindling::dialogue::cues
