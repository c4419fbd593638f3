// modules/dialogue/guide.cpp -- the turn: understand, remember, select, show, ask. See guide.h.
#include "modules/dialogue/owner_rules.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/guide.h"
#include "core/money.h"
#include "core/utf8.h"
#include "modules/dialogue/requests.h"
#include "modules/dialogue/retrieval.h"
#include "modules/dialogue/spelling.h"
#include "modules/dialogue/turn.h"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <utility>

namespace kindling::dialogue {

Turn take_turn(std::shared_ptr<CatalogueView const> const& view, Lexicon const& lexicon, TextScorer const& scorer, Ports const& ports, GuideState const& state, TurnInput const& input, Emit const& emit, GuideOptions const& options) {
    return TurnMaker(view, lexicon, scorer, ports, state, input, emit, options).make();
}

Turn TurnMaker::make() {
    auto& s = state();
    for (auto const& id : input_.remove) std::erase_if(s.constraints, [&](Constraint const& c) { return c.constraint_id == id; });
    if (std::ranges::find(input_.remove, words_constraint) != input_.remove.end()) s.free_text.clear();
    if (std::find(input_.remove.begin(), input_.remove.end(), picture_constraint) != input_.remove.end()) forget_picture();
    if (!input_.picture_id.empty()) forget_picture(), s.picture_id = input_.picture_id;
    if (!input_.product_id.empty() && view_.find(input_.product_id)) s.focus = input_.product_id;
    locale_ = out_.locale = input_.locale.value_or(s.locale.empty() ? Locale::zh : locale_of(s.locale));
    tell_watches();
    mend_slips();
    auto const several = requests(settle_correction(settle_alternative()), view_, lexicon_, situation());
    auto const list = s.shown;
    auto const pending = s.pending;
    bool proof = false;   // of an order: kept in no talk
    struct Choosing { std::string focus, replaces; std::int64_t quantity = 1; std::vector<std::string> to_add; std::vector<std::int64_t> counts; };
    std::optional<Choosing> choosing;   // which size goes into the basket was asked, and something else in the same breath
    std::string awaited;  // the number or the proof of an order, or a yes to keeping something: what is asked for beside it must not lose it
    for (std::size_t i = 0; i < several.size(); ++i) {
        text_ = several[i], last_request_ = i + 1 == several.size() && awaited.empty() && !choosing;
        auto const before = s.shown;
        respond();
        note_said(before);
        proof = proof || !reading_.order_number.empty() || !reading_.contact_digits.empty();
        if (s.pending == "order" || s.pending == "contact" || s.pending == "memory") awaited = s.pending;
        if (s.pending == "variant") {
            choosing = Choosing{s.focus, s.replaces, s.quantity, s.to_add, s.to_add_counts};
            if (i + 1 < several.size()) s.pending.clear();
        }
        if (s.pending == "memory") s.pending.clear();   // what else is asked for in this turn is no answer to it
    }
    if (!awaited.empty()) s.pending = awaited;
    else if (choosing && out_.topic != "reset") s.pending = "variant", s.focus = choosing->focus, s.replaces = choosing->replaces, s.quantity = choosing->quantity, s.to_add = choosing->to_add, s.to_add_counts = choosing->counts;
    if (!proof) note_words(pending);
    if (out_.blocks.empty()) popular(Phrase::help);   // whatever was withheld: nobody is left without an answer
    // What was put in or taken out before other goods were looked at is corrected for a few turns only, and put back no more.
    if (s.shown != list) {
        if (s.added_turn < s.turn) s.added_turn -= 3;
        if (out_.topic != "basket") s.taken_out.clear(), s.put_instead.clear();
    }
    ++s.turn;
    out_.grounds.constraints = s.constraints;
    out_.trace.requests = several, out_.trace.free_text = s.free_text;
    for (auto const& c : s.constraints) out_.trace.understood.push_back(c.label(locale_));
    for (auto const& block : out_.blocks) {
        for (auto const& card : block.cards) out_.trace.shown.push_back(card.sku);
        if (block.kind == BlockKind::question) out_.trace.question = block.asks;
    }
    // An errand that waits for its number, its proof or a yes asked something too, in words.
    if (out_.trace.question.empty() && (s.pending == "order" || s.pending == "contact" || s.pending.starts_with("errand_"))) out_.trace.question = s.pending;
    return std::move(out_);
}

// Slips of the fingers and pinyin are read as a search reads them. What answers a question about an order or a person stays as it is.
void TurnMaker::mend_slips() {
    said_ = input_.text;
    auto const& pending = state().pending;
    static constexpr std::string_view proofs[] = {"order", "contact", "memory", "currency"};
    if (pending.starts_with("errand") || std::ranges::find(proofs, pending) != std::end(proofs) || cues::suspicious(surface_of(utf8_prefix(said_, 600)))) return;
    auto right = mend_said(view_, lexicon_, said_);
    if (right.text.empty()) return;
    if (!right.chinese && std::ranges::none_of(surface_of(said_), is_han) && std::ranges::any_of(surface_of(right.text), is_han)) spoken_in_ = Locale::en;
    said_ = std::move(right.text), mended_ = std::move(right.corrections);
}

// Each once in a turn, the first of them by name: a sentence of slips is no answer of notices.
void TurnMaker::tell_corrections(std::vector<std::pair<std::string, std::string>> corrections) {
    constexpr std::size_t most_named = 3;
    std::size_t unnamed = 0;
    for (auto& correction : corrections) {
        if (std::ranges::find(told_, correction) != told_.end()) continue;
        if (told_.size() < most_named) say(Phrase::corrected, {echo("from", correction.first), name_slot("to", correction.second)});
        else ++unnamed;
        told_.push_back(std::move(correction));
    }
    if (unnamed > 0) say(Phrase::corrected_more, {count(unnamed)});
}

Situation TurnMaker::situation() const {
    auto const& s = state();
    bool const order_shown = s.pending == shows_order;
    Situation out{.locale = s.locale.empty() ? input_.locale.value_or(Locale::zh) : locale_of(s.locale), .categories = categories_in_force(s, view_.words()), .pending = order_shown ? "" : s.pending, .shown = s.shown.size(), .order_shown = order_shown, .just_added = !s.added.empty() && s.turn - s.added_turn <= 2 && s.pending.empty()};
    if (!s.focus.empty() && (!input_.product_id.empty() || s.shown.empty())) out.focus = Situation::Focus::product;
    out.receiver = !s.recipient.empty();
    // On a product's page its category is what "the longer one" and "in red" speak of.
    if (out.categories.empty() && out.focus == Situation::Focus::product)
        if (auto const p = view_.find(s.focus); p && view_[*p].category >= 0) out.categories = {view_[*p].category};
    return out;
}

void TurnMaker::respond() {
    auto& s = state();
    reading_ = understand(text_, view_, lexicon_, situation());
    keep_subject();
    ask_rightly();
    comparative_ = false;
    if (spoken_in_) reading_.locale = *spoken_in_;
    locale_ = out_.locale = input_.locale.value_or(reading_.locale);
    s.locale = name_of(locale_);
    tell_corrections(std::exchange(mended_, {}));
    if (!input_.remove.empty() && reading_.intent == Intent::empty) reading_.intent = Intent::find;

    // 后面那个, "the latter": of the two that were compared.
    if (s.compared.size() == 2) {
        auto const t = surface_of(text_);
        bool const latter = cues::has(t, U"后面那个 后面那款 后者 the_latter"), former = cues::has(t, U"前面那个 前面那款 前者 the_former");
        if (latter != former) {
            auto const at = std::ranges::find(s.shown, s.compared[latter ? 1 : 0]);
            if (at != s.shown.end()) reading_.ordinals = {static_cast<int>(at - s.shown.begin()) + 1};
        }
    }
    auto const intent = reading_.intent;
    auto const keeps_pending = intent == Intent::order_status || ((s.pending == "order" || s.pending == "contact") && !reading_.order_number.empty()) || (s.pending == "contact" && !reading_.contact_digits.empty());
    auto const answering_on = s.pending;   // an order that was shown included
    if (s.pending == shows_order) s.pending.clear();  // nothing was asked
    auto const pending = s.pending;
    if (!keeps_pending) s.pending.clear();
    if (pending != "variant") s.to_add.clear(), s.to_add_counts.clear(), s.replaces.clear();
    out_.trace.intents.emplace_back(name(intent));

    if (reading_.suspicious) {
        // Nothing in the text can command the guide; what it says about goods is still a wish.
        say(Phrase::refuse_command);
        out_.topic = "suspicious";
        reading_.foreign_money.clear();
        if (reading_.constraints.empty()) reading_.free_text.clear();
        // An amount in it is the command's, unless goods are asked for beside it.
        bool const names_goods = !reading_.free_text.empty() || std::ranges::any_of(reading_.constraints, [](Constraint const& c) { return c.kind == ConstraintKind::category; });
        std::erase_if(reading_.constraints, [&](Constraint const& c) { return c.kind == ConstraintKind::price || (c.kind == ConstraintKind::number && !names_goods); });
        if (intent != Intent::add_to_basket) {
            remember(s, reading_, view_);
            find();
            return;
        }
    }
    if (reading_.upset && (intent == Intent::find || intent == Intent::gift || intent == Intent::ask_fact || intent == Intent::order_status || intent == Intent::more)) say(Phrase::sorry_first);
    if (cues::wants_money_back(surface_of(text_)) && (answering_on == "order" || answering_on == "contact" || reading_.upset || cues::not_arrived(surface_of(text_)) || cues::has(surface_of(text_), U"hasn't_come still_hasn't now 还没到 马上 立刻 赶紧"))) say(Phrase::money_back_way);
    if (shows_picture()) return;
    if (answer_from_talk()) {
        s.pending = pending;   // what was asked still waits
        return;
    }
    if (pending == "memory" && answer_consent()) return;
    if (pending == "currency" && answer_currency()) return;
    answering_ = pending;
    if (rule_goes_on()) return;
    if ((pending == "relaxation" || (!s.constraints.empty() && cues::has(surface_of(text_), U"放宽 may_give must_give relax relaxed loosen"))) && answer_relaxation()) return;
    if (ports_.orders && errand_goes_on(pending)) return;
    if (keeps_pending && (intent == Intent::find || intent == Intent::order_status)) { order_status(); return; }
    if (count_while_choosing(pending)) return;
    bool const may_choose = pending == "variant" && (intent == Intent::find || intent == Intent::add_to_basket) && reading_.ordinals.empty();
    if (may_choose && reading_.constraints.empty()) read_bare_size();
    if (may_choose && !reading_.constraints.empty() && std::all_of(reading_.constraints.begin(), reading_.constraints.end(), [](Constraint const& c) { return c.kind == ConstraintKind::value; })) {
        // "L, two of them": so many, unless the number is the size.
        if (!reading_.quantity_said || reading_.quantity > 20 || std::ranges::any_of(reading_.constraints, [&](Constraint const& c) { return c.said == std::to_string(reading_.quantity); })) reading_.quantity = s.quantity;
        reading_.refers = true;
        out_.topic = "basket";
        if (s.to_add.empty()) add_to_basket();
        else add_queued(reading_.constraints);
        return;
    }
    if (back_to_earlier()) return;
    if (another_size(answering_on)) return;
    if (intent != Intent::order_status && undo_basket()) return;
    if (take_named_out() || change_named()) return;
    if (change_lines()) return;
    if ((intent == Intent::find || intent == Intent::add_to_basket || intent == Intent::ask_fact || intent == Intent::no_preference) && correct_basket()) return;
    // "Never mind", 算了: of nothing that is going on.
    if (intent == Intent::find && surface_of(text_).size() <= 16 && reading_.constraints.empty() && reading_.free_text.empty() && reading_.ordinals.empty() && reading_.comparatives.empty() && !reading_.quantity_said && !reading_.order && reading_.not_sold.empty() && reading_.refused_unknown.empty() && !cues::seeks(surface_of(text_)) && cues::has(surface_of(text_), U"算了 没事了 没事 不用了 never_mind nevermind forget_it no_thanks no_thank_you")) {
        out_.topic = "thanks";
        say(Phrase::all_right);
        return;
    }
    auto const aside = [&](bool told) {
        if (told && s.pending.empty() && answering_ == "variant") s.pending = answering_;   // which size is still to be said
        return told;
    };
    if (aside(enter_code())) return;
    // "Lol, bored at work": company, and what is looked for or was asked stays.
    if (reading_.small_talk && intent == Intent::find) {
        out_.topic = "greet", s.pending = pending;
        say(Phrase::small_talk);
        return;
    }
    if (out_of_reach()) return;
    if (aside(compare_by_buyers() || tell_sum() || tell_consumption() || tell_price_per() || tell_total())) return;
    if (answer_of_extreme()) return;
    if (opinions_go_on()) return;
    if (compare_in_words()) return;
    if (aside(none_called_so() || answer_in_view())) return;
    if (pending == watched && (intent == Intent::find || intent == Intent::ask_fact) && !reading_.ordinals.empty() && std::ranges::all_of(reading_.constraints, [](Constraint const& c) { return c.kind == ConstraintKind::price; })) {
        watch();  // "and the third one below 60"
        return;
    }
    if (!s.slots.empty() && (intent == Intent::find || intent == Intent::ask_fact) && change_bundle()) return;
    if ((intent == Intent::find || intent == Intent::ask_fact || intent == Intent::more || intent == Intent::add_to_basket) && leave_out()) return;
    if ((intent == Intent::find || intent == Intent::ask_fact) && !reading_.corrects && reading_.asked_attributes.empty() && reading_.topic.empty() && point()) return;
    if (!s.slots.empty() && keep_set()) return;
    if (!s.slots.empty() && intent != Intent::bundle && bundle_goes_on(intent)) return;
    if ((intent == Intent::find || intent == Intent::more || intent == Intent::ask_fact || (intent == Intent::advise && !reading_.constraints.empty())) && goes_with()) return;
    if ((intent == Intent::find || intent == Intent::gift) && outfit()) {
        bundle();
        return;
    }
    switch (intent) {
        case Intent::empty: popular(Phrase::empty_message); break;
        case Intent::find:
            // "Around 200", "something cheaper", "nothing electronic" after a present was spoken of: still presents.
            if (still_a_present()) {
                for (auto const& name : reading_.refused_unknown) say(Phrase::refusal_unknown, {echo("echo", name)});
                apply_comparatives();
                gift();
                break;
            }
            out_.topic = "find";
            s.asked_variant.clear(), words_before_ = s.free_text;
            if (!reading_.recipient.empty()) s.whom = reading_.whom == Reading::Whom::man ? "man" : reading_.whom == Reading::Whom::woman ? "woman" : reading_.whom == Reading::Whom::child ? "child" : "";
            if (!grown_up() && cues::for_grown_ups(surface_of(text_))) s.whom = "adult";
            remember(s, reading_, view_);
            if (tell_not_sold()) break;
            apply_comparatives();
            apply_leanings();
            if (meet_occasion() && show_occasion()) break;
            if (tell_nothing_for()) break;
            find();
            break;
        case Intent::no_preference:
            out_.topic = "find";
            if (!pending.empty()) s.asked.push_back(pending);
            unseen_first_ = true;  // nothing was ruled out: others may be nearer to what is meant
            find();
            break;
        case Intent::more:
            // "Something else, he already has mugs": other presents, and none of those.
            if (!s.recipient.empty() && s.free_text.empty() && reading_.free_text.empty() && categories_in_force(s, view_.words()).empty() && !std::ranges::any_of(reading_.constraints, [](Constraint const& c) { return c.kind == ConstraintKind::category && c.polarity == Polarity::want; })) {
                excluded_ = s.seen;
                gift();
                break;
            }
            out_.topic = "find"; remember(s, reading_, view_); apply_comparatives(); more(); break;
        case Intent::compare: out_.topic = "compare"; compare(); break;
        case Intent::advise: advise(); break;
        case Intent::bundle: s.outfit.clear(), bundle(); break;
        case Intent::return_goods: start_errand("return"); break;
        case Intent::exchange_goods: start_errand("exchange"); break;
        case Intent::cancel_order: start_errand("cancel"); break;
        case Intent::remember_me: remember_wishes(); break;
        case Intent::recall_me: recall(); break;
        case Intent::forget_me: forget_wishes(); break;
        case Intent::watch: watch(); break;
        case Intent::list_watches: list_watches(); break;
        case Intent::stop_watching: stop_watching(); break;
        case Intent::price_history: tell_price_history(); break;
        case Intent::size_help: help_with_size(); break;
        case Intent::gift: gift(); break;
        case Intent::why: out_.topic = "why"; why(); break;
        case Intent::ask_fact: out_.topic = "fact"; answer_fact(); break;
        case Intent::ask_opinion: opinions(); break;
        case Intent::ask_returned: tell_returned(); break;
        case Intent::add_to_basket: out_.topic = "basket"; add_to_basket(); break;
        case Intent::remove_from_basket: out_.topic = "basket"; remove_from_basket(); break;
        case Intent::show_basket: out_.topic = "basket"; show_basket(Phrase::basket_is, Phrase::basket_empty); break;
        case Intent::checkout: out_.topic = "checkout"; show_basket(Phrase::checkout, Phrase::checkout_empty); break;
        case Intent::order_status: order_status(); break;
        case Intent::ask_policy: policy(); break;
        case Intent::person: person(); break;
        case Intent::reset: forget_picture(); s = {.turn = s.turn, .locale = s.locale}; out_.topic = "reset"; popular(Phrase::reset_done); break;
        case Intent::greet: out_.topic = "greet"; popular(s.turn > 0 ? Phrase::hello_again : Phrase::hello); break;
        case Intent::thanks: out_.topic = "thanks"; say(Phrase::thanks); break;
        case Intent::bye: out_.topic = "bye"; say(Phrase::bye); break;
        case Intent::abuse: out_.topic = "abuse"; out_.needs_person = true; say(Phrase::abuse); break;
        case Intent::help:
            out_.topic = "help";
            if (cues::asks_who(surface_of(text_))) say(Phrase::who_i_am);
            else popular(Phrase::help);
            break;
        case Intent::out_of_scope: out_.topic = "out_of_scope"; popular(Phrase::out_of_scope); break;
    }
}

// "39", "make it L", "I'll take L" say which size when that was asked.
void TurnMaker::read_bare_size() {
    auto const t = surface_of(text_);
    if (auto const p = view_.find(state().focus); p && t.size() <= 24)
        if (auto named = variants_named(*p); !named.empty()) { reading_.constraints = std::move(named), reading_.free_text.clear(); return; }
    auto const begin = t.find_first_of(U"0123456789");
    if (begin == t.npos || t.size() > 24) return;
    auto const end = std::min(t.find_first_not_of(U"0123456789.", begin), t.size());
    if (end - begin > 4 || t.find_first_of(U"0123456789", end) != t.npos) return;
    auto const size = to_utf8(std::u32string_view(t).substr(begin, end - begin));
    auto const read = understand(locale_ == Locale::zh ? size + "码" : "size " + size, view_, lexicon_, situation());
    if (std::ranges::any_of(read.constraints, [](Constraint const& c) { return c.kind == ConstraintKind::value; })) reading_.constraints = read.constraints, reading_.free_text.clear();
}

// A new limit for the whole, or another set; anything else ends the bundle.
bool TurnMaker::still_a_present() const {
    auto const& s = state();
    if (s.recipient.empty() || !s.free_text.empty() || !reading_.free_text.empty() || !reading_.ordinals.empty() || reading_.refers || !reading_.not_sold.empty() || !categories_in_force(s, view_.words()).empty()) return false;
    if (reading_.constraints.empty() && reading_.comparatives.empty() && reading_.refused_unknown.empty()) return false;
    return std::ranges::all_of(reading_.comparatives, [](Comparative const& c) { return c.what == Comparative::What::price; }) && std::ranges::all_of(reading_.constraints, [](Constraint const& c) { return c.kind == ConstraintKind::price || c.polarity == Polarity::avoid; });
}

bool TurnMaker::bundle_goes_on(Intent intent) {
    auto& s = state();
    bool const only_price = !reading_.constraints.empty() && std::all_of(reading_.constraints.begin(), reading_.constraints.end(), [](Constraint const& c) { return c.kind == ConstraintKind::price; });
    bool const cheaper = reading_.constraints.empty() && reading_.free_text.empty() && std::ranges::any_of(reading_.comparatives, [](Comparative const& c) { return c.what == Comparative::What::price && c.direction < 0; });
    if (intent == Intent::find && cheaper) {  // than what is on the table
        std::int64_t total = 0;
        for (auto const& sku : s.shown)
            if (auto const t = target_of_sku(sku)) total += view_[t->product].variants[t->variant].price_minor;
        if (total > 1) s.bundle_limit_minor = total - 1;
        reading_.slots.clear();
        bundle();
        return true;
    }
    bool const asks_total = intent == Intent::ask_fact && reading_.topic == "price" && reading_.ordinals.empty() && reading_.constraints.empty() && reading_.asked_attributes.empty();   // "how much is that now?"
    if ((intent == Intent::find && only_price) || intent == Intent::more || asks_total) {
        if (intent == Intent::more) excluded_ = s.seen;
        reading_.slots.clear();
        bundle();
        return true;
    }
    // "For a man, under 600", 都要黑色: of the whole set. Whom an outfit is for tells which clothes it is made of.
    bool const names_goods = std::ranges::any_of(reading_.constraints, [](Constraint const& c) { return c.kind == ConstraintKind::category && c.polarity == Polarity::want; });
    bool const of_the_whole = intent == Intent::find && !names_goods && reading_.free_text.empty() && reading_.ordinals.empty() && reading_.not_sold.empty() && (!reading_.constraints.empty() || reading_.whom != Reading::Whom::unknown);
    if (of_the_whole) {
        said_of_set_ = reading_.constraints;
        if (!s.outfit.empty() && s.outfit.size() + text_.size() < 600) {
            auto const said = std::exchange(text_, s.outfit + (locale_ == Locale::zh ? "，" : ", ") + text_);
            reading_ = understand(text_, view_, lexicon_, {.locale = locale_});
            if (outfit()) { bundle(); return true; }
            text_ = said, reading_ = understand(text_, view_, lexicon_, situation());
        }
        reading_.slots.clear(), reading_.shared = text_;
        bundle();
        return true;
    }
    if (intent == Intent::find || intent == Intent::reset) s.slots.clear(), s.bundle_limit_minor.reset(), s.outfit.clear();
    return false;
}

}  // namespace kindling::dialogue
