// modules/dialogue/errands.cpp -- what the guide does for a shopper beside finding: basket, checkout, orders, policies, a person.
#include "core/money.h"
#include "core/utf8.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/turn.h"
#include <algorithm>
#include <functional>

namespace kindling::dialogue {
namespace {

// A policy written as several paragraphs, a question and its answer each: the one or two that share most pairs of characters with what
// was asked. A policy of one or two paragraphs is quoted whole; so is any when nothing is shared.
std::string nearest_part(std::string const& policy, std::string_view question) {
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < policy.size();) {
        auto const end = std::min(policy.find("\n\n", i), policy.size());
        if (end > i) parts.push_back(policy.substr(i, end - i));
        i = end + 2;
    }
    if (parts.size() <= 2) return policy;
    auto const asked = surface_of(question);
    std::vector<std::pair<double, std::size_t>> scores;
    for (std::size_t p = 0; p < parts.size(); ++p) {
        auto const text = surface_of(parts[p]);
        auto const heading = surface_of(std::string_view(parts[p]).substr(0, parts[p].find('\n')));
        double score = 0;
        for (std::size_t i = 0; i < asked.size(); ++i) {
            auto const pair = std::u32string_view(asked).substr(i, 2);
            if (pair.size() == 2 && is_han(pair[0]) && is_han(pair[1])) {
                static constexpr std::u32string_view asking[] = {U"怎么", U"么办", U"什么", U"可以", U"不可", U"能不", U"多少"};
                if (std::ranges::find(asking, pair) != std::end(asking)) continue;
                if (heading.find(pair) != heading.npos) score += 3;
                if (text.find(pair) != text.npos) score += 1;
                continue;
            }
            // Latin words by their first four letters, so that "ship" is in "shipping".
            if (!cues::letter(asked[i]) || (i > 0 && cues::letter(asked[i - 1]))) continue;
            auto end = i;
            while (end < asked.size() && cues::letter(asked[end])) ++end;
            auto const word = std::u32string_view(asked).substr(i, end - i);
            static constexpr std::u32string_view dull[] = {U"the", U"and", U"you", U"your", U"can", U"what", U"does", U"when", U"for", U"are", U"with", U"how", U"doesn", U"have", U"this", U"that"};
            if (word.size() < 3 || std::ranges::find(dull, word) != std::end(dull)) continue;
            auto const stem = U" " + std::u32string(word.substr(0, 4));
            if ((U" " + heading).find(stem) != std::u32string::npos) score += 9;
            if (text.find(stem) != text.npos) score += 3;
        }
        scores.emplace_back(-score, p);
    }
    std::sort(scores.begin(), scores.end());
    if (scores.front().first == 0) return policy;
    auto out = parts[scores[0].second];
    if (scores[1].first < 0.7 * scores[0].first) out += "\n\n" + parts[scores[1].second];
    return out;
}

}  // namespace

bool TurnMaker::put(Target t, std::int64_t quantity) {
    auto const& entry = view_[t.product];
    auto const& variant = entry.data.variants[t.variant];
    auto const title = Label{variant.title_en, variant.title_zh}.in(locale_);
    Slot const detail = title.empty() ? Slot{"variant", ""} : echo("variant", locale_ == Locale::zh ? "（" + title + "）" : " (" + title + ")");
    bool enough = entry.variants[t.variant].stock >= quantity;
    if (enough && ports_.basket) {
        auto const added = ports_.basket->add(out_.basket_id, variant.sku, quantity);
        enough = added.has_value();
    }
    if (!enough || !ports_.basket) {
        say(Phrase::not_in_stock, {title_slot(t.product), detail});
        auto& s = state();
        if (categories_in_force(s, view_.words()).empty() && entry.category >= 0) {
            auto const& c = view_.words().categories[static_cast<std::size_t>(entry.category)];
            Constraint kind{.kind = ConstraintKind::category, .values = {{c.id, c.label.en, c.label.zh}}};
            write_labels(kind, view_.words(), view_.currency());
            s.constraints.push_back(std::move(kind));
        }
        auto const found = selection();
        std::vector<Pick> page;
        auto const take = [&](std::vector<Pick> const& list) {
            for (auto const& pick : list)
                if (pick.product != t.product && view_[pick.product].variants[pick.variant].stock > 0 && page.size() < options_.picks) page.push_back(pick);
        };
        take(found.full);
        if (page.empty()) {  // of the same kind; what it misses is marked
            std::vector<Constraint> kind;
            for (auto const& c : s.constraints)
                if (c.kind == ConstraintKind::category || c.polarity == Polarity::avoid) kind.push_back(c);
            take(select(view_, kind, {}).full);
        }
        if (page.empty()) take(select(view_, {}, {}).full);
        cards(page);
        return false;
    }
    state().focus = entry.data.product_id, state().pending.clear();
    state().added = variant.sku, state().added_quantity = quantity, state().added_turn = state().turn;
    say(Phrase::added, {name_slot("quantity", std::to_string(quantity)), title_slot(t.product), detail});
    if (auto const lines = ports_.basket->lines(out_.basket_id)) send({.kind = BlockKind::basket, .basket = make_basket_view(view_, out_.basket_id, *lines, locale_)});
    offer_promotion();
    return true;
}

