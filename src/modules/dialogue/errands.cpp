// modules/dialogue/errands.cpp -- what the guide does for a shopper beside finding: orders, a person. The basket: filling_basket.cpp; the rules: policies.cpp.
#include "core/utf8.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/turn.h"
#include <algorithm>

namespace kindling::dialogue {

void TurnMaker::order_status() {
    auto& s = state();
    out_.topic = s.errand.empty() ? "order_status" : s.errand;
    // "The order number is …" answers what the errand had asked; "where is it?" asks for something else.
    bool const answers = (answering_ == "order" || answering_ == "contact") && !cues::has(surface_of(text_), U"到哪 哪了 哪儿 什么时候 多久 状态 物流 发货 where when status track tracking shipped how_long");
    if (reading_.intent == Intent::order_status && !answers) s.errand.clear(), out_.topic = "order_status";
    if (!s.errand.empty()) note_reason();
    else if (answering_ != "order" && answering_ != "contact") s.errand_said = utf8_prefix(text_, 400), s.errand_repeats = 0;
    auto const show = [&](OrderView const& order) {
        auto const status = std::string(status_word(order.status, locale_));
        out_.grounds.echoes.push_back(order.order_id), out_.grounds.echoes.push_back(status);
        if (std::find(s.proven.begin(), s.proven.end(), order.order_id) == s.proven.end()) s.proven.push_back(order.order_id);
        if (s.proven.size() > 8) s.proven.erase(s.proven.begin());
        say(Phrase::order_found, {{"order", order.order_id, FactKind::order}, {"status", status, FactKind::order}});
        send({.kind = BlockKind::order, .order = order});
        tell_aftersale(order);
        if (order.status == "delivered" && (cues::not_arrived(surface_of(text_)) || (s.errand.empty() && cues::not_arrived(surface_of(s.errand_said))))) out_.needs_person = true, say(Phrase::order_not_here);
        if (s.errand.empty()) s.errand_said.clear();
        s.pending = shows_order;
    };
    // What the errand was begun with ("the white mug arrived broken") says which line, and what else is wanted.
    auto const go_on = [&](OrderView const& order) {
        if (auto const begun = std::exchange(s.errand_said, ""); !begun.empty() && begun != text_) {
            auto const said = understand(begun, view_, lexicon_, {.locale = locale_});
            if (auto const step = cues::size_step(surface_of(begun))) size_step_ = step->step;
            reading_.constraints.insert(reading_.constraints.end(), said.constraints.begin(), said.constraints.end());
        }
        go_on_with_errand(order);
    };
    if (!reading_.order_number.empty()) s.order_number = reading_.order_number;
    if (!ports_.orders) { person(); return; }
    bool const has_none = reading_.order_number.empty() && (cues::has_no_order_number(surface_of(text_), answering_ == "order") || (answering_ == "order" && !reading_.contact_digits.empty()));
    // Asked of what went before in this talk: the order that it was about.
    if (s.order_number.empty() && s.errand.empty() && !s.proven.empty() && cues::asks_progress(surface_of(text_)))
        if (auto const order = ports_.orders->again(s.proven.back())) { s.pending.clear(), show(as_talked(*order)); return; }
    if (s.order_number.empty()) {
        auto const mine = ports_.orders->mine();
        if (mine && !mine->empty()) {
            if (!s.errand.empty()) {
                // Of several the shopper names one; the newest that the errand makes sense for is the likeliest.
                auto const just = cues::just_ordered(surface_of(s.errand_said));
                auto const fits = [&](OrderView const& o) { return s.errand == "cancel" || just ? o.status == "placed" || o.status == "paid" : o.status == "delivered" || o.status == "shipped"; };
                auto const likely = std::find_if(mine->begin(), mine->end(), fits);
                auto const order = as_talked(likely == mine->end() ? mine->front() : *likely);
                show(order);
                go_on(order);
                return;
            }
            for (auto const& order : *mine) show(as_talked(order));
            return;
        }
        if (has_none) {
            out_.needs_person = true;
            say(Phrase::no_order_number);
            return;
        }
        s.pending = "order";
        Spoken spoken;
        spoken.say(Phrase::ask_order_number, locale_, s.turn);
        send({.kind = BlockKind::question, .text = std::move(spoken.text), .asks = "order"});
        return;
    }
    // What was proven in this talk is proven.
    auto const known = std::ranges::find_if(s.proven, [&](std::string const& id) { return surface_of(id) == surface_of(s.order_number); });
    auto const found = [&]() -> Result<Orders::Found> {
        if (known == s.proven.end()) return ports_.orders->find(s.order_number, reading_.contact_digits);
        return Orders::Found{Orders::Access::granted, TRY(ports_.orders->again(*known))};
    }();
    if (found && found->access == Orders::Access::granted) {
        s.pending.clear(), s.order_number.clear();
        auto const order = as_talked(found->order);
        if (!s.errand.empty()) {
            if (std::find(s.proven.begin(), s.proven.end(), found->order.order_id) == s.proven.end()) s.proven.push_back(found->order.order_id);
            go_on(order);
        } else show(order);
        return;
    }
    // Whether such an order exists is told to nobody who cannot prove it: both ask for the same proof, both fail alike.
    if (reading_.contact_digits.empty()) {
        s.pending = "contact";
        Spoken spoken;
        spoken.say(Phrase::ask_contact, locale_, s.turn);
        send({.kind = BlockKind::question, .text = std::move(spoken.text), .asks = "contact"});
        return;
    }
    // Mistyped is soon mended: two more tries, then it is a person's.
    if (++s.errand_repeats <= 2) s.pending = "contact";
    else s.pending.clear(), s.order_number.clear(), s.errand.clear();
    out_.needs_person = true;
    say(Phrase::order_none);
}

void TurnMaker::person() {
    auto& s = state();
    if (out_.topic.empty()) out_.topic = "person";
    // "Is someone there?": whoever was sent for has not come yet, else this talk would be theirs; nobody is sent for by the question alone.
    if (cues::asks_if_somebody_is_there(surface_of(text_))) {
        say(s.person_turn < 0 ? Phrase::person_not_asked : Phrase::person_waits);
        return;
    }
    out_.needs_person = true, s.person_turn = s.turn;
    say(Phrase::person);
}

}  // namespace kindling::dialogue
