// modules/dialogue/leaning.cpp -- preferences of a turn: which amount a word such as "light" leans along, and saying that preferences only order. See turn.h.
//
// A lean is worth something when it is read against the goods themselves: "a long battery life" are the best third of what fits. It is kept as a
// preference in the attribute's unit, so that it holds for the following turns, can be taken back like any other, and shows on the cards as what it is.
#include "modules/dialogue/turn.h"
#include <algorithm>
#include <cmath>

namespace kindling::dialogue {

namespace {

std::vector<Constraint> without_preferences(std::vector<Constraint> const& all) {
    std::vector<Constraint> out;
    for (auto const& c : all)
        if (!c.soft) out.push_back(c);
    return out;
}

}  // namespace

void TurnMaker::apply_leanings() {
    if (reading_.leanings.empty()) return;
    auto& s = state();
    auto const fitting = select(view_, without_preferences(s.constraints), {}).full;
    for (auto const& leaning : reading_.leanings) {
        int best = -1;
        std::vector<double> amounts;
        for (auto const attribute : attributes_of(leaning.wish.what)) {
            std::vector<double> known;
            for (auto const& pick : fitting)
                if (auto const* v = view_.value_of(pick.product, pick.variant, attribute); v && !std::isnan(v->number)) known.push_back(v->number);
            if (known.size() * 2 >= fitting.size() && known.size() > amounts.size()) best = attribute, amounts = std::move(known);
        }
        if (best < 0) {
            if (!fitting.empty()) say(Phrase::comparison_unknown, {echo("echo", leaning.said)});
            continue;
        }
        std::sort(amounts.begin(), amounts.end());
        Constraint c{.kind = ConstraintKind::number, .attribute = view_.words().attributes[static_cast<std::size_t>(best)].name, .said = leaning.said, .soft = true};
        if (leaning.wish.direction > 0) c.min = amounts[amounts.size() * 2 / 3];
        else c.max = amounts[(amounts.size() - 1) / 3];
        write_labels(c, view_.words(), view_.currency());
        std::erase_if(s.constraints, [&](Constraint const& k) { return k.soft && k.kind == c.kind && k.attribute == c.attribute; });
        s.constraints.push_back(std::move(c));
    }
}

// Said when a preference is new: that it orders, and whether anything meets it.
void TurnMaker::tell_preferences(std::vector<Pick> const& full) {
    bool const fresh = softened_ || !reading_.leanings.empty() || !occasion_said_.empty() || std::ranges::any_of(reading_.constraints, [](Constraint const& c) { return c.soft; });
    if (!fresh || full.empty()) return;
    std::vector<Constraint> preferred;
    for (auto const& c : state().constraints)
        if (c.soft) preferred.push_back(c);
    if (preferred.empty()) return;
    auto const wanted = echo("wanted", labels(preferred));
    auto const best = std::ranges::max(full, {}, &Pick::liking).liking;
    if (best + 1e-9 >= static_cast<double>(preferred.size())) {
        auto const all = std::ranges::count_if(full, [&](Pick const& pick) { return pick.liking + 1e-9 >= static_cast<double>(preferred.size()); });
        say(Phrase::preferred_first, {wanted, count(static_cast<std::size_t>(all))});
    } else say(best > 0 ? Phrase::preferred_nearest : Phrase::preferred_none, {wanted});
}

}  // namespace kindling::dialogue
