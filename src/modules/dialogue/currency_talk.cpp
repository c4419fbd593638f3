// modules/dialogue/currency_talk.cpp -- an amount that was said in another currency than the shop's: asked back once, with what it would be here. See turn.h.
//
// Nothing is converted, for no rate is known, and nothing is assumed: 300块 in a shop that sells in dollars may be either. A yes makes a limit of the number
// in the shop's currency; a no asks for the limit itself; any other words go on as they are.
#include "core/money.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/turn.h"
#include <cmath>

namespace kindling::dialogue {

void TurnMaker::ask_for_currency() {
    if (reading_.foreign_money.empty()) return;
    auto& s = state();
    auto const currency = name_slot("currency", view_.currency());
    if (!reading_.foreign_price) {
        say(Phrase::foreign_money, {currency, echo("echo", reading_.foreign_money)});
        s.pending = "price";
        return;
    }
    auto here = *reading_.foreign_price;
    write_labels(here, view_.words(), view_.currency());
    auto const amount = format_money(std::llround(here.target.value_or(here.max.value_or(here.min.value_or(0)))), view_.currency(), locale_);
    Spoken spoken;
    spoken.say(Phrase::currency_confirm, locale_, s.turn, {currency, echo("echo", reading_.foreign_money), echo("amount", amount)});
    auto const zh = locale_ == Locale::zh;
    auto chips = zh ? std::vector<Chip>{{"是，" + amount, "是的，" + amount}, {"不是", "不是"}} : std::vector<Chip>{{"Yes, " + amount, "yes, " + amount}, {"No", "no"}};
    s.unconfirmed = {std::move(here)}, s.pending = "currency";
    send({.kind = BlockKind::question, .text = std::move(spoken.text), .facts = std::move(spoken.facts), .chips = std::move(chips), .asks = "currency"});
}

// The answer to that question. False: it was none.
bool TurnMaker::answer_currency() {
    auto& s = state();
    auto const amount = std::exchange(s.unconfirmed, {});
    if (amount.empty()) return false;
    auto const t = surface_of(text_);
    bool const no = cues::has(t, U"不是 不对 不要 并不 no nope not"), yes = !no && cues::has(t, U"是 对 嗯 好的 没错 可以 确认 yes yep yeah right correct exactly sure ok okay");
    // Other limits are words of their own; the amount itself may be said again.
    for (auto const& c : reading_.constraints)
        if (c.kind != ConstraintKind::price || !yes) return false;
    if (!reading_.free_text.empty() || (!yes && !no)) return false;
    out_.topic = "find";
    if (no) say(Phrase::currency_unsaid, {name_slot("currency", view_.currency())});
    reading_.constraints = no ? std::vector<Constraint>() : amount;
    reading_.foreign_money.clear();
    remember(s, reading_, view_);
    find();
    if (no) s.pending = "price";
    return true;
}

}  // namespace kindling::dialogue
