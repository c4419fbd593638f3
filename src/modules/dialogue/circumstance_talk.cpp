// modules/dialogue/circumstance_talk.cpp -- where something will be used (宿舍, "for the gym", 通勤) where no goods that fit have it as a value: what titles say holds, what nothing says ranks.
#include "modules/dialogue/cues.h"
#include "modules/dialogue/small_talk.h"
#include "modules/dialogue/turn.h"
#include <algorithm>

namespace kindling::dialogue {

namespace {
bool is_circumstance(Constraint const& c) { return c.kind == ConstraintKind::value && c.polarity == Polarity::want && !c.soft && cues::only_circumstances(surface_of(c.said)); }
}  // namespace

// "A desk for a tiny flat, at most 100 cm": where nothing meets it all, what only says where or for what life happens gives before anything else does, and orders what is left.
bool TurnMaker::soften_circumstances() {
    // Beside words of an earlier turn it is they that give: what was said last is what is asked for now.
    bool const older_words = !state().free_text.empty() && reading_.free_text.empty();
    auto const just_said = [&](Constraint const& c) { return std::ranges::find(reading_.constraints, c.said, &Constraint::said) != reading_.constraints.end(); };
    bool changed = false;
    for (auto& c : state().constraints)
        if (!(older_words && just_said(c)) && is_circumstance(c)) c.soft = changed = true, write_labels(c, view_.words(), view_.currency());
    softened_ = softened_ || changed;
    return changed;
}

// 通勤 of dresses, which have no such field, is what their titles say; only what not even these say of any that fits gives.
void TurnMaker::fit_circumstances(Selection& found) {
    auto& s = state();
    if (std::ranges::none_of(s.constraints, is_circumstance)) return;
    auto const before = s.constraints;
    if (bear_by_titles()) found = selection();
    if (!found.full.empty()) return;
    s.constraints = before;
    if (soften_circumstances()) found = selection();
}

}  // namespace kindling::dialogue
