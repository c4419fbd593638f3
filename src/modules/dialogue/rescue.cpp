#include "modules/dialogue/rescue.h"
#include "engines/text/analysis/synonyms.h"
#include "modules/dialogue/api.h"
#include "modules/dialogue/retrieval.h"
#include <algorithm>

namespace kindling::dialogue {

namespace {

// Of a longer word with the same beginning, any mending is likelier than another thing: "foldng".
constexpr std::size_t surely_mistyped = 6;

bool in_vocabulary(Lexicon const& lexicon, std::string_view word) {
    auto const surface = surface_of(word);
    for (auto const& m : lexicon.scan(surface))
        if (m.begin == 0 && m.end == surface.size() && !m.meanings.empty()) return true;
    return false;
}

bool arrives(Live const& live, ProductIndex::NamesGoods const& names, std::string const& from, std::string const& to) {
    if (in_vocabulary(*live.lexicon, to) || (names && names(to))) return true;
    return from.size() >= surely_mistyped && !to.empty() && from.front() == to.front();
}

std::string without(std::string_view words, std::span<std::string const> gone) {
    std::string out;
    for (std::size_t i = 0; i < words.size();) {
        auto const end = std::min(words.find(' ', i), words.size());
        auto const word = words.substr(i, end - i);
        i = end + 1;
        if (word.empty() || std::ranges::any_of(gone, [&](std::string const& g) { return surface_of(word) == surface_of(g); })) continue;
        if (!out.empty()) out += ' ';
        out += word;
    }
    return out;
}

}  // namespace

Result<LookedUp> look_up(Live const& live, std::string_view words, ProductIndex::NamesGoods const& names) {
    LookedUp out;
    out.found = TRY(live.index->search(*live.view, words, ProductIndex::every, names));
    std::vector<std::string> refused;
    for (auto const& [from, to] : out.found.corrections) {
        bool const known = in_vocabulary(*live.lexicon, from);
        // One that has a way to arrive keeps it, whichever others stand beside it.
        if (!known && std::ranges::any_of(out.found.corrections, [&](auto const& c) { return c.first == from && arrives(live, names, from, c.second); })) continue;
        if (std::ranges::find(refused, from) != refused.end()) continue;
        refused.push_back(from);
        if (!known) out.unheard.push_back(from);
    }
    if (refused.empty()) return out;
    auto const rest = without(words, refused);
    out.found = rest.empty() ? ProductIndex::Found{} : TRY(live.index->search(*live.view, rest, ProductIndex::every, names));
    return out;
}

std::string no_such_thing(Live const& live, std::string_view words) {
    static text::SynonymTable const machines(text::commerce_machines());
    if (!live.categories || !live.index) return {};
    auto name = live.categories->naming_words(*live.index, without_amounts(words));
    return !machines.alternatives(name).empty() && live.categories->never_the_thing(*live.index, name) ? name : std::string();
}

std::vector<Constraint> not_to_be_had(CatalogueView const& view, std::span<Constraint const> kept, std::span<Constraint const> said) {
    std::vector<Constraint> out;
    for (auto const& c : said) {
        bool const decides = c.polarity == Polarity::want && !c.soft && c.kind != ConstraintKind::category;
        if (!decides || std::ranges::find(kept, c.constraint_id, &Constraint::constraint_id) != kept.end()) continue;
        std::vector<Constraint> with(kept.begin(), kept.end());
        with.push_back(c);
        if (!anything_fits(view, with)) out.push_back(c);
    }
    return out;
}

void rescue(Live const& live, std::span<Constraint const> wanted, TextScores const& text, Locale locale, std::int64_t most, SearchAnswer& out) {
    if (wanted.empty()) return;
    auto const& view = *live.view;
    // Goods that the words alone name: the limits give, and first those on what they cost.
    auto const of_goods = [](Constraint const& c) { return c.polarity == Polarity::want && (c.kind == ConstraintKind::category || c.kind == ConstraintKind::number); };
    if (!text.empty() && std::ranges::none_of(wanted, of_goods)) {
        // Of what has the words, and not of what has one of them.
        auto of_them = text;
        erase_if(of_them, [](auto const& one) { return one.second < 0.6; });
        bool const too_dear = std::ranges::any_of(wanted, [](Constraint const& c) { return c.kind == ConstraintKind::price && c.max; });
        auto const priced = [](Constraint const& c) { return c.kind == ConstraintKind::price || c.kind == ConstraintKind::rating; };
        auto const wished = [](Constraint const& c) { return c.polarity == Polarity::want; };
        for (bool (*gives)(Constraint const&) : {+priced, +wished}) {
            std::vector<Constraint> kept;
            out.given_up.clear();
            for (auto const& c : wanted) (gives(c) ? out.given_up : kept).push_back(c);
            auto const found = select(view, kept, {.order = too_dear ? Order::price_up : Order::relevance, .text = &of_them, .use = SelectOptions::Text::only, .relaxed_limit = 0, .most = static_cast<std::size_t>(most)});
            for (auto const& pick : found.full) out.nearest.push_back(make_card(view, pick, locale, {.constraints = wanted}));
            if (!out.nearest.empty()) return;
        }
        out.given_up.clear();
    }
    auto const found = select(view, wanted, {.text = &text, .relaxed_limit = static_cast<std::size_t>(most), .most = static_cast<std::size_t>(most)});
    for (auto const i : found.dropped) out.given_up.push_back(wanted[i]);
    for (auto const& pick : found.full.empty() ? found.relaxed : found.full) out.nearest.push_back(make_card(view, pick, locale, {.constraints = wanted}));
}

}  // namespace kindling::dialogue
