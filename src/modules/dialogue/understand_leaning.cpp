// modules/dialogue/understand_leaning.cpp -- what is only preferred: 最好续航长, "ideally light", "preferably under 50 but can go over". See understand.h.
//
// A preference orders what fits and leaves nothing out (select.h). What stands behind "ideally" up to the next breath, or before "if possible" from the last
// one, is preferred; "can go over" makes a preference of a budget. Words such as "light" or 续航长 lean one way along an amount; of which attribute, and from
// where on, is known once it is known which goods are spoken of (leaning.cpp). Words that mean other things too ("light", 轻, "small") lean only where a
// preference is spoken of.
#include "modules/dialogue/reader.h"

namespace kindling::dialogue {

namespace {

struct Row { Comparative::What what; int direction; std::u32string_view always, preferred; };

constexpr Row rows[] = {
    {Comparative::What::endurance, +1, U"续航长 续航久 续航好 续航强 续航要长 续航要久 待机长 待机久 电池耐用 电池大 long_battery long_battery_life good_battery_life great_battery_life good_battery long_lasting_battery lasts_long battery_that_lasts", U""},
    {Comparative::What::length, +1, U"不要太短 别太短 不能太短 不想要太短 不想太短 不太短 not_too_short nothing_too_short isn't_too_short", U""},
    {Comparative::What::length, -1, U"不要太长 别太长 不能太长 不想要太长 不想太长 不太长 not_too_long nothing_too_long isn't_too_long", U""},
    {Comparative::What::height, -1, U"不要太高 别太高 不能太高 not_too_high not_too_tall nothing_too_high", U""},
    {Comparative::What::height, +1, U"不要太矮 别太矮 不要太低 别太低 not_too_low", U""},
    {Comparative::What::width, -1, U"不要太宽 别太宽 not_too_wide", U""},
    {Comparative::What::width, +1, U"不要太窄 别太窄 not_too_narrow", U""},
    {Comparative::What::weight, -1, U"轻便 轻巧 轻量 轻薄 重量轻 不要太重 别太重 lightweight light_weight not_too_heavy", U"轻 light lighter 轻一点 轻点"},
    {Comparative::What::size, -1, U"小巧 紧凑 不占地方 不占地 省空间 不要太大 别太大 compact space_saving not_too_big not_too_large", U"小 small smaller 小一点 小点"},
    {Comparative::What::size, +1, U"", U"大 大一点 大点 big bigger large larger"},
    {Comparative::What::capacity, +1, U"大容量 容量大 装得多 能装 large_capacity big_capacity high_capacity roomy spacious", U""},
    {Comparative::What::power, +1, U"", U"亮 亮一点 bright brighter 功率大 powerful"},
    {Comparative::What::noise, -1, U"安静 噪音小 噪音低 声音小 不要太吵 别太吵 quiet low_noise not_too_loud", U"静音 silent"},
    {Comparative::What::warmth, +1, U"保温久 保温时间长 保温长 保温好 keeps_warm_long keeps_hot_long stays_hot stays_warm_long", U""},
};

// What may follow "best" in Chinese when it is a superlative and no wish: 最好的, 最好看, 哪个最好.
bool superlative(std::u32string_view before, std::u32string_view after) {
    if (!before.empty() && std::u32string_view(U"个款价碑量得些件双哪条台盏把张么性").find(before.back()) != std::u32string_view::npos) return true;
    return after.empty() || std::u32string_view(U"的看用吃玩卖听喝吗么呢?？").find(after.front()) != std::u32string_view::npos;
}

}  // namespace

bool Reader::soft(std::size_t at) const {
    return std::ranges::any_of(soft_, [&](Span const& s) { return at >= s.begin && at < s.end; });
}

void Reader::lean(Comparative::What what, int direction, Span span) {
    while (span.end < t_.size() && std::u32string_view(U"一点些的").find(t_[span.end]) != std::u32string_view::npos) ++span.end;
    if (std::ranges::none_of(out_.leanings, [&](Leaning const& l) { return l.wish.what == what; })) out_.leanings.push_back({{what, direction}, to_utf8(slice(span.begin, span.end))});
    taken_.push_back(span);
}

// Before anything else is read: where preferences stand, and what leans only there.
void Reader::preferences() {
    if (out_.intent != Intent::find && out_.intent != Intent::gift && out_.intent != Intent::bundle && out_.intent != Intent::advise) return;
    static constexpr std::u32string_view hard = U"但 但是 不过 必须 一定 预算 but must budget has_to have_to needs_to";
    auto const piece = [&](std::size_t from, std::size_t to) {
        if (auto const stop = cues::find(std::u32string_view(t_).substr(0, to), hard, from)) to = stop->begin;
        if (from < to) soft_.push_back({from, to});
    };
    for (auto const& cue : cues::find_all(t_, U"最好 尽量 首选 优先考虑 优先选 更想要 更喜欢 倾向于 理想的话 ideally preferably i'd_prefer i_would_prefer i_prefer we_prefer would_prefer prefer bonus_if nice_if great_if extra_points_for")) {
        if (slice(cue.begin, cue.end) == U"最好" && superlative(slice(0, cue.begin), slice(cue.end, t_.size()))) continue;
        auto end = cue.end;
        while (end < t_.size() && !is_stop(t_[end]) && t_[end] != U'.') ++end;
        piece(cue.end, end), used_.push_back(cue);
    }
    for (auto const& cue : cues::find_all(t_, U"优先 更好 就更好了 最好了 更佳 为佳 加分 可以的话 if_possible would_be_nice would_be_great would_be_ideal would_be_good is_a_plus a_plus is_a_bonus a_bonus preferred nice_to_have")) {
        if (slice(cue.begin, cue.end) == U"优先" && soft(cue.end)) continue;
        auto begin = cue.begin;
        while (begin > 0 && !is_stop(t_[begin - 1]) && t_[begin - 1] != U'.') --begin;
        if (auto const last = cues::find_all(slice(begin, cue.begin), hard); !last.empty()) begin += last.back().end;
        if (begin < cue.begin) soft_.push_back({begin, cue.begin});
        used_.push_back(cue);
    }
    if (auto const stretch = cues::find(t_, U"can_go_over could_go_over can_go_higher can_go_a_bit_over can_go_a_little_over could_go_a_bit_over could_go_a_little_over can_go_slightly_over can_be_a_bit_more can_be_a_bit_over a_bit_more_is_fine a_bit_more_is_ok a_little_more_is_fine happy_to_go_a_bit_over can_stretch could_stretch can_spend_more a_bit_over_is_fine a_little_over_is_fine over_is_fine can_be_flexible is_flexible 可以超一点 可以超一些 稍微超一点 稍微贵一点 超一点可以 超点没事 多一点也行 多点也行 高一点也行 高一点也可以 高点也行 可以稍微超 超一点也行 超一点也可以 超一点没关系 超点也行 贵一点也行 贵一点也可以 贵点也行 贵点也可以 贵一点没关系 可以加预算 可以多花 可以再高")) stretches_ = true, taken_.push_back(*stretch);
    if (soft_.empty()) return;
    for (auto const& row : rows)
        for (auto const& span : cues::find_all(t_, row.preferred)) {
            if (!soft(span.begin) || std::ranges::any_of(taken_, [&](Span const& u) { return span.begin < u.end && u.begin < span.end; })) continue;
            // "Ideally a light": that one is a lamp.
            if (slice(0, span.begin).ends_with(U" a ") && (span.end == t_.size() || is_stop(t_[span.end]))) continue;
            if (span.end - span.begin == 1 && std::ranges::any_of(matches_, [&](Match const& m) { return m.begin <= span.begin && span.end <= m.end && m.end - m.begin > 1; })) continue;
            std::erase_if(matches_, [&](Match const& m) { return m.begin < span.end && span.begin < m.end && m.end - m.begin <= span.end - span.begin; });
            if (span.end < t_.size() && t_[span.end] >= U'0' && t_[span.end] <= U'9') continue;   // 能装14寸: an amount is told
            lean(row.what, row.direction, span);
        }
}

// "Headphones, light", "light headphones", 又轻又便宜: beside goods that are named, such a word says what they should be like, and "light" is no lamp.
void Reader::adjectives() {
    if (out_.intent != Intent::find && out_.intent != Intent::gift) return;
    auto const blanks = [&](std::size_t at, int step) {
        while (step < 0 ? at > 0 && t_[at - 1] == U' ' : at < t_.size() && t_[at] == U' ') at = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(at) + step);
        return at;
    };
    // A breath of its own, or one of several such words: "light and quiet".
    auto const alone = [&](Span const& span) {
        auto const from = blanks(span.begin, -1), to = blanks(span.end, +1);
        auto const before = slice(0, from), after = slice(to, t_.size());
        bool const begins = before.empty() || is_stop(before.back()) || before.ends_with(U" and") || before.ends_with(U" but") || before.ends_with(U" very") || before.ends_with(U" be") || before.ends_with(U" something");
        return begins && (after.empty() || is_stop(after.front()) || after.front() == U'.' || after.starts_with(U"and ") || after.starts_with(U"but "));
    };
    // "A light down jacket": before the name of something it is no name itself, also where that something is not sold here.
    auto const before_a_name = [&](Span const& span) {
        if (is_han(t_[span.begin]) || span.end + 1 >= t_.size() || t_[span.end] != U' ' || !cues::letter(t_[span.end + 1])) return false;
        auto const rest = slice(span.end + 1, t_.size());
        auto const next = rest.substr(0, rest.find_first_of(U" ,.?!"));
        static constexpr std::u32string_view no_names[] = {U"for", U"with", U"in", U"on", U"of", U"that", U"which", U"under", U"over", U"below", U"and", U"or", U"but", U"to", U"by", U"at", U"from", U"please", U"fixture", U"fixtures", U"bulb", U"bulbs", U"switch", U"stand", U"strip", U"strips", U"shade"};
        return std::ranges::find(no_names, next) == std::end(no_names);
    };
    for (auto const& row : rows)
        for (auto const& span : cues::find_all(t_, row.preferred)) {
            auto const overlaps = [&](auto const& m) { return m.begin < span.end && span.begin < m.end; };
            if (std::ranges::any_of(taken_, overlaps)) continue;
            if (before_a_name(span)) std::erase_if(matches_, [&](Match const& m) { return m.begin == span.begin && m.end == span.end && std::ranges::all_of(m.meanings, [](Meaning const& x) { return x.kind == Meaning::Kind::category; }); });
            bool const others = std::ranges::any_of(matches_, [&](Match const& m) { return names_kind(m) && !overlaps(m); }) || !situation_.categories.empty();
            if (!others || std::ranges::any_of(matches_, [&](Match const& m) { return overlaps(m) && m.end - m.begin > span.end - span.begin; })) continue;
            bool says = false;
            // 保温杯 轻一点, where nothing was shown that it could be lighter than.
            if (is_han(t_[span.begin]) && situation_.shown == 0 && span.end - span.begin >= 2) says = true;
            else if (is_han(t_[span.begin])) says = span.begin > 0 && std::u32string_view(U"又要够").find(t_[span.begin - 1]) != std::u32string_view::npos && (span.end == t_.size() || is_stop(t_[span.end]) || std::u32string_view(U"又的一点些").find(t_[span.end]) != std::u32string_view::npos);
            else says = alone(span) || std::ranges::any_of(matches_, [&](Match const& m) { return names_kind(m) && m.begin == span.end + 1 && t_[span.end] == U' '; });
            // Of size only where it stands by itself: "a small bag" names a kind of bag as often as not.
            if (!says || (row.what == Comparative::What::size && !alone(span))) continue;
            std::erase_if(matches_, overlaps);
            lean(row.what, row.direction, span);
        }
}

