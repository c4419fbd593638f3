// modules/dialogue/guide.cpp -- the turn: understand, remember, select, show, ask. See guide.h.
#include "modules/dialogue/guide.h"
#include "core/money.h"
#include "modules/dialogue/requests.h"
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
    if (!input_.product_id.empty() && view_.find(input_.product_id)) s.focus = input_.product_id;
    auto const several = requests(input_.text, view_, lexicon_, situation());
    for (std::size_t i = 0; i < several.size(); ++i) {
        text_ = several[i], last_request_ = i + 1 == several.size();
        respond();
    }
    ++s.turn;
    out_.grounds.constraints = s.constraints;
    return std::move(out_);
}

Situation TurnMaker::situation() const {
    auto const& s = state();
    Situation out{.locale = s.locale.empty() ? input_.locale.value_or(Locale::zh) : locale_of(s.locale), .categories = categories_in_force(s, view_.words()), .pending = s.pending, .shown = s.shown.size()};
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
    auto const pending = s.pending;
    if (!keeps_pending) s.pending.clear();

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
    if (keeps_pending && (intent == Intent::find || intent == Intent::order_status)) { order_status(); return; }
    if (pending == "variant" && intent == Intent::find && !reading_.constraints.empty() && std::all_of(reading_.constraints.begin(), reading_.constraints.end(), [](Constraint const& c) { return c.kind == ConstraintKind::value; })) {
        reading_.quantity = s.quantity, reading_.refers = true;
        add_to_basket();
        return;
    }
    if ((intent == Intent::find || intent == Intent::add_to_basket || intent == Intent::ask_fact || intent == Intent::no_preference) && correct_basket()) return;
    if ((intent == Intent::find || intent == Intent::ask_fact) && !reading_.corrects && reading_.asked_attributes.empty() && reading_.topic.empty() && point()) return;
    if (!s.slots.empty() && intent != Intent::bundle && bundle_goes_on(intent)) return;
    switch (intent) {
        case Intent::empty: popular(Phrase::empty_message); break;
        case Intent::find: out_.topic = "find"; remember(s, reading_, view_); apply_comparatives(); find(); break;
        case Intent::no_preference:
            out_.topic = "find";
            if (!pending.empty()) s.asked.push_back(pending);
            find();
            break;
        case Intent::more: out_.topic = "find"; remember(s, reading_, view_); apply_comparatives(); more(); break;
        case Intent::compare: out_.topic = "compare"; compare(); break;
        case Intent::advise: advise(); break;
        case Intent::bundle: bundle(); break;
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
        case Intent::reset: s = {.turn = s.turn, .locale = s.locale}; out_.topic = "reset"; popular(Phrase::reset_done); break;
        case Intent::greet: out_.topic = "greet"; popular(s.turn > 0 ? Phrase::hello_again : Phrase::hello); break;
        case Intent::thanks: out_.topic = "thanks"; say(Phrase::thanks); break;
        case Intent::bye: out_.topic = "bye"; say(Phrase::bye); break;
        case Intent::abuse: out_.topic = "abuse"; out_.needs_person = true; say(Phrase::abuse); break;
        case Intent::help: out_.topic = "help"; popular(Phrase::help); break;
        case Intent::out_of_scope: out_.topic = "out_of_scope"; popular(Phrase::out_of_scope); break;
        default: out_.topic = "find"; remember(s, reading_, view_); find(); break;
    }
}

// A new limit for the whole, or another set; anything else ends the bundle.
bool TurnMaker::bundle_goes_on(Intent intent) {
    auto& s = state();
    bool const only_price = !reading_.constraints.empty() && std::all_of(reading_.constraints.begin(), reading_.constraints.end(), [](Constraint const& c) { return c.kind == ConstraintKind::price; });
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
    for (auto const& c : state().constraints) out += (out.empty() ? "" : locale_ == Locale::zh ? "、" : ", ") + c.label(locale_);
    if (out.empty()) out = state().free_text;
    return out;
}

// Words alone choose the goods when nothing else says what kind of thing it is.
bool TurnMaker::text_restricts() const {
    return !scores_.empty() && std::none_of(state().constraints.begin(), state().constraints.end(), [](Constraint const& c) { return c.kind == ConstraintKind::category && c.polarity == Polarity::want; });
}

Selection TurnMaker::selection() {
    scores_.clear();
    if (!state().free_text.empty() && scorer_) scores_ = scorer_(state().free_text);
    SelectOptions options{.text = scores_.empty() ? nullptr : &scores_};
    static constexpr std::pair<std::string_view, Order> orders[] = {{"price_up", Order::price_up}, {"price_down", Order::price_down}, {"newest", Order::newest}, {"popular", Order::popular}, {"rating", Order::rating}};
    for (auto const& [name, order] : orders)
        if (state().order == name) options.order = order;
    auto out = select(view_, state().constraints, options);
    if (text_restricts()) {
        std::vector<Pick> kept;
        for (auto const& pick : out.full)
            if (scores_.contains(pick.product)) kept.push_back(pick);
        if (!kept.empty()) out.full = std::move(kept);
    }
    return out;
}

