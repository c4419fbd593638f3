#include "modules/dialogue/settle.h"
#include "modules/dialogue/rescue.h"
#include "modules/dialogue/title_search.h"
#include <algorithm>

namespace kindling::dialogue {

namespace {

bool is_wish(Constraint const& c) { return c.polarity == Polarity::want && (c.kind == ConstraintKind::category || c.kind == ConstraintKind::value || c.kind == ConstraintKind::brand); }
bool is_kind(Constraint const& c) { return c.polarity == Polarity::want && c.kind == ConstraintKind::category; }
bool is_limit(Constraint const& c) { return c.polarity == Polarity::avoid || c.kind == ConstraintKind::price || c.kind == ConstraintKind::number || c.kind == ConstraintKind::rating; }

}  // namespace

bool names_kind(Reading const& reading) { return std::ranges::any_of(reading.constraints, is_kind); }

void settle(CatalogueView const& view, Reading const& reading, ProductIndex::Found const& found, Prepared& out) {
    auto const fixed = out.constraints.size();
    bool const names_goods = std::ranges::any_of(reading.constraints, is_wish);
    auto const keep = [&](auto const& which) {
        out.constraints.resize(fixed);
        std::ranges::copy_if(reading.constraints, std::back_inserter(out.constraints), which);
    };
    auto const fits = [&](auto const& which) { return keep(which), anything_fits(view, out.constraints); };
    auto const fits_with_all = [&](auto const& which, TextScores const& with_all) { return keep(which), !with_all.empty() && !select(view, out.constraints, {.text = &with_all, .use = SelectOptions::Text::only, .relaxed_limit = 0, .most = 0}).fitting.empty(); };
    auto const all = [](Constraint const&) { return true; };
    auto const kinds = [](Constraint const& c) { return is_limit(c) || is_kind(c); };
    if (names_goods && reading.free_text.empty() && fits(all)) return;
    out.by_text = true;
    if (std::ranges::any_of(reading.constraints, is_kind)) {
        TextScores few;
        for (auto const p : found.with_all) few.emplace(p, 1);
        auto const& with_all = found.some_words ? few : out.text;
        // Of another kind only what is called so: "chair cushions" are, and a cardigan whose text speaks of chairs is no red chair.
        auto const of_that_name = [&] {
            std::vector<std::u32string> called;
            for (auto const& c : reading.constraints)
                if (is_kind(c))
                    for (auto& way : ways_to_say(c)) called.push_back(std::move(way));
            auto const names = title_words(called);
            auto out = with_all;
            erase_if(out, [&](auto const& one) { return !titled(view, one.first, names); });
            return out;
        };
        if (fits_with_all(kinds, with_all) || fits_with_all(is_limit, of_that_name())) return;
        if (fits(all) || fits(kinds)) { out.by_text = false; return; }
    }
    out.constraints.resize(fixed);
    std::ranges::copy_if(reading.constraints, std::back_inserter(out.constraints), is_limit);
    if (reading.free_text.empty() && !names_goods && out.constraints.size() > fixed) out.by_text = false;  // "under 200" alone
}

}  // namespace kindling::dialogue
