// modules/dialogue/aftersale.cpp -- return, exchange and cancellation without leaving the talk.
//
// A short form filled in by talking: the order (proven as for its state), the line, the reason or the wished variant, a yes. What comes out is a
// request to the shop, or a cancelled order that had not been sent; nothing is refunded by the guide. What is pending stands in the state, so
// any other errand may come in between. An order counts as proven for the talk in which its proof was given, and only there.
#include "core/money.h"
#include "core/utf8.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/order_number.h"
#include "modules/dialogue/reason_told.h"
#include "modules/dialogue/turn.h"
#include <algorithm>

namespace kindling::dialogue {
namespace {

bool yes(std::u32string_view t) { return cues::has(t, U"确认 确定 是的 好的 好 可以 提交 嗯 对 yes yeah ok okay sure confirm go_ahead please_do do_it"); }
bool no(std::u32string_view t) { return cues::has(t, U"不用 不要 算了 不了 取消申请 先不 no nope never_mind don't cancel_that stop"); }

}  // namespace

OrderView TurnMaker::as_talked(OrderView order) const {
    for (std::size_t i = 0; i < order.lines.size(); ++i) {
        auto& line = order.lines[i];
        auto const product = view_.find(line.product_id);
        if (!product || std::ranges::any_of(surface_of(line.title), is_han) == (locale_ == Locale::zh)) continue;
        auto const& data = view_[*product].data;
        auto const& title = locale_ == Locale::zh ? data.title_zh : data.title_en;
        if (title.empty()) continue;
        auto const spelled = std::exchange(line.title, title);
        for (auto& r : order.requests)
            if (r.title == spelled) r.title = title;
        if (i < order.items.size()) order.items[i] = title;
    }
    return order;
}

void TurnMaker::tell_aftersale(OrderView const& order) {
    auto const turn = state().turn;
    auto const zh = locale_ == Locale::zh;
    Spoken spoken;
    for (auto const& r : order.requests) {
        auto const phrase = r.status == "accepted" ? Phrase::request_accepted : r.status == "refused" ? Phrase::request_refused : Phrase::request_waits;
        auto const exchange = r.kind == "exchange";
        auto answer = r.answer;  // of the shop: a sentence among others
        if (auto const said = surface_of(answer); !said.empty() && !std::u32string_view(U".!?。！？").contains(said.back())) answer += zh ? "。" : ".";
        out_.grounds.echoes.push_back(r.request_id);
        auto const item = std::ranges::find(order.lines, r.title, &OrderItem::title);
        spoken.say(phrase, locale_, turn, {echo("kind", exchange ? (zh ? "换货" : "exchange") : zh ? "退货" : "return"), {"request", r.request_id, FactKind::order}, echo("item", item == order.lines.end() ? r.title : item->title), echo("answer", answer)});
    }
    for (auto const& r : order.refunds) {
        auto const amount = format_money(r.amount_minor, r.currency, locale_);
        out_.grounds.echoes.push_back(amount), out_.grounds.echoes.push_back(r.day);
        spoken.say(r.state == "refunded" ? Phrase::refund_done : r.state == "due" ? Phrase::refund_due : Phrase::refund_not_charged, locale_, turn, {{"amount", amount, FactKind::order}, {"day", r.day, FactKind::order}});
    }
    if (spoken.text.empty() && cues::asks_progress(surface_without_orders(text_, false))) spoken.say(Phrase::nothing_asked, locale_, turn);
    if (!spoken.text.empty()) send({.kind = BlockKind::text, .text = std::move(spoken.text), .facts = std::move(spoken.facts)});
}

void TurnMaker::note_reason() {
    auto told = reason_told(surface_of(text_));
    if (told.empty()) return;
    // 是质量问题, said where the reason was read back or the order asked for: that one counts. Which size is wanted instead is no reason.
    bool const corrects = answering_ == "errand_confirm" || answering_ == "errand_reason" || answering_ == "order" || answering_ == "contact";
    if (state().errand_reason.empty() || corrects) state().errand_reason = std::move(told);
}

// "The mug arrived broken": which line of the order, when only one is such a thing.
void TurnMaker::note_line(OrderView const& order) {
    auto& s = state();
    if (s.errand_line >= 0) return;
    auto const kinds = categories_in_force({.constraints = reading_.constraints}, view_.words());
    std::vector<std::int64_t> such;
    for (auto const& line : order.lines)
        if (auto const p = view_.find(line.product_id); p && line.quantity > line.returned && std::ranges::any_of(kinds, [&](int c) { return view_.words().within(view_[*p].category, c); })) such.push_back(line.line);
    if (such.size() == 1) s.errand_line = such.front();
}

// What is said while an errand waits for an answer. Whoever asks for something else is answered that; the errand holds the turn otherwise.
bool TurnMaker::errand_goes_on(std::string const& pending) {
    auto& s = state();
    bool const wants_order = pending == "order" || pending == "contact";
    if (!wants_order && (s.errand.empty() || !pending.starts_with("errand"))) return false;
    auto const t = surface_of(text_);
    auto const intent = reading_.intent;
    bool const tells = (cues::tells_a_fault(t) || cues::tells_a_misfit(t) || std::ranges::any_of(return_reasons(), [&](ReturnReason const& r) { return cues::has(t, r.cues); })) && !cues::seeks(t);
    if (wants_order) {
        // "I don't have it, my e-mail is …": without the number nothing can be opened, and that is said.
        if (pending == "order" && reading_.order_number.empty() && (cues::has_no_order_number(t, true) || !reading_.contact_digits.empty())) {
            s.pending = pending;
            order_status();
            return true;
        }
        if (!reading_.order_number.empty() || !reading_.contact_digits.empty()) return false;
        bool const says_nothing = reading_.constraints.empty() && reading_.free_text.empty() && reading_.comparatives.empty() && reading_.ordinals.empty() && !reading_.order;
        if ((intent == Intent::find || (intent == Intent::no_preference && says_nothing)) && no(t) && !tells) {
            out_.topic = s.errand.empty() ? "order_status" : s.errand;
            s.errand.clear(), s.order_number.clear();
            if (!says_nothing && cues::seeks(t)) return false;  // 算了，先看看运动鞋
            say(Phrase::errand_dropped);
            return true;
        }
        // "Yes": the number or the proof is still wanted.
        bool const still = says_nothing && (intent == Intent::find || intent == Intent::no_preference);
        if (!still && (s.errand.empty() || !tells || (intent != Intent::find && intent != Intent::ask_fact))) return false;
        s.pending = pending;
        order_status();
        return true;
    }
    out_.topic = s.errand;
    bool const names_goods = !tells && std::any_of(reading_.constraints.begin(), reading_.constraints.end(), [](Constraint const& c) { return c.kind == ConstraintKind::category || c.kind == ConstraintKind::price; });
    bool const of_an_errand = intent == Intent::return_goods || intent == Intent::exchange_goods || intent == Intent::cancel_order;
    static constexpr Intent answers[] = {Intent::find, Intent::no_preference, Intent::ask_fact, Intent::thanks, Intent::ask_policy, Intent::compare, Intent::size_help};
    if ((names_goods && pending != "errand_line") || (!of_an_errand && std::ranges::find(answers, intent) == std::end(answers))) { s.errand.clear(); return false; }
    if (intent == Intent::ask_policy && reading_.topic != "returns" && !tells) {  // answered beside it
        policy();
        s.pending = pending;
        return true;
    }
    if (intent == Intent::cancel_order && s.errand != "cancel") { start_errand("cancel"); return true; }
    // "Then I will return it": the one may become the other while nothing is sent.
    bool const swaps = cues::wants_another(t) || cues::has(t, U"换货 换成 exchange swap") || intent == Intent::exchange_goods;
    bool const becomes_return = s.errand == "exchange" && !swaps && (intent == Intent::return_goods || cues::gives_back(t)), becomes_exchange = s.errand == "return" && swaps;
    // "No, it is the quality": not the errand is refused.
    auto const told = reason_told(t);
    bool const corrected = !told.empty() && told != s.errand_reason && told != "changed_mind";
    if (no(t) && (pending == "errand_confirm" || !yes(t)) && !(pending == "errand_reason" && tells) && !(pending == "errand_confirm" && corrected) && !becomes_return && !becomes_exchange) {
        s.errand.clear();
        say(Phrase::errand_dropped);
        return true;
    }
    auto order = ports_.orders->again(s.errand_order);
    if (!order) { s.errand.clear(), person(); return true; }
    *order = as_talked(std::move(*order));
    if (becomes_return) s.errand = "return", out_.topic = s.errand;
    if (becomes_exchange) s.errand = "exchange", out_.topic = s.errand;
    if (pending == "errand_line") {
        if (!reading_.ordinals.empty() && reading_.ordinals.front() >= 1 && static_cast<std::size_t>(reading_.ordinals.front()) <= order->lines.size()) s.errand_line = order->lines[static_cast<std::size_t>(reading_.ordinals.front() - 1)].line;
        else
            for (auto const& line : order->lines)
                if (auto const title = surface_of(line.title); !title.empty() && (t.find(title) != t.npos || title.find(t) != title.npos)) s.errand_line = line.line;
    }
    note_reason();
    if (tells) answering_.clear();  // understood, also when it was known
    if (pending == "errand_reason" && s.errand_reason.empty() && !(yes(t) && t.size() <= 8)) s.errand_reason = "other";
    if (pending == "errand_confirm" && yes(t) && !swaps) { finish_errand(*order); return true; }
    go_on_with_errand(*order);
    return true;
}

void TurnMaker::start_errand(std::string kind) {
    auto& s = state();
    s.errand = std::move(kind), s.errand_line = -1, s.errand_repeats = 0, s.errand_reason.clear();
    if (s.added.starts_with("exchange:")) s.added.clear();
    out_.topic = s.errand;
    if (!ports_.orders) { person(); return; }
    s.errand_said = utf8_prefix(text_, 400);
    note_reason();
    // The order spoken of last, one of their own, or one to be proven now.
    if (reading_.order_number.empty() && !s.proven.empty())
        if (auto const order = ports_.orders->again(s.proven.back())) { s.errand_order = s.proven.back(), go_on_with_errand(as_talked(*order)); return; }
    order_status();
}

// Asked a second time the same, the answer was not understood: that is said, and after two such turns a person is brought in.
void TurnMaker::ask_of_errand(Phrase phrase, std::string pending, std::vector<Chip> chips, std::vector<Slot> const& slots, Spoken spoken) {
    auto& s = state();
    s.errand_repeats = answering_ == pending ? s.errand_repeats + 1 : 0;
    if (s.errand_repeats == 1) spoken.say(Phrase::errand_again, locale_, s.turn);
    if (s.errand_repeats > 1) out_.needs_person = true, spoken.say(Phrase::errand_stuck, locale_, s.turn);
    spoken.say(phrase, locale_, s.turn, slots);
    s.pending = std::move(pending);
    send({.kind = BlockKind::question, .text = std::move(spoken.text), .facts = std::move(spoken.facts), .chips = std::move(chips), .asks = s.pending});
}

// The order is known and may be spoken of: what is missing is asked, one thing at a time.
void TurnMaker::go_on_with_errand(OrderView const& order) {
    auto& s = state();
    auto const zh = locale_ == Locale::zh;
    s.errand_order = order.order_id;
    out_.grounds.echoes.push_back(order.order_id);
    Slot const number{"order", order.order_id, FactKind::order};
    auto const yes_no = zh ? std::vector<Chip>{{"确认", "确认"}, {"不用了", "不用了"}} : std::vector<Chip>{{"Yes", "yes"}, {"No", "no, never mind"}};
    if (s.errand == "cancel") {
        if (order.status == "placed" || order.status == "paid") { ask_of_errand(Phrase::cancel_confirm, "errand_confirm", yes_no, {number}); return; }
        s.errand.clear();
        auto const status = std::string(status_word(order.status, locale_));
        out_.grounds.echoes.push_back(status);
        say(Phrase::cannot_cancel, {number, {"status", status, FactKind::order}});
        return;
    }
    // Whoever says that it is broken has it, whatever its state says.
    bool const in_hand = s.errand_reason == "damaged" || s.errand_reason == "quality" || s.errand_reason == "wrong_item";
    bool const not_sent = (order.status == "placed" || order.status == "paid") && !in_hand;
    // Nothing has left yet: there is nothing to send back, it is cancelled.
    auto const cancel_instead = [&] {
        Spoken spoken;
        spoken.say(Phrase::return_not_sent, locale_, s.turn);
        send({.kind = BlockKind::order, .order = order});
        note_line(order);
        s.errand = "cancel", out_.topic = s.errand;
        ask_of_errand(Phrase::cancel_confirm, "errand_confirm", yes_no, {number}, std::move(spoken));
    };
    if (not_sent && s.errand == "return") { cancel_instead(); return; }
    if (not_sent && s.errand == "exchange" && !answering_.starts_with("errand")) say(Phrase::change_not_sent);
    std::vector<OrderItem const*> left;
    for (auto const& line : order.lines)
        if (line.quantity > line.returned) left.push_back(&line);
    if (left.empty() || order.status == "cancelled") { s.errand.clear(), say(Phrase::errand_nothing, {number}), tell_aftersale(order); return; }
    if (left.size() == 1) s.errand_line = left.front()->line;
    note_line(order);
    auto const item = std::find_if(left.begin(), left.end(), [&](OrderItem const* i) { return i->line == s.errand_line; });
    if (item == left.end()) {
        std::vector<Chip> chips;
        for (std::size_t i = 0; i < order.lines.size() && chips.size() < 8; ++i)
            if (order.lines[i].quantity > order.lines[i].returned) chips.push_back({order.lines[i].title, zh ? "第" + std::to_string(i + 1) + "件" : "number " + std::to_string(i + 1)});
        ask_of_errand(Phrase::errand_which, "errand_line", std::move(chips));
        return;
    }
    if (s.errand == "exchange" && !settle_exchange(**item, not_sent)) return;
    if (not_sent && s.errand == "return") { cancel_instead(); return; }   // it comes in no other way
    if (s.errand_reason.empty()) {
        std::vector<Chip> chips;
        for (auto const& reason : return_reasons()) chips.push_back({std::string(reason.label.in(locale_)), std::string(reason.label.in(locale_))});
        ask_of_errand(Phrase::errand_reason, "errand_reason", std::move(chips));
        return;
    }
    send({.kind = BlockKind::order, .order = order});
    Spoken spoken;
    auto const reasons = return_reasons();
    auto const why = std::ranges::find_if(reasons, [&](ReturnReason const& r) { return s.errand_reason == r.name; });
    spoken.say(Phrase::errand_of, locale_, s.turn, {echo("item", (*item)->title), echo("reason", std::string((why == reasons.end() ? std::prev(why) : why)->label.in(locale_)))});
    if (auto const wanted = s.errand == "exchange" ? target_of_sku(s.added.substr(9)) : std::nullopt) {
        auto const& variant = view_[wanted->product].data.variants[wanted->variant];
        if (variant.sku == (*item)->sku) spoken.say(Phrase::exchange_same, locale_, s.turn);
        else spoken.say(Phrase::exchange_to, locale_, s.turn, {echo("variant", Label{variant.title_en, variant.title_zh}.in(locale_))});
    }
    auto answers = yes_no;
    if (not_sent) answers.push_back(cancel_chip());
    ask_of_errand(Phrase::errand_confirm, "errand_confirm", std::move(answers), {}, std::move(spoken));
}

Chip TurnMaker::cancel_chip() const { return locale_ == Locale::zh ? Chip{"取消订单", "取消订单"} : Chip{"Cancel the order", "cancel the order"}; }

// What it shall be instead, kept in `added` until the yes. Something faulty is exchanged for the same again unless another is named; what was bought
// for its size or by a change of mind is not. False: it was asked.
bool TurnMaker::settle_exchange(OrderItem const& item, bool not_sent) {
    auto& s = state();
    auto const zh = locale_ == Locale::zh;
    auto const t = surface_of(text_);
    auto const found = view_.find(item.product_id);
    auto const label_of = [&](std::size_t v) { return Label{view_[*found].data.variants[v].title_en, view_[*found].data.variants[v].title_zh}.in(locale_); };
    bool const faulty = s.errand_reason == "damaged" || s.errand_reason == "quality" || s.errand_reason == "wrong_item";
    bool const same_makes_sense = faulty || s.errand_reason.empty() || s.errand_reason == "other" || s.errand_reason == "late";
    std::vector<Chip> chips;
    std::string wanted, said;
    if (found) {
        auto const& entry = view_[*found];
        std::vector<Constraint const*> values;  // said of what its variants differ in
        for (auto const& c : reading_.constraints)
            if (c.kind == ConstraintKind::value && c.polarity == Polarity::want && std::ranges::any_of(entry.variants, [&](auto const& v) { return std::ranges::any_of(v.values, [&](AttributeValue const& a) { return view_.words().attributes[static_cast<std::size_t>(a.attribute)].name == c.attribute; }); })) values.push_back(&c), said += (said.empty() ? "" : zh ? "、" : ", ") + c.label(locale_);
        std::optional<std::size_t> own;
        for (std::size_t v = 0; v < entry.variants.size(); ++v)
            if (entry.data.variants[v].sku == item.sku) own = v;
        std::size_t most = 0;
        for (std::size_t v = 0; v < entry.variants.size(); ++v) {
            if (entry.variants[v].stock <= 0) continue;
            bool const same = own == v;
            if (same && !same_makes_sense) continue;
            if (same) chips.insert(chips.begin(), zh ? Chip{"同款换新", "同款换新"} : Chip{"The same again", "the same again"});
            else chips.push_back({label_of(v), label_of(v)});
            if (t == surface_of(label_of(v))) wanted = entry.data.variants[v].sku, most = entry.variants.size() + 9;
            if (values.empty() || !std::ranges::all_of(values, [&](auto const* c) { return holds(view_, *found, v, resolve(*c, view_.words())); })) continue;
            std::size_t alike = 1;  // of several in that colour the one nearest to what was bought
            for (auto const& value : entry.variants[v].values)
                if (auto const* old = own ? view_.value_of(*found, *own, value.attribute) : nullptr; old && old->value == value.value) ++alike;
            if (alike > most) most = alike, wanted = entry.data.variants[v].sku;
        }
        // 换大一号: the one that is as it was, in the next size.
        auto const size = cues::size_step(t);
        if (auto const step = size_step_ ? size_step_ : size ? size->step : 0; wanted.empty() && values.empty() && step != 0 && own && !s.added.starts_with("exchange:")) {
            if (auto const next = next_size({*found, *own}, step)) wanted = entry.data.variants[*next].sku;
            else
                for (auto const& v : entry.variants[*own].values)
                    if (is_size(v.attribute) && answering_ != "errand_variant") say(step > 0 ? Phrase::no_size_up : Phrase::no_size_down, {title_slot(*found), echo("size", view_.value_text(v, locale_))});
        }
        if (!wanted.empty()) said.clear();
        bool const same_again = cues::has(t, U"同款 一样的 同样 原样 换新 换个新 新的 same another_one a_new_one replacement replace like_for_like") || (faulty && said.empty() && !s.added.starts_with("exchange:")) || (answering_ == "errand_variant" && yes(t));
        if (wanted.empty() && said.empty() && same_again && own && entry.variants[*own].stock > 0 && same_makes_sense) wanted = item.sku;
    }
    if (wanted.empty() && said.empty() && s.added.starts_with("exchange:")) return true;
    if (!wanted.empty()) {
        s.added = "exchange:" + wanted;
        if (auto const to = target_of_sku(wanted); to && s.errand_reason.empty()) {  // another size: that was the reason
            auto const before = std::ranges::find(view_[to->product].data.variants, item.sku, [](auto const& v) { return v.sku; });
            if (before != view_[to->product].data.variants.end())
                for (auto const& value : view_[to->product].variants[to->variant].values)
                    if (auto const* old = view_.value_of(to->product, static_cast<std::size_t>(before - view_[to->product].data.variants.begin()), value.attribute); is_size(value.attribute) && old && old->value != value.value) s.errand_reason = "size";
        }
        return true;
    }
    if (chips.empty()) {
        s.errand = "return", out_.topic = s.errand;
        say(Phrase::exchange_none);
        return true;
    }
    if (not_sent) chips.push_back(cancel_chip());
    if (!said.empty()) say(Phrase::exchange_not, {echo("wanted", said)}), answering_.clear();
    ask_of_errand(Phrase::exchange_which, "errand_variant", std::move(chips));
    return false;
}

void TurnMaker::finish_errand(OrderView const& order) {
    auto& s = state();
    Slot const number{"order", order.order_id, FactKind::order};
    out_.grounds.echoes.push_back(order.order_id);
    auto const kind = std::exchange(s.errand, "");
    if (kind == "cancel") {
        if (ports_.orders->cancel(order.order_id)) {
            say(Phrase::cancelled, {number});
            if (auto const now = ports_.orders->again(order.order_id)) tell_aftersale(as_talked(*now));
            // What was ordered is what is spoken of: "add it in black" orders it anew.
            auto const line = std::ranges::find(order.lines, s.errand_line, &OrderItem::line);
            auto const& again = line != order.lines.end() ? *line : order.lines.front();
            if ((line != order.lines.end() || order.lines.size() == 1) && view_.find(again.product_id)) s.focus = again.product_id, s.shown = {again.sku};
        }
        else out_.needs_person = true, say(Phrase::errand_refused);
        return;
    }
    Orders::Errand errand{.kind = kind, .order_id = order.order_id, .line = s.errand_line, .reason = s.errand_reason};
    std::string title;
    for (auto const& line : order.lines)
        if (line.line == s.errand_line) errand.quantity = line.quantity - line.returned, title = line.title;
    if (kind == "exchange" && s.added.starts_with("exchange:")) errand.wanted_sku = s.added.substr(9);
    if (s.added.starts_with("exchange:")) s.added.clear();
    auto const request = ports_.orders->request(errand);
    if (!request) { out_.needs_person = true, say(Phrase::errand_refused); return; }
    out_.grounds.echoes.push_back(*request);
    say(kind == "exchange" ? Phrase::exchange_requested : Phrase::errand_requested, {{"request", *request, FactKind::order}, echo("item", title)});
}

}  // namespace kindling::dialogue
