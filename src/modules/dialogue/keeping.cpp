// modules/dialogue/keeping.cpp -- what the guide keeps for a shopper: stated wishes (with consent, to be seen and to be forgotten), and what they wait for.
//
// Remembered are only wishes that were said with "remember": values, sizes, brands and refusals, in the catalogue's own names, for the signed-in
// customer who agreed. They come in as constraints like any other, marked and removable, where the goods have that attribute and nothing else
// was said about it. A watch is told once, at the next turn or when the panel opens, and then it is over: nobody is reminded twice.
#include "core/money.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/turn.h"
#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace kindling::dialogue {
namespace {

bool keepable(Constraint const& c) { return c.kind == ConstraintKind::value || c.kind == ConstraintKind::brand || (c.kind == ConstraintKind::category && c.polarity == Polarity::avoid); }
bool same_matter(Constraint const& a, Constraint const& b) { return a.kind == b.kind && a.polarity == b.polarity && (a.kind == ConstraintKind::brand || a.attribute == b.attribute) && (a.polarity == Polarity::want || a.values == b.values); }

}  // namespace

std::string TurnMaker::labels(std::vector<Constraint> const& list) const {
    std::string out;
    for (auto const& c : list) out += (out.empty() ? "" : locale_ == Locale::zh ? "、" : ", ") + c.label(locale_);
    return out;
}

void TurnMaker::remember_wishes() {
    auto& s = state();
    out_.topic = "memory";
    std::vector<Constraint> wishes;
    for (auto const& c : reading_.constraints)
        if (keepable(c)) wishes.push_back(c);
    // "Remember that", 记住这个: what was said before it, what an allergy refuses first of all.
    if (wishes.empty() && cues::has(surface_of(text_), U"that this it those these 这个 这点 这些 这一点 那个 刚才 刚说 一下 记住 记下"))
        for (auto const& c : s.constraints)
            if (keepable(c) && !c.values.empty()) wishes.push_back(c);
    if (wishes.empty() && cues::is_question(surface_of(text_))) { recall(); return; }
    if (wishes.empty()) { say(Phrase::remember_nothing); return; }
    for (auto& c : wishes) write_labels(c, view_.words(), view_.currency());
    auto* const port = ports_.preferences;
    if (!port || !port->signed_in()) {
        auto reading = reading_;
        reading.constraints = wishes;
        remember(s, reading, view_);
        say(Phrase::remember_sign_in);
        return;
    }
    auto const allowed = port->allowed();
    if (!allowed || !*allowed) {
        s.to_remember = wishes, s.pending = "memory";
        Spoken spoken;
        spoken.say(Phrase::remember_consent, locale_, s.turn, {echo("needs", labels(wishes))});
        auto chips = locale_ == Locale::zh ? std::vector<Chip>{{"可以记住", "可以记住"}, {"不用", "不用"}} : std::vector<Chip>{{"Yes, remember it", "yes, do that"}, {"No", "no"}};
        send({.kind = BlockKind::question, .text = std::move(spoken.text), .facts = std::move(spoken.facts), .chips = std::move(chips), .asks = "memory"});
        return;
    }
    keep_wishes(wishes);
}

void TurnMaker::keep_wishes(std::vector<Constraint> const& wishes) {
    auto* const port = ports_.preferences;
    auto known = port->read();
    if (!known) { out_.needs_person = true, say(Phrase::errand_refused); return; }
    for (auto const& wish : wishes) {
        std::erase_if(*known, [&](Constraint const& k) { return same_matter(k, wish); });
        known->push_back(wish);
    }
    if (known->size() > 40) known->erase(known->begin(), known->begin() + static_cast<std::ptrdiff_t>(known->size() - 40));
    if (!port->write(*known)) { out_.needs_person = true, say(Phrase::errand_refused); return; }
    state().remembered_for.clear();
    say(Phrase::remembered, {echo("needs", labels(wishes))});
}

bool TurnMaker::answer_consent() {
    auto& s = state();
    auto const wishes = std::exchange(s.to_remember, {});
    if (wishes.empty() || !ports_.preferences || !ports_.preferences->signed_in()) return false;
    auto const t = surface_of(text_);
    // 可以，再看看靴子: what else is said is answered too.
    if (auto const no = cues::declined(t)) {
        say(Phrase::not_remembered);
        if (no == t.size()) out_.topic = "memory";
        return no == t.size();
    }
    auto const yes = cues::agreed(t);
    if (yes == 0) return false;
    if (!ports_.preferences->allow()) { out_.topic = "memory", out_.needs_person = true, say(Phrase::errand_refused); return true; }
    keep_wishes(wishes);
    if (yes == t.size()) out_.topic = "memory";
    return yes == t.size();
}

void TurnMaker::recall() {
    out_.topic = "memory";
    auto* const port = ports_.preferences;
    auto const allowed = port && port->signed_in() ? port->allowed() : Result<bool>(false);
    if (!allowed || !*allowed) { say(Phrase::recall_off); return; }
    auto const known = port->read();
    if (!known || known->empty()) { say(Phrase::recall_nothing); return; }
    say(Phrase::recall, {echo("needs", labels(*known))});
}

