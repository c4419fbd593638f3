// modules/dialogue/understand_asides.cpp -- numbers and words beside the goods: 层高2米6, 买了十个月, "bought it 10 months ago", 160，130斤, 你们包安装吗, 吊灯选多大的. See understand.h.
//
// A number belongs to the noun before it. Where that noun is no part of goods (a storey, a room, a door) or a verb says how long somebody has had something, it is
// held against no attribute that happens to be counted in the same unit. A height and a weight side by side are a body's, whatever stands between them.
#include "modules/dialogue/reader.h"

namespace kindling::dialogue {

namespace {

constexpr std::u32string_view of_buildings = U"层高 楼高 房高 室高 楼层高 层高才 净高 天花板 吊顶 房顶 屋顶 门高 门宽 窗高 窗宽 墙高 墙宽 ceiling ceilings ceiling_height room_height doorway doorways";
constexpr std::u32string_view had_before = U"买了 用了 穿了 戴了 背了 养了 住了 学了 买来 买回来 使用了 已经用 到手 收到 had_it_for had_this_for had_them_for had_it owned used_it_for using_it_for bought_it bought_this bought_them bought purchased got_it been_using";
constexpr std::u32string_view had_behind = U"前买 之前买 以前买 前下单 前收到 后坏 就坏 之后坏 ago";
constexpr std::u32string_view services[] = {U"安装", U"上门", U"送货", U"送到", U"配送", U"运费", U"退", U"换", U"邮", U"修", U"税", U"教", U"拆", U"回收", U"调试", U"搬", U"满意", U"赔", U"售后", U"括", U"含", U"裹", U"装吗", U"装不", U"不包"};

bool weighs_a_person(Quantity const& n) { return n.kind == Quantity::Kind::measure && n.base == "g" && n.value >= 25'000 && n.value <= 200'000; }

}  // namespace

// 你们包安装吗, 包不包邮: to include; no bag.
void Reader::included() {
    std::vector<Span> found;
    for (std::size_t i = 0; i < t_.size(); ++i) {
        if (t_[i] != U'包') continue;
        auto const after = slice(i + 1, t_.size());
        if (std::ranges::any_of(services, [&](std::u32string_view verb) { return after.starts_with(verb); })) found.push_back({i, i + 1});
    }
    auto const inside = [&](auto const& what) { return what.end - what.begin == 1 && std::ranges::any_of(found, [&](Span const& s) { return what.begin == s.begin; }); };
    std::erase_if(matches_, inside), std::erase_if(mentions_, inside);
    used_.insert(used_.end(), found.begin(), found.end());
}

void Reader::numbers_beside() {
    std::erase_if(numbers_, [&](Quantity const& n) {
        if (n.kind != Quantity::Kind::measure || n.end > t_.size()) return false;
        auto const from = n.begin >= 14 ? n.begin - 14 : 0;
        auto before = slice(from, n.begin);
        for (std::size_t i = before.size(); i > 0; --i)
            if (is_stop(before[i - 1])) { before.remove_prefix(i); break; }
        auto const after = slice(n.end, std::min(t_.size(), n.end + 6));
        bool const of_a_building = n.base == "mm" && has(before, of_buildings);
        bool const of_the_past = (n.base == "month" || n.base == "year" || n.base == "min") && n.limit != Quantity::Limit::at_least && n.limit != Quantity::Limit::at_most && (has(before, had_before) || has(after, had_behind));
        if (!of_a_building && !of_the_past) return false;
        auto begin = n.begin;
        if (of_a_building)
            if (auto const noun = cues::find_all(before, of_buildings); !noun.empty()) begin = n.begin - before.size() + noun.front().begin;
        used_.push_back({begin, n.end}), taken_.push_back({begin, n.end});
        if (of_a_building) out_.unheard.push_back(to_utf8(slice(begin, n.end)));
        return true;
    });
}

// Only where a blank parts what is one name of this shop; others stay two words.
void join_codes(std::u32string& text, Lexicon const& lexicon) {
    for (std::size_t i = 1; i + 1 < text.size(); ++i) {
        if (text[i] != U' ' || text[i + 1] < U'0' || text[i + 1] > U'9') continue;
        auto begin = i, end = i + 1;
        while (begin > 0 && text[begin - 1] >= U'a' && text[begin - 1] <= U'z') --begin;
        while (end < text.size() && text[end] >= U'0' && text[end] <= U'9') ++end;
        if (i - begin < 2 || i - begin > 5 || end - i > 5 || (begin > 0 && cues::letter(text[begin - 1])) || (end < text.size() && (cues::letter(text[end]) || text[end] == U'.'))) continue;
        auto const joined = text.substr(begin, i - begin) + text.substr(i + 1, end - i - 1);
        if (std::ranges::any_of(lexicon.scan(joined), [&](Match const& m) { return m.begin == 0 && m.end == joined.size() && m.corrected_from.empty(); })) text.erase(i, 1);
    }
}

// 160，130斤: taken out before anything is made of it, in a question of size and outside of one.
void Reader::height_and_weight() {
    for (std::size_t i = 0; i + 1 < numbers_.size(); ++i) {
        auto const& tall = numbers_[i];
        auto const& heavy = numbers_[i + 1];
        auto const cm = tall.kind == Quantity::Kind::plain ? tall.value : tall.kind == Quantity::Kind::measure && tall.base == "mm" ? tall.value / 10 : 0;
        if (cm < 140 || cm > 200 || tall.limit != Quantity::Limit::exact || !weighs_a_person(heavy) || heavy.begin < tall.end || heavy.begin > tall.end + 4) continue;
        auto const between = slice(tall.end, heavy.begin);
        if (between.find_first_not_of(U" ,，、。/.体重cm") != between.npos) continue;
        out_.body[shop::BodyMeasure::height] = cm, out_.body[shop::BodyMeasure::weight] = heavy.value / 1000;
        used_.push_back({tall.begin, heavy.end}), taken_.push_back({tall.begin, heavy.end});
        for (auto const& span : cues::find_all(t_, U"身高 体重 个子 height weight")) used_.push_back(span), taken_.push_back(span);
        numbers_.erase(numbers_.begin() + static_cast<std::ptrdiff_t>(i), numbers_.begin() + static_cast<std::ptrdiff_t>(i) + 2);
        return;
    }
    // 开衫，男的，一米八: how tall somebody is, where nothing is said to be so long, wide or high.
    for (auto n = numbers_.begin(); n != numbers_.end(); ++n) {
        auto const said = slice(n->begin, std::min(n->end, t_.size()));
        if (n->kind != Quantity::Kind::measure || n->base != "mm" || n->limit != Quantity::Limit::exact || n->value < 1400 || n->value > 2100 || said.find(U'米') == said.npos || said.ends_with(U"厘米")) continue;
        if (!has(t_, U"男的 女的 男生 女生 身高 我 他 她 老公 老婆 男朋友 女朋友 儿子 女儿 爸 妈 穿") || has(t_, U"长 宽 高度 深 直径 床 桌 柜 架 沙发 地毯 窗帘 屏风 米线 线 层高")) return;
        out_.body[shop::BodyMeasure::height] = n->value / 10;
        used_.push_back({n->begin, n->end}), taken_.push_back({n->begin, n->end});
        for (auto const& span : cues::find_all(t_, U"身高 个子")) used_.push_back(span), taken_.push_back(span);
        numbers_.erase(n);
        return;
    }
}

// 我个子小，手也小, after goods were shown: of the shopper, and no other goods; said to be unknown where no data here speaks of it.
void Reader::self_told() {
    if (out_.intent != Intent::find || situation_.shown == 0) return;
    for (auto const& span : cues::find_all(t_, U"个子小 个子矮 个子高 个子不高 个子大 个头小 个头大 手也小 手小 手比较小 手大 手也大 力气小 胳膊短 腿短 腿粗 i'm_small i'm_short i'm_tall i'm_petite small_hands big_hands short_arms long_arms short_legs not_very_strong")) {
        if (std::ranges::any_of(used_, [&](Span const& u) { return u.begin < span.end && span.begin < u.end; })) continue;
        std::erase_if(matches_, [&](Match const& m) { return m.begin < span.end && span.begin < m.end; });
        used_.push_back(span), taken_.push_back(span), out_.unheard.push_back(to_utf8(slice(span.begin, span.end)));
    }
}

// What asks for a size names no goods; and 选多大的 of goods that have no sizes for bodies asks how large they should be.
void Reader::sizes_asked(Scope const& scope) {
    if (out_.intent != Intent::size_help) return;
    for (auto const& span : cues::find_all(t_, U"穿几码 穿什么码 穿多大码 穿啥码 选几码 买几码 几码 什么码 啥码 多大码 哪个码 什么尺码 哪个尺码 选多大的 选多大 买多大的 买多大 多大的 穿多大")) used_.push_back(span), taken_.push_back(span);
    if (!out_.body.empty() || out_.foot_mm > 0 || scope_.empty() || !has(t_, U"选多大 买多大")) return;
    if (std::ranges::any_of(numbers_, [](Quantity const& n) { return n.kind == Quantity::Kind::measure && (n.base == "g" || n.base == "mm"); })) return;
    for (std::size_t a = 0; a < words_.attributes.size(); ++a)
        if (auto const& info = words_.attributes[a]; scope.attributes[a] && !info.numeric && (info.name == "size" || label_has(info, U"size 尺码"))) return;
    out_.intent = Intent::find;
}

}  // namespace kindling::dialogue
