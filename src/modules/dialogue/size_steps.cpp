// modules/dialogue/size_steps.cpp -- 换大一号, "a bigger one", "one size up": the size next to the one that is spoken of, where goods come in sizes.
//
// The size spoken of is that of what was just put into the basket, of what was bought, or the one that was asked for. The next is the nearest of the same scale (numbers,
// or letters) that the goods come in; where no size is known yet, it is asked. Of goods without sizes "bigger" is a comparison of their measures (comparatives.cpp).
#include "core/utf8.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/turn.h"
#include <algorithm>

namespace kindling::dialogue {

namespace {

struct Rank { bool letters = false; double at = 0; };

// "EU 38", 38码, "M", 加大: where it stands on its scale; nothing: of no order ("one size").
std::optional<Rank> rank_of(Label const& label) {
    for (auto const& text : {surface_of(label.en), surface_of(label.zh)}) {
        if (text.empty()) continue;
        std::size_t x = 0;
        auto rest = std::u32string_view(text);
        auto const digits = rest.find_first_of(U"0123456789");
        if (digits != rest.npos && rest.substr(digits + 1).starts_with(U"xl")) return Rank{true, 3.0 + (rest[digits] - U'0')};   // 2XL
        if (digits != rest.npos) {
            double value = 0, unit = 1;
            bool fraction = false;
            for (auto i = digits; i < rest.size() && ((rest[i] >= U'0' && rest[i] <= U'9') || rest[i] == U'.'); ++i) {
                if (rest[i] == U'.') { fraction = true; continue; }
                value = value * 10 + (rest[i] - U'0'), unit *= fraction ? 10 : 1;
            }
            return Rank{false, value / unit};
        }
        while (rest.starts_with(U'x')) ++x, rest.remove_prefix(1);
        if (rest == U"s") return Rank{true, 1.0 - static_cast<double>(x)};
        if (rest == U"m" && x == 0) return Rank{true, 2};
        if (rest == U"l") return Rank{true, 3.0 + static_cast<double>(x)};
        static constexpr std::pair<std::u32string_view, double> words[] = {{U"extra small", 0}, {U"small", 1}, {U"medium", 2}, {U"large", 3}, {U"extra large", 4}, {U"小号", 1}, {U"中号", 2}, {U"大号", 3}, {U"加大", 4}, {U"加大号", 4}, {U"特大号", 4}};
        for (auto const& [word, at] : words)
            if (text == word) return Rank{true, at};
    }
    return {};
}

}  // namespace

// Of these values of the attribute the nearest beyond `value` in the direction; -1: there is none.
int TurnMaker::size_beyond(int attribute, int value, int step, std::vector<int> const& among) const {
    auto const& values = view_.words().attributes[static_cast<std::size_t>(attribute)].values;
    auto const from = rank_of(values[static_cast<std::size_t>(value)]);
    int best = -1;
    double nearest = infinity;
    for (int const v : among) {
        auto const to = rank_of(values[static_cast<std::size_t>(v)]);
        if (!from || !to || to->letters != from->letters) continue;
        if (auto const by = (to->at - from->at) * step; by > 0 && by < nearest) nearest = by, best = v;
    }
    return best;
}

// The variant that is as this one but for its size, of those that can be bought.
std::optional<std::size_t> TurnMaker::next_size(Target of, int step) const {
    auto const& entry = view_[of.product];
    for (auto const& size : entry.variants[of.variant].values) {
        if (!is_size(size.attribute) || size.value < 0) continue;
        std::vector<std::size_t> alike;
        std::vector<int> sizes;
        for (std::size_t v = 0; v < entry.variants.size(); ++v) {
            bool const same = std::ranges::all_of(entry.variants[v].values, [&](AttributeValue const& a) {
                auto const* mine = view_.value_of(of.product, of.variant, a.attribute);
                return a.attribute == size.attribute || !mine || mine->value == a.value;
            });
            auto const* its = view_.value_of(of.product, v, size.attribute);
            if (same && its && its->value >= 0 && entry.variants[v].stock > 0) alike.push_back(v), sizes.push_back(its->value);
        }
        if (auto const next = size_beyond(size.attribute, size.value, step, sizes); next >= 0) return alike[static_cast<std::size_t>(std::ranges::find(sizes, next) - sizes.begin())];
    }
    return {};
}

// True: that was the answer.
bool TurnMaker::another_size(std::string const& pending) {
    auto& s = state();
    auto const t = surface_of(text_);
    auto const cue = cues::size_step(t);
    if (!cue || cue->told || pending.starts_with("errand") || pending == "variant" || pending == "order" || pending == "contact" || pending == shows_order || !reading_.order_number.empty()) return false;
    auto const intent = reading_.intent;
    if (intent != Intent::find && intent != Intent::exchange_goods && intent != Intent::more && intent != Intent::add_to_basket && intent != Intent::ask_fact && intent != Intent::size_help) return false;
    // 买的鞋有点小，换大一号: what stands in the same breath says of which goods.
    if (surface_of(utf8_prefix(said_, 600)).size() > t.size() + 2) return false;
    if (cues::has_bought(t) || cues::gives_back(t) || !reading_.constraints.empty() || !reading_.not_sold.empty()) return false;
    // Nothing else is said: "a bigger table" is none of it.
    std::vector<cues::Span> used{cue->span};
    for (auto const& filler : cues::find_all(t, U"i'd_like i_want i_need can_i_have could_i_have do_you_have have_you is_there show_me give_me make_it the a an in one it them please instead size sizes up of 换 给 我 要 想 可以 有 没有 吗 的 来 个 双 件 条 一 能 帮")) used.push_back(filler);
    if (!cues::remainder(t, used).empty()) return false;
    // 换大伞: one character is no word to look for, and a thing all the same.
    static constexpr std::u32string_view particles = U"的了吧呢吗呀啊哦嘛一两个双件条只点些再请那就帮我给来有没要想可以能不好换码号尺";
    if (std::ranges::any_of(cues::without(t, used), [](char32_t c) { return is_han(c) && particles.find(c) == particles.npos; })) return false;
    int const step = cue->step;
    // Of what has just been put into the basket: that is changed.
    if (!s.added.empty() && s.turn - s.added_turn <= 8 && ports_.basket)
        if (auto const held = target_of_sku(s.added); held && (s.focus == view_[held->product].data.product_id || std::ranges::any_of(s.shown, [&](std::string const& sku) { auto const other = target_of_sku(sku); return other && other->product == held->product; }))) {
            auto const sized = std::ranges::find_if(view_[held->product].variants[held->variant].values, [&](AttributeValue const& v) { return is_size(v.attribute); });
            if (sized != view_[held->product].variants[held->variant].values.end()) {
                out_.topic = "basket", reading_.quantity = s.added_quantity, s.replaces = s.added;
                if (auto const next = next_size(*held, step)) { put({held->product, *next}, s.added_quantity); return true; }
                say(step > 0 ? Phrase::no_size_up : Phrase::no_size_down, {title_slot(held->product), echo("size", view_.value_text(*sized, locale_))});
                ask_variant(held->product, buyable(*held), view_.words().attributes[static_cast<std::size_t>(sized->attribute)].name);
                return true;
            }
        }
    // Of what is shown: its sizes, and the one that was asked for.
    int attribute = -1;
    std::vector<int> sizes;
    std::vector<Target> shown;
    for (auto const& sku : s.shown)
        if (auto const target = target_of_sku(sku)) shown.push_back(*target);
    if (auto const p = view_.find(s.focus); p && (shown.empty() || !input_.product_id.empty())) shown = {{*p, 0}};
    for (auto const& target : shown)
        for (auto const& variant : view_[target.product].variants)
            for (auto const& v : variant.values)
                if (is_size(v.attribute) && v.value >= 0 && (attribute < 0 || attribute == v.attribute) && rank_of(view_.words().attributes[static_cast<std::size_t>(v.attribute)].values[static_cast<std::size_t>(v.value)])) {
                    attribute = v.attribute;
                    if (std::ranges::find(sizes, v.value) == sizes.end()) sizes.push_back(v.value);
                }
    if (attribute < 0) return false;
    auto const& info = view_.words().attributes[static_cast<std::size_t>(attribute)];
    auto const value_named = [&](ValueName const& name) {
        auto const at = std::ranges::find_if(info.values, [&](Label const& label) { return name.attribute == info.name && label.en == name.en && label.zh == name.zh; });
        return at == info.values.end() ? -1 : static_cast<int>(at - info.values.begin());
    };
    auto const asked_for = std::ranges::find_if(s.constraints, [&](Constraint const& c) { return c.kind == ConstraintKind::value && c.polarity == Polarity::want && c.values.size() == 1 && value_named(c.values.front()) >= 0; });
    out_.topic = "find";
    if (asked_for == s.constraints.end()) {
        std::ranges::sort(sizes, {}, [&](int v) { auto const rank = *rank_of(info.values[static_cast<std::size_t>(v)]); return std::pair(rank.letters, rank.at); });
        Block block{.kind = BlockKind::question, .asks = info.name};
        Spoken spoken;
        spoken.say(Phrase::ask_which_size, locale_, s.turn, {name_slot("attribute", small_first(std::string(info.label.in(locale_))))});
        block.text = std::move(spoken.text), block.facts = std::move(spoken.facts);
        for (int const v : sizes) {
            auto const label = std::string(info.values[static_cast<std::size_t>(v)].in(locale_));
            if (block.chips.size() < 12) block.chips.push_back({label, label});
        }
        s.asked.push_back(info.name), s.pending = info.name, ++s.questions;
        send(std::move(block));
        return true;
    }
    // All that goods of these kinds come in, and not only the few that are shown.
    auto const scope = view_.scope(categories_in_force(s, view_.words()));
    for (std::size_t v = 0; v < info.values.size(); ++v)
        if (scope.values[static_cast<std::size_t>(attribute)][v] && std::ranges::find(sizes, static_cast<int>(v)) == sizes.end()) sizes.push_back(static_cast<int>(v));
    auto const from = value_named(asked_for->values.front());
    auto const next = size_beyond(attribute, from, step, sizes);
    auto const name_of = [&](int v) { return std::string(info.values[static_cast<std::size_t>(v)].in(locale_)); };
    if (next < 0) { say(step > 0 ? Phrase::size_is_largest : Phrase::size_is_smallest, {echo("size", name_of(from))}), find(); return true; }
    say(step > 0 ? Phrase::size_up : Phrase::size_down, {echo("from", name_of(from)), echo("size", name_of(next))});
    auto const& label = info.values[static_cast<std::size_t>(next)];
    asked_for->values = {{info.name, label.en, label.zh}}, asked_for->said = name_of(next);
    write_labels(*asked_for, view_.words(), view_.currency());
    reading_.intent = Intent::find, reading_.free_text.clear(), reading_.comparatives.clear();
    find();
    return true;
}

}  // namespace kindling::dialogue
