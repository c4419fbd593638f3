#include "modules/dialogue/wishes.h"
#include "modules/dialogue/api.h"
#include "modules/dialogue/retrieval.h"
#include "modules/dialogue/turn.h"
#include <algorithm>
#include <unordered_set>

namespace kindling::dialogue {

namespace {

constexpr std::size_t most_of_a_wish = 500, more_of_it = 8;   // looked at first; and so many times as many when these will not do

}  // namespace

std::optional<Wish> TurnMaker::wished(Reading const& reading, std::span<Constraint const> given, std::size_t most) {
    auto& s = state();
    most_ = most;
    bool const present = reading.intent == Intent::gift, told = reading.intent == Intent::find && reading.speaks;
    if ((!present && !told) || reading.suspicious || !reading.not_sold.empty()) return {};
    text_ = input_.text, reading_ = reading, locale_ = input_.locale.value_or(reading.locale);
    s.constraints.assign(given.begin(), given.end());
    note_receiver();
    // Of the best few hundred of a toy shop none is for a grown-up.
    if (most == most_of_a_wish && grown_up() && mostly_toys()) most_ = most *= more_of_it;
    remember(s, reading_, view_);
    apply_leanings();
    Chosen chosen;
    if (present) chosen = choose_present();
    else if (meet_occasion()) chosen = choose_for_occasion();
    else if (nothing_for_pastime()) return Wish{.constraints = s.constraints, .picks = {}, .unanswered = pastime_said_};
    else if (reading_.for_somebody) chosen = choose_present();
    if (chosen.page.empty()) {
        if (chosen.found.full.size() + chosen.found.fitting.size() == 0 || most >= view_.size()) return {};
        // The first are all for somebody else: more is looked at, and everything only where nothing less will do.
        s = {};
        return wished(reading, given, most * more_of_it);
    }
    Wish out{.constraints = s.constraints, .picks = std::move(chosen.page), .unanswered = chosen.nothing_for.empty() ? std::move(chosen.unknown) : std::move(chosen.nothing_for)};
    std::unordered_set<std::size_t> first;
    for (auto const& pick : out.picks) first.insert(pick.product);
    std::ranges::copy_if(chosen.found.full, std::back_inserter(out.picks), [&](Pick const& pick) { return !first.contains(pick.product); });
    return out;
}

std::optional<Wish> meet_wish(Live const& live, Reading const& reading, std::string_view text, std::span<Constraint const> given, Locale locale) {
    TextScorer const scorer = [&](std::string_view words) { return retrieve(live, words); };
    Ports const ports;
    TurnInput const input{.text = std::string(text), .locale = locale, .product_id = "", .basket_id = ""};
    Emit const emit;
    GuideOptions const options{.priors = live.priors.get()};
    GuideState const fresh;
    return TurnMaker(live.view, *live.lexicon, scorer, ports, fresh, input, emit, options).wished(reading, given, most_of_a_wish);
}

}  // namespace kindling::dialogue
