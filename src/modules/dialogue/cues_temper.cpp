// modules/dialogue/cues_temper.cpp -- how something is said: abuse, a harsh word beside a wish, thanks. See cues.h.
//
// 滚 and nothing else sends the guide away, and is answered calmly with a person who may take over; before a wish ("滚，我要买包") it is a harsh word, and the wish is
// answered; within the name of a thing (滚筒, 滚轮) it is none.
#include "core/utf8.h"
#include "modules/dialogue/cues.h"
#include <algorithm>

namespace kindling::dialogue::cues {

namespace {

constexpr std::u32string_view abuse_cues = U"傻逼 傻b 垃圾机器人 蠢货 去死 滚蛋 滚开 滚吧 滚远 滚出 你滚 给我滚 快滚 废物 智障 白痴 他妈的 fuck fucking stupid_bot idiot shit asshole moron dumb_bot useless_bot you_suck";
constexpr char32_t away = U'滚';

bool only_sends_away(std::u32string_view t) {
    return t.find(away) != t.npos && std::ranges::all_of(t, [](char32_t c) { return c == away || std::u32string_view(U" ,，.。!！?？~～…、吧啊呀啦哦").find(c) != std::u32string_view::npos; });
}

}  // namespace

bool scolds(std::u32string_view t, std::span<Span const> whole) {
    std::u32string said(t);
    for (auto at = said.find(away); at != said.npos; at = said.find(away, at + 1))
        if (at + 1 < said.size() && std::u32string_view(U"筒轮动刷珠轴石烫梯边压圆").find(said[at + 1]) != std::u32string_view::npos) said[at] = U' ';
    return only_sends_away(said) || find_apart(said, abuse_cues, whole).has_value();
}

std::vector<Span> rude_words(std::u32string_view t) {
    auto out = find_all(t, U"破客服 破店 破机器人 什么破 这么垃圾 太垃圾 垃圾客服 烂客服 太烂了 气死 无语 找半天 半天找不到 搞什么 什么玩意 useless terrible awful pathetic ridiculous crap sucks this_is_a_joke wasting_my_time waste_of_time");
    if (t.size() > 1 && t.front() == away && !is_han(t[1]) && !only_sends_away(t)) out.push_back({0, 1});
    return out;
}
std::vector<Span> courtesies(std::u32string_view t) { return find_all(t, U"谢谢 多谢 感谢 谢啦 thanks thank_you thx cheers hello hiya 哈喽 您好 你好 麻烦你 辛苦了"); }

}  // namespace kindling::dialogue::cues
