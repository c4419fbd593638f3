// modules/dialogue/filling_basket.cpp -- what goes into the basket and out of it: which variant is meant, how many, and what is still to be chosen. See turn.h.
#include "modules/dialogue/turn.h"
#include <algorithm>
#include <functional>

namespace kindling::dialogue {

Slot TurnMaker::variant_slot(Target t) {
    auto const& variant = view_[t.product].data.variants[t.variant];
    auto const title = Label{variant.title_en, variant.title_zh}.in(locale_);
    return title.empty() ? Slot{"variant", ""} : echo("variant", locale_ == Locale::zh ? "（" + title + "）" : " (" + title + ")");
}

bool TurnMaker::put(Target t, std::int64_t quantity) {
    auto const& entry = view_[t.product];
    auto const& variant = entry.data.variants[t.variant];
    auto const detail = variant_slot(t);
    bool enough = entry.variants[t.variant].stock >= quantity;
    // In the place of another: that one goes out first, and comes back when this one cannot be had.
    auto& s = state();
    auto const replaced = enough ? std::exchange(s.replaces, "") : std::string();
    s.taken_out.clear(), s.put_instead.clear();
    if (!replaced.empty() && ports_.basket) {
        auto const quantity_before = replaced == s.added ? s.added_quantity : INT64_MAX;
        if (take_out(replaced, quantity_before)) say(Phrase::basket_corrected), s.put_instead = variant.sku;
    }
    if (enough && ports_.basket) {
        auto const added = ports_.basket->add(out_.basket_id, variant.sku, quantity);
        enough = added.has_value();
        if (!enough)
            for (auto const& line : std::exchange(s.taken_out, {})) (void)ports_.basket->add(out_.basket_id, line.sku, line.quantity);
    }
    if (!enough || !ports_.basket) {
        say(Phrase::not_in_stock, {title_slot(t.product), detail});
        s.replaces.clear();
        if (categories_in_force(s, view_.words()).empty() && entry.category >= 0) {
            auto const& c = view_.words().categories[static_cast<std::size_t>(entry.category)];
            Constraint kind{.kind = ConstraintKind::category, .values = {{c.id, c.label.en, c.label.zh}}};
            write_labels(kind, view_.words(), view_.currency());
            s.constraints.push_back(std::move(kind));
        }
        auto const found = selection();
        std::vector<Pick> page;
        auto const take = [&](std::vector<Pick> const& list) {
            for (auto const& pick : list)
                if (pick.product != t.product && view_[pick.product].variants[pick.variant].stock > 0 && page.size() < options_.picks) page.push_back(pick);
        };
        take(found.full);
        if (page.empty()) {  // of the same kind; what it misses is marked
            std::vector<Constraint> kind;
            for (auto const& c : s.constraints)
                if (c.kind == ConstraintKind::category || c.polarity == Polarity::avoid) kind.push_back(c);
            take(select(view_, kind, {}).full);
        }
        if (page.empty()) take(select(view_, {}, {}).full);
        cards(page);
        return false;
    }
    state().focus = entry.data.product_id, state().pending.clear();
    state().added = variant.sku, state().added_quantity = quantity, state().added_turn = state().turn;
    say(Phrase::added, {name_slot("quantity", std::to_string(quantity)), title_slot(t.product), detail});
    if (auto const lines = ports_.basket->lines(out_.basket_id)) send({.kind = BlockKind::basket, .basket = make_basket_view(view_, out_.basket_id, *lines, locale_)});
    offer_promotion();
    return true;
}

void TurnMaker::ask_variant(std::size_t product, std::vector<std::size_t> const& variants, std::string const& attribute) {
    auto& s = state();
    auto const index = view_.words().attribute_ids.at(attribute);
    Block block{.kind = BlockKind::question, .asks = attribute};
    Spoken spoken;
    if (!s.to_add.empty()) spoken.say(Phrase::ask_variant_of, locale_, s.turn, {title_slot(product), name_slot("attribute", view_.words().attributes[static_cast<std::size_t>(index)].label.in(locale_))});
    else spoken.say(Phrase::ask_variant, locale_, s.turn, {name_slot("attribute", view_.words().attributes[static_cast<std::size_t>(index)].label.in(locale_))});
    block.text = std::move(spoken.text), block.facts = std::move(spoken.facts);
    for (auto v : variants)
        if (auto const* value = view_.value_of(product, v, index)) {
            auto const label = view_.value_text(*value, locale_);
            if (std::none_of(block.chips.begin(), block.chips.end(), [&](Chip const& c) { return c.label == label; })) block.chips.push_back({label, label});
        }
    s.pending = "variant", s.focus = view_[product].data.product_id, s.quantity = reading_.quantity;
    send(std::move(block));
}

bool TurnMaker::is_size(int attribute) const {
    auto const& info = view_.words().attributes[static_cast<std::size_t>(attribute)];
    return info.name == "size" || info.label.en.find("ize") != std::string::npos || info.label.zh.find("码") != std::string::npos;
}

// A size is the shopper's to choose; a colour was on the card.
std::string TurnMaker::size_to_choose(Target t, std::vector<std::size_t> const& variants) const {
    if (variants.size() < 2) return {};
    for (auto const& v : view_[t.product].variants[variants.front()].values) {
        if (!is_size(v.attribute)) continue;
        if (std::any_of(variants.begin(), variants.end(), [&](std::size_t other) { auto const* value = view_.value_of(t.product, other, v.attribute); return value && value->value != v.value; })) return view_.words().attributes[static_cast<std::size_t>(v.attribute)].name;
    }
    return {};
}

// What is in stock of it, within what was said of it before where that is to be had.
std::vector<std::size_t> TurnMaker::buyable(Target t) const {
    auto const& s = state();
    auto const& entry = view_[t.product];
    auto wishes = s.constraints;
    for (std::size_t i = 0; i < s.slots.size() && s.slots.size() == s.shown.size(); ++i)
        if (s.shown[i] == entry.data.variants[t.variant].sku) wishes = slot_wishes(s.slots[i]).constraints;
    std::erase_if(wishes, [](Constraint const& c) { return c.soft || c.kind != ConstraintKind::value; });
    std::vector<std::size_t> all, wished;
    for (std::size_t v = 0; v < entry.variants.size(); ++v) {
        if (entry.variants[v].stock <= 0) continue;
        all.push_back(v);
        if (std::ranges::all_of(wishes, [&](Constraint const& c) { return holds(view_, t.product, v, resolve(c, view_.words())); })) wished.push_back(v);
    }
    return wished.empty() ? all : wished;
}

// The things of a set one after another; `said`: the values that were named for the first of them.
void TurnMaker::add_queued(std::vector<Constraint> said) {
    auto& s = state();
    auto const next = [&] {
        s.to_add.erase(s.to_add.begin());
        if (!s.to_add_counts.empty()) s.to_add_counts.erase(s.to_add_counts.begin());
    };
    for (; !s.to_add.empty(); said.clear()) {
        auto const t = target_of_sku(s.to_add.front());
        if (!t) { next(); continue; }
        // In the colour that was shown; the size is asked where there is one to choose.
        auto choice = buyable(*t);
        auto const& entry = view_[t->product];
        auto const alike = [&](std::size_t v) { return std::ranges::all_of(entry.variants[v].values, [&](AttributeValue const& a) {
            auto const* shown = view_.value_of(t->product, t->variant, a.attribute);
            return is_size(a.attribute) || !shown || shown->value == a.value;
        }); };
        auto const named = [&](std::size_t v) { return std::ranges::all_of(said, [&](Constraint const& c) { return holds(view_, t->product, v, resolve(c, view_.words())); }); };
        std::erase_if(choice, std::not_fn(alike));
        auto const all = choice;
        std::erase_if(choice, std::not_fn(named));
        if (choice.empty() && !said.empty()) say(Phrase::variant_gone, {title_slot(t->product)}), choice = all;
        auto const quantity = std::max<std::int64_t>(1, s.to_add_counts.empty() ? s.quantity : s.to_add_counts.front());
        reading_.quantity = s.quantity;   // which a question would keep
        if (auto const size = size_to_choose(*t, choice); !size.empty()) { ask_variant(t->product, choice, size); return; }
        next();
        auto const variant = choice.empty() || std::ranges::find(choice, t->variant) != choice.end() ? t->variant : choice.front();
        if (!put({t->product, variant}, quantity)) { s.to_add.clear(), s.to_add_counts.clear(); return; }
    }
}

// How many of it: as many as are said of its place ("3 of the first one and 2 of the third"), once where a number is said of another alone, else as many as are said at all.
std::int64_t TurnMaker::wanted_of(Target t) const {
    if (reading_.counts.empty()) return std::max<std::int64_t>(1, reading_.quantity);
    for (auto const& [n, count] : reading_.counts)
        if (n >= 1 && static_cast<std::size_t>(n) <= state().shown.size())
            if (auto const shown = target_of_sku(state().shown[static_cast<std::size_t>(n - 1)]); shown && shown->product == t.product) return count;
    return 1;
}

void TurnMaker::add_to_basket() {
    auto& s = state();
    std::vector<Target> about;
    // "The cheaper one, add it": of what was just shown or compared; "the cheaper of the first two": of these.
    bool const among = reading_.ordinals.size() > 1 && names_extreme();
    if (reading_.ordinals.empty() || among) about = described();
    if (among && (about.empty() || tied_ > 1)) {   // of equals neither is the cheaper one
        ask_which_of_equals();
        return;
    }
    if (about.empty()) about = targets(6);
    if (about.empty() && !s.slots.empty())  // of a set: "add it to my basket"
        for (auto const& sku : s.shown)
            if (auto const t = target_of_sku(sku)) about.push_back(*t);
    if (about.size() > 1 && std::ranges::none_of(reading_.constraints, [](Constraint const& c) { return c.kind == ConstraintKind::value; })) {
        s.to_add.clear(), s.to_add_counts.clear(), s.quantity = std::max<std::int64_t>(1, reading_.quantity);
        // First what leaves nothing to choose, so that it is in the basket whatever becomes of the questions.
        std::ranges::stable_partition(about, [&](Target const& t) { return size_to_choose(t, buyable(t)).empty(); });
        for (auto const& t : about) s.to_add.push_back(view_[t.product].data.variants[t.variant].sku), s.to_add_counts.push_back(wanted_of(t));
        add_queued({});
        return;
    }
    or_in_focus(about);
    if (about.size() == 1 && add_one_of_each(about.front())) return;
    if (about.empty()) {
        if (s.shown.empty()) { remember(s, reading_, view_); find(); return; }
        say(Phrase::ask_which);
        Block block{.kind = BlockKind::cards};
        for (auto const& sku : s.shown)
            if (auto const t = target_of_sku(sku)) block.cards.push_back(make_card(view_, {t->product, t->variant}, locale_, {.constraints = s.constraints}));
        send(std::move(block));
        return;
    }
    // "Does it come in 43?" "Add it": in 43, if it does.
    if (about.size() == 1 && !s.asked_variant.empty() && s.focus == view_[about.front().product].data.product_id && std::ranges::none_of(reading_.constraints, [](Constraint const& c) { return c.kind == ConstraintKind::value; })) {
        auto const all_hold = [&](std::size_t v) { return std::ranges::all_of(s.asked_variant, [&](Constraint const& c) { return holds(view_, about.front().product, v, resolve(c, view_.words())); }); };
        for (std::size_t v = 0; v < view_[about.front().product].variants.size(); ++v)
            if (all_hold(v)) { reading_.constraints.insert(reading_.constraints.end(), s.asked_variant.begin(), s.asked_variant.end()); break; }
    }
    s.asked_variant.clear();
    for (auto const& t : about) {
        auto const quantity = wanted_of(t);
        if (about.size() == 1) reading_.quantity = quantity;   // which a question about its size would keep
        auto const& entry = view_[t.product];
        // The variant: what is said now decides, then what was said before, then what the card showed.
        std::vector<std::size_t> fitting;
        for (int pass = 0; pass < 2 && fitting.empty(); ++pass)
            for (std::size_t v = 0; v < entry.variants.size(); ++v) {
                bool fits = true;
                for (auto const& c : reading_.constraints)
                    if (c.kind == ConstraintKind::value) fits = fits && holds(view_, t.product, v, resolve(c, view_.words()));
                if (pass == 0)
                    for (auto const& c : s.constraints)
                        if (!c.soft && (c.kind == ConstraintKind::value || c.kind == ConstraintKind::price)) fits = fits && holds(view_, t.product, v, resolve(c, view_.words()));
                if (fits) fitting.push_back(v);
            }
        if (fitting.empty()) {
            auto const card = make_card(view_, {t.product, t.variant}, locale_, {.constraints = s.constraints});
            say(Phrase::variant_gone, {title_slot(t.product)});
            for (auto const& c : reading_.constraints)
                if (c.kind == ConstraintKind::value && !c.values.empty() && view_.words().attribute_ids.contains(c.values.front().attribute)) {
                    std::vector<std::size_t> all(entry.variants.size());
                    for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
                    ask_variant(t.product, all, c.values.front().attribute);
                    return;
                }
            send({.kind = BlockKind::cards, .cards = {card}});
            return;
        }
        std::vector<std::size_t> in_stock;
        for (auto v : fitting)
            if (entry.variants[v].stock >= quantity) in_stock.push_back(v);
        auto const& choice = in_stock.empty() ? fitting : in_stock;
        if (about.size() == 1)
            if (auto const size = size_to_choose(t, choice); !size.empty()) { ask_variant(t.product, choice, size); return; }
        auto const shown = std::find(choice.begin(), choice.end(), t.variant);
        if (!put({t.product, shown != choice.end() ? t.variant : choice.front()}, quantity)) return;
    }
}

}  // namespace kindling::dialogue