// "Not too short" of goods whose lengths have names: what is called short is refused.
bool Reader::not_too(Comparative::What what, int direction, Span span) {
    if (what != Comparative::What::length || scope_.empty()) return false;
    std::u32string_view const called = direction > 0 ? U"短款 短裙 超短 迷你 mini short cropped" : U"长款 拖地 到脚踝 超长 maxi long floor_length";
    auto const scope = view_.scope(scope_);
    bool const zh = out_.locale == Locale::zh;
    Constraint c{.polarity = Polarity::avoid, .said = direction > 0 ? (zh ? "太短" : "too short") : zh ? "太长" : "too long"};
    std::vector<ValueName> others;
    for (std::size_t a = 0; a < words_.attributes.size(); ++a) {
        auto const& info = words_.attributes[a];
        if (info.numeric || !label_has(info, U"裙长 衣长 裤长 长度 款长 length") || label_has(info, U"袖 sleeve")) continue;
        for (std::size_t v = 0; v < info.values.size(); ++v) {
            if (!scope.values[a][v]) continue;
            auto const& value = info.values[v];
            auto const en = surface_of(value.en), zh = surface_of(value.zh);
            bool const middle = en.find(U"mid") != en.npos || zh.find(U"中长") != zh.npos;
            if (!middle && (has(en, called) || has(zh, called))) c.values.push_back({info.name, value.en, value.zh}), c.attribute = info.name;
            else others.push_back({info.name, value.en, value.zh});
        }
    }
    std::erase_if(others, [&](ValueName const& v) { return v.attribute != c.attribute; });
    if (c.values.empty() || others.empty()) return false;
    // 中长款 has 长款 in it, and a refusal counts for titles: what is left is wished for instead.
    if (std::ranges::any_of(others, [&](ValueName const& o) { return std::ranges::any_of(c.values, [&](ValueName const& v) { return !v.zh.empty() && o.zh.find(v.zh) != std::string::npos; }); })) c.polarity = Polarity::want, c.values = std::move(others);
    out_.constraints.push_back(std::move(c));
    taken_.push_back(span), used_.push_back(span);
    return true;
}