void TurnMaker::ask_variant(std::size_t product, std::vector<std::size_t> const& variants, std::string const& attribute) {
    auto& s = state();
    auto const index = view_.words().attribute_ids.at(attribute);
    Block block{.kind = BlockKind::question, .asks = attribute};
    Spoken spoken;
    if (!s.to_add.empty()) spoken.say(Phrase::ask_variant_of, locale_, s.turn, {title_slot(product), name_slot("attribute", view_.words().attributes[static_cast<std::size_t>(index)].label.in(locale_))});
    else spoken.say(Phrase::ask_variant, locale_, s.turn, {name_slot("attribute", view_.words().attributes[static_cast<std::size_t>(index)].label.in(locale_))});
    block.text = std::move(spoken.text), block.facts = std::move(spoken.facts);
    for (auto v : variants)
        if (auto const* value = view_.value_of(product, v, index)) {
            auto const label = view_.value_text(*value, locale_);
            if (std::none_of(block.chips.begin(), block.chips.end(), [&](Chip const& c) { return c.label == label; })) block.chips.push_back({label, label});
        }
    s.pending = "variant", s.focus = view_[product].data.product_id, s.quantity = reading_.quantity;
    send(std::move(block));
}

bool TurnMaker::is_size(int attribute) const {
    auto const& info = view_.words().attributes[static_cast<std::size_t>(attribute)];
    return info.name == "size" || info.label.en.find("ize") != std::string::npos || info.label.zh.find("码") != std::string::npos;
}

// A size is the shopper's to choose; a colour was on the card.
std::string TurnMaker::size_to_choose(Target t, std::vector<std::size_t> const& variants) const {
    if (variants.size() < 2) return {};
    for (auto const& v : view_[t.product].variants[variants.front()].values) {
        if (!is_size(v.attribute)) continue;
        if (std::any_of(variants.begin(), variants.end(), [&](std::size_t other) { auto const* value = view_.value_of(t.product, other, v.attribute); return value && value->value != v.value; })) return view_.words().attributes[static_cast<std::size_t>(v.attribute)].name;
    }
    return {};
}

// What is in stock of it, within what was said of it before where that is to be had.
std::vector<std::size_t> TurnMaker::buyable(Target t) const {
    auto const& s = state();
    auto const& entry = view_[t.product];
    auto wishes = s.constraints;
    for (std::size_t i = 0; i < s.slots.size() && s.slots.size() == s.shown.size(); ++i)
        if (s.shown[i] == entry.data.variants[t.variant].sku) wishes = slot_wishes(s.slots[i]).constraints;
    std::erase_if(wishes, [](Constraint const& c) { return c.soft || c.kind != ConstraintKind::value; });
    std::vector<std::size_t> all, wished;
    for (std::size_t v = 0; v < entry.variants.size(); ++v) {
        if (entry.variants[v].stock <= 0) continue;
        all.push_back(v);
        if (std::ranges::all_of(wishes, [&](Constraint const& c) { return holds(view_, t.product, v, resolve(c, view_.words())); })) wished.push_back(v);
    }
    return wished.empty() ? all : wished;
}

