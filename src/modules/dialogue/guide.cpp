// modules/dialogue/guide.cpp -- the turn: understand, remember, select, show, ask. See guide.h.
#include "modules/dialogue/owner_rules.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/guide.h"
#include "core/money.h"
#include "core/utf8.h"
#include "modules/dialogue/requests.h"
#include "modules/dialogue/retrieval.h"
#include "modules/dialogue/turn.h"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>

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
    auto const several = requests(input_.text, view_, lexicon_, situation());
    std::string awaited;  // the number or the proof of an order: what is asked for beside it must not lose it
    for (std::size_t i = 0; i < several.size(); ++i) {
        text_ = several[i], last_request_ = i + 1 == several.size() && awaited.empty();
        respond();
        if (s.pending == "order" || s.pending == "contact") awaited = s.pending;
    }
    if (!awaited.empty()) s.pending = awaited;
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

Situation TurnMaker::situation() const {
    auto const& s = state();
    bool const order_shown = s.pending == shows_order;
    Situation out{.locale = s.locale.empty() ? input_.locale.value_or(Locale::zh) : locale_of(s.locale), .categories = categories_in_force(s, view_.words()), .pending = order_shown ? "" : s.pending, .shown = s.shown.size(), .order_shown = order_shown};
    if (!s.focus.empty() && (!input_.product_id.empty() || s.shown.empty())) out.focus = Situation::Focus::product;
    // On a product's page its category is what "the longer one" and "in red" speak of.
    if (out.categories.empty() && out.focus == Situation::Focus::product)
        if (auto const p = view_.find(s.focus); p && view_[*p].category >= 0) out.categories = {view_[*p].category};
    return out;
}

