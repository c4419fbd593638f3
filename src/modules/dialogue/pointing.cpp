// modules/dialogue/pointing.cpp -- which of the shown products somebody means by what it is like ("the linen one", "便宜的那个", "the other one"),
// and what to do about a basket when they correct themselves ("no, the second", "改成38码", "make it two").
//
// A description leaves those of the last list that meet it; a superlative takes the extreme of these. It points only when one is left:
// guide and shopper would otherwise speak of different things, so the guide asks.
#include "core/money.h"
#include "core/utf8.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/turn.h"
#include <algorithm>

namespace kindling::dialogue {

std::vector<TurnMaker::Target> TurnMaker::described() {
    auto const& s = state();
    untold_ = tied_ = 0;
    std::vector<Target> left;
    // "The cheaper one" after a comparison: of the two.
    bool const of_compared = s.compared.size() > 1 && (!reading_.comparatives.empty() || reading_.order || reading_.other);
    for (auto const& sku : of_compared ? s.compared : s.shown)
        if (auto const t = target_of_sku(sku)) left.push_back(*t);
    if (left.empty()) return {};
    bool says = false;
    if (reading_.other && left.size() == 2) {
        std::erase_if(left, [&](Target const& t) { return view_[t.product].data.product_id == s.focus; });
        says = left.size() == 1;
    }
    for (auto const& c : reading_.constraints) {
        if (reading_.intent == Intent::watch && c.kind == ConstraintKind::price) continue;  // the price that is waited for
        if (c.kind != ConstraintKind::value && c.kind != ConstraintKind::brand && c.kind != ConstraintKind::category && c.kind != ConstraintKind::number && c.kind != ConstraintKind::price) continue;
        auto const condition = resolve(c, view_.words());
        std::vector<Target> kept;
        for (auto const& t : left) {
            if (holds(view_, t.product, t.variant, condition)) { kept.push_back(t); continue; }
            for (std::size_t v = 0; v < view_[t.product].variants.size(); ++v)
                if (holds(view_, t.product, v, condition)) { kept.push_back({t.product, v}); break; }
        }
        left = std::move(kept), says = true;
    }
    auto const extreme = [&](auto&& value, int direction) {
        if (left.empty()) return;
        double best = value(left.front());
        for (auto const& t : left) best = direction < 0 ? std::min(best, value(t)) : std::max(best, value(t));
        std::erase_if(left, [&](Target const& t) { return value(t) != best; });
        tied_ = left.size();
        left.erase(left.begin() + 1, left.end());  // of equals the one that was shown first
        says = true;
    };
    auto const price = [&](Target const& t) { return static_cast<double>(view_[t.product].variants[t.variant].price_minor); };
    auto wishes = reading_.comparatives;
    for (auto const& superlative : cues::superlatives(surface_of(text_))) wishes.push_back(superlative);
    for (auto const& comparative : wishes) {
        if (comparative.what == Comparative::What::price) { extreme(price, comparative.direction); continue; }
        int attribute = attribute_of(comparative.what, left);
        // "Which is the lightest", where some of them do not tell: of those that do.
        if (attribute < 0 && reading_.intent == Intent::advise) attribute = told_by_most(comparative.what, left);
        if (attribute >= 0) extreme([&](Target const& t) { return view_.value_of(t.product, t.variant, attribute)->number; }, comparative.direction);
    }
    if (reading_.order == Order::price_up) extreme(price, -1);
    if (reading_.order == Order::price_down) extreme(price, +1);
    if (reading_.order == Order::rating && std::ranges::all_of(left, [&](Target const& t) { return view_[t.product].standing.reviews == 0; })) return {};  // nobody has rated them
    if (reading_.order == Order::rating) extreme([&](Target const& t) { return view_[t.product].standing.reviews == 0 ? 0 : cautious_rating(view_[t.product].standing); }, +1);
    if (reading_.order == Order::popular) extreme([&](Target const& t) { return view_[t.product].standing.popularity; }, +1);
    if (reading_.order == Order::newest) extreme([&](Target const& t) { return static_cast<double>(view_[t.product].standing.created_at_ms); }, +1);
    return says && left.size() == 1 ? left : std::vector<Target>();
}

// The attribute that at least two of them have, the most natural of equals, and these alone are left; -1: no two can be compared.
int TurnMaker::told_by_most(Comparative::What what, std::vector<Target>& of) {
    auto const tells = [&](Target const& t, int attribute) { return view_.value_of(t.product, t.variant, attribute) != nullptr; };
    int best = -1;
    std::ptrdiff_t most = 1;
    for (int const a : attributes_of(what))
        if (auto const telling = std::ranges::count_if(of, [&](Target const& t) { return tells(t, a); }); telling > most) best = a, most = telling;
    if (best < 0) return best;
    untold_ = of.size() - static_cast<std::size_t>(most);
    std::erase_if(of, [&](Target const& t) { return !tells(t, best); });
    return best;
}

// For a comparison each value names one of them: "the linen one and the silk one".
std::vector<TurnMaker::Target> TurnMaker::described_each() const {
    std::vector<Target> out;
    for (auto const& c : reading_.constraints)
        for (auto const& value : c.values) {
            auto one = c;
            one.values = {value};
            auto const condition = resolve(one, view_.words());
            std::vector<Target> meant;
            for (auto const& sku : state().shown)
                if (auto const t = target_of_sku(sku); t && holds(view_, t->product, t->variant, condition)) meant.push_back(*t);
            if (meant.size() == 1 && std::none_of(out.begin(), out.end(), [&](Target const& t) { return t.product == meant.front().product; })) out.push_back(meant.front());
        }
    return out.size() >= 2 ? out : std::vector<Target>();
}

// "The cheapest and the best rated", 最便宜的和评分最高的: each part points at one of those shown. One: only one of them is told.
std::vector<TurnMaker::Target> TurnMaker::described_apart() {
    auto const t = surface_of(text_);
    std::vector<std::size_t> cuts{0};
    for (auto const& joint : cues::find_all(t, U"and with to versus vs 和 跟 与 同 对比 、 ,")) cuts.push_back(joint.end);
    cuts.push_back(t.size());
    std::vector<Target> out;
    auto const reading = reading_;
    auto const text = text_;
    for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
        text_ = to_utf8(std::u32string_view(t).substr(cuts[i], cuts[i + 1] - cuts[i]));
        reading_ = understand(text_, view_, lexicon_, situation());
        std::erase_if(reading_.constraints, [](Constraint const& c) { return c.kind == ConstraintKind::category; });
        bool const extreme = reading_.order || !cues::superlatives(surface_of(text_)).empty();
        auto const one = extreme ? described() : std::vector<Target>();
        if (!one.empty()) out.push_back(one.front());
        else if (reading_.order == Order::rating) say(Phrase::unrated);
    }
    reading_ = reading, text_ = text;
    return out;
}