void TurnMaker::find() {
    auto& s = state();
    understood();
    for (auto const& [from, to] : reading_.corrections) say(Phrase::corrected, {echo("from", from), name_slot("to", to)});
    auto const found = selection();
    if (!reading_.foreign_money.empty()) {
        say(Phrase::foreign_money, {name_slot("currency", view_.currency()), echo("echo", reading_.foreign_money)});
        s.pending = "price";
    }
    bool const nothing_known = s.constraints.empty() && scores_.empty() && s.order.empty();
    if (nothing_known && !s.free_text.empty()) {
        auto const words = s.free_text;
        s.free_text.clear();
        popular(Phrase::not_understood, {echo("echo", words)});
        return;
    }
    if (found.full.empty()) { explain_relaxation(found); return; }
    // Words that no product here bears out are named, not swallowed.
    if (!s.free_text.empty() && scorer_ && !reading_.free_text.empty() && std::none_of(found.full.begin(), found.full.end(), [&](Pick const& pick) { return scores_.contains(pick.product); })) {
        say(Phrase::words_unknown, {echo("echo", s.free_text)});
        s.free_text.clear();
    }
    s.seen.clear();
    if (nothing_known) say(Phrase::all_goods);
    else if (auto const needs = needs_text(); !needs.empty()) {
        auto const phrase = found.full.size() == 1 ? Phrase::found_one : found.full.size() <= options_.picks ? Phrase::found_few : Phrase::found_many;
        say(phrase, {count(found.full.size()), echo("needs", needs)});
    }
    if (s.order == "price_up") say(Phrase::sorted_cheapest);
    show(found, 0);
    if (s.pending != "price") offer_question(found.full);
}

void TurnMaker::show(Selection const& found, std::size_t from) {
    std::vector<Pick> page;
    for (std::size_t i = from; i < found.full.size() && page.size() < options_.picks; ++i) page.push_back(found.full[i]);
    cards(page);
}

void TurnMaker::more() {
    auto& s = state();
    understood();
    auto const found = selection();
    if (found.full.empty()) { explain_relaxation(found); return; }
    std::vector<Pick> page;
    for (auto const& pick : found.full) {
        if (page.size() >= options_.picks) break;
        if (std::find(s.seen.begin(), s.seen.end(), view_[pick.product].data.product_id) == s.seen.end()) page.push_back(pick);
    }
    if (page.empty()) {
        say(Phrase::no_more, {echo("needs", needs_text())});
        s.seen.clear();
        show(found, 0);
        return;
    }
    say(Phrase::more);
    cards(page);
}

void TurnMaker::explain_relaxation(Selection const& found) {
    auto& s = state();
    auto const& constraints = s.constraints;
    std::vector<std::string> unknown, without;
    for (auto c : found.dropped) {
        auto const& constraint = constraints[c];
        auto const condition = resolve(constraint, view_.words());
        bool const no_data = (constraint.kind == ConstraintKind::number && condition.attribute < 0) || (constraint.kind == ConstraintKind::value && condition.pairs.empty());
        (no_data ? unknown : without).push_back(constraint.label(locale_));
    }
    auto const join = [&](std::vector<std::string> const& list) { std::string out; for (auto const& t : list) out += (out.empty() ? "" : locale_ == Locale::zh ? "、" : ", ") + t; return out; };
    if (found.relaxed.empty()) { say(Phrase::nothing_on_sale); return; }
    auto const& nearest = found.relaxed.front();
    if (!unknown.empty()) say(Phrase::relaxed_unknown, {echo("wanted", join(unknown))});
    if (found.dropped.size() == 1 && !without.empty()) {
        auto const& constraint = constraints[found.dropped.front()];
        auto const condition = resolve(constraint, view_.words());
        auto const& product = view_[nearest.product].data;
        auto const* v = constraint.kind == ConstraintKind::number ? view_.value_of(nearest.product, nearest.variant, condition.attribute) : nullptr;
        if (comparative_ && (constraint.kind == ConstraintKind::price || constraint.kind == ConstraintKind::number)) say(Phrase::comparative_limit, {echo("wanted", constraint.label(locale_))});
        else if (v) say(Phrase::relaxed_nearest, {echo("wanted", constraint.label(locale_)), {"nearest", view_.value_text(*v, locale_), FactKind::attribute, product.product_id, "", constraint.attribute}});
        else if (constraint.kind == ConstraintKind::price) say(Phrase::relaxed_nearest, {echo("wanted", constraint.label(locale_)), {"nearest", format_money(view_[nearest.product].variants[nearest.variant].price_minor, view_.currency(), locale_), FactKind::price, product.product_id, product.variants[nearest.variant].sku}});
        else if (constraint.kind == ConstraintKind::category) say(Phrase::none_category, {echo("wanted", constraint.label(locale_))});
        else say(Phrase::relaxed_without, {echo("wanted", constraint.label(locale_))});
    } else if (!without.empty()) say(Phrase::relaxed_without, {echo("wanted", join(without))});
    s.seen.clear();
    std::vector<Pick> page(found.relaxed.begin(), found.relaxed.begin() + static_cast<std::ptrdiff_t>(std::min(options_.picks, found.relaxed.size())));
    cards(page);
    offer_relaxations();
    // A limit that only compared ("cheaper still") and cannot be met would stand in the way of every further turn.
    if (comparative_)
        for (auto i = found.dropped.rbegin(); i != found.dropped.rend(); ++i)
            if (s.constraints[*i].said.empty()) s.constraints.erase(s.constraints.begin() + static_cast<std::ptrdiff_t>(*i));
}

