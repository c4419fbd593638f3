// modules/dialogue/memory.cpp -- merging one utterance into what is known. See memory.h.
#include "modules/dialogue/memory.h"
#include <algorithm>
#include <functional>
#include <set>

namespace kindling::dialogue {
namespace {

bool share_value(Constraint const& a, Constraint const& b) {
    return std::any_of(a.values.begin(), a.values.end(), [&](ValueName const& v) { return std::find(b.values.begin(), b.values.end(), v) != b.values.end(); });
}
bool share_attribute(Constraint const& a, Constraint const& b) {
    return std::any_of(a.values.begin(), a.values.end(), [&](ValueName const& v) { return std::any_of(b.values.begin(), b.values.end(), [&](ValueName const& w) { return v.attribute == w.attribute && v.attribute != in_texts; }); });
}

// Warm and breathable may be borne out by the same material: one does not take the place of the other.
bool by_lay_words(Constraint const& c) { return !c.values.empty() && c.values.front().attribute == in_texts; }

// Wishes whose attribute no product of the categories has make no sense there: "裙长85" after turning to shoes.
void drop_senseless(GuideState& state, CatalogueView const& view, std::span<Constraint const> before) {
    auto const categories = categories_in_force(state, view.words());
    if (categories.empty()) return;
    std::set<std::string> present;
    for (std::size_t p = 0; p < view.size(); ++p) {
        if (std::none_of(categories.begin(), categories.end(), [&](int c) { return view.words().within(view[p].category, c); })) continue;
        for (auto const& v : view[p].values) present.insert(view.words().attributes[static_cast<std::size_t>(v.attribute)].name);
        for (auto const& variant : view[p].variants)
            for (auto const& v : variant.values) present.insert(view.words().attributes[static_cast<std::size_t>(v.attribute)].name);
    }
    std::erase_if(state.constraints, [&](Constraint const& c) {
        if (c.polarity == Polarity::avoid) return false;
        // What was said together with the new category is meant, and must be reported when it cannot be had.
        if (std::none_of(before.begin(), before.end(), [&](Constraint const& b) { return b.constraint_id == c.constraint_id && b.said == c.said; })) return false;
        if (c.kind == ConstraintKind::number) return !present.contains(c.attribute);
        return c.kind == ConstraintKind::value && std::none_of(c.values.begin(), c.values.end(), [&](ValueName const& v) { return present.contains(v.attribute); });
    });
}

// A kind that lies in another branch than the kinds before, or new words for goods where words were looked for. "Instead", "the same in shoes" and whatever
// narrows what was asked for are the same need.
bool another_need(GuideState const& state, Reading const& reading, CatalogueView const& view, std::span<Constraint const> before) {
    if (reading.corrects || reading.instead) return false;
    auto const& words = view.words();
    auto const old = kinds_of(before, Polarity::want, words), now = kinds_of(reading.constraints, Polarity::want, words);
    if (!now.empty()) {
        auto const root = [&](int c) { while (words.categories[static_cast<std::size_t>(c)].parent_index >= 0) c = words.categories[static_cast<std::size_t>(c)].parent_index; return c; };
        return !old.empty() && reading.merge != Reading::Merge::either && std::ranges::none_of(now, [&](int n) { return std::ranges::any_of(old, [&](int o) { return root(n) == root(o); }); });
    }
    return !state.free_text.empty() && !reading.free_text.empty() && !reading.refines && reading.names_anew && state.free_text.find(reading.free_text) == std::string::npos;
}

}  // namespace

std::vector<int> kinds_of(std::span<Constraint const> constraints, Polarity polarity, Vocabulary const& words) {
    std::vector<int> out;
    for (auto const& c : constraints)
        if (c.kind == ConstraintKind::category && c.polarity == polarity)
            for (auto const& v : c.values)
                if (auto const found = words.category_ids.find(v.attribute); found != words.category_ids.end()) out.push_back(found->second);
    return out;
}

std::vector<int> categories_in_force(GuideState const& state, Vocabulary const& words) { return kinds_of(state.constraints, Polarity::want, words); }

void remember_body(GuideState& state, Reading const& reading) {
    for (auto const& [what, value] : reading.body) {
        std::erase_if(state.body, [&](ToldMeasure const& m) { return m.what == what; });
        state.body.push_back({what, value});
    }
}

void note_earlier(GuideState& state, std::vector<Constraint> const& constraints, std::string const& words, std::string const& thing) {
    constexpr std::size_t most = 3;
    if (words.empty() && std::ranges::none_of(constraints, [](Constraint const& c) { return c.kind == ConstraintKind::category && c.polarity == Polarity::want; })) return;
    state.talk.subject.earlier.push_back({constraints, words, thing});
    if (state.talk.subject.earlier.size() > most) state.talk.subject.earlier.erase(state.talk.subject.earlier.begin());
}

void remember(GuideState& state, Reading const& reading, CatalogueView const& view) {
    remember_body(state, reading);
    EarlierWish const was{state.constraints, state.free_text, state.talk.subject.thing};
    auto& known = state.constraints;
    bool const new_category = std::any_of(reading.constraints.begin(), reading.constraints.end(), [](Constraint const& c) { return c.kind == ConstraintKind::category && c.polarity == Polarity::want; });
    auto const of_the_person = [](Constraint const& k) { return k.attribute == of_an_allergy; };
    if (reading.merge == Reading::Merge::fresh && new_category) std::erase_if(known, std::not_fn(of_the_person)), state.free_text.clear(), state.talk.subject.thing.clear(), state.order.clear(), state.asked.clear();
    for (auto const& what : reading.drop) {
        std::erase_if(known, [&](Constraint const& c) { return name(c.kind) == what || c.attribute == what || (c.kind == ConstraintKind::value && std::any_of(c.values.begin(), c.values.end(), [&](ValueName const& v) { return v.attribute == what; })); });
        state.asked.push_back(what);
    }
    // Constraints that stood before this utterance; those of one utterance do not replace each other ("L码的红色").
    auto const before = known;
    auto const stood = [&](Constraint const& c) { return std::any_of(before.begin(), before.end(), [&](Constraint const& b) { return b.constraint_id == c.constraint_id && b.said == c.said; }); };
    bool category_changed = false;
    for (auto const& c : reading.constraints) {
        auto fresh = c;
        switch (c.kind) {
            case ConstraintKind::category:
                if (c.polarity == Polarity::want) {
                    auto const same = std::any_of(known.begin(), known.end(), [&](Constraint const& k) { return k.kind == c.kind && k.polarity == c.polarity && k.values == c.values; });
                    category_changed = category_changed || !same;
                    if (reading.merge == Reading::Merge::either)
                        for (auto const& k : known)
                            if (k.kind == c.kind && k.polarity == Polarity::want)
                                for (auto const& v : k.values)
                                    if (std::find(fresh.values.begin(), fresh.values.end(), v) == fresh.values.end()) fresh.values.push_back(v);
                    std::erase_if(known, [&](Constraint const& k) { return k.kind == c.kind && (k.polarity == Polarity::want || share_value(k, c)); });
                } else {
                    // Of several kinds that go ("not a suitcase") the others stay.
                    for (auto& k : known)
                        if (k.kind == c.kind && k.polarity == Polarity::want && k.values.size() > 1) std::erase_if(k.values, [&](ValueName const& v) { return std::find(c.values.begin(), c.values.end(), v) != c.values.end(); }), write_labels(k, view.words(), view.currency());
                    std::erase_if(known, [&](Constraint const& k) { return k.kind == c.kind && (k.values.empty() || share_value(k, c)); });
                }
                break;
            case ConstraintKind::brand:
                if (reading.merge == Reading::Merge::either && c.polarity == Polarity::want)
                    for (auto const& k : known)
                        if (k.kind == c.kind && k.polarity == c.polarity) fresh.values.insert(fresh.values.end(), k.values.begin(), k.values.end());
                std::erase_if(known, [&](Constraint const& k) { return k.kind == c.kind && (k.soft || !c.soft) && ((k.polarity == Polarity::want && c.polarity == Polarity::want) || share_value(k, c)); });
                break;
            case ConstraintKind::value:
                if (c.polarity == Polarity::want) {
                    if (reading.merge == Reading::Merge::either)
                        for (auto const& k : known)
                            if (k.kind == c.kind && k.soft == c.soft && k.polarity == Polarity::want && share_attribute(k, c)) {
                                for (auto const& v : k.values)
                                    if (std::find(fresh.values.begin(), fresh.values.end(), v) == fresh.values.end()) fresh.values.push_back(v);
                                fresh.said = k.said + "/" + fresh.said;
                            }
                    std::erase_if(known, [&](Constraint const& k) { return k.kind == c.kind && (k.soft || !c.soft) && ((k.polarity == Polarity::want && stood(k) && share_attribute(k, c) && !(by_lay_words(k) && by_lay_words(c))) || (k.polarity == Polarity::avoid && stood(k) && share_value(k, c))); });
                } else {
                    for (auto& k : known)
                        if (!c.soft && k.kind == c.kind && k.polarity == Polarity::want && stood(k)) std::erase_if(k.values, [&](ValueName const& v) { return std::find(c.values.begin(), c.values.end(), v) != c.values.end(); });
                    std::erase_if(known, [&](Constraint const& k) { return k.kind == c.kind && ((k.polarity == Polarity::want && k.values.empty()) || (k.polarity == Polarity::avoid && k.said == c.said && k.values == c.values)); });
                }
                break;
            case ConstraintKind::number: case ConstraintKind::price:
                for (auto const& k : known)  // "at least 100" after "under 300": both hold
                    if (k.kind == c.kind && k.soft == c.soft && k.attribute == c.attribute) {
                        if (!fresh.min && k.min && fresh.max && !k.max && *k.min < *fresh.max) fresh.min = k.min;
                        if (!fresh.max && k.max && fresh.min && !k.min && *fresh.min < *k.max) fresh.max = k.max;
                    }
                std::erase_if(known, [&](Constraint const& k) { return k.kind == c.kind && (k.soft || !c.soft) && k.attribute == c.attribute; });
                break;
            default: std::erase_if(known, [&](Constraint const& k) { return k.kind == c.kind; });
        }
        write_labels(fresh, view.words(), view.currency());
        // Two refusals may share a first value; ids must still tell them apart.
        for (int n = 2; std::any_of(known.begin(), known.end(), [&](Constraint const& k) { return k.constraint_id == fresh.constraint_id; }); ++n) fresh.constraint_id = fresh.constraint_id.substr(0, 56) + "#" + std::to_string(n);
        known.push_back(std::move(fresh));
    }
    if (known.size() > 40) known.erase(known.begin(), known.begin() + static_cast<std::ptrdiff_t>(known.size() - 40));
    // Another need altogether keeps nothing that was said of the one before it: neither its budget, nor a kind that only words were looked for in.
    auto const stands_alone = [&](Constraint const& k) { return !stood(k) || reading.merge == Reading::Merge::either || of_the_person(k); };
    if (another_need(state, reading, view, before)) std::erase_if(known, [&](Constraint const& k) { return !stands_alone(k); }), state.order.clear(), state.asked.clear(), state.refused.clear();
    if (category_changed) drop_senseless(state, view, before), state.free_text.clear(), state.talk.subject.thing.clear(), state.order.clear(), state.refused.clear();
    if (!reading.free_text.empty()) {
        // "With 88 keys" after a keyboard: both are looked for. Goods that are named anew take the place of the others.
        bool const joins = reading.refines && !category_changed && !state.free_text.empty() && reading.merge != Reading::Merge::fresh && state.free_text.size() + reading.free_text.size() < 120;
        if (!joins) state.free_text = reading.free_text, state.talk.subject.thing = reading.thing, state.of_their_own = reading.of_their_own, state.refused.clear();
        else if (state.free_text.find(reading.free_text) == std::string::npos) state.free_text += " " + reading.free_text;
    }
    if (reading.order) {
        static constexpr std::string_view names[] = {"", "price_up", "price_down", "newest", "popular", "rating"};
        state.order = names[static_cast<int>(*reading.order)];
    }
    bool const other_words = !was.words.empty() && (state.free_text.find(was.words) == std::string::npos || reading.names_anew) && state.free_text != was.words;
    if (other_words || (category_changed && !kinds_of(was.constraints, Polarity::want, view.words()).empty())) note_earlier(state, was.constraints, was.words, was.thing);
}

}  // namespace kindling::dialogue
