// modules/dialogue/otherwise.cpp -- "do you sell laptops? otherwise a keyboard", 没有帐篷的话看看双肩包: a wish, and another for when the first is not to be had. See turn.h.
//
// What stands before the condition is looked for first. Where this shop has it, the alternative is not needed; where no title speaks of it, that is said and the
// alternative is the wish. Both have to name goods, so that "otherwise I won't buy" stays what it is.
#include "core/utf8.h"
#include "engines/text/analysis/normalise.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/turn.h"
#include <algorithm>

namespace kindling::dialogue {

namespace {

struct Alternative { std::string first, second; };

std::string without_leads(std::u32string_view text) {
    text = cues::trimmed(text);
    for (bool moved = true; moved;) {
        moved = false;
        for (std::u32string_view lead : {U"then ", U"那就", U"那", U"就", U"的话"})
            if (text.starts_with(lead)) text.remove_prefix(lead.size()), moved = true;
        text = cues::trimmed(text);
    }
    return to_utf8(std::u32string(text));
}

std::optional<Alternative> split(std::u32string_view t, std::u32string_view written) {
    // "If you have no tents, show me a backpack": up to the next breath.
    if (auto const lead = cues::find(t, U"if_you_have_no if_you_don't_have if_you_do_not_have if_you_don't_sell if_there_are_no if_there_is_no if_you're_out_of 如果没有 要是没有 若没有 假如没有"); lead && without_leads(t.substr(0, lead->begin)).empty()) {
        auto end = t.find_first_of(U",，", lead->end);
        auto next = end;
        for (std::u32string_view joint : {U"那就", U"就", U" then ", U" show me", U" i'll take", U" give me"})
            if (auto const at = t.find(joint, lead->end); at != t.npos && at < end) end = at, next = at;
        if (end == t.npos) return {};
        Alternative out{without_leads(written.substr(lead->end, end - lead->end)), without_leads(written.substr(next))};
        return out.first.empty() || out.second.empty() ? std::nullopt : std::optional(out);
    }
    auto const cue = cues::find(t, U"otherwise if_not or_else failing_that if_you_don't_have_any if_you_don't_have_one if_you_don't_have_that if_you_don't_have_it if_you_don't if_there_are_none if_there_is_none if_none 没有的话 如果没有 要是没有 没有就 没有那就 没有再 要不然 不然 否则");
    if (!cue) return {};
    auto from = cue->begin;
    if (from > 0 && t[from - 1] == U'有' && t.substr(from).starts_with(U"没有")) return {};   // 有没有就行
    Alternative out{without_leads(written.substr(0, from)), without_leads(written.substr(cue->end))};
    return out.first.empty() || out.second.empty() ? std::nullopt : std::optional(out);
}

}  // namespace

// What is to be answered: the words as they were said, or of a wish with an alternative the one that counts.
std::string TurnMaker::settle_alternative() {
    auto const& said = said_;
    auto const beginning = utf8_prefix(said, 3000);
    text::Normalised normalised;
    text::normalise(beginning, normalised);
    auto const t = surface_of(beginning);
    if (t.size() > 400 || normalised.text.size() != t.size() || cues::suspicious(t)) return said;
    auto const both = split(t, normalised.text);
    if (!both) return said;
    auto const kinds = [](Reading const& r) { return std::ranges::any_of(r.constraints, [](Constraint const& c) { return c.kind == ConstraintKind::category && c.polarity == Polarity::want; }); };
    auto const wishes = [&](Reading const& r) { return (r.intent == Intent::find || r.intent == Intent::gift) && (kinds(r) || !r.not_sold.empty() || !r.free_text.empty()); };
    auto const first = understand(both->first, view_, lexicon_, {.locale = locale_}), second = understand(both->second, view_, lexicon_, {.locale = locale_});
    if (!wishes(first) || !wishes(second)) return said;
    std::string missing = first.not_sold.empty() ? std::string() : first.not_sold.front();
    if (missing.empty() && !kinds(first) && scorer_) {
        auto const found = scorer_(first.free_text);
        if (found.scores.empty() || !found.whole || found.near_in_meaning || !found.no_thing.empty()) missing = first.free_text;
    }
    if (missing.empty()) return both->first;
    locale_ = out_.locale = input_.locale.value_or(second.locale);
    say(Phrase::not_sold, {echo("echo", missing)});
    return both->second;
}

}  // namespace kindling::dialogue