void TurnMaker::offer_question(std::span<Pick const> candidates) {
    auto& s = state();
    if (s.questions >= options_.most_questions || !last_request_) return;
    auto const question = best_question(view_, candidates, s.asked, s.constraints);
    if (!question) return;
    auto const zh = locale_ == Locale::zh;
    Block block{.kind = BlockKind::question, .asks = question->about};
    Spoken spoken;
    if (question->about == "category") spoken.say(Phrase::ask_category, locale_, s.turn);
    else if (question->about == "price") spoken.say(Phrase::ask_price, locale_, s.turn);
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
    s.asked.push_back(question->about), s.pending = question->about, ++s.questions;
    send(std::move(block));
}

void TurnMaker::popular(Phrase phrase, std::vector<Slot> const& slots) {
    auto& s = state();
    say(phrase, slots);
    auto const kept = s.order;
    s.order = s.constraints.empty() ? "popular" : kept;
    auto const found = selection();
    s.order = kept;
    if (found.full.empty()) { explain_relaxation(found); return; }
    s.seen.clear();
    show(found, 0);
    if (phrase == Phrase::not_understood || phrase == Phrase::hello || phrase == Phrase::reset_done) offer_question(found.full);
}

int TurnMaker::attribute_of(Comparative::What what, std::span<Target const> of) const {
    using W = Comparative::What;
    static constexpr std::pair<W, std::string_view> stems[] = {{W::size, "length 长 capacity 容量 width 宽 height 高 diameter 口径 直径"}, {W::length, "length 长"}, {W::width, "width 宽"}, {W::height, "height 高"}, {W::weight, "weight 重"}, {W::capacity, "capacity 容量 volume"}, {W::power, "power 功率 brightness 亮度 lumen 流明"}, {W::endurance, "battery 续航 play 播放"}};
    std::string_view list;
    for (auto const& [stem_of, words] : stems)
        if (stem_of == what) list = words;
    for (std::size_t i = 0; i < list.size();) {
        auto const end = std::min(list.find(' ', i), list.size());
        auto const stem = surface_of(list.substr(i, end - i));
        i = end + 1;
        for (std::size_t a = 0; a < view_.words().attributes.size(); ++a) {
            auto const& info = view_.words().attributes[a];
            auto const label = surface_of(info.label.en) + U" " + surface_of(info.label.zh) + U" " + surface_of(info.name);
            if (info.numeric && label.find(stem) != label.npos && std::all_of(of.begin(), of.end(), [&](Target const& t) { return view_.value_of(t.product, t.variant, static_cast<int>(a)); })) return static_cast<int>(a);
        }
    }
    return -1;
}

