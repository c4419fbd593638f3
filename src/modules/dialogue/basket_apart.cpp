// modules/dialogue/basket_apart.cpp -- one good in several of its variants at once: "add two, one navy one black, size L", 一件黑的一件白的. See turn.h.
//
// Several values of one attribute that are not alternatives ("or", 或) are told apart: of each as many as are said right before it, else one. A value that the
// good does not come in is said, and the others go in all the same. A size that is still to be chosen is asked for each.
#include "core/utf8.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/turn.h"
#include <algorithm>

namespace kindling::dialogue {

namespace {

// The number right before `at`, over a measure word and articles; 0: none.
std::int64_t units_before(std::u32string_view t, std::size_t at) {
    auto const before = t.substr(at > 12 ? at - 12 : 0, std::min<std::size_t>(at, 12));
    auto left = before;
    while (!left.empty() && (left.back() == U' ' || std::u32string_view(U"个件双只条台把张瓶套本盒支顶副").find(left.back()) != std::u32string_view::npos)) left.remove_suffix(1);
    struct Row { std::u32string_view word; std::int64_t n; };
    static constexpr Row rows[] = {{U"one", 1}, {U"two", 2}, {U"three", 3}, {U"four", 4}, {U"five", 5}, {U"一", 1}, {U"两", 2}, {U"二", 2}, {U"三", 3}, {U"四", 4}, {U"五", 5}, {U"1", 1}, {U"2", 2}, {U"3", 3}, {U"4", 4}, {U"5", 5}, {U"6", 6}};
    for (auto const& row : rows) {
        if (!left.ends_with(row.word)) continue;
        auto rest = left.substr(0, left.size() - row.word.size());
        if (!rest.empty() && (rest.back() == U'.' || (rest.back() >= U'0' && rest.back() <= U'9'))) return 0;   // the 5 of 6.5
        auto named = rest;
        while (!named.empty() && named.back() == U' ') named.remove_suffix(1);
        for (std::u32string_view size : {U"size", U"number", U"option", U"eu", U"uk", U"us", U"no.", U"第", U"码", U"号"})
            if (named.ends_with(size)) return 0;
        if (rest.empty() || !cues::letter(row.word.front()) || !cues::letter(rest.back())) return row.n;
    }
    return 0;
}

}  // namespace

bool TurnMaker::add_one_of_each(Target of) {
    auto& s = state();
    auto const t = surface_of(text_);
    if (cues::has(t, U"or either 或 或者 还是 任意")) return false;
    // The values of one attribute, in the order in which they are said.
    std::string attribute;
    std::vector<ValueName> apart;
    std::vector<Constraint> others;
    for (auto const& c : reading_.constraints) {
        if (c.kind != ConstraintKind::value || c.polarity != Polarity::want || c.soft || c.values.empty()) continue;
        auto const& of_attribute = c.values.front().attribute;
        bool const splits = c.values.size() > 1 && std::ranges::all_of(c.values, [&](ValueName const& v) { return v.attribute == of_attribute; });
        if (splits && attribute.empty()) attribute = of_attribute, apart = c.values;
        else others.push_back(c);
    }
    if (apart.size() < 2 || apart.size() > 6) return false;
    struct Each { ValueName value; std::size_t at; };
    std::vector<Each> said;
    for (auto const& v : apart) {
        std::optional<std::size_t> at;
        for (auto const& name : {v.en, v.zh})
            if (auto const word = surface_of(name); !word.empty())
                if (auto const found = cues::find_word(t, word)) at = found->begin;
        for (auto const& name : {v.zh})   // 黑的 of 黑色
            if (auto word = surface_of(name); !at && word.size() > 1 && word.back() == U'色')
                if (auto const found = t.find(word.substr(0, word.size() - 1)); found != t.npos) at = found;
        if (at && std::ranges::none_of(said, [&](Each const& other) { return other.at == *at; })) said.push_back({v, *at});   // one word, two spellings of it in the data
    }
    if (said.size() < 2) return false;   // one word for several shades
    std::ranges::sort(said, {}, &Each::at);
    auto const& entry = view_[of.product];
    bool any = false;
    s.to_add.clear(), s.to_add_counts.clear(), s.quantity = 1;
    for (auto const& each : said) {
        auto one = Constraint{.values = {each.value}, .attribute = attribute};
        auto const wanted = resolve(one, view_.words());
        std::vector<std::size_t> fitting;
        bool comes = false;
        for (std::size_t v = 0; v < entry.variants.size(); ++v) {
            if (!holds(view_, of.product, v, wanted)) continue;
            comes = true;
            if (std::ranges::all_of(others, [&](Constraint const& c) { return holds(view_, of.product, v, resolve(c, view_.words())); })) fitting.push_back(v);
        }
        auto const label = Label{each.value.en, each.value.zh}.in(locale_);
        if (fitting.empty()) {
            auto value = label;
            for (auto const& c : others)
                if (comes) value += (locale_ == Locale::zh ? "、" : ", ") + Label{c.values.front().en, c.values.front().zh}.in(locale_);
            say(Phrase::none_so_valued, {title_slot(of.product), name_slot("value", value)});
            continue;
        }
        any = true;
        auto const units = std::max<std::int64_t>(1, units_before(t, each.at));
        std::vector<std::size_t> in_stock;
        for (auto const v : fitting)
            if (entry.variants[v].stock >= units) in_stock.push_back(v);
        auto const& choice = in_stock.empty() ? fitting : in_stock;
        if (!size_to_choose({of.product, choice.front()}, choice).empty()) {
            s.to_add.push_back(entry.data.variants[choice.front()].sku), s.to_add_counts.push_back(units);
            continue;
        }
        put({of.product, choice.front()}, units);
    }
    if (!s.to_add.empty()) add_queued({});
    else if (!any) send({.kind = BlockKind::cards, .cards = {make_card(view_, {of.product, of.variant}, locale_, {.constraints = s.constraints})}});
    return true;
}

}  // namespace kindling::dialogue
