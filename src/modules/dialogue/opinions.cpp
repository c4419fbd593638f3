// modules/dialogue/opinions.cpp -- "is it good, what do people say": the digest of its reviews (modules/reviews), told.
//
// Stars and counts come from the digest, because the snapshot's may be ten minutes old; each quote is held against the whole review that it is taken from (verify.cpp)
// and is never reworded. At most three aspects, the most spoken of; praise and blame of the first, so that neither side is hidden.
#include "modules/dialogue/memory.h"
#include "modules/dialogue/turn.h"

namespace kindling::dialogue {

namespace {
constexpr std::size_t most_aspects = 3, most_quotes = 3;
}

void TurnMaker::opinions() {
    auto& s = state();
    out_.topic = "reviews";
    std::vector<Target> about;
    if (reading_.points && reading_.ordinals.empty()) about = described();
    if (about.empty()) about = targets(2);
    if (about.empty() && !reading_.constraints.empty()) {
        // A product is described, none was shown: find it first.
        remember(s, reading_, view_);
        find();
        if (!s.shown.empty())
            if (auto const t = target_of_sku(s.shown.front())) heard_of(*t);
        return;
    }
    if (about.empty()) {
        if (s.shown.empty()) { say(Phrase::ask_which); popular(Phrase::all_goods); return; }
        if (auto const t = target_of_sku(s.shown.front())) about.push_back(*t);
    }
    for (auto const& t : about) heard_of(t);
    if (about.size() == 1) s.focus = view_[about.front().product].data.product_id;
}

void TurnMaker::heard_of(Target t) {
    auto const& entry = view_[t.product];
    auto const& id = entry.data.product_id;
    auto const turn = state().turn;
    Reviews::Heard heard;
    if (ports_.reviews)
        if (auto found = ports_.reviews->of(id, locale_)) heard = std::move(*found);
    if (heard.reviews == 0 && entry.standing.reviews == 0) return say(Phrase::opinion_none, {title_slot(t.product)});
    if (heard.reviews == 0) heard.reviews = entry.standing.reviews, heard.rating = entry.standing.rating;  // nobody to ask: the stars alone
    auto const number = [&](std::string_view name, std::int64_t n) {
        out_.grounds.counts.push_back(n);
        return Slot{name, std::to_string(n), FactKind::count};
    };
    Spoken spoken;
    spoken.say(Phrase::opinion_rated, locale_, turn, {title_slot(t.product), number("count", heard.reviews), echo("rating", plain_number(heard.rating))});
    if (heard.aspects.empty()) spoken.say(Phrase::opinion_silent, locale_, turn);
    text(std::move(spoken));
    std::size_t told = 0, quoted = 0;
    for (auto const& a : heard.aspects) {
        if (told == most_aspects) break;
        Spoken line;
        line.say(Phrase::opinion_aspect, locale_, turn, {name_slot("aspect", a.label), number("count", a.count), number("praise", a.praise)});
        for (std::size_t i = 0; i < a.said.size() && i < (told == 0 ? 2u : 1u) && quoted < most_quotes; ++i, ++quoted) {
            out_.grounds.reviews.push_back({id, a.said[i].body});
            line.say(i == 0 ? Phrase::opinion_said : Phrase::opinion_said_too, locale_, turn, {{"quote", a.said[i].text, FactKind::review, id}});
        }
        text(std::move(line));
        ++told;
    }
    if (told > 0) say(Phrase::opinion_basis);
}

}  // namespace kindling::dialogue
