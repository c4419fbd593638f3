// modules/dialogue/asked_of_one.cpp -- "is the cheapest one waterproof?", 最便宜的那款防水吗: which one is meant is told from what is asked of it. See turn.h.
//
// In a question that a yes or a no answers, a value behind the words that point ("the cheapest one", 最便宜的那款) is asked of the one that they point at; a value
// before or among them describes it ("is the cheapest waterproof one in stock"). Without a word that ends the pointing only what ends the sentence is asked.
#include "core/utf8.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/turn.h"
#include <algorithm>

namespace kindling::dialogue {

std::vector<Constraint> TurnMaker::asked_of_it() const {
    auto const t = surface_of(text_);
    auto const pointed = cues::pointed_at_extreme(t);
    if (!pointed || !cues::is_question(t) || cues::has(t, U"which 哪 什么样 do_you_have are_there 有没有")) return {};
    std::vector<Constraint> out;
    for (auto const& c : reading_.constraints) {
        if (c.kind != ConstraintKind::value || c.said.empty()) continue;
        auto const said = surface_of(c.said);
        auto const at = t.find(said, pointed->span.end);
        if (at == t.npos) continue;
        bool const ends = t.substr(at + said.size()).find_first_not_of(U" ?？。.吗么呢啊的") == t.npos;
        if (pointed->ended || ends) out.push_back(c);
    }
    return out;
}

bool TurnMaker::answer_of_extreme() {
    auto& s = state();
    static constexpr Intent of_it[] = {Intent::find, Intent::ask_fact, Intent::advise};
    if (s.shown.size() < 2 || !reading_.ordinals.empty() || std::ranges::find(of_it, reading_.intent) == std::end(of_it)) return false;
    auto const asked = asked_of_it();
    if (asked.empty()) return false;
    reading_.intent = Intent::advise;   // where some of them do not tell, of those that do
    auto const one = described();
    out_.topic = "fact";
    if (one.empty()) {
        auto const t = surface_of(text_);
        auto const pointed = cues::pointed_at_extreme(t);
        say(Phrase::superlative_unknown, {echo("echo", to_utf8(std::u32string_view(t).substr(pointed->span.begin, pointed->span.end - pointed->span.begin)))});
        std::vector<Pick> among;
        for (auto const& sku : s.shown)
            if (auto const t_of = target_of_sku(sku)) among.push_back({t_of->product, t_of->variant});
        trade_off(among);
        return true;
    }
    reading_.constraints = asked, reading_.asked_words.clear();
    s.focus = view_[one.front().product].data.product_id;
    Spoken spoken;
    bool unknown = false;
    fact_about(one.front(), spoken, unknown);
    if (tied_ > 1) spoken.say(Phrase::superlative_tied, locale_, s.turn, {count(tied_)});
    if (untold_ > 0) spoken.say(Phrase::superlative_untold, locale_, s.turn, {count(untold_)});
    text(std::move(spoken));
    out_.needs_person = out_.needs_person || unknown;
    auto const shown = s.shown;
    send({.kind = BlockKind::cards, .cards = {make_card(view_, {one.front().product, one.front().variant}, locale_, {.constraints = s.constraints})}});
    s.shown = shown;
    return true;
}

}  // namespace kindling::dialogue
