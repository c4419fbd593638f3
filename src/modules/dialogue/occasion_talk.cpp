// modules/dialogue/occasion_talk.cpp -- wishes that name an occasion or a pastime instead of goods: kinds of this shop that go with it, and its qualities as
// preferences. See occasions.h, turn.h.
//
// "What to wear" becomes an outfit (bundle_talk.cpp); a present or a plain wish one thing of each kind. What was read as a condition only because it is a
// word of the occasion ("hiking" of a hiking weekend) orders instead. One kind is enough where the owner wrote the row; of a built-in row only where no title
// speaks of the occasion itself: otherwise the shop's texts are searched, for the occasion's own name. What people do is no name of goods ("he fishes" asks for no
// fish): where titles do not name it either, that is said.
#include "core/utf8.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/occasions.h"
#include "modules/dialogue/turn.h"
#include "modules/dialogue/title_search.h"
#include <algorithm>
#include <functional>

namespace kindling::dialogue {

namespace {

// A category that was asked for, and did not come from an occasion.
bool names_category(std::vector<Constraint> const& constraints, Occasions const& occasions) {
    return std::ranges::any_of(constraints, [&](Constraint const& c) { return c.kind == ConstraintKind::category && c.polarity == Polarity::want && !occasions.in(surface_of(c.said)); });
}

// "Fishes", "cycles"; and not chess.
bool is_doing(std::u32string_view word) { return word.ends_with(U's') && !word.ends_with(U"ss"); }

}  // namespace

int TurnMaker::kind_called(std::u32string_view name) const {
    for (auto const& m : lexicon_.scan(name))
        for (auto const& meaning : m.meanings)
            if (m.begin == 0 && m.end == name.size() && meaning.kind == Meaning::Kind::category) return meaning.id;
    return -1;
}

std::vector<int> TurnMaker::kinds_for(Occasion const& occasion) const {
    std::vector<int> out;
    for (auto const& name : occasion.kinds)
        if (auto const kind = kind_called(name); kind >= 0 && std::ranges::none_of(out, [&](int known) { return view_.words().within(kind, known) || view_.words().within(known, kind); })) out.push_back(kind);
    return out;
}

// What it is called, and not what people do: "fishes" and "cycles" are goods as well.
std::vector<TitleWord> const& TurnMaker::names_of(Occasion const& occasion) const {
    auto const [names, fresh] = names_of_.try_emplace(&occasion);
    if (fresh)
        for (auto const& word : occasion.said)
            if (!is_doing(word)) names->second.emplace_back(word);
    return names->second;
}

bool TurnMaker::title_names(std::size_t product, Occasion const& occasion) const { return titled(view_, product, names_of(occasion)); }

bool TurnMaker::any_title_names(Occasion const& occasion) const {
    return std::ranges::any_of(occasion.said, [&](std::u32string const& word) { return !is_doing(word) && any_title(view_, PairFilter::standing(word), [&](std::size_t p) { return cues::has_word(view_[p].title, word); }); });
}

// Called so, and nothing for children when it is for somebody else: what dad does is no toy of that name.
bool TurnMaker::fits_pastime(std::size_t product, Occasion const& occasion) const { return title_names(product, occasion) && !(grown_up() && is_toy(product) && !is_game(occasion)); }

// Chess sets and board games are for grown-ups as well, on whichever shelf they stand.
bool TurnMaker::is_game(Occasion const& occasion) { return std::ranges::any_of(occasion.kinds, [](std::u32string const& kind) { return kind == U"棋类" || kind == U"桌游"; }); }

// "Under 50 dollars" after "for dad, who fishes": he still does.
void TurnMaker::keep_pastime(Selection& selection) const {
    if (!grown_up() || state().free_text.empty()) return;
    auto const said = view_.words().occasions->in(surface_of(state().free_text));
    if (!said || !kinds_for(*said->occasion).empty()) return;
    auto const fits = [&](Pick const& pick) { return fits_pastime(pick.product, *said->occasion); };
    if (std::ranges::any_of(selection.full, fits)) std::erase_if(selection.full, std::not_fn(fits));
    else std::erase_if(selection.full, [&](Pick const& pick) { return is_toy(pick.product); });
}

// Its qualities as one preference: values of this shop that these words name.
Constraint TurnMaker::preference_for(Occasion const& occasion, std::string const& said) const {
    Constraint out{.said = locale_ == Locale::zh ? "适合" + said : "suited to " + said, .soft = true};
    for (auto const& word : occasion.qualities)
        for (auto const& m : lexicon_.scan(word)) {
            if (m.begin != 0 || m.end != word.size() || !m.corrected_from.empty()) continue;
            for (auto const& meaning : m.meanings) {
                if (meaning.kind != Meaning::Kind::value || meaning.value < 0 || out.values.size() >= 40) continue;
                auto const& info = view_.words().attributes[static_cast<std::size_t>(meaning.id)];
                auto const& label = info.values[static_cast<std::size_t>(meaning.value)];
                ValueName value{info.name, label.en, label.zh};
                if (std::ranges::find(out.values, value) == out.values.end()) out.values.push_back(std::move(value));
            }
        }
    // With fewer values than that it would read as one of them.
    while (!out.values.empty() && out.values.size() < 4) out.values.push_back(out.values.front());
    write_labels(out, view_.words(), view_.currency());
    out.constraint_id = "soft_occasion";
    return out;
}

// True when kinds of this shop go with what was spoken of and no goods were named; with goods named its qualities are preferred, where it is worn.
bool TurnMaker::meet_occasion() {
    auto& s = state();
    auto const said = view_.words().occasions->in(surface_of(text_));
    if (!said) return false;
    auto const words = to_utf8(surface_of(text_).substr(said->begin, said->end - said->begin));
    bool const named = names_category(s.constraints, *view_.words().occasions);
    auto const of_the_occasion = [&](Constraint const& c) { return c.kind == ConstraintKind::value && c.polarity == Polarity::want && !c.soft && !c.said.empty() && words.find(c.said) != std::string::npos; };
    if (named && (!said->occasion->worn || std::ranges::any_of(reading_.constraints, of_the_occasion))) return false;
    auto const of_whom = [&](Constraint const& c) {
        auto const a = view_.words().attribute_ids.find(c.attribute);
        return a != view_.words().attribute_ids.end() && label_of_audience(a->second);
    };
    // "I run, wide feet, in mesh": what the goods must be like is said already, the occasion is one of it.
    // Of a trouble it says where and when it is felt.
    if (!named && said->occasion->together.empty() && std::ranges::any_of(reading_.constraints, [&](Constraint const& c) { return (c.kind == ConstraintKind::value || c.kind == ConstraintKind::number) && c.polarity == Polarity::want && !c.soft && !of_the_occasion(c) && !of_whom(c); })) return false;
    auto kinds = kinds_for(*said->occasion);
    if (s.free_text.find(either_words) != std::string::npos) return false;   // "horses and drawing": one of two things that will do
    if (!named && (kinds.empty() || (kinds.size() == 1 && !said->occasion->own && any_title_names(*said->occasion)))) {
        pastime_ = said->occasion, pastime_said_ = words;
        // A shop of texts in the other language: what it is called there is looked for.
        for (auto const& other : said->occasion->said)
            if (is_han(other.front()) != is_han(surface_of(words).front()) && s.free_text.find(words) != std::string::npos) {
                s.free_text += " " + to_utf8(other);
                break;
            }
        return false;
    }
    std::erase_if(s.constraints, [&](Constraint const& c) { return c.constraint_id == "soft_occasion" || (!named && std::ranges::any_of(reading_.constraints, [&](Constraint const& r) { return of_the_occasion(r) && r.said == c.said && r.values == c.values; })); });
    if (auto preference = preference_for(*said->occasion, words); !preference.values.empty()) s.constraints.push_back(std::move(preference));
    occasion_said_ = words;
    if (named) {
        // 海边度假, told as a preference: none of its words is looked for.
        std::string left;
        for (std::size_t i = 0; i < s.free_text.size();) {
            auto const end = std::min(s.free_text.find(' ', i), s.free_text.size());
            auto const word = s.free_text.substr(i, end - i);
            if (!word.empty() && std::ranges::find(said->occasion->said, surface_of(word)) == said->occasion->said.end()) left += (left.empty() ? "" : " ") + word;
            i = end + 1;
        }
        s.free_text = std::move(left);
        return false;
    }
    occasion_kinds_ = std::move(kinds);
    std::erase_if(s.constraints, [](Constraint const& c) { return c.kind == ConstraintKind::category && c.polarity == Polarity::want; });
    Constraint kind{.kind = ConstraintKind::category, .said = words};
    for (int const k : occasion_kinds_) {
        auto const& info = view_.words().categories[static_cast<std::size_t>(k)];
        kind.values.push_back({info.id, info.label.en, info.label.zh});
    }
    write_labels(kind, view_.words(), view_.currency());
    s.constraints.push_back(std::move(kind));
    s.free_text.clear(), s.order.clear();
    return true;
}

// One of each kind, the kinds in the order of the occasion; empty: nothing of it is in stock within the limits.
TurnMaker::Chosen TurnMaker::choose_for_occasion() {
    Chosen out;
    out.found = selection();
    auto const in_stock = [&](Pick const& pick) { return view_[pick.product].variants[pick.variant].stock > 0; };
    for (int const kind : occasion_kinds_)
        for (auto const& pick : out.found.full)
            if (out.page.size() < options_.picks && view_.words().within(view_[pick.product].category, kind) && in_stock(pick)) {
                out.page.push_back(pick);
                break;
            }
    if (occasion_kinds_.size() == 1 && !out.page.empty())
        for (auto const& pick : page_of(out.found.full))
            if (out.page.size() < options_.picks && pick.product != out.page.front().product && in_stock(pick)) out.page.push_back(pick);
    return out;
}

// "I keep losing my keys": what it is needed for is known, no kind of this shop goes with it, and no title names it; its words are no goods.
bool TurnMaker::nothing_for_pastime() const {
    if (!pastime_ || !reading_.speaks || std::ranges::any_of(reading_.constraints, [](Constraint const& c) { return c.kind == ConstraintKind::category && c.polarity == Polarity::want; })) return false;
    // With other words beside it, it is they that name the goods: 想学打鼓，怕吵到邻居.
    auto const words = reading_.free_text;
    for (std::size_t i = 0; i < words.size();) {
        auto const end = std::min(words.find(' ', i), words.size());
        if (pastime_said_.find(words.substr(i, end - i)) == std::string::npos) return false;
        i = end + 1;
    }
    return !any_title_names(*pastime_);
}

bool TurnMaker::tell_nothing_for() {
    if (!nothing_for_pastime()) return false;
    state().free_text.clear();
    popular(Phrase::occasion_none, {echo("echo", pastime_said_)});
    return true;
}

// False: nothing of it is in stock within the limits.
bool TurnMaker::show_occasion() {
    auto& s = state();
    understood();
    ask_for_currency();
    auto const chosen = choose_for_occasion();
    if (chosen.page.empty()) return false;
    s.seen.clear();
    say(occasion_kinds_.size() == 1 ? Phrase::occasion_kind : Phrase::occasion_kinds, {echo("echo", occasion_said_)});
    cards(chosen.page);
    if (s.pending != "currency") offer_question(chosen.found.full);
    return true;
}

}  // namespace kindling::dialogue