bool TurnMaker::correct_basket() {
    auto& s = state();
    if (!ports_.basket) return false;
    bool const of_nothing_else = reading_.constraints.empty() && reading_.free_text.empty() && reading_.ordinals.empty() && reading_.comparatives.empty() && !reading_.order;
    auto const t = surface_of(text_);
    bool const just_added = !s.added.empty() && s.turn - s.added_turn <= 2;
    // "Make it two" of the one that is spoken of, before it was put in.
    if (!just_added && of_nothing_else && reading_.quantity_said && (!s.focus.empty() || s.shown.size() == 1) && (reading_.corrects || cues::has(t, U"再来 来 要"))) {
        out_.topic = "basket";
        add_to_basket();
        return true;
    }
    auto const before = just_added ? target_of_sku(s.added) : std::nullopt;
    if (!before) return false;
    // 算了不要了, "I don't want it any more": what was just put in goes.
    if (of_nothing_else && cues::has(t, U"不要了 不买了 不想要了 还是不要 remove_it take_it_out take_that_out don't_want_it do_not_want_it don't_need_it")) {
        if (!ports_.basket->remove(out_.basket_id, s.added)) return false;
        out_.topic = "basket", s.added.clear();
        show_basket(Phrase::removed, Phrase::basket_empty);
        return true;
    }
    // 再来一个, "one more": beside it.
    if (of_nothing_else && cues::has(t, U"再来 再加 再要 多来 多要 多加 再拿 one_more two_more three_more add_another")) {
        out_.topic = "basket";
        auto const had = s.added_quantity;
        if (put(*before, reading_.quantity)) s.added_quantity = had + reading_.quantity;
        return true;
    }
    // 算了要两个, "two of them please": how many were meant.
    if (!reading_.corrects && !(of_nothing_else && reading_.quantity_said)) return false;
    auto const quantity = reading_.quantity_said ? reading_.quantity : s.added_quantity;
    std::optional<Target> wanted;
    if (auto const named = targets(1); !reading_.ordinals.empty() && !named.empty()) wanted = named.front();
    // Another variant of what was added, as near to it as can be.
    bool const of_a_variant = !reading_.constraints.empty() && std::all_of(reading_.constraints.begin(), reading_.constraints.end(), [](Constraint const& c) { return c.kind == ConstraintKind::value && c.polarity == Polarity::want; });
    if (!wanted && of_a_variant) {
        std::size_t most = 0;
        for (std::size_t v = 0; v < view_[before->product].variants.size(); ++v) {
            if (!std::all_of(reading_.constraints.begin(), reading_.constraints.end(), [&](Constraint const& c) { return holds(view_, before->product, v, resolve(c, view_.words())); })) continue;
            std::size_t alike = 1;
            for (auto const& value : view_[before->product].variants[v].values)
                if (auto const* old = view_.value_of(before->product, before->variant, value.attribute); old && old->value == value.value) ++alike;
            if (alike > most) most = alike, wanted = Target{before->product, v};
        }
    }
    if (!wanted)
        if (auto const one = described(); !one.empty()) wanted = one.front();
    // Another of the goods: in the size that was put in, which was said of the shopper and not of the goods, and else as it was shown.
    if (wanted && wanted->product != before->product) {
        auto const& variants = view_[wanted->product].variants;
        auto const shown = *wanted;
        std::size_t const of_size = 100;
        std::size_t most = 0;
        for (std::size_t v = 0; v < variants.size(); ++v) {
            if (variants[v].stock < quantity || !std::ranges::all_of(reading_.constraints, [&](Constraint const& c) { return c.kind != ConstraintKind::value || holds(view_, shown.product, v, resolve(c, view_.words())); })) continue;
            std::size_t alike = 1;
            for (auto const& value : variants[v].values) {
                auto const* meant = is_size(value.attribute) ? view_.value_of(before->product, before->variant, value.attribute) : view_.value_of(shown.product, shown.variant, value.attribute);
                if (meant && meant->value == value.value) alike += is_size(value.attribute) ? of_size : 1;
            }
            if (alike > most) most = alike, wanted = Target{shown.product, v};
        }
        bool const said = std::ranges::any_of(reading_.constraints, [](Constraint const& c) { return c.kind == ConstraintKind::value; });
        if (auto const size = size_to_choose(*wanted, buyable(*wanted)); !size.empty() && most < of_size && !said) {   // it does not come so: asked, and none is chosen in silence
            if (!ports_.basket->remove(out_.basket_id, s.added)) return false;
            out_.topic = "basket", reading_.quantity = quantity, s.added.clear();
            ask_variant(wanted->product, buyable(*wanted), size);
            return true;
        }
    }
    if (!wanted && reading_.quantity_said && reading_.constraints.empty()) wanted = before;
    if (!wanted) return false;
    out_.topic = "basket";
    auto const old_sku = s.added;
    auto const old_quantity = s.added_quantity;
    if (view_[wanted->product].data.variants[wanted->variant].sku == old_sku && quantity == old_quantity) return false;
    if (view_[wanted->product].variants[wanted->variant].stock < quantity) { put(*wanted, quantity); return true; }  // says so; what is in the basket stays
    if (!ports_.basket->remove(out_.basket_id, old_sku)) return false;
    say(Phrase::basket_corrected);
    if (!put(*wanted, quantity)) (void)ports_.basket->add(out_.basket_id, old_sku, old_quantity);
    return true;
}