// The things of a set one after another; `said`: the values that were named for the first of them.
void TurnMaker::add_queued(std::vector<Constraint> said) {
    auto& s = state();
    for (; !s.to_add.empty(); said.clear()) {
        auto const t = target_of_sku(s.to_add.front());
        if (!t) { s.to_add.erase(s.to_add.begin()); continue; }
        // In the colour that was shown; the size is asked where there is one to choose.
        auto choice = buyable(*t);
        auto const& entry = view_[t->product];
        auto const alike = [&](std::size_t v) { return std::ranges::all_of(entry.variants[v].values, [&](AttributeValue const& a) {
            auto const* shown = view_.value_of(t->product, t->variant, a.attribute);
            return is_size(a.attribute) || !shown || shown->value == a.value;
        }); };
        auto const named = [&](std::size_t v) { return std::ranges::all_of(said, [&](Constraint const& c) { return holds(view_, t->product, v, resolve(c, view_.words())); }); };
        std::erase_if(choice, std::not_fn(alike));
        auto const all = choice;
        std::erase_if(choice, std::not_fn(named));
        if (choice.empty() && !said.empty()) say(Phrase::variant_gone, {title_slot(t->product)}), choice = all;
        reading_.quantity = std::max<std::int64_t>(1, s.quantity);
        if (auto const size = size_to_choose(*t, choice); !size.empty()) { ask_variant(t->product, choice, size); return; }
        s.to_add.erase(s.to_add.begin());
        auto const variant = choice.empty() || std::ranges::find(choice, t->variant) != choice.end() ? t->variant : choice.front();
        if (!put({t->product, variant}, reading_.quantity)) { s.to_add.clear(); return; }
    }
}

void TurnMaker::add_to_basket() {
    auto& s = state();
    std::vector<Target> about;
    if (reading_.ordinals.empty()) about = described();  // "the cheaper one, add it": of what was just shown or compared
    if (about.empty()) about = targets(6);
    if (about.empty() && !s.slots.empty())  // of a set: "add it to my basket"
        for (auto const& sku : s.shown)
            if (auto const t = target_of_sku(sku)) about.push_back(*t);
    if (about.size() > 1 && std::ranges::none_of(reading_.constraints, [](Constraint const& c) { return c.kind == ConstraintKind::value; })) {
        s.to_add.clear(), s.quantity = std::max<std::int64_t>(1, reading_.quantity);
        // First what leaves nothing to choose, so that it is in the basket whatever becomes of the questions.
        std::vector<std::string> later;
        for (auto const& t : about) {
            (size_to_choose(t, buyable(t)).empty() ? s.to_add : later).push_back(view_[t.product].data.variants[t.variant].sku);
        }
        s.to_add.insert(s.to_add.end(), later.begin(), later.end());
        add_queued({});
        return;
    }
    if (about.empty() && !s.focus.empty())
        if (auto const p = view_.find(s.focus)) about.push_back({*p, 0});
    if (about.empty()) {
        if (s.shown.empty()) { remember(s, reading_, view_); find(); return; }
        say(Phrase::ask_which);
        Block block{.kind = BlockKind::cards};
        for (auto const& sku : s.shown)
            if (auto const t = target_of_sku(sku)) block.cards.push_back(make_card(view_, {t->product, t->variant}, locale_, {.constraints = s.constraints}));
        send(std::move(block));
        return;
    }
    // "Does it come in 43?" "Add it": in 43, if it does.
    if (about.size() == 1 && !s.asked_variant.empty() && s.focus == view_[about.front().product].data.product_id && std::ranges::none_of(reading_.constraints, [](Constraint const& c) { return c.kind == ConstraintKind::value; })) {
        auto const all_hold = [&](std::size_t v) { return std::ranges::all_of(s.asked_variant, [&](Constraint const& c) { return holds(view_, about.front().product, v, resolve(c, view_.words())); }); };
        for (std::size_t v = 0; v < view_[about.front().product].variants.size(); ++v)
            if (all_hold(v)) { reading_.constraints.insert(reading_.constraints.end(), s.asked_variant.begin(), s.asked_variant.end()); break; }
    }
    s.asked_variant.clear();
    for (auto const& t : about) {
        auto const& entry = view_[t.product];
        // The variant: what is said now decides, then what was said before, then what the card showed.
        std::vector<std::size_t> fitting;
        for (int pass = 0; pass < 2 && fitting.empty(); ++pass)
            for (std::size_t v = 0; v < entry.variants.size(); ++v) {
                bool fits = true;
                for (auto const& c : reading_.constraints)
                    if (c.kind == ConstraintKind::value) fits = fits && holds(view_, t.product, v, resolve(c, view_.words()));
                if (pass == 0)
                    for (auto const& c : s.constraints)
                        if (!c.soft && (c.kind == ConstraintKind::value || c.kind == ConstraintKind::price)) fits = fits && holds(view_, t.product, v, resolve(c, view_.words()));
                if (fits) fitting.push_back(v);
            }
        if (fitting.empty()) {
            auto const card = make_card(view_, {t.product, t.variant}, locale_, {.constraints = s.constraints});
            say(Phrase::variant_gone, {title_slot(t.product)});
            for (auto const& c : reading_.constraints)
                if (c.kind == ConstraintKind::value && !c.values.empty() && view_.words().attribute_ids.contains(c.values.front().attribute)) {
                    std::vector<std::size_t> all(entry.variants.size());
                    for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
                    ask_variant(t.product, all, c.values.front().attribute);
                    return;
                }
            send({.kind = BlockKind::cards, .cards = {card}});
            return;
        }
        std::vector<std::size_t> in_stock;
        for (auto v : fitting)
            if (entry.variants[v].stock >= reading_.quantity) in_stock.push_back(v);
        auto const& choice = in_stock.empty() ? fitting : in_stock;
        if (about.size() == 1)
            if (auto const size = size_to_choose(t, choice); !size.empty()) { ask_variant(t.product, choice, size); return; }
        auto const shown = std::find(choice.begin(), choice.end(), t.variant);
        if (!put({t.product, shown != choice.end() ? t.variant : choice.front()}, std::max<std::int64_t>(1, reading_.quantity))) return;
    }
}