void TurnMaker::apply_comparatives() {
    auto& s = state();
    if (reading_.comparatives.empty()) return;
    std::vector<Target> against;
    for (auto n : reading_.ordinals)
        if (n >= 1 && static_cast<std::size_t>(n) <= s.shown.size())
            if (auto const t = target_of_sku(s.shown[static_cast<std::size_t>(n - 1)])) against.push_back(*t);
    if (against.empty() && reading_.refers && !s.focus.empty())
        if (auto const p = view_.find(s.focus)) against.push_back({*p, 0});
    if (against.empty())
        for (auto const& sku : s.shown)
            if (auto const t = target_of_sku(sku)) against.push_back(*t);
    if (against.empty() && !s.focus.empty())
        if (auto const p = view_.find(s.focus)) against.push_back({*p, 0});
    if (against.empty()) {  // nothing to compare with: it is a taste
        if (reading_.comparatives.front().what == Comparative::What::price) s.order = reading_.comparatives.front().direction < 0 ? "price_up" : "price_down";
        return;
    }
    // A comparison is with goods of one kind.
    if (categories_in_force(s, view_.words()).empty())
        if (auto const c = view_[against.front().product].category; c >= 0) {
            auto const& info = view_.words().categories[static_cast<std::size_t>(c)];
            Constraint kind{.kind = ConstraintKind::category, .values = {{info.id, info.label.en, info.label.zh}}};
            write_labels(kind, view_.words(), view_.currency());
            s.constraints.push_back(std::move(kind));
        }
    for (auto const& comparative : reading_.comparatives) {
        Constraint c;
        double edge = comparative.direction < 0 ? infinity : -infinity;
        auto const take = [&](double value) { edge = comparative.direction < 0 ? std::min(edge, value) : std::max(edge, value); };
        if (comparative.what == Comparative::What::price) {
            c.kind = ConstraintKind::price;
            for (auto const& t : against) take(static_cast<double>(view_[t.product].variants[t.variant].price_minor));
            (comparative.direction < 0 ? c.max : c.min) = edge + comparative.direction;
            s.order = comparative.direction < 0 ? "" : s.order;
        } else {
            int const attribute = attribute_of(comparative.what, against);
            if (attribute < 0) continue;
            c.kind = ConstraintKind::number, c.attribute = view_.words().attributes[static_cast<std::size_t>(attribute)].name;
            for (auto const& t : against) take(view_.value_of(t.product, t.variant, attribute)->number);
            (comparative.direction < 0 ? c.max : c.min) = edge * (1 + 1e-9 * comparative.direction) + comparative.direction * 1e-6;
        }
        std::erase_if(s.constraints, [&](Constraint const& k) {
            if (k.kind != c.kind || k.attribute != c.attribute) return false;
            // The other end of an earlier limit still holds: "cheaper" under a floor of 100.
            if (!c.min && k.min && *k.min <= *c.max) c.min = k.min;
            if (!c.max && k.max && *k.max >= *c.min) c.max = k.max;
            return true;
        });
        write_labels(c, view_.words(), view_.currency());
        s.constraints.push_back(std::move(c));
        comparative_ = true;
    }
}

void TurnMaker::say(Phrase phrase, std::vector<Slot> const& slots) {
    Spoken spoken;
    spoken.say(phrase, locale_, state().turn, slots);
    text(std::move(spoken));
}

void TurnMaker::text(Spoken spoken) {
    if (spoken.text.empty()) return;
    send({.kind = BlockKind::text, .text = std::move(spoken.text), .facts = std::move(spoken.facts)});
}

void TurnMaker::cards(std::vector<Pick> const& picks) {
    auto& s = state();
    CardContext context{.constraints = s.constraints};
    std::vector<double> popularity;
    for (std::size_t p = 0; p < view_.size(); ++p) popularity.push_back(view_[p].standing.popularity);
    if (popularity.size() >= 20) {
        auto const at = popularity.begin() + static_cast<std::ptrdiff_t>(popularity.size() * 95 / 100);
        std::nth_element(popularity.begin(), at, popularity.end());
        context.popular = std::max(*at, 1.0);
    }
    Block block{.kind = BlockKind::cards};
    s.shown.clear();
    for (auto const& pick : picks) {
        block.cards.push_back(make_card(view_, pick, locale_, context));
        s.shown.push_back(block.cards.back().sku);
        s.seen.push_back(block.cards.back().product_id);
    }
    if (s.seen.size() > 200) s.seen.erase(s.seen.begin(), s.seen.end() - 200);
    if (picks.size() == 1) s.focus = view_[picks.front().product].data.product_id;
    else if (input_.product_id.empty()) s.focus.clear();
    out_.grounds.constraints = s.constraints;
    send(std::move(block));
}

void TurnMaker::send(Block block) {
    auto grounds = out_.grounds;
    grounds.constraints = state().constraints;
    auto found = breaches(block, view_, grounds);
    if (!found.empty()) {
        out_.withheld.insert(out_.withheld.end(), found.begin(), found.end());
        if (block.kind != BlockKind::cards && block.kind != BlockKind::comparison) return;
        // Leave out the cards that are not so and keep the others.
        std::vector<Card> good;
        for (auto& card : block.cards)
            if (breaches({.kind = BlockKind::cards, .cards = {card}}, view_, grounds).empty()) good.push_back(std::move(card));
        if (good.empty() || block.kind == BlockKind::comparison) return;
        block.cards = std::move(good), block.text.clear(), block.facts.clear();
    }
    if (emit_.block) emit_.block(block);
    out_.blocks.push_back(std::move(block));
}

}  // namespace kindling::dialogue
