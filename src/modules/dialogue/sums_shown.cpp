// modules/dialogue/sums_shown.cpp -- what goods would cost together: 20个一共多少钱, "how much for both", "what do I pay with the new customer code". See turn.h.
//
// The goods are those that are pointed at, two that were compared, the one that is spoken of or waits for its size, or else what is in the basket; of a bare
// number of a list each of the list is told. What comes off and what shipping costs is computed by the shop as it will charge it; where it is not clear which
// goods are meant, that is asked and nothing is added up.
#include "core/money.h"
#include "core/utf8.h"
#include "modules/dialogue/codes_entered.h"
#include "modules/dialogue/cues.h"
#include "modules/dialogue/sums_said.h"
#include "modules/dialogue/turn.h"
#include <algorithm>

namespace kindling::dialogue {

namespace {

constexpr std::u32string_view of_codes = U"code codes coupon coupons voucher vouchers discount 券 优惠码 折扣码 优惠 新人 首单";
constexpr std::size_t most_alternatives = 4;

}  // namespace

// What these come to, line by line, with what comes off and shipping.
void TurnMaker::tell_total_of(std::vector<Bought> const& bought) {
    Spoken spoken;
    auto const turn = state().turn;
    auto const money = [&](std::string_view slot, std::int64_t amount) { return echo(slot, format_money(amount, view_.currency(), locale_)); };
    std::vector<Basket::Line> lines;
    std::int64_t goods = 0;
    for (auto const& each : bought) {
        auto const& entry = view_[each.of.product];
        auto const& variant = entry.data.variants[each.of.variant];
        auto const total = variant.price_minor * each.units;
        spoken.say(Phrase::sum_of, locale_, turn, {name_slot("quantity", std::to_string(each.units)), title_slot(each.of.product), variant_slot(each.of), {"price", format_money(variant.price_minor, view_.currency(), locale_), FactKind::price, entry.data.product_id, variant.sku}, money("total", total)});
        if (entry.variants[each.of.variant].stock < each.units) spoken.say(Phrase::sum_too_many, locale_, turn, {title_slot(each.of.product)});
        lines.push_back({variant.sku, each.units}), goods += total;
    }
    if (bought.size() > 1) spoken.say(Phrase::sum_goods, locale_, turn, {money("total", goods)});
    if (ports_.promotions) {
        auto const plain = ports_.promotions->price(lines, {});
        auto const told = ports_.promotions->running(out_.basket_id);
        std::string code;   // the first that takes off more
        std::vector<std::string> tried;
        std::optional<Promotions::Priced> with_code;
        // A code that is named is tried and told of; else those that run, for whoever asks what a code would do.
        std::optional<Label> word_on_it;
        if (auto const named = code_said(text_); plain && *plain && named && named->sure) {
            tried.push_back(named->code);
            if (auto const priced = ports_.promotions->price(lines, std::span(&named->code, 1)); priced && *priced) {
                word_on_it = (*priced)->code_told;
                if ((*priced)->total_minor < (*plain)->total_minor) with_code = **priced, code = named->code;
            }
        } else if (plain && *plain && told && cues::has(surface_of(text_), of_codes))
            for (auto const& offer : told->offers) {
                if (offer.code.empty()) continue;
                tried.push_back(offer.code);
                std::string const codes[] = {offer.code};
                if (auto const priced = ports_.promotions->price(lines, codes); priced && *priced && (*priced)->total_minor < (with_code ? with_code->total_minor : (*plain)->total_minor)) with_code = **priced, code = offer.code;
            }
        if (plain && *plain) {
            auto const& is = with_code ? *with_code : **plain;
            if (with_code) spoken.say(Phrase::sum_off_code, locale_, turn, {echo("code", code), money("off", is.discount_minor)});
            else {
                if (word_on_it) spoken.say(Phrase::code_told, locale_, turn, {echo("code", tried.front()), echo("told", word_on_it->in(locale_))});
                else if (!tried.empty()) spoken.say(Phrase::sum_no_code, locale_, turn, {echo("code", tried.front())});
                if (is.discount_minor > 0) spoken.say(Phrase::sum_off, locale_, turn, {money("off", is.discount_minor)});
            }
            if (with_code && is.first_order_only) spoken.say(Phrase::sum_first_order, locale_, turn);
            if (!is.shipping_minor) spoken.say(Phrase::sum_pay, locale_, turn, {money("total", is.total_minor)});
            else if (*is.shipping_minor > 0) spoken.say(Phrase::sum_shipping, locale_, turn, {money("fee", *is.shipping_minor), money("total", is.total_minor)});
            else spoken.say(Phrase::sum_pay_free, locale_, turn, {money("total", is.total_minor)});
        }
    }
    text(std::move(spoken));
}

bool TurnMaker::tell_total() {
    auto& s = state();
    static constexpr Intent of_it[] = {Intent::find, Intent::ask_fact, Intent::ask_policy, Intent::show_basket, Intent::bundle, Intent::compare, Intent::advise, Intent::add_to_basket};
    auto const t = surface_of(text_);
    if (std::ranges::find(of_it, reading_.intent) == std::end(of_it) || !s.slots.empty() || !s.errand.empty() || !reading_.slots.empty()) return false;
    // "What coupon can I use if I take the first two?"
    bool const of_a_code = reading_.intent == Intent::ask_policy && reading_.topic == "coupon" && !reading_.ordinals.empty() && reading_.topics.size() < 2;
    // "How much are 3 of the first?", 三个多少钱
    bool const of_a_number = (std::ranges::any_of(reading_.counts, [](PlaceCount const& c) { return c.count > 1; }) && cues::has(t, U"how_much what_would cost 多少钱 多少")) ||
                             (units_asked(text_) && cues::has(t, U"how_much what_would cost 多少钱 多少") && cues::has(t, U"of_these of_those of_them 个多少 件多少 双多少 条多少 瓶多少 盒多少 袋多少 个要多少 件要多少 个得多少"));
    if (!asks_total(t) && !of_a_code && !of_a_number) return false;
    if (cues::has(t, U"my_total my_basket my_cart the_cart the_basket in_my_bag 购物车")) return false;   // what is in it (show_basket)
    if (reading_.intent == Intent::add_to_basket && !cues::is_question(t)) return false;
    // A budget, or goods of another kind: a wish, and nothing that is added up.
    if (std::ranges::any_of(reading_.constraints, [](Constraint const& c) { return c.kind == ConstraintKind::price || c.kind == ConstraintKind::category; }) || !reading_.not_sold.empty()) return false;
    auto const units = units_asked(text_);
    std::vector<Bought> bought;
    bool const both = cues::has(t, U"both the_two 两个 两件 两样 这俩 俩 together 一起 加起来 合起来");
    if (auto const places = targets(6); !reading_.ordinals.empty() && !places.empty()) {
        // "Both" of a list of more than two says nothing of which.
        bool const told_apart = cues::has(t, U"first second third fourth last 1st 2nd 3rd 第 前 最后") || s.shown.size() == reading_.ordinals.size();
        if (told_apart || s.compared.empty()) {
            for (auto const& of : places) bought.push_back({of, reading_.counts.empty() && units ? *units : wanted_of(of)});
            if (!told_apart && s.shown.size() > 2) bought.clear();
        }
    }
    if (bought.empty() && both && s.compared.size() == 2)
        for (auto const& sku : s.compared)
            if (auto const of = target_of_sku(sku)) bought.push_back({*of, units.value_or(1)});
    auto const held = held_lines();
    if (bought.empty() && !units && !held.empty()) {
        if (!cues::has(t, of_codes) && !names_shipping(t)) return false;   // the basket, as it stands (show_basket)
        for (auto const& line : held) bought.push_back({line.of, line.quantity});
    }
    if (bought.empty() && both && !units && s.shown.size() == 2)
        for (auto const& sku : s.shown)
            if (auto const of = target_of_sku(sku)) bought.push_back({*of, 1});
    bool const asked_of_one = !both || units;
    if (bought.empty() && asked_of_one) {
        std::vector<Target> one = targets(1);
        if (one.empty() || reading_.ordinals.empty()) one.clear(), or_in_focus(one);
        if (one.empty() && s.shown.size() == 1)
            if (auto const of = target_of_sku(s.shown.front())) one.push_back(*of);
        auto const waiting = answering_ == "variant" ? std::max<std::int64_t>(1, s.quantity) : 1;
        if (!one.empty()) {
            // In the variant that was shown, where it was.
            for (auto const& sku : s.shown)
                if (auto const of = target_of_sku(sku); of && of->product == one.front().product) { one.front() = *of; break; }
            bought.push_back({one.front(), units.value_or(waiting)});
        }
    }
    if (bought.empty() && units && s.shown.size() > 1) {
        // Of which of the list is not said: of each.
        out_.topic = "sum";
        for (std::size_t i = 0; i < std::min(s.shown.size(), most_alternatives); ++i)
            if (auto const of = target_of_sku(s.shown[i])) tell_total_of({{*of, *units}});
        return true;
    }
    if (bought.empty()) {
        if (s.shown.empty() && held.empty() && reading_.intent != Intent::show_basket) return false;
        if (!both && !units && held.empty() && reading_.intent == Intent::show_basket) return false;   // said to be empty there
        out_.topic = "sum";
        say(Phrase::sum_of_what);
        return true;
    }
    out_.topic = "sum";
    tell_total_of(bought);
    if (of_a_code) (void)tell_promotions();
    return true;
}

namespace {
// "Is 219 the final price?", 买满99: a bare number that is said of goods, and no floor or code of a place.
bool is_of_goods(std::u32string_view t, Quantity const& n) {
    auto const before = t.substr(0, std::min(n.number_begin, t.size()));
    auto const after = t.substr(std::min(n.number_end, t.size()));
    for (std::u32string_view word : {U"is ", U"for ", U"of ", U"total ", U"at ", U"pay ", U"spend ", U"over ", U"满", U"花", U"买", U"共", U"总价", U"合计", U"是", U"单", U"付"})
        if (before.ends_with(word)) return true;
    return after.starts_with(U" the final") || after.starts_with(U" all in") || after.starts_with(U"就是") || after.starts_with(U"的话") || after.starts_with(U"包邮") || after.starts_with(U"免");
}
}  // namespace

// "Is 219 the final price or do I pay shipping too?": what sending costs, of the amount that is named or of the one that is pointed at.
bool TurnMaker::tell_shipping_of_amount() {
    auto const t = surface_of(text_);
    if (!ports_.knowledge || t.size() > 140 || !(cues::asks_shipping_cost(t) || cues::has(t, U"on_top extra added included final_price what_i_pay all_i_pay all_in 另算 另付 另外付 含运费 包含 就行")) || cues::has(t, U"abroad international internationally overseas country 国外 海外 出国")) return false;
    std::optional<std::int64_t> amount;
    double scale = 1;
    for (int i = 0; i < currency_decimals(view_.currency()); ++i) scale *= 10;
    for (auto const& n : amounts_said(text_))
        if ((n.currency.empty() || n.currency == view_.currency()) && n.value >= 1 && n.value < 1e9 && (n.kind == Quantity::Kind::money || is_of_goods(t, n))) amount = static_cast<std::int64_t>(n.value * scale + 0.5);
    if (!amount && (!reading_.ordinals.empty() || reading_.refers)) {
        auto of = targets(1);
        or_in_focus(of);
        if (of.size() == 1) amount = view_[of.front().product].variants[of.front().variant].price_minor;
    }
    if (!amount) return false;
    auto const fee = ports_.knowledge->shipping_of(*amount);
    if (!fee) return false;
    auto const money = [&](std::string_view slot, std::int64_t minor) { return echo(slot, format_money(minor, view_.currency(), locale_)); };
    if (*fee == 0) say(Phrase::shipping_free_at, {money("amount", *amount)});
    else say(Phrase::shipping_at, {money("amount", *amount), money("fee", *fee), money("total", *amount + *fee)});
    return true;
}

}  // namespace kindling::dialogue
