// modules/dialogue/cues_places.cpp -- how many of which place: "3 of the first one and 2 of the third", 第一个要三个，第三个要两个, 前两个各来一个. See cues.h.
//
// A number counts the place that it touches: before it ("two of the second", 两个第二个), or behind it with nothing between but what takes ("the first one x2",
// 第一个给我来三个). What a thing has (第一个有三个口袋) is no number of them, so behind the number its clause has to end. "Each" and 各 are of all; a place
// that is only joined to a counted one ("two of the first and the third", 第一个和第三个来两个) shares its number, and any other is wanted once.
#include "core/utf8.h"
#include "modules/dialogue/cues.h"
#include <algorithm>

namespace kindling::dialogue::cues {
namespace {

constexpr std::u32string_view measures = U"个件双只条台把张盏瓶套包份本盒支副顶袋";
constexpr std::u32string_view chinese = U"一二三四五六七八九十";
constexpr std::u32string_view english = U"one two three four five six seven eight nine ten eleven twelve";
// What may stand between a place and its number, and beside both where something is taken.
constexpr std::u32string_view between = U"x × * : = to at just only please i'll i_will i i'd we want take have get need would like me give us also too and them of "
                                        U"我 我们 想 要 来 买 加 拿 给 请 帮 就 只 也 再 各 都 数量 总共 一共 下单 订 改成 改为 换成 变成 设成 改到 放 ，";
constexpr std::u32string_view verbs = U"add put take buy get order want have need i'll 加 来 拿 买 要 下单 订 放 加购";
constexpr std::u32string_view taking = U"add put take buy get order want have need give i'll i_will i'd i we would like let's us me my the a of each apiece every ones x × * : and & plus also too then again another more please thanks thank_you ok okay yes in into to basket cart bag it them both "
                                       U"加 来 拿 买 要 下单 订 放 放进 放到 加入 加到 加进 加购 购物车 把 将 给 我 我们 请 帮 就 只 也 再 各 都 还 想 和 跟 与 及 以及 然后 还有 进 到 里 去 吧 了 啊 呀 哈 好 的 那 好的 谢谢 就行 就好 就够 够了 可以";

std::size_t past(std::u32string_view t, std::size_t at) {
    while (at < t.size() && t[at] == U' ') ++at;
    return at;
}

struct Number { Span span; std::int64_t value = 0; bool measured = false; };

// The number that begins here, with its measure word: 三个, "two", "3", 十二件. Of Chinese numerals only one with a measure word.
std::optional<Number> number_at(std::u32string_view t, std::size_t at) {
    Number out{{at, at}};
    auto const c = t[at];
    if (c >= U'0' && c <= U'9') {
        if (at > 0 && (letter(t[at - 1]) || t[at - 1] == U'.') && !(t[at - 1] == U'x' && (at < 2 || !letter(t[at - 2])))) return {};
        while (out.span.end < t.size() && t[out.span.end] >= U'0' && t[out.span.end] <= U'9' && out.span.end - at < 3) out.value = out.value * 10 + static_cast<std::int64_t>(t[out.span.end++] - U'0');
        if (out.span.end < t.size() && (t[out.span.end] == U'.' && out.span.end + 1 < t.size() && t[out.span.end + 1] >= U'0' && t[out.span.end + 1] <= U'9')) return {};
    } else if (is_han(c)) {
        for (; out.span.end < t.size() && out.span.end - at < 3; ++out.span.end) {
            auto const n = t[out.span.end] == U'两' || t[out.span.end] == U'俩' ? std::size_t{1} : chinese.find(t[out.span.end]);
            if (n == chinese.npos) break;
            if (n == 9) out.value = std::max<std::int64_t>(1, out.value) * 10;   // 十, 十二, 二十
            else out.value += static_cast<std::int64_t>(n) + 1;
        }
        if (out.span.end == at || (at > 0 && std::u32string_view(U"第前这那每哪").find(t[at - 1]) != std::u32string_view::npos)) return {};
    } else {
        if (at > 0 && (letter(t[at - 1]) || t[at - 1] == U'\'')) return {};
        std::int64_t n = 0;
        for (auto const& word : words_of(english)) {
            ++n;
            if (t.substr(at, word.size()) != word || (at + word.size() < t.size() && letter(t[at + word.size()]))) continue;
            out.value = n, out.span.end = at + word.size();
        }
        if (out.value == 0) return {};
    }
    auto const unit = past(t, out.span.end);
    if (unit < t.size() && measures.find(t[unit]) != measures.npos) out.measured = true, out.span.end = unit + 1;
    else if (is_han(c)) return {};
    else if (out.span.end < t.size() && (letter(t[out.span.end]) || is_han(t[out.span.end]))) return {};   // "2nd", 3升
    if (out.value < 1 || out.value > 99) return {};
    return out;
}

// Its clause ends: nothing is counted there but the goods.
bool ends(std::u32string_view t, std::size_t at) {
    at = past(t, at);
    if (at >= t.size() || std::u32string_view(U",，。.!！;；、&吧了就够好呗啊呀哈谢和跟与再然以加放到进还第").find(t[at]) != std::u32string_view::npos) return true;
    static constexpr std::u32string_view words[] = {U"and ", U"please", U"of them", U"of it", U"of those", U"pieces", U"pcs", U"units", U"times", U"pairs", U"sets", U"each", U"apiece", U"instead", U"then ", U"in my", U"to my", U"into my", U"in the", U"to the b", U"to the c", U"thanks"};
    return std::ranges::any_of(words, [&](std::u32string_view word) { return t.substr(at).starts_with(word); });
}

bool only(std::u32string_view t, std::u32string_view list) {
    auto const rest = without(t, find_all(t, list));
    return rest.find_first_not_of(U" ,，.。!！;；、~&") == rest.npos;
}

struct Group { Span span; std::vector<int> places; std::int64_t count = 0; std::optional<Span> number; bool counted_before = false; };

std::vector<Group> groups_in(std::u32string_view t, std::size_t shown) {
    std::vector<Group> out;
    for (auto const& place : references(t, shown).places) {
        if (auto const same = std::ranges::find_if(out, [&](Group const& g) { return g.span.begin < place.span.end && place.span.begin < g.span.end; }); same != out.end()) {
            same->places.push_back(place.n), same->span = {std::min(same->span.begin, place.span.begin), std::max(same->span.end, place.span.end)};
        } else out.push_back({place.span, {place.n}, 0, {}, false});
    }
    std::ranges::sort(out, {}, [](Group const& g) { return g.span.begin; });
    if (out.empty()) return out;
    std::vector<Number> numbers;
    for (std::size_t i = 0; i < t.size();) {
        if (auto const inside = std::ranges::find_if(out, [&](Group const& g) { return i >= g.span.begin && i < g.span.end; }); inside != out.end()) { i = inside->span.end; continue; }
        auto const of_a_size = [&] { auto const before = t.substr(0, i); return std::ranges::any_of(std::initializer_list<std::u32string_view>{U"size ", U"eu ", U"us ", U"uk ", U"number ", U"option ", U"under ", U"over "}, [&](auto word) { return before.ends_with(word); }); };
        if (auto const n = number_at(t, i); n && !of_a_size()) numbers.push_back(*n), i = n->span.end;
        else ++i;
    }
    auto const touches = [&](std::size_t from, std::size_t to) {   // a number and the place behind it
        auto const left = t.substr(from, to - from);
        if (left.find_first_of(U",，.。!！;；、~&") != left.npos) return false;   // it belonged to what stands before the stop
        return left.find_first_not_of(U" ") == left.npos ? from == to || left.size() == 1 : only(left, U"of x × * each the 的");
    };
    for (auto& g : out)
        for (auto const& n : numbers)
            if (n.span.end <= g.span.begin && g.span.begin - n.span.end < 16 && touches(n.span.end, g.span.begin)) g.count = n.value, g.number = n.span, g.counted_before = true;
    for (std::size_t i = 0; i < out.size(); ++i) {
        auto& g = out[i];
        auto const until = i + 1 < out.size() ? out[i + 1].span.begin : t.size();
        for (auto const& n : numbers) {
            if (g.count > 0 || n.span.begin < g.span.end || n.span.begin >= until || std::ranges::any_of(out, [&](Group const& o) { return o.number && o.number->begin == n.span.begin; })) continue;
            if (ends(t, n.span.end) && !t.substr(n.span.end).starts_with(U"都") && only(t.substr(g.span.end, n.span.begin - g.span.end), between)) g.count = n.value, g.number = n.span;
        }
    }
    auto const joined = [&](Group const& a, Group const& b) { return only(t.substr(a.span.end, b.span.begin - a.span.end), U"and & plus 和 跟 与 及 、 the"); };
    auto const counted = std::ranges::count_if(out, [](Group const& g) { return g.count > 0; });
    if (counted == 0 && numbers.size() == 1 && has(t, U"each apiece 各 每样 每种") && (numbers[0].measured || !is_han(t[numbers[0].span.begin]))) out.front().count = numbers[0].value, out.front().number = numbers[0].span;
    if (counted <= 1 && has(t, U"each apiece 各 每样 每种"))
        for (auto const& of : std::vector<Group>(out))
            if (of.count > 0)
                for (auto& g : out) g.count = of.count;
    for (std::size_t i = 0; i + 1 < out.size(); ++i)
        if (out[i].count > 0 && out[i].counted_before && out[i + 1].count == 0 && joined(out[i], out[i + 1])) out[i + 1].count = out[i].count, out[i + 1].counted_before = true;
    for (std::size_t i = out.size(); i-- > 1;)
        if (out[i].count > 0 && !out[i].counted_before && out[i - 1].count == 0 && joined(out[i - 1], out[i])) out[i - 1].count = out[i].count;
    return out;
}

}  // namespace

std::vector<PlaceCount> counts_of_places(std::u32string_view t, std::size_t shown) {
    std::vector<PlaceCount> out;
    if (t.size() > 300) return out;
    auto const groups = groups_in(t, shown);
    if (std::ranges::none_of(groups, [](Group const& g) { return g.count > 0; })) return out;
    for (auto const& g : groups)
        for (int const n : g.places) out.push_back({n, std::max<std::int64_t>(1, g.count)});
    return out;
}

bool takes_places(std::u32string_view t, std::size_t shown) {
    if (t.size() > 160 || is_question(t) || shown == 0) return false;
    auto const groups = groups_in(t, shown);
    if (groups.empty()) return false;
    std::vector<Span> used;
    bool counted = false;
    for (auto const& g : groups) {
        used.push_back(g.span);
        if (g.number) counted = true, used.push_back(*g.number);
    }
    if (!counted && !has(t, verbs)) return false;
    return only(without(t, used), taking);
}

bool joins_places(std::u32string_view t, Span joint) {
    auto const spans = references(t, 9).spans;
    auto left = joint.begin;
    while (left > 0 && t[left - 1] == U' ') --left;
    if (std::ranges::none_of(spans, [&](Span const& s) { return s.end == left; })) return false;
    return std::ranges::any_of(spans, [&](Span const& s) {
        if (s.begin < joint.end || s.begin - joint.end > 20) return false;
        auto at = past(t, joint.end);
        if (auto const number = at < s.begin ? number_at(t, at) : std::nullopt) at = number->span.end;
        return at > s.begin || only(t.substr(at, s.begin - at), U"of the x");
    });
}

}  // namespace kindling::dialogue::cues
