// modules/dialogue/cues_negation.cpp -- whether a mention is refused: by a word behind it (红色不要, "leather free") or before it ("not red or black", 不要红色和黑色). See cues.h.
//
// Behind: right behind, and nothing else for its object. Before: from the mention to the left, over what may stand between a refusal and its object: other mentions of a
// list, particles, words that join. Cost: the words of the clause.
#include "core/utf8.h"
#include "modules/dialogue/cues.h"
#include <algorithm>
#include <unordered_map>

namespace kindling::dialogue::cues {

namespace {

// As a whole word, where it is of letters.
bool stands(std::u32string_view t, std::size_t at, std::u32string_view word) {
    auto const after = at + word.size();
    if (letter(word.front()) && at > 0 && letter(t[at - 1])) return false;
    return !(letter(word.back()) && after < t.size() && letter(t[after]));
}

// "… one", "… ones", or the end of the clause.
bool pointed_at(std::u32string_view t, std::size_t at) {
    auto rest = t.substr(at);
    while (!rest.empty() && rest.front() == U' ') rest.remove_prefix(1);
    if (rest.empty() || std::u32string_view(U",.;!?，。").find(rest.front()) != std::u32string_view::npos) return true;
    return std::ranges::any_of(std::initializer_list<std::u32string_view>{U"one", U"ones", U"please", U"and ", U"or "}, [&](std::u32string_view word) { return rest.starts_with(word); });
}

}  // namespace

bool negated(std::u32string_view t, Span m, std::span<Span const> mentions) {
    static constexpr std::u32string_view before = U"不要 不想要 不需要 不喜欢 不爱 别要 不能是 不能有 不含 不带 讨厌 除了 除去 除开 拒绝 排除 避免 不是 不买 不考虑 别给我 别推荐 别 没有 无 非 不想 不穿 不吃 不能吃 不爱吃 不肯吃 不喝 不能喝 不戴 不沾 不碰 不用 受不了 避开 去掉 not no without except other_than anything_but but_not avoid hate hates don't_want don't_like doesn't_want doesn't_like do_not_want do_not_like dont_want dont_like never non nothing_in exclude excluding rather_than instead_of allergic_to allergy_to can't_stand can't_wear sick_of isn't skip nor neither minus less_of nothing too dislike dislikes disliked disliking loathe loathes detest detests despise avoids avoiding refuse refuses leave_out leaving_out leave_off rule_out ruling_out forget_the forget_about_the forget never_mind_the nevermind_the enough_of_the no_more scratch_the skip_the drop_the remove_the ditch_the lose_the scrap_the take_out_the take_away_the get_rid_of_the omit omitting spare_me keep_away_from stay_away_from steer_clear_of clear_of free_of free_from pass_on apart_from aside_from don't_show don't_recommend don't_give don't_suggest don't_offer do_not_show do_not_recommend do_not_suggest don't_need don't_care_for won't_wear won't_buy can't_bear couldn't_stand cannot_stand wouldn't_wear tired_of fed_up_with filter_out leave_aside zero aversion_to colour_but color_but material_but brand_but 忌 谢绝 拒 拒收 勿 勿要 请勿 除 剔除 刨除 撇开 抛开 厌恶 反感 嫌 嫌弃 不想看 不接受 不能接受 接受不了 不太喜欢 不大喜欢 不怎么喜欢 不太想要 不推荐 少推荐 杜绝 屏蔽 过滤掉 过滤 不待见 绕开 跳过 略过 甭 太";
    static constexpr std::u32string_view harmless = U"别人 别致 别墅 个别 差别 拒水 除湿 除臭 除尘 除螨 除皱 除毛 清除 有没有 是不是 要不要 不要紧 能不能 无线 无所谓 no_problem 没有别的 不是吗 不是不要 不是不喜欢 why_not not_only 别的 特别 非常 no_more_than not_more_than 不错 分别 not_sure 类别 性别 无法 区别 级别 级别 no_longer nothing_but too_much too_many";
    static constexpr std::u32string_view after = U"不要 不行 不喜欢 除外 就算了 不考虑 的不要 色不要 的不行 的不喜欢 色的不要 的除外 都不要 都不行 也不要 过敏 以外 之外 is_out are_out is_not_ok excluded free not_ok";
    auto const inside_mentions = [&](std::size_t at) {
        for (auto const& other : mentions)
            if (at >= other.begin && at < other.end) return &other;
        return static_cast<Span const*>(nullptr);
    };
    if (refused_behind(t, m, mentions)) return true;
    // Behind: "红色不要", "对羊毛过敏", "leather free".
    for (auto at = m.end; at <= m.end + 2 && at < t.size(); ++at) {
        if (at > m.end && t[at - 1] != U' ' && t[at - 1] != U'的' && t[at - 1] != U'色' && t[at - 1] != U'都' && t[at - 1] != U'就') break;
        for (auto const& word : words_of(after))
            if (t.substr(at, word.size()) == word && stands(t, at, word)) {
                // "红色不要紧"; "leather free shipping"
                if (t.substr(at, 3) == U"不要紧" || t.substr(at + word.size()).starts_with(U" ship") || t.substr(at + word.size()).starts_with(U" deliver")) continue;
                if (word == U"free" && (t.substr(at + word.size()).starts_with(U" of ") || t.substr(at + word.size()).starts_with(U" from "))) continue;
                if (word == U"free" && at == m.end + 1 && t[m.end] == U' ' && !t.substr(at + word.size()).starts_with(U" size")) return true;   // "a leather free bag": what follows is what is wanted
                if (word == U"不要" && at + 2 < t.size() && (t[at + 2] == U'太' || t[at + 2] == U'超')) continue;
                // "蓝牙耳机不要入耳": what a verb has behind it is what it refuses; a particle or another clause is nothing ("这个不要了", "红色不要有蓝色吗")
                if (word.front() != U'都' && word.front() != U'也' && (word.ends_with(U"不要") || word.ends_with(U"不喜欢") || word.ends_with(U"不考虑")) && at + word.size() < t.size()) {
                    auto const next = t[at + word.size()];
                    if ((is_han(next) && std::u32string_view(U"的了啊吧呢哦呀嘛哈也都就换要给来再请有看我还那可你").find(next) == std::u32string_view::npos) || (next >= U'a' && next <= U'z')) continue;
                }
                // "蓝色,不要红色" has a comma; "蓝色不要红色": the refusal is for what follows it
                bool follows = false;
                for (auto const& other : mentions) follows = follows || (other.begin >= at + word.size() && other.begin <= at + word.size() + 1);
                if (!follows) return true;
            }
    }
    // Before: walk left over whatever may stand between a refusal and its object. The words by their last character, as each place of the text is looked at.
    static thread_local auto const by_end = [&] {
        std::unordered_map<char32_t, std::vector<std::u32string_view>> out;
        for (auto const& word : words_of(before)) out[word.back()].push_back(word);
        return out;
    }();
    std::size_t at = m.begin;
    int steps = 0;
    bool joined = false;  // an "or" was passed: what follows is the last of a list
    while (at > 0 && steps++ < 48) {
        if (auto const ending = by_end.find(t[at - 1]); ending != by_end.end())
            for (auto const& word : ending->second) {
                if (!t.substr(0, at).ends_with(word) || !stands(t, at - word.size(), word)) continue;
                auto const begin = at - word.size();
                bool spoilt = false;
                for (auto const& other : words_of(harmless))
                    for (auto from = begin >= 4 ? begin - 4 : 0; from <= begin; ++from)
                        if (t.substr(from, other.size()) == other && from + other.size() >= at && stands(t, from, other)) spoilt = true;
                // 非常, 特别, 无线 …; and "不是…吗" asks
                if (word == U"不是" && t.find(U'吗', m.end) != t.npos && (begin == 0 || t[begin - 1] != U'有')) spoilt = true;
                // "Remove the black one": of goods that are pointed at; "to remove the cat hair" is what something does.
                // "Forget the desk do you have a chair": of the wish itself, whatever follows.
                bool const of_the_wish = word.starts_with(U"forget") || word.starts_with(U"never") || word.starts_with(U"enough");
                if (word.ends_with(U" the") && !of_the_wish && !pointed_at(t, m.end)) spoilt = true;
                if (word.starts_with(U"forget") && (t.substr(0, begin).ends_with(U"n't ") || t.substr(0, begin).ends_with(U"not "))) spoilt = true;
                if (!spoilt) return true;
            }
        if (auto const* other = inside_mentions(at - 1)) { at = other->begin; continue; }
        auto const c = t[at - 1];
        if (c == U' ' || c == U'的' || c == U'色' || c == U'、' || c == U'/' || c == U'和' || c == U'或' || c == U'跟' || c == U'与' || c == U'对' || c == U'太' || c == U'者' || c == U'及' || c == U'是' || c == U'用' || c == U'那' || c == U'种' || c == U'有' || c == U'任' || c == U'何' || c == U'我' || c == U'买' || c == U'带' || c == U'含' || c == U'要' || c == U'穿' || c == U'送' || c == U'给' || c == U'选' || c == U'做' || c == U'推' || c == U'荐' || c == U'再' || c == U'看' || c == U'见' || c == U'到' || c == U'来' || c == U'一' || c == U'切') {
            // "不要红色,要蓝色" stops at the comma; "不要…要…" without one must stop at the second 要
            if (c == U'要' && (at < 2 || (t[at - 2] != U'不' && t[at - 2] != U'想' && t[at - 2] != U'别'))) return false;
            if (c == U'是' && at >= 2 && t[at - 2] != U'不' && t[at - 2] != U'能') return false;
            joined = joined || c == U'和' || c == U'或' || c == U'、';
            --at;
            continue;
        }
        if (c == U',' || c == U'，') {
            // A list goes on over a comma when only values stand between: "no red, black or pink"; 中文 "不要红色,黑色".
            std::size_t left = at - 1;
            while (left > 0 && (t[left - 1] == U' ' || t[left - 1] == U'的')) --left;
            if (left == 0 || !inside_mentions(left - 1)) return false;
            bool list = joined, bare = true;
            std::size_t right = m.end;
            while (right < t.size() && t[right] != U'.' && t[right] != U'。' && t[right] != U'!' && t[right] != U';' && t[right] != U'；') {
                if (auto const* other = inside_mentions(right)) { right = other->end; continue; }
                auto const rest = t.substr(right);
                if (rest.starts_with(U"or ") || rest.starts_with(U"and ") || rest.starts_with(U"nor ")) list = true, right += 3;
                else if (t[right] == U'和' || t[right] == U'或' || t[right] == U'、') list = true, ++right;
                else if (t[right] == U' ' || t[right] == U'的' || t[right] == U'色' || t[right] == U',' || t[right] == U'，') ++right;
                else { bare = list; break; }
            }
            if (!bare || (!list && !is_han(t[m.begin]))) return false;
            at = left;
            continue;
        }
        if (letter(c)) {
            auto begin = at;
            while (begin > 0 && (letter(t[begin - 1]) || t[begin - 1] == U'\'')) --begin;
            auto const word = t.substr(begin, at - begin);
            static constexpr std::u32string_view bridges[] = {U"or", U"and", U"the", U"a", U"an", U"any", U"in", U"made", U"of", U"from", U"with", U"with", U"real", U"too", U"colour", U"color", U"coloured", U"to", U"wear", U"have", U"has", U"be", U"it", U"one", U"ones", U"more", U"anything", U"is", U"s", U"t", U"contain", U"contains", U"containing", U"that", U"like", U"pure", U"buy", U"really", U"for", U"suitable", U"keen", U"fond", U"on", U"fan", U"interested", U"into", U"want", U"wants", U"me", U"us", U"big", U"much", U"stuff"};
            if (std::find(std::begin(bridges), std::end(bridges), word) == std::end(bridges)) return false;
            joined = joined || word == U"or" || word == U"and";
            at = begin;
            continue;
        }
        return false;
    }
    return false;
}

}  // namespace kindling::dialogue::cues