void TurnMaker::show_basket(Phrase full, Phrase empty) {
    std::vector<Basket::Line> lines;
    if (ports_.basket && !out_.basket_id.empty())
        if (auto found = ports_.basket->lines(out_.basket_id)) lines = std::move(*found);
    if (lines.empty()) { popular(empty); return; }
    say(full);
    send({.kind = BlockKind::basket, .basket = make_basket_view(view_, out_.basket_id, lines, locale_)});
}

void TurnMaker::remove_from_basket() {
    std::vector<Basket::Line> lines;
    if (ports_.basket && !out_.basket_id.empty())
        if (auto found = ports_.basket->lines(out_.basket_id)) lines = std::move(*found);
    if (lines.empty()) { popular(Phrase::basket_empty); return; }
    std::string sku;  // empty: everything
    bool const everything = text_.find("清空") != std::string::npos || text_.find("empty") != std::string::npos || text_.find("clear") != std::string::npos;
    if (!everything) {
        auto const& named = reading_.ordinals.empty() ? reading_.refused : reading_.ordinals;
        auto const n = named.empty() ? lines.size() : static_cast<std::size_t>(std::clamp<std::int64_t>(named.front(), 1, static_cast<std::int64_t>(lines.size())));
        sku = lines[n - 1].sku;
    }
    if (auto const removed = ports_.basket->remove(out_.basket_id, sku); !removed) { out_.needs_person = true; person(); return; }
    show_basket(Phrase::removed, Phrase::basket_empty);
}

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
            reading_.constraints.insert(reading_.constraints.end(), said.constraints.begin(), said.constraints.end());
        }
        go_on_with_errand(order);
    };
    if (!reading_.order_number.empty()) s.order_number = reading_.order_number;
    if (!ports_.orders) { person(); return; }
    bool const has_none = reading_.order_number.empty() && cues::has(surface_of(text_), U"订单号找不到 订单号没了 订单号丢了 订单号忘 没有订单号 没订单号 忘了订单号 找不到订单号 不记得订单号 不知道订单号 don't_have_the_order dont_have_the_order don't_have_an_order dont_have_an_order no_order_number lost_the_order don't_know_the_order dont_know_the_order don't_remember_the_order can't_find_the_order forgot_the_order");
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

void TurnMaker::policy() {
    auto topics = reading_.topics;
    if (topics.empty()) topics.push_back(reading_.topic);
    std::vector<std::string> said;
    for (std::size_t i = 0; i < std::min<std::size_t>(3, topics.size()); ++i) policy_on(topics[i], said);
    if (topics.size() > 1) out_.topic = reading_.topic;
}

void TurnMaker::policy_on(std::string const& topic, std::vector<std::string>& said) {
    if (topic == "coupon" && tell_promotions()) return;
    out_.topic = topic.empty() ? "policy" : topic;
    std::optional<std::string> words;
    if (ports_.knowledge) words = ports_.knowledge->policy(out_.topic, locale_);
    if (words && !words->empty()) {
        *words = nearest_part(*words, text_);
        if (std::ranges::find(said, *words) != said.end()) return;
        said.push_back(*words);
        out_.grounds.echoes.push_back(*words);
        say(Phrase::policy_is, {{"policy", *words, FactKind::policy}});
        return;
    }
    if (topic == "coupon" && ports_.promotions && ports_.promotions->running(out_.basket_id)) { say(Phrase::promotion_none); return; }
    out_.needs_person = true;
    say(Phrase::policy_unknown);
}

void TurnMaker::person() {
    out_.needs_person = true;
    if (out_.topic.empty()) out_.topic = "person";
    say(Phrase::person);
}

}  // namespace kindling::dialogue