void TurnMaker::forget_wishes() {
    out_.topic = "memory";
    auto& s = state();
    s.to_remember.clear(), s.remembered_for.clear();
    // "Forget that I avoid wool": that, and nothing else.
    std::vector<ValueName> named;
    for (auto const& c : reading_.constraints)
        if (keepable(c)) named.insert(named.end(), c.values.begin(), c.values.end());
    if (!named.empty()) {
        auto const meant = [&](Constraint const& c) { return keepable(c) && std::ranges::any_of(c.values, [&](ValueName const& v) { return std::ranges::find(named, v) != named.end(); }); };
        std::erase_if(s.constraints, meant);
        std::vector<Constraint> gone;
        if (ports_.preferences && ports_.preferences->signed_in()) {
            auto known = ports_.preferences->read();
            if (!known) { out_.needs_person = true, say(Phrase::errand_refused); return; }
            std::erase_if(*known, [&](Constraint const& c) {
                if (!meant(c)) return false;
                gone.push_back(c);
                return true;
            });
            if (!gone.empty() && !ports_.preferences->write(*known)) { out_.needs_person = true, say(Phrase::errand_refused); return; }
        }
        if (gone.empty()) { recall(); return; }
        for (auto& c : gone) write_labels(c, view_.words(), view_.currency());
        say(Phrase::forgotten_some, {echo("needs", labels(gone))});
        return;
    }
    if (ports_.preferences && ports_.preferences->signed_in() && !ports_.preferences->forget()) { out_.needs_person = true, say(Phrase::errand_refused); return; }
    std::erase_if(s.constraints, [](Constraint const& c) { return keepable(c); });
    say(Phrase::forgotten);
}

// Where the goods have it, nothing else was said of it, and something is left to show.
void TurnMaker::apply_memory() {
    auto& s = state();
    auto* const port = ports_.preferences;
    if (!port || !port->signed_in()) return;
    auto const categories = categories_in_force(s, view_.words());
    std::string place;
    for (int c : categories) place += view_.words().categories[static_cast<std::size_t>(c)].id + " ";
    if (place.empty() || place == s.remembered_for) return;
    s.remembered_for = place;
    auto const known = port->read();
    if (!known) return;
    std::vector<Constraint> put;
    for (auto c : *known) {
        if (std::any_of(s.constraints.begin(), s.constraints.end(), [&](Constraint const& k) { return k.kind == c.kind && (c.kind == ConstraintKind::brand || (k.attribute == c.attribute && !k.attribute.empty()) || k.values == c.values); })) continue;
        // "Size 38" names the size of shoes; the same attribute of a dress has no such value and is left alone.
        auto with = s.constraints;
        write_labels(c, view_.words(), view_.currency());
        with.push_back(c);
        if (select(view_, with, {}).full.empty()) continue;
        s.constraints = std::move(with), put.push_back(c);
        out_.trace.remembered.push_back(c.label(locale_));
    }
    if (!put.empty()) say(Phrase::from_memory, {echo("needs", labels(put))});
}

void TurnMaker::watch() {
    auto& s = state();
    out_.topic = "watch";
    std::vector<Target> about;
    if (reading_.ordinals.empty() && (reading_.points || reading_.other)) about = described();
    if (about.empty()) about = targets(1);
    or_in_focus(about);
    if (about.empty()) {
        if (s.shown.empty()) { remember(s, reading_, view_); find(); return; }
        if (!s.constraints.empty() && selection().full.empty()) { wait_for_wish(); return; }  // what is shown is not what was wished for
        say(Phrase::watch_which);
        Block block{.kind = BlockKind::cards};
        for (auto const& sku : s.shown)
            if (auto const t = target_of_sku(sku)) block.cards.push_back(make_card(view_, {t->product, t->variant}, locale_, {.constraints = s.constraints}));
        send(std::move(block));
        return;
    }
    if (!ports_.watches) { out_.needs_person = true, say(Phrase::watch_no); return; }
    auto target = about.front();
    // A variant that was asked for, or the one that was shown.
    for (std::size_t v = 0; v < view_[target.product].variants.size(); ++v)
        if (std::any_of(reading_.constraints.begin(), reading_.constraints.end(), [](Constraint const& c) { return c.kind == ConstraintKind::value; }) && std::all_of(reading_.constraints.begin(), reading_.constraints.end(), [&](Constraint const& c) { return c.kind != ConstraintKind::value || holds(view_, target.product, v, resolve(c, view_.words())); })) { target.variant = v; break; }
    auto const& entry = view_[target.product];
    auto const price = entry.variants[target.variant].price_minor;
    auto const& sku = entry.data.variants[target.variant].sku;
    bool const speaks_of_price = cues::has(surface_of(text_), U"降 便宜 价 跌 price cheaper drop drops fall falls below less cost") || std::ranges::any_of(reading_.constraints, [](Constraint const& c) { return c.kind == ConstraintKind::price; });
    bool const sold_out = entry.variants[target.variant].stock <= 0;
    if (!speaks_of_price && !sold_out) { say(Phrase::watch_in_stock, {title_slot(target.product)}); return; }
    Watches::Watch watch{.sku = sku, .kind = speaks_of_price ? Watches::Kind::price : Watches::Kind::stock, .target_minor = price - 1};
    for (auto const& c : reading_.constraints)
        if (c.kind == ConstraintKind::price && (c.target || c.max)) {
            watch.target_minor = std::llround(c.target ? *c.target : *c.max);
            if (watch.target_minor % 100 == 99) ++watch.target_minor;   // "cheaper than 40" is told at 40, as it was said
        }
    if (watch.kind == Watches::Kind::price && watch.target_minor >= price) {
        say(Phrase::history_now, {title_slot(target.product), {"price", format_money(price, view_.currency(), locale_), FactKind::price, entry.data.product_id, sku}});
        say(Phrase::watch_already, {echo("target", format_money(watch.target_minor, view_.currency(), locale_))});
        auto const shown = s.shown;
        send({.kind = BlockKind::cards, .cards = {make_card(view_, {target.product, target.variant}, locale_, {.constraints = s.constraints})}});
        s.shown = shown;
        return;
    }
    if (!ports_.watches->add(watch)) { out_.needs_person = true, say(Phrase::watch_no); return; }
    s.focus = entry.data.product_id, s.pending = watched;
    if (watch.kind == Watches::Kind::stock) say(Phrase::watching_stock, {title_slot(target.product)});
    else say(Phrase::watching_price, {title_slot(target.product), echo("target", format_money(watch.target_minor, view_.currency(), locale_)), {"price", format_money(price, view_.currency(), locale_), FactKind::price, entry.data.product_id, sku}});
}

