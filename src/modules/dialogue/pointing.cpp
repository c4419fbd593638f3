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

bool TurnMaker::names_extreme() const { return !reading_.comparatives.empty() || reading_.order || !cues::superlatives(surface_of(text_)).empty(); }

std::vector<TurnMaker::Target> TurnMaker::described() {
    auto const& s = state();
    untold_ = tied_ = 0;
    std::vector<Target> left;
    // "The cheaper one" after a comparison: of the two.
    bool const of_compared = s.compared.size() > 1 && (!reading_.comparatives.empty() || reading_.order || reading_.other);
    // "The cheaper of the first two": of these places.
    if (reading_.ordinals.size() > 1 && names_extreme()) left = targets(6);
    else
        for (auto const& sku : of_compared ? s.compared : s.shown)
            if (auto const t = target_of_sku(sku)) left.push_back(*t);
    if (left.empty()) return {};
    bool says = false;
    if (reading_.other && left.size() == 2) {
        std::erase_if(left, [&](Target const& t) { return view_[t.product].data.product_id == s.focus; });
        says = left.size() == 1;
    }
    auto const asked = asked_of_it();
    for (auto const& c : reading_.constraints) {
        if (std::ranges::any_of(asked, [&](Constraint const& each) { return each.said == c.said; })) continue;   // of whichever it is
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
    auto const t = surface_of(text_);
    // 再来个一样的: of the one that was put in. 不一样的 and 同样价位的 are others.
    bool const nothing_named = reading_.free_text.empty() || cues::same_again(t);
    bool const of_nothing_else = reading_.constraints.empty() && nothing_named && reading_.ordinals.empty() && reading_.comparatives.empty() && !reading_.order;
    bool const just_added = !s.added.empty() && s.turn - s.added_turn <= 8 && s.pending != "variant";
    // "Make it two" of the one that is spoken of, before it was put in.
    if (!just_added && of_nothing_else && reading_.quantity_said && (!s.focus.empty() || s.shown.size() == 1) && (reading_.corrects || cues::has(t, U"再来 来 要"))) {
        out_.topic = "basket";
        add_to_basket();
        return true;
    }
    auto before = just_added ? target_of_sku(s.added) : std::nullopt;
    if (!before) return false;
    auto old_sku = s.added;
    auto old_quantity = s.added_quantity;
    // 算了不要了, "I don't want it any more": what was just put in goes.
    if (of_nothing_else && cues::has(t, U"不要了 不买了 不想要了 还是不要 remove_it take_it_out take_that_out don't_want_it do_not_want_it don't_need_it")) {
        if (!take_out(old_sku, old_quantity)) return false;
        out_.topic = "basket", s.added.clear();
        tell_removed(s.taken_out);
        return true;
    }
    // 再来一个, "one more": beside it.
    if (of_nothing_else && cues::has(t, U"再来 再加 再要 多来 多要 多加 再拿 one_more two_more three_more add_another")) {
        out_.topic = "basket";
        if (put(*before, reading_.quantity)) s.added_quantity = old_quantity + reading_.quantity;
        return true;
    }
    // 算了要两个, "two of them please", 换L码, 还是要40码吧: how many, or which of its variants, were meant.
    bool const alters = reading_.corrects || (!reading_.refused.empty() && !reading_.ordinals.empty()) || cues::alters(t) || cues::has(t, U"换个 换一个 还是要 还是第 还是来 尺码换 颜色换 尺码改 颜色改 switch swap change rather actually") || (t.starts_with(U"换") && !cues::seeks(t));
    if (!alters && !(of_nothing_else && reading_.quantity_said)) return false;
    bool const adds = reading_.intent == Intent::add_to_basket && !of_nothing_else && !reading_.corrects && !cues::has(t, U"instead rather actually 换 改");
    if (adds) return false;
    // Of what is in the basket the one that is named: "not the first, the third", "change the first one to L".
    auto const in_shown = [&](int n) { return n >= 1 && static_cast<std::size_t>(n) <= s.shown.size() ? target_of_sku(s.shown[static_cast<std::size_t>(n - 1)]) : std::nullopt; };
    auto const of_this_list = std::ranges::any_of(s.shown, [&](std::string const& sku) { auto const other = target_of_sku(sku); return other && other->product == before->product; });
    if (!of_this_list && (!reading_.ordinals.empty() || !reading_.refused.empty())) return false;
    auto values = reading_.constraints;
    if (auto const lines = ports_.basket->lines(out_.basket_id)) {
        auto named = reading_.refused;
        if (!values.empty() || reading_.quantity_said || !variants_named(before->product).empty()) named.insert(named.end(), reading_.ordinals.begin(), reading_.ordinals.end());
        for (int const n : named)
            for (auto const& line : *lines)
                if (auto const shown = in_shown(n), held = target_of_sku(line.sku); shown && held && shown->product == held->product) before = held, old_sku = line.sku, old_quantity = line.quantity;
        if (std::ranges::none_of(*lines, [&](Basket::Line const& line) { return line.sku == old_sku; })) return false;   // taken out since
    }
    for (auto& c : variants_named(before->product))
        if (std::ranges::none_of(values, [&](Constraint const& v) { return v.attribute == c.attribute || std::ranges::any_of(v.values, [&](ValueName const& name) { return name.attribute == c.values.front().attribute; }); })) values.push_back(std::move(c));
    auto const quantity = reading_.quantity_said ? reading_.quantity : old_quantity;
    auto const is_value = [](Constraint const& c) { return c.kind == ConstraintKind::value && c.polarity == Polarity::want; };
    bool const of_a_variant = !values.empty() && std::ranges::all_of(values, is_value);
    std::optional<Target> wanted;
    if (auto const named = targets(1); !reading_.ordinals.empty() && !named.empty()) wanted = named.front();
    // Of a product the variant that has what was said, and of the rest what the one before has: of another product only the size, which is the shopper's and not of the goods.
    auto const as_near = [&](Target of) -> std::optional<Target> {
        std::optional<Target> nearest;
        std::size_t most = 0;
        for (std::size_t v = 0; v < view_[of.product].variants.size(); ++v) {
            if (!std::ranges::all_of(values, [&](Constraint const& c) { return c.kind != ConstraintKind::value || holds(view_, of.product, v, resolve(c, view_.words())); })) continue;
            std::size_t alike = view_[of.product].variants[v].stock >= quantity ? 2 : 1;   // of equals what can be bought
            for (auto const& value : view_[of.product].variants[v].values) {
                auto const* meant = of.product == before->product || is_size(value.attribute) ? view_.value_of(before->product, before->variant, value.attribute) : view_.value_of(of.product, of.variant, value.attribute);
                if (meant && meant->value == value.value) alike += is_size(value.attribute) ? 100 : 2;
            }
            if (alike > most) most = alike, nearest = Target{of.product, v};
        }
        return nearest;
    };
    auto const ask = [&](Target of, std::vector<std::size_t> const& variants, std::string const& attribute) {
        out_.topic = "basket", reading_.quantity = quantity, s.replaces = old_sku;
        ask_variant(of.product, variants, attribute);
        return true;
    };
    if (!wanted && of_a_variant) wanted = as_near(*before);
    if (!wanted)
        if (auto const one = described(); !one.empty()) wanted = one.front();
    // It does not come so: said, and what it comes in is asked.
    if (!wanted && of_a_variant && (reading_.free_text.empty() || cues::alters(t)))
        for (auto const& c : values)
            if (auto const a = view_.words().attribute_ids.find(c.values.empty() ? c.attribute : c.values.front().attribute); a != view_.words().attribute_ids.end() && view_.value_of(before->product, before->variant, a->second)) {
                say(Phrase::variant_gone, {title_slot(before->product)});
                return ask(*before, buyable(*before), a->first);
            }
    if (wanted && (wanted->product != before->product || !values.empty())) {
        auto const near = as_near(*wanted);
        auto const sized = [&](std::size_t v) { return std::ranges::any_of(view_[wanted->product].variants[v].values, [&](AttributeValue const& value) { auto const* old = view_.value_of(before->product, before->variant, value.attribute); return is_size(value.attribute) && old && old->value == value.value; }); };
        bool const said = std::ranges::any_of(values, is_value);
        if (auto const size = size_to_choose(*wanted, buyable(*wanted)); !size.empty() && (!near || (!said && !sized(near->variant)))) {   // it does not come so: asked, and none is chosen in silence
            if (!near && said) say(Phrase::variant_gone, {title_slot(wanted->product)});
            return ask(*wanted, buyable(*wanted), size);
        }
        if (near) wanted = near;
    }
    if (!wanted && reading_.quantity_said && values.empty()) wanted = before;
    if (!wanted) return false;
    auto const& sku = view_[wanted->product].data.variants[wanted->variant].sku;
    if (sku == old_sku && quantity == old_quantity) return false;
    out_.topic = "basket";
    if (view_[wanted->product].variants[wanted->variant].stock < quantity) { put(*wanted, quantity); return true; }  // says so; what is in the basket stays
    s.replaces = old_sku;
    put(*wanted, quantity);
    return true;
}

namespace {

// Not the s of "it's", wherever else it stands; of one Han character only with what it counts: 大码, 红的, and not 大一号 or 有点大.
bool names_of_itself(std::u32string_view t, std::u32string_view word) {
    if (word.empty()) return false;
    for (auto at = cues::find_word(t, word); at; at = cues::find_word(t, word, at->end)) {
        if (at->begin > 0 && t[at->begin - 1] == U'\'') continue;
        if (word.size() > 1 || !is_han(word.front()) || t.size() == 1 || (at->end < t.size() && std::u32string_view(U"码号的色").find(t[at->end]) != std::u32string_view::npos)) return true;
    }
    return false;
}

}  // namespace

// What these words name of the ways in which a product comes, by the product's own names for them: "make it L", "40 please".
std::vector<Constraint> TurnMaker::variants_named(std::size_t product) const {
    auto const t = surface_of(text_);
    std::vector<Constraint> out;
    for (auto const& variant : view_[product].variants)
        for (auto const& v : variant.values) {
            if (v.value < 0) continue;
            auto const& info = view_.words().attributes[static_cast<std::size_t>(v.attribute)];
            auto const& label = info.values[static_cast<std::size_t>(v.value)];
            if (std::ranges::any_of(out, [&](Constraint const& c) { return c.attribute == info.name; })) continue;
            for (auto const& name : {label.en, label.zh}) {
                auto word = surface_of(name);
                if (is_size(v.attribute) && word.rfind(U' ') != word.npos) word = word.substr(word.rfind(U' ') + 1);   // the 40 of "EU 40"
                if (!names_of_itself(t, word)) continue;
                out.push_back({.values = {{info.name, label.en, label.zh}}, .attribute = info.name, .said = to_utf8(word)});
                break;
            }
        }
    return out;
}

// So many of a line go out of the basket; what there was of it before stays.
bool TurnMaker::take_out(std::string const& sku, std::int64_t quantity) {
    std::int64_t held = 0;
    if (auto const lines = ports_.basket->lines(out_.basket_id))
        for (auto const& line : *lines)
            if (line.sku == sku) held = line.quantity;
    if (held <= 0) return false;   // taken out since
    // In one step: taken out and put in again, the rest would be lost where less is left in stock.
    if (!(held > quantity ? ports_.basket->set(out_.basket_id, sku, held - quantity) : ports_.basket->remove(out_.basket_id, sku))) return false;
    state().taken_out = {{sku, std::min(held, quantity)}}, state().put_instead.clear();
    return true;
}

// "Put the old one back", 换回原来的: the last change of the basket is undone.
bool TurnMaker::undo_basket() {
    auto& s = state();
    auto const t = surface_of(text_);
    if (!ports_.basket || !cues::puts_back(t) || !reading_.ordinals.empty()) return false;
    bool const only_put_in = s.taken_out.empty() && !s.added.empty() && cues::has(t, U"undo revert 撤销 撤回");
    if (s.taken_out.empty() && !only_put_in) return false;
    if (std::ranges::find(reading_.constraints, ConstraintKind::category, &Constraint::kind) != reading_.constraints.end()) return false;   // a kind of goods is asked for
    out_.topic = "basket";
    if (only_put_in) {
        if (!take_out(s.added, s.added_quantity)) return false;
        s.added.clear();
        tell_removed(s.taken_out);
        return true;
    }
    auto const back = std::exchange(s.taken_out, {});
    std::vector<PutIn> gone;
    if (auto const instead = std::exchange(s.put_instead, ""); !instead.empty()) {
        auto const quantity = s.added == instead ? s.added_quantity : 1;
        if (take_out(instead, quantity)) gone = std::exchange(s.taken_out, {});
    }
    say(Phrase::basket_corrected);
    for (auto const& line : back)
        if (auto const target = target_of_sku(line.sku)) put(*target, line.quantity);
    s.taken_out = gone;
    if (!gone.empty() && !back.empty()) s.put_instead = back.front().sku;
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

// Of those that are as cheap neither is the cheaper one.
void TurnMaker::ask_which_of_equals() {
    auto const among = targets(6);
    auto const price = [&](Target const& t) { return view_[t.product].variants[t.variant].price_minor; };
    if (!among.empty() && std::ranges::all_of(among, [&](Target const& t) { return price(t) == price(among.front()); })) {
        auto const& data = view_[among.front().product].data;
        say(Phrase::compare_same_price, {title_slot(among.front().product), {"price", format_money(price(among.front()), view_.currency(), locale_), FactKind::price, data.product_id, data.variants[among.front().variant].sku}});
    }
    say(Phrase::ask_which);
    show_again(among);
}

// "The cheaper one" by itself: it is what is being talked about now.
bool TurnMaker::point() {
    // "The first in blue": it is that one, in blue when it comes so.
    if (reading_.ordinals.size() == 1 && reading_.intent == Intent::find && !reading_.constraints.empty() && std::ranges::all_of(reading_.constraints, [](Constraint const& c) { return c.kind == ConstraintKind::value && c.polarity == Polarity::want; }))
        if (auto const named = targets(1); !named.empty()) {
            // 第一件要一件白色一件黑色: so many of each.
            bool const of_each = std::ranges::any_of(reading_.constraints, [](Constraint const& c) { return c.values.size() > 1; }) && cues::has(surface_of(text_), U"一件 两件 一个 两个 一双 两双 一条 两条 各 one two each");
            if (of_each && add_one_of_each(named.front())) {
                out_.topic = "basket";
                return true;
            }
            reading_.intent = Intent::ask_fact;
            out_.topic = "fact";
            answer_fact();
            return true;
        }
    bool const among = reading_.ordinals.size() > 1 && names_extreme() && !cues::is_question(surface_of(text_));
    if ((!reading_.points && !among) || state().shown.size() < 2 || (!reading_.ordinals.empty() && !among)) return false;
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
    if (among && tied_ > 1) {
        ask_which_of_equals();
        return true;
    }
    s.focus = view_[one.front().product].data.product_id;
    say(Phrase::this_one, {title_slot(one.front().product)});
    auto const shown = s.shown;
    send({.kind = BlockKind::cards, .cards = {make_card(view_, {one.front().product, one.front().variant}, locale_, {.constraints = s.constraints})}});
    s.shown = shown;
    return true;
}

}  // namespace kindling::dialogue
