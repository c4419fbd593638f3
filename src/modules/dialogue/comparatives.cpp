// modules/dialogue/comparatives.cpp -- "cheaper", "a longer one": a limit taken from what was shown, or, with nothing to compare with, a taste.
#include "modules/dialogue/cues.h"
#include "modules/dialogue/turn.h"
#include <algorithm>

namespace kindling::dialogue {

namespace {

Text name_of_comparison(Comparative::What what) {
    using W = Comparative::What;
    static constexpr std::pair<W, Text> names[] = {{W::price, {"price", "价格"}}, {W::size, {"size", "大小"}}, {W::length, {"length", "长度"}}, {W::width, {"width", "宽度"}}, {W::height, {"height", "高度"}}, {W::weight, {"weight", "重量"}}, {W::capacity, {"capacity", "容量"}}, {W::power, {"power or brightness", "功率或亮度"}}, {W::endurance, {"battery life", "续航"}}, {W::noise, {"noise", "噪音"}}, {W::warmth, {"how long it keeps warm", "保温时长"}}};
    for (auto const& [of, name] : names)
        if (of == what) return name;
    return names[0].second;
}

}  // namespace

// Of the attributes with amounts those that a comparison can be about, the most natural first.
std::vector<int> TurnMaker::attributes_of(Comparative::What what) const {
    using W = Comparative::What;
    std::vector<int> out;
    static constexpr std::pair<W, std::string_view> stems[] = {{W::size, "capacity 容量 length 长 width 宽 height 高 diameter 口径 直径"}, {W::length, "length 长"}, {W::width, "width 宽"}, {W::height, "height 高"}, {W::weight, "weight 重"}, {W::capacity, "capacity 容量 volume"}, {W::power, "power 功率 brightness 亮度 lumen 流明"}, {W::endurance, "battery 续航 play 播放"}, {W::noise, "noise 噪"}, {W::warmth, "warm 保温"}};
    std::string_view list;
    for (auto const& [stem_of, words] : stems)
        if (stem_of == what) list = words;
    for (std::size_t i = 0; i < list.size();) {
        auto const end = std::min(list.find(' ', i), list.size());
        auto const stem = surface_of(list.substr(i, end - i));
        i = end + 1;
        for (std::size_t a = 0; a < view_.words().attributes.size(); ++a) {
            auto const& info = view_.words().attributes[a];
            auto const label = surface_of(info.label.en) + U" " + surface_of(info.label.zh) + U" " + surface_of(info.name);
            // 保温时长 is no length, and a weight is no size.
            auto const& base = info.measure.base;
            bool const spatial = what == W::size || what == W::length || what == W::width || what == W::height || what == W::capacity;
            if (spatial && (base == "min" || base == "g" || base == "W" || base == "mAh" || base == "dB")) continue;
            if (info.numeric && label.find(stem) != label.npos && std::ranges::find(out, static_cast<int>(a)) == out.end()) out.push_back(static_cast<int>(a));
        }
    }
    // 坐高最低: of several heights the one that is named.
    auto const said = surface_of(text_);
    std::ranges::stable_partition(out, [&](int a) {
        auto const& label = view_.words().attributes[static_cast<std::size_t>(a)].label;
        auto const en = surface_of(label.en), zh = surface_of(label.zh);
        return (zh.size() >= 2 && said.find(zh) != said.npos) || (!en.empty() && cues::has_word(said, en));
    });
    return out;
}

int TurnMaker::attribute_of(Comparative::What what, std::span<Target const> of) const {
    for (int const a : attributes_of(what))
        if (std::all_of(of.begin(), of.end(), [&](Target const& t) { return view_.value_of(t.product, t.variant, a); })) return a;
    return -1;
}

void TurnMaker::apply_comparatives() {
    auto& s = state();
    if (reading_.comparatives.empty()) return;
    std::vector<Target> against;
    for (auto n : reading_.ordinals)
        if (n >= 1 && static_cast<std::size_t>(n) <= s.shown.size())
            if (auto const t = target_of_sku(s.shown[static_cast<std::size_t>(n - 1)])) against.push_back(*t);
    if (reading_.refers) or_in_focus(against);
    if (against.empty())
        for (auto const& sku : s.shown)
            if (auto const t = target_of_sku(sku)) against.push_back(*t);
    or_in_focus(against);
    // 鞋子太贵了 of a page with several kinds of goods: than the shoes.
    auto const named = kinds_of(reading_.constraints, Polarity::want, view_.words());
    auto const of_the_kind = [&](Target const& t) { return std::ranges::any_of(named, [&](int kind) { return view_[t.product].category >= 0 && view_.words().within(view_[t.product].category, kind); }); };
    if (std::ranges::any_of(against, of_the_kind)) std::erase_if(against, [&](Target const& t) { return !of_the_kind(t); });
    if (against.empty()) {  // nothing to compare with: it is a taste
        if (reading_.comparatives.front().what == Comparative::What::price) s.order = reading_.comparatives.front().direction < 0 ? "price_up" : "price_down";
        return;
    }
    // A comparison is with goods of one kind.
    // What was looked for by words stays; it tells more than the category.
    bool const of_presents = !s.recipient.empty() && std::ranges::all_of(reading_.comparatives, [](Comparative const& each) { return each.what == Comparative::What::price; });
    if (!of_presents && categories_in_force(s, view_.words()).empty() && s.free_text.empty())
        if (auto const c = view_[against.front().product].category; c >= 0) {
            auto const& info = view_.words().categories[static_cast<std::size_t>(c)];
            Constraint kind{.kind = ConstraintKind::category, .values = {{info.id, info.label.en, info.label.zh}}};
            write_labels(kind, view_.words(), view_.currency());
            s.constraints.push_back(std::move(kind));
        }
    for (auto const& comparative : reading_.comparatives) {
        Constraint c;
        double edge = comparative.direction < 0 ? infinity : -infinity;
        auto const take = [&](double value) { edge = comparative.direction < 0 ? std::min(edge, value) : std::max(edge, value); };
        if (comparative.what == Comparative::What::price) {
            // "Cheaper, under 15": the limit that was said is the limit.
            if (std::any_of(reading_.constraints.begin(), reading_.constraints.end(), [](Constraint const& k) { return k.kind == ConstraintKind::price; })) continue;
            c.kind = ConstraintKind::price;
            for (auto const& t : against) take(static_cast<double>(view_[t.product].variants[t.variant].price_minor));
            (comparative.direction < 0 ? c.max : c.min) = edge + comparative.direction;
            s.order = comparative.direction < 0 ? "" : s.order;
        } else {
            int const attribute = attribute_of(comparative.what, against);
            if (attribute < 0) {
                say(Phrase::comparison_unknown, {name_slot("echo", std::string(name_of_comparison(comparative.what).in(locale_)))});
                continue;
            }
            c.kind = ConstraintKind::number, c.attribute = view_.words().attributes[static_cast<std::size_t>(attribute)].name;
            for (auto const& t : against) take(view_.value_of(t.product, t.variant, attribute)->number);
            (comparative.direction < 0 ? c.max : c.min) = edge * (1 + 1e-9 * comparative.direction) + comparative.direction * 1e-6;
        }
        std::erase_if(s.constraints, [&](Constraint const& k) {
            if (k.kind != c.kind || k.attribute != c.attribute) return false;
            // The other end of an earlier limit still holds: "cheaper" under a floor of 100.
            if (!c.min && k.min && *k.min <= *c.max) c.min = k.min;
            if (!c.max && k.max && *k.max >= *c.min) c.max = k.max;
            return true;
        });
        write_labels(c, view_.words(), view_.currency());
        s.constraints.push_back(std::move(c));
        comparative_ = true;
    }
}

}  // namespace kindling::dialogue
