// modules/dialogue/details.cpp -- answers about particular products: facts, comparison, reasons. All of it read from the snapshot;
// what the data does not say is said to be unknown.
#include "core/money.h"
#include "core/utf8.h"
#include "engines/text/analysis/normalise.h"
#include "modules/dialogue/goods_question.h"
#include "modules/dialogue/trade_off.h"
#include "modules/dialogue/turn.h"
#include <algorithm>
#include <cmath>

namespace kindling::dialogue {

std::optional<TurnMaker::Target> TurnMaker::target_of_sku(std::string const& sku) const {
    auto const found = view_.find_sku(sku);
    return found ? std::optional(Target{found->first, found->second}) : std::nullopt;
}

void TurnMaker::or_in_focus(std::vector<Target>& about) const {
    if (!about.empty() || state().focus.empty()) return;
    if (auto const p = view_.find(state().focus)) about.push_back({*p, 0});
}

std::vector<TurnMaker::Target> TurnMaker::targets(std::size_t most) const {
    std::vector<Target> out;
    auto const& s = state();
    for (auto n : reading_.ordinals)
        if (n >= 1 && static_cast<std::size_t>(n) <= s.shown.size() && out.size() < most)
            if (auto const t = target_of_sku(s.shown[static_cast<std::size_t>(n - 1)])) out.push_back(*t);
    if (out.empty() && !s.focus.empty() && (reading_.refers || s.shown.size() <= 1 || !input_.product_id.empty()))
        if (auto const p = view_.find(s.focus)) out.push_back({*p, 0});
    if (out.empty() && s.shown.size() == 1)
        if (auto const t = target_of_sku(s.shown.front())) out.push_back(*t);
    return out;
}

bool TurnMaker::out_of_reach() {
    auto const& s = state();
    static constexpr Intent pointing[] = {Intent::ask_fact, Intent::ask_opinion, Intent::why, Intent::compare, Intent::add_to_basket, Intent::watch, Intent::price_history, Intent::size_help};
    // Of a single one "the second" can only be that one, and that is said.
    if (s.shown.size() == 1 && reading_.ordinals.size() == 1 && (reading_.intent == Intent::ask_fact || (reading_.intent == Intent::find && asks_in_view(surface_of(text_), true)))) {
        if (reading_.ordinals.front() > 1) say(Phrase::only_one), reading_.ordinals = {1};
        return false;
    }
    if (reading_.ordinals.empty() || s.shown.empty() || std::ranges::find(pointing, reading_.intent) == std::end(pointing)) return false;
    auto const beyond = [&](int n) { return n > static_cast<int>(s.shown.size()); };
    if (reading_.intent == Intent::compare ? std::ranges::none_of(reading_.ordinals, beyond) : !std::ranges::all_of(reading_.ordinals, beyond)) return false;
    std::vector<Pick> page;
    for (auto const& sku : s.shown)
        if (auto const t = target_of_sku(sku)) page.push_back({t->product, t->variant});
    if (page.empty()) return false;
    out_.topic = "fact";
    say(Phrase::shown_only, {count(page.size())});
    Block block{.kind = BlockKind::cards};
    for (auto const& pick : page) block.cards.push_back(make_card(view_, pick, locale_, {.constraints = s.constraints}));
    send(std::move(block));
    return true;
}

std::string TurnMaker::distinct_values(std::size_t product, int attribute, WrittenUnit const* unit) const {
    std::vector<std::string> seen;
    auto const take = [&](AttributeValue const& v) {
        if (v.attribute != attribute) return;
        if (auto text = unit && std::isfinite(v.number) ? amount_in(v.number, *unit, locale_) : view_.value_text(v, locale_); !text.empty() && std::find(seen.begin(), seen.end(), text) == seen.end()) seen.push_back(std::move(text));
    };
    for (auto const& variant : view_[product].variants)
        for (auto const& v : variant.values) take(v);
    for (auto const& v : view_[product].values) take(v);
    std::string out;
    for (auto const& text : seen) out += (out.empty() ? "" : locale_ == Locale::zh ? "、" : ", ") + text;
    return out;
}

void TurnMaker::answer_fact() {
    auto& s = state();
    std::vector<Target> about;
    if (reading_.points && reading_.ordinals.empty()) about = described();
    if (about.empty()) about = targets(3);
    // The focus is cleared by every new list: one of this list has been spoken of.
    or_in_focus(about);
    if (about.empty())
        for (auto const& sku : s.shown)
            if (auto const t = target_of_sku(sku); t && about.size() < 4) about.push_back(*t);
    if (about.empty()) {
        // No product to speak of: the question is a wish ("有防水的吗").
        remember(s, reading_, view_);
        find();
        return;
    }
    answer_about(about);
}

void TurnMaker::answer_about(std::vector<Target> const& about) {
    auto& s = state();
    Spoken spoken;
    bool unknown = false;
    std::size_t untold = 0;
    // Of several those that tell nothing are told of once, at the end.
    bool const once = about.size() > 1 && reading_.topic.empty() && reading_.asked_attributes.size() + reading_.constraints.size() < 2;
    for (auto const& t : about) {
        bool silent = false;
        auto const before = spoken;
        fact_about(t, spoken, silent);
        if (silent && once) spoken = before;
        untold += silent, unknown = unknown || silent;
    }
    if (once && untold == about.size()) say_silent({}, about.size(), question_of_goods(surface_of(text_)), spoken);
    else if (once && untold > 0) spoken.say(Phrase::others_unknown, locale_, s.turn, {count(untold)});
    s.asked_variant.clear();
    if (about.size() == 1) {
        s.focus = view_[about.front().product].data.product_id;
        for (auto const& c : reading_.constraints)
            if (c.kind == ConstraintKind::value && c.polarity == Polarity::want) s.asked_variant.push_back(c);
    }
    text(std::move(spoken));
    out_.needs_person = out_.needs_person || unknown;
    // Keep the list, so that "the second one" still means what it meant.
    auto const shown = s.shown;
    Block block{.kind = BlockKind::cards};
    for (auto const& t : about) block.cards.push_back(make_card(view_, {t.product, t.variant}, locale_, {.constraints = s.constraints}));
    send(std::move(block));
    if (!shown.empty()) s.shown = shown;
    else if (about.size() == 1) s.shown = {view_[about.front().product].data.variants[about.front().variant].sku};
}

void TurnMaker::fact_about(Target t, Spoken& spoken, bool& unknown) {
    auto const& entry = view_[t.product];
    auto const& id = entry.data.product_id;
    auto const title = title_slot(t.product);
    auto const turn = state().turn;
    bool said = false;
    auto const zh = locale_ == Locale::zh;
    auto asked = question_of_goods(surface_of(text_));
    if (!asks(surface_of(text_))) asked.words.clear();   // "tell me about the second one" asks of nothing in particular
    auto const stock_slot = [&] { return Slot{"stock", entry.stock > 0 ? (zh ? "有货" : "in stock") : (zh ? "暂时缺货" : "out of stock"), FactKind::stock, id}; };
    if (reading_.topic == "price") {
        Slot const low{"price", format_money(entry.price_from, view_.currency(), locale_), FactKind::price, id}, high{"price_to", format_money(entry.price_to, view_.currency(), locale_), FactKind::price, id};
        spoken.say(entry.price_from == entry.price_to ? Phrase::fact_price : Phrase::fact_price_range, locale_, turn, {title, low, high});
        said = true;
    }
    if (reading_.topic == "stock") spoken.say(Phrase::fact_in_stock, locale_, turn, {title, stock_slot()}), said = true;
    std::vector<std::string> done;
    for (auto const& name : reading_.asked_attributes) {
        if (std::find(done.begin(), done.end(), name) != done.end()) continue;
        done.push_back(name);
        auto const found = view_.words().attribute_ids.find(name);
        if (found == view_.words().attribute_ids.end()) continue;
        auto const values = distinct_values(t.product, found->second);
        if (values.empty()) continue;
        spoken.say(Phrase::fact_value, locale_, turn, {title, name_slot("attribute", view_.words().attributes[static_cast<std::size_t>(found->second)].label.in(locale_)), {"value", values, FactKind::attribute, id, "", name}});
        said = true;
    }
    std::vector<std::u32string> unheld;   // values that no field of it is about
    for (auto const& c : reading_.constraints) {
        if (c.kind != ConstraintKind::value) continue;
        auto wanted = c;
        wanted.polarity = Polarity::want;
        auto const condition = resolve(wanted, view_.words());
        std::optional<std::pair<int, int>> hit;
        for (std::size_t v = 0; v < entry.variants.size() && !hit; ++v)
            for (auto const& pair : condition.pairs)
                if (auto const* value = view_.value_of(t.product, v, pair.first); value && value->value == pair.second) { hit = pair; break; }
        std::string attribute;
        if (hit) attribute = view_.words().attributes[static_cast<std::size_t>(hit->first)].name;
        else
            for (auto const& pair : condition.pairs)
                if (!distinct_values(t.product, pair.first).empty()) { attribute = view_.words().attributes[static_cast<std::size_t>(pair.first)].name; break; }
        if (attribute.empty()) unheld.push_back(surface_of(c.said));
        else {
            auto const index = view_.words().attribute_ids.at(attribute);
            bool const meets = hit.has_value() != (c.polarity == Polarity::avoid);   // of an age it is asked what does not suit it
            spoken.say(meets ? Phrase::fact_has : Phrase::fact_has_not_but, locale_, turn, {title, name_slot("attribute", view_.words().attributes[static_cast<std::size_t>(index)].label.in(locale_)), {"value", distinct_values(t.product, index), FactKind::attribute, id, "", attribute}});
            said = true;
        }
    }
    // What a field told is told; beside a price or the stock only what is asked for beside it ("how much is it and how many pages").
    bool const told = said && reading_.topic.empty(), beside = reading_.topic.empty() || cues::has(surface_of(text_), U"and also plus , ， 和 还有 以及");
    if (!told && beside)
        for (auto at = asked.things.begin(); at != asked.things.end();) {
            bool const now = tell_thing(t, **at, spoken);
            said = said || now;
            at = now ? asked.things.erase(at) : at + 1;
        }
    if (!told && beside && said && !asked.things.empty()) say_silent(t, 1, asked, spoken);   // what else was asked for, and is not told
    if (!said && !unheld.empty()) {
        for (auto const& word : unheld) said = tell_words(t, std::span(&word, 1), spoken) || said;
        if (!said) { say_silent(t, 1, asked, spoken), unknown = true; return; }
    }
    if (!said && asked.things.empty()) said = tell_words(t, asked.words, spoken);
    if (!said)
        for (auto const& word : reading_.asked_words) {
            std::u32string const one[] = {surface_of(word)};
            if (asked.words.size() < 2 && tell_words(t, one, spoken)) { said = true; break; }
        }
    if (said) return;
    if (reading_.asked_attributes.empty() && reading_.asked_words.empty() && asked.empty()) {
        // Just pointed at: price and stock are what everybody wants to know.
        Slot const low{"price", format_money(entry.variants[t.variant].price_minor, view_.currency(), locale_), FactKind::price, id, entry.data.variants[t.variant].sku};
        spoken.say(Phrase::fact_price, locale_, turn, {title, low});
        spoken.say(Phrase::fact_in_stock, locale_, turn, {title, stock_slot()});
        return;
    }
    say_silent(t, 1, asked, spoken);
    unknown = true;
}

void TurnMaker::compare() {
    auto& s = state();
    auto about = targets(4);
    if (about.size() < 2 && reading_.ordinals.empty())
        if (auto each = described_each(); !each.empty()) about = std::move(each);
    std::vector<std::string> missing;
    if (about.size() < 2 && reading_.ordinals.empty())
        if (auto named = named_apart(missing); !named.empty()) {
            for (auto const& name : missing) say(Phrase::named_missing, {echo("echo", name)});
            s.focus = view_[named.front().product].data.product_id;
            if (named.size() == 1) {   // with nothing to compare it with
                tell_apart(named);
                auto const shown = s.shown;
                send({.kind = BlockKind::cards, .cards = {make_card(view_, {named.front().product, named.front().variant}, locale_, {.constraints = s.constraints})}});
                s.shown = shown;
                return;
            }
            about = std::move(named);
        }
    if (about.size() < 2 && reading_.ordinals.empty()) {
        auto apart = described_apart();
        bool const same = apart.size() > 1 && std::ranges::all_of(apart, [&](Target const& t) { return t.product == apart.front().product; });
        if (same) {  // "the cheapest and the best rated": it is both
            say(Phrase::compare_one, {title_slot(apart.front().product)});
            s.focus = view_[apart.front().product].data.product_id;
            auto const shown = s.shown;
            send({.kind = BlockKind::cards, .cards = {make_card(view_, {apart.front().product, apart.front().variant}, locale_, {.constraints = s.constraints})}});
            s.shown = shown;
            return;
        }
        for (auto const& t : apart)
            if (about.size() < 4 && std::ranges::none_of(about, [&](Target const& a) { return a.product == t.product; })) about.push_back(t);
    }
    if (about.size() == 1 && !s.focus.empty() && view_.find(s.focus) && *view_.find(s.focus) != about.front().product) about.push_back({*view_.find(s.focus), 0});
    for (auto const& sku : s.shown)
        if (auto const t = target_of_sku(sku); t && about.size() < 2 && std::ranges::none_of(about, [&](Target const& a) { return a.product == t->product; })) about.push_back(*t);
    if (about.size() < 2) {
        auto const nothing_named = reading_.constraints.empty();
        if (!nothing_named) remember(s, reading_, view_);
        if (nothing_named && s.shown.empty() && s.constraints.empty()) { popular(Phrase::compare_need_two); return; }
        // "Compare your two cheapest kettles": the first two of what was asked for.
        if (auto const found = selection(); !nothing_named && found.full.size() > 1)
            for (std::size_t i = 0; i < 2; ++i) about.push_back({found.full[i].product, found.full[i].variant});
    }
    if (about.size() < 2) {
        say(Phrase::compare_need_two);
        find();
        return;
    }
    Block block{.kind = BlockKind::comparison};
    for (auto const& t : about) block.cards.push_back(make_card(view_, {t.product, t.variant}, locale_, {.constraints = s.constraints}));
    auto const zh = locale_ == Locale::zh;
    auto const add = [&](std::string label, std::string attribute, std::vector<std::string> values) {
        if (std::all_of(values.begin(), values.end(), [](std::string const& v) { return v.empty(); })) return;
        bool const differs = std::any_of(values.begin(), values.end(), [&](std::string const& v) { return v != values.front(); });
        block.rows.push_back({std::move(label), std::move(values), std::move(attribute), differs});
    };
    std::vector<std::string> prices, ratings, brands, returned;
    for (std::size_t i = 0; i < about.size(); ++i) {
        auto const& entry = view_[about[i].product];
        prices.push_back(block.cards[i].price_text);
        ratings.push_back(entry.standing.reviews > 0 ? plain_number(entry.standing.rating) : "");
        returned.push_back(returned_text(entry.standing, locale_));
        brands.push_back(Label{entry.data.brand, entry.data.brand_zh}.in(locale_));
    }
    add(zh ? "价格" : "Price", "price", prices), add(zh ? "评分" : "Rating", "rating", ratings), add(zh ? "品牌" : "Brand", "brand", brands), add(zh ? "退回" : "Sent back", "returns", returned);
    for (std::size_t a = 0; a < view_.words().attributes.size(); ++a) {
        std::vector<double> amounts;
        auto const take = [&](AttributeValue const& v) {
            if (v.attribute == static_cast<int>(a) && std::isfinite(v.number)) amounts.push_back(v.number);
        };
        bool one_each = true;   // several of one product stand as they are
        for (auto const& t : about) {
            auto const before = amounts.size();
            for (auto const& v : view_[t.product].values) take(v);
            for (auto const& variant : view_[t.product].variants) std::ranges::for_each(variant.values, take);
            one_each = one_each && std::all_of(amounts.begin() + static_cast<std::ptrdiff_t>(before), amounts.end(), [&](double v) { return v == amounts[before]; });
        }
        auto const unit = one_each ? one_unit(amounts, view_.words().attributes[a], locale_) : std::nullopt;
        std::vector<std::string> values;
        for (auto const& t : about) values.push_back(distinct_values(t.product, static_cast<int>(a), unit ? &*unit : nullptr));
        add(view_.words().attributes[a].label.in(locale_), view_.words().attributes[a].name, std::move(values));
    }
    std::stable_sort(block.rows.begin(), block.rows.end(), [](ComparisonRow const& a, ComparisonRow const& b) { return a.differs > b.differs; });
    Spoken spoken;
    spoken.say(Phrase::compare_intro, locale_, s.turn);
    auto const price = [&](std::size_t i) { return block.cards[i].price_minor; };
    std::size_t cheapest = 0, best = 0;
    for (std::size_t i = 1; i < about.size(); ++i) {
        if (price(i) < price(cheapest)) cheapest = i;
        if (view_[about[i].product].standing.rating > view_[about[best].product].standing.rating) best = i;
    }
    bool const all_same = std::all_of(block.cards.begin(), block.cards.end(), [&](Card const& c) { return c.price_minor == price(0); });
    Slot const amount{"price", block.cards[cheapest].price_text, FactKind::price, block.cards[cheapest].product_id, block.cards[cheapest].sku};
    spoken.say(all_same ? Phrase::compare_same_price : Phrase::compare_cheaper, locale_, s.turn, {title_slot(about[cheapest].product), amount});
    auto const& top = view_[about[best].product].standing;
    if (top.reviews > 0 && std::any_of(about.begin(), about.end(), [&](Target const& t) { return view_[t.product].standing.rating < top.rating; }))
        spoken.say(Phrase::compare_rating, locale_, s.turn, {title_slot(about[best].product), {"rating", plain_number(top.rating), FactKind::rating, view_[about[best].product].data.product_id}});
    block.text = std::move(spoken.text), block.facts = std::move(spoken.facts);
    s.compared.clear();
    for (auto const& card : block.cards) s.compared.push_back(card.sku);
    static constexpr std::string_view of_any[] = {"price", "rating", "brand", "returns"};
    bool const told_apart = std::ranges::any_of(block.rows, [](ComparisonRow const& row) { return row.differs && std::ranges::find(of_any, row.attribute) == std::end(of_any); });
    send(std::move(block));
    tell_which(about);
    if (!told_apart) tell_apart(about);
}

void TurnMaker::why() {
    auto& s = state();
    std::vector<Target> about;
    if (reading_.ordinals.empty()) about = described();
    if (about.empty()) about = targets(3);
    if (about.empty())
        for (auto const& sku : s.shown)
            if (auto const t = target_of_sku(sku); t && about.size() < 3) about.push_back(*t);
    if (about.empty()) { find(); return; }
    if (about.size() == 1) s.focus = view_[about.front().product].data.product_id;
    say(Phrase::why_intro);
    Block block{.kind = BlockKind::cards};
    Spoken spoken;
    for (auto const& t : about) {
        auto card = make_card(view_, {t.product, t.variant}, locale_, {.constraints = s.constraints});
        std::string reasons;
        for (auto const& reason : card.why) reasons += (reasons.empty() ? "" : locale_ == Locale::zh ? "；" : "; ") + reason;
        // The reasons were checked as part of the card; here they are an echo of it.
        if (breaches({.kind = BlockKind::cards, .cards = {card}}, view_, {.constraints = s.constraints}).empty()) spoken.say(Phrase::why_one, locale_, s.turn, {title_slot(t.product), echo("reasons", reasons)});
        block.cards.push_back(std::move(card));
    }
    text(std::move(spoken));
    send(std::move(block));
}

}  // namespace kindling::dialogue