void TurnMaker::respond() {
    auto& s = state();
    reading_ = understand(text_, view_, lexicon_, situation());
    comparative_ = false;
    locale_ = out_.locale = input_.locale.value_or(reading_.locale);
    s.locale = name_of(locale_);
    if (!input_.remove.empty() && reading_.intent == Intent::empty) reading_.intent = Intent::find;

    auto const intent = reading_.intent;
    auto const keeps_pending = intent == Intent::order_status || ((s.pending == "order" || s.pending == "contact") && !reading_.order_number.empty()) || (s.pending == "contact" && !reading_.contact_digits.empty());
    if (s.pending == shows_order) s.pending.clear();  // nothing was asked
    auto const pending = s.pending;
    if (!keeps_pending) s.pending.clear();
    if (pending != "variant") s.to_add.clear();
    out_.trace.intents.emplace_back(name(intent));

    if (reading_.suspicious) {
        // Nothing in the text can command the guide; what it says about goods is still a wish.
        say(Phrase::refuse_command);
        out_.topic = "suspicious";
        reading_.foreign_money.clear();
        if (reading_.constraints.empty()) reading_.free_text.clear();
        std::erase_if(reading_.constraints, [](Constraint const& c) { return c.kind == ConstraintKind::price; });
        if (intent != Intent::add_to_basket) {
            remember(s, reading_, view_);
            find();
            return;
        }
    }
    if (shows_picture()) return;
    if (pending == "memory" && answer_consent()) return;
    if (pending == "currency" && answer_currency()) return;
    answering_ = pending;
    if ((pending == "relaxation" || (!s.constraints.empty() && cues::has(surface_of(text_), U"放宽 may_give must_give relax relaxed loosen"))) && answer_relaxation()) return;
    if (ports_.orders && errand_goes_on(pending)) return;
    if (keeps_pending && (intent == Intent::find || intent == Intent::order_status)) { order_status(); return; }
    if (pending == "variant" && intent == Intent::find && reading_.constraints.empty()) read_bare_size();
    if (pending == "variant" && intent == Intent::find && !reading_.constraints.empty() && std::all_of(reading_.constraints.begin(), reading_.constraints.end(), [](Constraint const& c) { return c.kind == ConstraintKind::value; })) {
        reading_.quantity = s.quantity, reading_.refers = true;
        out_.topic = "basket";
        if (s.to_add.empty()) add_to_basket();
        else add_queued(reading_.constraints);
        return;
    }
    if ((intent == Intent::find || intent == Intent::add_to_basket || intent == Intent::ask_fact || intent == Intent::no_preference) && correct_basket()) return;
    if (out_of_reach()) return;
    if (pending == watched && (intent == Intent::find || intent == Intent::ask_fact) && !reading_.ordinals.empty() && std::ranges::all_of(reading_.constraints, [](Constraint const& c) { return c.kind == ConstraintKind::price; })) {
        watch();  // "and the third one below 60"
        return;
    }
    if (!s.slots.empty() && (intent == Intent::find || intent == Intent::ask_fact) && change_bundle()) return;
    if ((intent == Intent::find || intent == Intent::ask_fact || intent == Intent::more || intent == Intent::add_to_basket) && leave_out()) return;
    if ((intent == Intent::find || intent == Intent::ask_fact) && !reading_.corrects && reading_.asked_attributes.empty() && reading_.topic.empty() && point()) return;
    if (!s.slots.empty() && intent != Intent::bundle && bundle_goes_on(intent)) return;
    if ((intent == Intent::find || intent == Intent::more || intent == Intent::ask_fact) && goes_with()) return;
    if ((intent == Intent::find || intent == Intent::gift) && outfit()) {
        bundle();
        return;
    }
    switch (intent) {
        case Intent::empty: popular(Phrase::empty_message); break;
        case Intent::find:
            out_.topic = "find";
            s.asked_variant.clear();
            remember(s, reading_, view_);
            if (tell_not_sold()) break;
            apply_comparatives();
            apply_leanings();
            if (meet_occasion() && show_occasion()) break;
            find();
            break;
        case Intent::no_preference:
            out_.topic = "find";
            if (!pending.empty()) s.asked.push_back(pending);
            unseen_first_ = true;  // nothing was ruled out: others may be nearer to what is meant
            find();
            break;
        case Intent::more: out_.topic = "find"; remember(s, reading_, view_); apply_comparatives(); more(); break;
        case Intent::compare: out_.topic = "compare"; compare(); break;
        case Intent::advise: advise(); break;
        case Intent::bundle: bundle(); break;
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

// "39" says which size when that was asked.
void TurnMaker::read_bare_size() {
    auto const t = surface_of(text_);
    auto const begin = t.find_first_of(U"0123456789");
    if (begin == t.npos || t.size() > 24) return;
    auto const end = std::min(t.find_first_not_of(U"0123456789.", begin), t.size());
    if (end - begin > 4 || t.find_first_of(U"0123456789", end) != t.npos) return;
    auto const size = to_utf8(std::u32string_view(t).substr(begin, end - begin));
    auto const read = understand(locale_ == Locale::zh ? size + "码" : "size " + size, view_, lexicon_, situation());
    if (std::ranges::any_of(read.constraints, [](Constraint const& c) { return c.kind == ConstraintKind::value; })) reading_.constraints = read.constraints, reading_.free_text.clear();
}

// A new limit for the whole, or another set; anything else ends the bundle.
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
    if ((intent == Intent::find && only_price) || intent == Intent::more) {
        if (intent == Intent::more) excluded_ = s.seen;
        reading_.slots.clear();
        bundle();
        return true;
    }
    if (intent == Intent::find || intent == Intent::reset) s.slots.clear(), s.bundle_limit_minor.reset();
    return false;
}

std::string TurnMaker::needs_text() const {
    std::string out;
    for (auto const& c : state().constraints)
        if (!c.soft) out += (out.empty() ? "" : locale_ == Locale::zh ? "、" : ", ") + c.label(locale_);
    // What the words choose is part of the need, whatever limits it.
    // An amount in it names no goods: it orders them, and not all that are counted have it.
    if (auto const words = without_amounts(state().free_text); !words.empty() && (out.empty() || by_words_)) out = words + (out.empty() ? "" : locale_ == Locale::zh ? "、" : ", ") + out;
    return out;
}

// Goods that have all the words are counted and come first; where a page of them fits, the others are left out. An order by price or by sales is for
// what the words name, not for whatever shares one of them.
void TurnMaker::count_by_words(Selection& out, std::vector<std::size_t> const& with_all, bool by_rank) {
    if (!by_rank && some_words_) {
        double best = 0;
        for (auto const& pick : out.full)
            if (auto const found = scores_.find(pick.product); found != scores_.end()) best = std::max(best, found->second);
        std::erase_if(out.full, [&](Pick const& pick) { auto const found = scores_.find(pick.product); return found == scores_.end() || found->second < 0.5 * best; });
    }
    if (!some_words_) { with_all_ = out.full.size(); return; }
    auto const others = std::ranges::stable_partition(out.full, [&](Pick const& pick) { return std::ranges::find(with_all, pick.product) != with_all.end(); });
    with_all_ = out.full.size() - others.size();
    if (with_all_ >= options_.picks && !widen_) out.full.resize(with_all_);
}

void TurnMaker::say_found(Selection const& found) {
    auto const needs = needs_text();
    if (needs.empty()) return;
    if (more_found_ && !some_words_ && state().constraints.empty()) { say(Phrase::found_very_many, {echo("needs", needs)}); return; }
    if (by_words_ && with_all_ < found.full.size()) {
        if (with_all_ == 0) say(Phrase::found_some_words, {echo("needs", needs)});
        else say(Phrase::found_few_words, {count(with_all_), echo("needs", needs)});
        return;
    }
    say(found.full.size() == 1 ? Phrase::found_one : found.full.size() <= options_.picks ? Phrase::found_few : Phrase::found_many, {count(found.full.size()), echo("needs", needs)});
}

// Where goods have no attributes, a category is all that limits can say of them, and the words have to say the rest.
bool TurnMaker::text_restricts(std::span<Pick const> fitting) const {
    if (scores_.empty()) return false;
    std::size_t named = 0, with_values = 0;
    for (auto const& pick : fitting.first(std::min<std::size_t>(fitting.size(), 50))) with_values += !view_[pick.product].values.empty();
    if (with_values > 5) return false;  // a few with a number in them are still goods of texts
    for (auto const& pick : fitting)
        if (scores_.contains(pick.product) && ++named >= 2) return true;
    return false;
}

Selection TurnMaker::selection() {
    scores_.clear(), likely_.clear(), near_in_meaning_ = more_found_ = by_words_ = some_words_ = false, whole_ = true;
    std::vector<std::size_t> with_all;
    if (!state().free_text.empty() && scorer_) {
        auto found = scorer_(state().free_text);
        // A piano is wished for, not its cover; whoever has one may well mean what belongs to it.
        if (!state().of_their_own && !found.otherwise.empty()) {
            double itself = 0;
            for (auto const& [p, score] : found.scores)
                if (!found.otherwise.contains(p)) itself = std::max(itself, score);
            if (itself > 0)
                for (auto const p : found.otherwise) found.scores[p] *= belongs_factor * itself;
        }
        scores_ = std::move(found.scores), likely_ = std::move(found.categories), near_in_meaning_ = found.near_in_meaning, more_found_ = found.more, whole_ = found.whole, some_words_ = found.some_words, with_all = std::move(found.with_all);
    }
    SelectOptions options{.text = scores_.empty() ? nullptr : &scores_};
    static constexpr std::pair<std::string_view, Order> orders[] = {{"price_up", Order::price_up}, {"price_down", Order::price_down}, {"newest", Order::newest}, {"popular", Order::popular}, {"rating", Order::rating}};
    for (auto const& [name, order] : orders)
        if (state().order == name) options.order = order;
    // Words alone choose the goods when nothing else says what kind of thing it is.
    bool const only_words = !scores_.empty() && std::ranges::none_of(state().constraints, [](Constraint const& c) { return c.kind == ConstraintKind::category && c.polarity == Polarity::want; });
    if (only_words) options.use = SelectOptions::Text::restricts;
    auto out = select(view_, state().constraints, options);
    if (!only_words && text_restricts(out.full)) {
        std::vector<Pick> kept;
        for (auto const& pick : out.full)
            if (scores_.contains(pick.product)) kept.push_back(pick);
        if (!kept.empty()) out.full = std::move(kept), by_words_ = true;
    }
    if (!state().refused.empty()) std::erase_if(out.full, [&](Pick const& pick) { return std::ranges::find(state().refused, view_[pick.product].data.product_id) != state().refused.end(); });
    by_words_ = by_words_ || (only_words && std::ranges::any_of(out.full, [&](Pick const& pick) { return scores_.contains(pick.product); }));
    keep_pastime(out);
    if (by_words_) count_by_words(out, with_all, options.order == Order::relevance);
    keep_alike(out, options.order == Order::relevance);
    apply_owner_rules(ports_.merchandising, state(), view_, options.order == Order::relevance || options.order == Order::popular, out.full);
    return out;
}

// A short Chinese name that no product has whole ("手机壳", where there are 手机 and 贝壳): what shares a part of it is something else.
bool TurnMaker::only_shares_characters() const {
    auto const& s = state();
    if (whole_ || near_in_meaning_ || !s.constraints.empty() || scores_.empty()) return false;
    auto const words = surface_of(s.free_text);
    return words.size() <= 5 && std::ranges::all_of(words, is_han);
}

namespace {

// A wish that no attribute here knows: titles alone bear it out.
bool only_by_title(Constraint const& c) { return c.kind == ConstraintKind::value && c.polarity == Polarity::want && !c.soft && !c.values.empty() && c.values.front().attribute.empty(); }
bool is_amount(Constraint const& c) { return c.kind == ConstraintKind::price || c.kind == ConstraintKind::number; }

}  // namespace

// "Warm for hiking in winter", where no title says both: what is no name of goods is looked for in descriptions too, sooner than the swans in
// winter are shown. Where goods are named, a wish that they do not meet is told instead. False: nothing came of it, and all is as it was.
bool TurnMaker::looked_for_in_texts(Selection& found) {
    auto& s = state();
    auto const names_goods = [](Constraint const& c) { return c.kind == ConstraintKind::category && c.polarity == Polarity::want; };
    if (!scorer_ || std::ranges::count_if(s.constraints, only_by_title) < 2 || std::ranges::any_of(s.constraints, names_goods)) return true;
    auto const before = std::pair(s.constraints, s.free_text);
    for (auto const& c : s.constraints)
        if (only_by_title(c)) s.free_text += (s.free_text.empty() ? "" : " ") + c.said;
    std::erase_if(s.constraints, only_by_title);
    found = selection();
    if (!scores_.empty() && std::ranges::any_of(found.full, [&](Pick const& pick) { return scores_.contains(pick.product); })) return true;
    std::tie(s.constraints, s.free_text) = before;
    return false;
}

void TurnMaker::find() {
    auto& s = state();
    apply_memory();
    understood();
    for (auto const& limits : reading_.contradictions) say(Phrase::contradiction, {echo("wanted", limits)});
    for (auto const& [from, to] : reading_.corrections) say(Phrase::corrected, {echo("from", from), name_slot("to", to)});
    for (auto const& name : reading_.refused_unknown) say(Phrase::refusal_unknown, {echo("echo", name)});
    for (auto const& [from, to] : reading_.converted) say(Phrase::size_converted, {echo("from", from), echo("to", to)});
    auto found = selection();
    if (found.full.empty() && !looked_for_in_texts(found)) found = selection();
    ask_for_currency();
    bool const nothing_known = s.constraints.empty() && scores_.empty() && s.order.empty();
    if ((nothing_known || only_shares_characters()) && !s.free_text.empty()) {
        auto const words = s.free_text;
        s.free_text.clear(), scores_.clear();
        popular(Phrase::not_understood, {echo("echo", words)});
        return;
    }
    if (found.full.empty()) { explain_relaxation(found); return; }
    out_.trace.candidates = static_cast<std::int64_t>(found.full.size());
    // Goods that the words name are here, but none within a price or a size, or with what only a title could say: the nearest of them, with what they miss, and not whatever else is within.
    if (!s.free_text.empty() && !scores_.empty() && std::ranges::none_of(found.full, [&](Pick const& pick) { return scores_.contains(pick.product); })) {
        for (auto* gives : {&is_amount, &only_by_title}) {
            std::vector<Constraint> kept;
            std::string given_up;
            bool cheapest_first = false;
            for (auto const& c : s.constraints)
                if (c.soft || !gives(c)) kept.push_back(c);
                else given_up += (given_up.empty() ? "" : locale_ == Locale::zh ? "、" : ", ") + c.label(locale_), cheapest_first = cheapest_first || (c.kind == ConstraintKind::price && c.max);
            if (given_up.empty()) continue;
            auto const nearest = select(view_, kept, {.order = cheapest_first ? Order::price_up : Order::relevance, .text = &scores_, .use = SelectOptions::Text::only});
            if (nearest.full.empty()) continue;
            out_.trace.relaxed = true, s.seen.clear();
            say(comparative_ ? Phrase::comparative_limit : Phrase::relaxed_without, {echo("wanted", given_up)});
            cards({nearest.full.begin(), nearest.full.begin() + static_cast<std::ptrdiff_t>(std::min(nearest.full.size(), options_.picks))});
            offer_relaxations();
            if (comparative_) std::erase_if(s.constraints, [](Constraint const& c) { return c.kind == ConstraintKind::price && c.said.empty(); });  // it would stand in the way of every further turn
            return;
        }
    }
    // Words that no product here bears out are named, not swallowed.
    if (!s.free_text.empty() && scorer_ && !reading_.free_text.empty() && std::none_of(found.full.begin(), found.full.end(), [&](Pick const& pick) { return scores_.contains(pick.product); })) {
        say(Phrase::words_unknown, {echo("echo", s.free_text)});
        s.free_text.clear();
    }
    if (!unseen_first_) s.seen.clear();
    if (say_alike(found)) {}
    else if (nothing_known) say(Phrase::all_goods);
    else if (near_in_meaning_) say(Phrase::near_in_meaning, {echo("echo", s.free_text)});
    else say_found(found);
    if (s.order == "price_up") say(Phrase::sorted_cheapest);
    tell_preferences(found.full);
    show(found);
    if (s.pending != "price" && s.pending != "currency") offer_question(found.full);
}

void TurnMaker::show(Selection const& found) { cards(page_of(found.full)); }

void TurnMaker::more() {
    auto& s = state();
    understood();
    auto found = selection();
    if (found.full.empty()) { explain_relaxation(found); return; }
    std::vector<Pick> page;
    auto const turn_page = [&] {
        for (auto const& pick : found.full) {
            if (page.size() >= options_.picks) break;
            if (std::find(s.seen.begin(), s.seen.end(), view_[pick.product].data.product_id) == s.seen.end()) page.push_back(pick);
        }
    };
    turn_page();
    if (page.empty() && some_words_) {
        widen_ = true, found = selection(), turn_page();
        if (!page.empty()) {
            say(Phrase::no_more_nearest, {echo("needs", needs_text())});
            cards(page);
            return;
        }
    }
    if (page.empty()) {
        say(Phrase::no_more, {echo("needs", needs_text())});
        s.seen.clear();
        show(found);
        return;
    }
    say(Phrase::more);
    cards(page);
}

void TurnMaker::offer_question(std::span<Pick const> candidates) {
    auto& s = state();
    if (!last_request_) return;
    auto const choosing = choosing_chip(candidates);
    auto const offer_choosing = [&] {
        if (!choosing) return;
        Block block{.kind = BlockKind::text, .chips = {*choosing}};
        Spoken spoken;
        spoken.say(Phrase::trade_off_offer, locale_, s.turn);
        block.text = std::move(spoken.text);
        send(std::move(block));
    };
    if (s.questions >= options_.most_questions) { offer_choosing(); return; }
    // A category that the words make plain is not asked for; what the goods are called is asked where they have nothing else to tell them apart.
    auto asked = s.asked;
    if (!likely_.empty() && likely_.front().probability >= 0.8) asked.emplace_back("category");
    auto question = best_question(view_, candidates, asked, s.constraints, options_.priors);
    if (!question || question->about == "price")
        if (auto kind = kind_question(candidates)) question = std::move(kind);
    if (!question) { offer_choosing(); return; }
    out_.trace.question_bits = question->information;
    auto const zh = locale_ == Locale::zh;
    Block block{.kind = BlockKind::question, .asks = question->about};
    Spoken spoken;
    if (question->about == "category") spoken.say(Phrase::ask_category, locale_, s.turn);
    else if (question->about == "price") spoken.say(Phrase::ask_price, locale_, s.turn);
    else if (question->about == "kind") spoken.say(Phrase::ask_kind, locale_, s.turn);
    else spoken.say(Phrase::ask_attribute, locale_, s.turn, {name_slot("attribute", zh ? view_.words().attributes[static_cast<std::size_t>(view_.words().attribute_ids.at(question->about))].label.zh : [&] { auto label = view_.words().attributes[static_cast<std::size_t>(view_.words().attribute_ids.at(question->about))].label.en; for (auto& c : label) if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a'); return label; }())});
    block.text = std::move(spoken.text), block.facts = std::move(spoken.facts);
    for (auto const& option : question->options) {
        if (question->about == "price") {
            auto const low = format_money(std::llround(option.low), view_.currency(), locale_);
            auto const high = std::isfinite(option.high) ? format_money(std::llround(option.high), view_.currency(), locale_) : std::string();
            auto const label = option.low <= 0 ? (zh ? high + "以内" : "up to " + high) : high.empty() ? (zh ? low + "以上" : "at least " + low) : (zh ? low + "到" + high : low + " to " + high);
            block.chips.push_back({label, label});
        } else {
            auto const label = option.label.in(locale_);
            block.chips.push_back({label, label});
        }
    }
    block.chips.push_back(zh ? Chip{"都可以", "都可以"} : Chip{"No preference", "no preference"});
    if (choosing) block.chips.push_back(*choosing);
    s.asked.push_back(question->about), s.pending = question->about, ++s.questions;
    send(std::move(block));
}

void TurnMaker::popular(Phrase phrase, std::vector<Slot> const& slots) {
    auto& s = state();
    say(phrase, slots);
    auto const kept = s.order;
    s.order = s.constraints.empty() ? "popular" : kept;
    auto const found = selection();
    if (!found.full.empty()) s.seen.clear(), show(found);
    s.order = kept;
    if (found.full.empty()) { explain_relaxation(found); return; }
    if (phrase == Phrase::not_understood || phrase == Phrase::hello || phrase == Phrase::reset_done) offer_question(found.full);
}

}  // namespace kindling::dialogue