// "Not the first one": it is left out of this search, and another takes its place; of a set another of its kind.
bool TurnMaker::leave_out() {
    auto& s = state();
    if (reading_.refused.empty() || !reading_.ordinals.empty() || s.shown.empty()) return false;
    std::vector<std::size_t> products;
    for (int const n : reading_.refused)
        if (n >= 1 && static_cast<std::size_t>(n) <= s.shown.size())
            if (auto const t = target_of_sku(s.shown[static_cast<std::size_t>(n - 1)])) products.push_back(t->product);
    if (products.empty()) return false;
    for (auto const p : products) s.refused.push_back(view_[p].data.product_id), say(Phrase::left_out, {title_slot(p)});
    if (s.refused.size() > 60) s.refused.erase(s.refused.begin(), s.refused.end() - 60);
    if (!s.slots.empty()) {
        excluded_ = s.refused, reading_.slots.clear();
        bundle();
        return true;
    }
    out_.topic = "find";
    remember(s, reading_, view_);
    find();
    return true;
}

// "The cheaper one" by itself: it is what is being talked about now.
bool TurnMaker::point() {
    // "The first in blue": it is that one, in blue when it comes so.
    if (reading_.ordinals.size() == 1 && reading_.intent == Intent::find && !reading_.constraints.empty() && std::ranges::all_of(reading_.constraints, [](Constraint const& c) { return c.kind == ConstraintKind::value && c.polarity == Polarity::want; }))
        if (auto const named = targets(1); !named.empty()) {
            reading_.intent = Intent::ask_fact;
            out_.topic = "fact";
            answer_fact();
            return true;
        }
    if (!reading_.points || state().shown.size() < 2 || !reading_.ordinals.empty()) return false;
    // "And the most expensive one?" after the cheapest were listed: of all, not of those.
    if ((reading_.order == Order::price_down && state().order == "price_up") || (reading_.order == Order::price_up && state().order == "price_down")) return false;
    if (std::any_of(reading_.constraints.begin(), reading_.constraints.end(), [](Constraint const& c) { return c.polarity == Polarity::avoid || c.kind == ConstraintKind::price || c.kind == ConstraintKind::number; })) return false;
    auto& s = state();
    out_.topic = "fact";
    // "The cheaper one" of two that cost the same is neither.
    if (s.compared.size() > 1 && (reading_.order == Order::price_up || std::ranges::any_of(reading_.comparatives, [](Comparative const& c) { return c.what == Comparative::What::price; }))) {
        std::vector<Target> both;
        for (auto const& sku : s.compared)
            if (auto const t = target_of_sku(sku)) both.push_back(*t);
        auto const price = [&](Target const& t) { return view_[t.product].variants[t.variant].price_minor; };
        if (both.size() > 1 && std::ranges::all_of(both, [&](Target const& t) { return price(t) == price(both.front()); })) {
            auto const& data = view_[both.front().product].data;
            say(Phrase::compare_same_price, {title_slot(both.front().product), {"price", format_money(price(both.front()), view_.currency(), locale_), FactKind::price, data.product_id, data.variants[both.front().variant].sku}});
            say(Phrase::ask_which);
            Block block{.kind = BlockKind::cards};
            for (auto const& t : both) block.cards.push_back(make_card(view_, {t.product, t.variant}, locale_, {.constraints = s.constraints}));
            send(std::move(block));
            return true;
        }
    }
    auto const one = described();
    if (one.empty()) return false;
    s.focus = view_[one.front().product].data.product_id;
    say(Phrase::this_one, {title_slot(one.front().product)});
    auto const shown = s.shown;
    send({.kind = BlockKind::cards, .cards = {make_card(view_, {one.front().product, one.front().variant}, locale_, {.constraints = s.constraints})}});
    s.shown = shown;
    return true;
}

}  // namespace kindling::dialogue