void TurnMaker::list_watches() {
    out_.topic = "watch";
    auto const waiting = ports_.watches ? ports_.watches->waiting() : Result<std::vector<Watches::Watch>>(std::vector<Watches::Watch>());
    std::vector<Pick> picks;
    if (waiting)
        for (auto const& w : *waiting)
            if (auto const t = target_of_sku(w.sku)) picks.push_back({t->product, t->variant});
    if (!state().waiting_for.empty()) say(Phrase::waiting_for_wish, {echo("needs", labels(state().waiting_for))});
    if (picks.empty()) {
        if (state().waiting_for.empty()) say(Phrase::watch_none);
        return;
    }
    say(Phrase::watch_list);
    auto const kept = std::exchange(state().constraints, {});
    cards(picks);
    state().constraints = kept;
}

void TurnMaker::stop_watching() {
    out_.topic = "watch";
    if (ports_.watches) (void)ports_.watches->stop("");
    state().waiting_for.clear();
    say(Phrase::watch_stopped);
}

// What has come true since they were here last. Told once.
void TurnMaker::tell_watches() {
    if (auto& wish = state().waiting_for; !wish.empty()) {
        auto found = select(view_, wish, {});
        std::unordered_map<std::size_t, double> scores;
        double best = 0;
        if (!state().waiting_words.empty() && scorer_)
            for (auto const& [p, score] : scorer_(state().waiting_words).scores) scores.emplace(p, score), best = std::max(best, score);
        std::erase_if(found.full, [&](Pick const& pick) {
            if (view_[pick.product].variants[pick.variant].stock <= 0) return true;
            auto const named = scores.find(pick.product);
            return !state().waiting_words.empty() && (named == scores.end() || named->second < 0.6 * best);
        });
        if (!found.full.empty()) {
            say(Phrase::wish_came, {echo("needs", labels(wish))});
            Block block{.kind = BlockKind::cards};
            for (auto const& pick : std::span(found.full).first(std::min(found.full.size(), options_.picks))) block.cards.push_back(make_card(view_, pick, locale_, {.constraints = wish}));
            auto const kept = std::exchange(state().constraints, wish);
            send(std::move(block));
            state().constraints = kept, wish.clear();
        }
    }
    if (!ports_.watches) return;
    auto const waiting = ports_.watches->waiting();
    if (!waiting) return;
    for (auto const& w : *waiting) {
        auto const t = target_of_sku(w.sku);
        if (!t) continue;
        auto const& variant = view_[t->product].variants[t->variant];
        if (variant.stock <= 0 || (w.kind == Watches::Kind::price && variant.price_minor > w.target_minor)) continue;
        if (!ports_.watches->told(w.watch_id)) continue;
        Slot const price{"price", format_money(variant.price_minor, view_.currency(), locale_), FactKind::price, view_[t->product].data.product_id, w.sku};
        say(w.kind == Watches::Kind::price ? Phrase::watch_price_came : Phrase::watch_stock_came, {title_slot(t->product), price});
        auto const kept = std::exchange(state().constraints, {});
        send({.kind = BlockKind::cards, .cards = {make_card(view_, {t->product, t->variant}, locale_, {})}});
        state().constraints = kept;
    }
}

}  // namespace kindling::dialogue