// What leans by itself, once the goods are known: "a lightweight suitcase", 续航长的耳机. Not when it asks about what was shown.
void Reader::leanings() {
    if (out_.intent != Intent::find && out_.intent != Intent::gift && out_.intent != Intent::advise) return;
    if (soft_.empty() && (scope_.empty() || (cues::is_question(t_) && !has(t_, U"有没有 有什么 有啥 do_you_have any got")))) return;
    for (auto const& row : rows)
        for (auto const& span : cues::find_all(t_, row.always)) {
            if (std::ranges::any_of(taken_, [&](Span const& u) { return span.begin < u.end && u.begin < span.end; })) continue;
            if (std::ranges::any_of(lay_, [&](LayClaim const& c) { return span.begin < c.span.end && c.span.begin < span.end; })) continue;   // borne out by texts
            if (not_too(row.what, row.direction, span)) continue;
            // A value that these goods have by that name says it better.
            if (std::ranges::any_of(matches_, [&](Match const& m) { return m.begin < span.end && span.begin < m.end && std::ranges::any_of(m.meanings, [](Meaning const& x) { return x.kind == Meaning::Kind::value && x.value >= 0; }); })) continue;
            lean(row.what, row.direction, span);
        }
}

// The numbers that stand where a preference is spoken of, and a budget that may be exceeded.
void Reader::soften() {
    for (auto& c : out_.constraints) {
        if (c.kind != ConstraintKind::number && c.kind != ConstraintKind::price && c.kind != ConstraintKind::rating) continue;
        for (auto const& n : numbers_)
            if (soft(n.number_begin) && c.said == to_utf8(slice(n.begin, std::min(n.end, t_.size())))) c.soft = true;
        if (c.kind != ConstraintKind::price || !stretches_) continue;
        // "A budget of about 50, a bit over is fine": the fifty is where it should end. "Around 50" without a budget: near it.
        c.soft = true;
        if (c.min && c.target) continue;
        c.min.reset();
        if (c.target) c.max = c.target;
    }
}

}  // namespace kindling::dialogue
