// What a basket comes to: the promotions that run and are for this person, resolved to its lines, priced (pricing.h), and each entered code answered.
#include "core/money.h"
#include "shop/catalogue/operations.h"
#include "shop/promotions/period.h"
#include "shop/promotions/rows.h"
#include <algorithm>
#include <fmt/format.h>

namespace kindling::shop::promotions {

namespace {

// What is known of who buys, read when a promotion asks.
class Person {
public:
    Person(Transaction& tx, std::string const& id) : tx_(tx), id_(id) {}
    bool known() const { return !id_.empty(); }
    Result<bool> ordered_before() { return TRY(tx_.integer("SELECT COUNT(*) FROM orders WHERE shop_id = ? AND customer_id = ? AND status <> 'cancelled'", tx_.shop_id(), id_)) > 0; }
    Result<std::int64_t> uses(std::string const& promotion) { return tx_.integer("SELECT COUNT(*) FROM promotion_uses WHERE shop_id = ? AND customer_id = ? AND promotion_id = ? AND given_back = 0", tx_.shop_id(), id_, promotion); }
    Result<bool> in_one_of(std::vector<std::string> const& groups) {
        for (auto const& group : groups)
            if (TRY(tx_.integer("SELECT COUNT(*) FROM customer_group_members WHERE shop_id = ? AND group_id = ? AND customer_id = ?", tx_.shop_id(), group, id_)) > 0) return true;
        return false;
    }

private:
    Transaction& tx_;
    std::string const& id_;
};

// Whether it may count for this person now; `applied` means it may.
Result<CodeState> standing(Kept const& k, Person& person, ShopClock const& clock, Milliseconds at) {
    auto const& p = k.promotion;
    if (!k.runs(at)) return CodeState::expired;
    if (!p.weekdays.empty() && std::ranges::find(p.weekdays, static_cast<std::int64_t>(clock.weekday(at))) == p.weekdays.end()) return CodeState::expired;
    if (k.used_up()) return CodeState::used_up;
    if ((p.first_order || !p.customer_groups.empty() || p.most_uses_per_customer > 0) && !person.known()) return CodeState::sign_in_needed;
    if (p.first_order && TRY(person.ordered_before())) return CodeState::not_for_you;
    if (!p.customer_groups.empty() && !TRY(person.in_one_of(p.customer_groups))) return CodeState::not_for_you;
    if (p.most_uses_per_customer > 0 && TRY(person.uses(p.promotion_id)) >= p.most_uses_per_customer) return CodeState::used_up;
    return CodeState::applied;
}

}  // namespace

Rule resolved(Promotion const& p, std::span<Wanted const> lines, Tree const& tree) {
    Rule r{.id = p.promotion_id, .kind = p.kind, .priority = p.priority, .group = p.group, .alone = p.alone, .threshold_minor = p.threshold_minor, .minimum_units = p.minimum_units, .off_minor = p.off_minor, .percent = p.percent_off_hundredths, .most_off_minor = p.most_off_minor, .most_times = p.most_times,
           .repeats = p.repeats || p.kind == PromotionKind::set_price || p.kind == PromotionKind::buy_get, .buy = p.buy_units, .get = p.get_units, .price_minor = p.price_minor};
    r.everything = p.goods.everything();
    for (auto const& part : p.parts) r.part_units.push_back(part.units);
    for (auto const& line : lines) {
        r.scope.push_back(p.kind != PromotionKind::set_price && counts(p.goods, line, tree));
        r.reward.push_back(p.reward && counts(*p.reward, line, tree));
        int in = -1;
        for (std::size_t c = 0; c < p.parts.size() && in < 0 && p.kind == PromotionKind::set_price; ++c)
            if (counts(p.parts[c].goods, line, tree)) in = static_cast<int>(c);
        r.part.push_back(in);
    }
    return r;
}

namespace {

CodeTold told(std::string const& code, CodeState state) {
    struct Words { CodeState state; std::string_view en, zh; };
    static constexpr Words words[] = {
        {CodeState::applied, "This code counts.", "优惠码已生效。"}, {CodeState::unknown, "There is no such code.", "没有这个优惠码。"}, {CodeState::expired, "This code does not run now.", "该优惠码当前不在有效期。"}, {CodeState::used_up, "This code is used up.", "该优惠码已用完。"},
        {CodeState::sign_in_needed, "Sign in to use this code.", "请登录后使用该优惠码。"}, {CodeState::not_for_you, "This code is not for this account.", "该账户不符合该优惠码的使用条件。"}, {CodeState::not_met, "What is in the basket does not reach this code's goods or threshold.", "购物车尚未满足该优惠码的商品或门槛条件。"}, {CodeState::not_combined, "Without this code more comes off: it does not go with the other promotions.", "不使用该优惠码更划算：它不能与其他优惠同用。"}};
    for (auto const& w : words)
        if (w.state == state) return {code, state, std::string(w.en), std::string(w.zh)};
    return {code, state, "", ""};
}

}  // namespace

Wanted wanted(Product const& p, Variant const& v, std::int64_t quantity, std::int64_t unit_price_minor) { return {v.sku, p.product_id, p.category_id, p.brand, p.brand_zh, quantity, unit_price_minor}; }

Result<BasketQuote> quote(Transaction& tx, Ask const& in) {
    BasketQuote out{.currency = TRY(shop_currency(tx)), .line_discount_minor = std::vector<std::int64_t>(in.lines.size(), 0)};
    std::vector<PricedLine> lines;
    for (auto const& l : in.lines) {
        out.subtotal_minor = TRY(checked_add(out.subtotal_minor, TRY(checked_multiply(l.quantity, l.unit_price_minor))));
        lines.push_back({l.quantity, l.unit_price_minor});
    }
    if (out.subtotal_minor > std::int64_t{1} << 61) return fail(Errc::invalid_argument, "amount_overflow", "This adds up to more than can be counted.");
    out.shipping_minor = in.shipping_minor;
    auto candidates = TRY(automatic_promotions(tx, in.at));
    auto coded = TRY(promotions_of_codes(tx, in.codes));
    for (auto const& draft : in.drafts) {
        std::erase_if(candidates, [&](Kept const& k) { return k.promotion.promotion_id == draft.promotion_id; });
        std::erase_if(coded, [&](Kept const& k) { return k.promotion.promotion_id == draft.promotion_id; });
        candidates.push_back({.promotion = draft});
        candidates.back().promotion.first_order = false, candidates.back().promotion.customer_groups.clear(), candidates.back().promotion.most_uses_per_customer = 0, candidates.back().promotion.weekdays.clear();
    }
    if (!candidates.empty() || !in.codes.empty()) {
        auto const clock = TRY(ShopClock::of(tx));
        auto const tree = TRY(Tree::of(tx));
        Person person(tx, in.customer_id);
        std::vector<Kept const*> counted;
        std::vector<Rule> rules;
        for (auto const& k : candidates)
            if (TRY(standing(k, person, clock, in.at)) == CodeState::applied) counted.push_back(&k), rules.push_back(resolved(k.promotion, in.lines, tree));
        std::vector<CodeState> states;
        for (auto const& code : in.codes) {
            auto const found = std::ranges::find(coded, code, &Kept::code);
            states.push_back(found == coded.end() ? CodeState::unknown : TRY(standing(*found, person, clock, in.at)));
            // Two codes of one promotion make it count once.
            if (states.back() == CodeState::applied && std::ranges::none_of(counted, [&](Kept const* k) { return k->promotion.promotion_id == found->promotion.promotion_id; })) counted.push_back(&*found), rules.push_back(resolved(found->promotion, in.lines, tree));
        }
        auto const priced = best(lines, rules, in.shipping_minor);
        out.best_proven = priced.proven;
        out.discount_minor = priced.goods_off_minor, out.shipping_discount_minor = priced.shipping_off_minor, out.line_discount_minor = priced.off_lines;
        for (auto const& a : priced.applied) {
            auto const& k = *counted[a.rule];
            out.discounts.push_back({k.promotion.promotion_id, k.code, k.promotion.title_en, k.promotion.title_zh, k.promotion.kind, k.promotion.priority, a.amount_minor, a.on_lines});
        }
        for (std::size_t i = 0; i < in.codes.size(); ++i) {
            auto state = states[i];
            if (state == CodeState::applied && std::ranges::find(out.discounts, in.codes[i], &Discount::code) == out.discounts.end()) {
                auto const rule = std::ranges::find_if(counted, [&](Kept const* k) { return k->code == in.codes[i]; });
                auto const place = static_cast<std::size_t>(rule - counted.begin());
                std::size_t const alone[] = {place};
                state = rule == counted.end() || apply(lines, rules, alone, in.shipping_minor).off_minor() > 0 ? CodeState::not_combined : CodeState::not_met;
            }
            out.codes.push_back(told(in.codes[i], state));
        }
        if (in.with_more)
            for (auto const& h : hints(lines, rules, priced, in.shipping_minor)) {
                auto const& p = counted[h.rule]->promotion;
                if (!p.advertised && counted[h.rule]->code.empty()) continue;
                out.more.push_back({p.promotion_id, p.title_en, p.title_zh, h.missing_minor, h.missing_units, h.gain_minor});
                if (out.more.size() == 5) break;
            }
    }
    out.total_minor = TRY(checked_add(out.subtotal_minor - out.discount_minor, out.shipping_minor - out.shipping_discount_minor));
    return out;
}

Result<std::vector<Promotion>> advertised(Transaction& tx, Milliseconds at) {
    std::vector<Promotion> out;
    auto const clock = TRY(ShopClock::of(tx));
    for (auto& k : TRY(all_promotions(tx))) {
        if (k.state(at) != PromotionState::running || !k.promotion.advertised) continue;
        if (!k.promotion.weekdays.empty() && std::ranges::find(k.promotion.weekdays, static_cast<std::int64_t>(clock.weekday(at))) == k.promotion.weekdays.end()) continue;
        if (!k.automatic) {
            // Of many codes each is somebody's own; one alone is everybody's.
            Value const values[] = {tx.shop_id(), k.promotion.promotion_id};
            TRY(tx.run("SELECT code FROM promotion_codes WHERE shop_id = ? AND promotion_id = ? ORDER BY code LIMIT 2", values, [&](Row const& row) -> Result<void> { k.promotion.codes.emplace_back(row.text(0)); return {}; }));
            if (k.promotion.codes.size() != 1) continue;
        }
        out.push_back(std::move(k.promotion));
    }
    std::ranges::stable_sort(out, {}, &Promotion::priority);
    if (out.size() > 50) out.resize(50);
    return out;
}

Result<bool> counts_for(Transaction& tx, Goods const& goods, Product const& product) { return counts(goods, wanted(product, product.variants.empty() ? Variant{} : product.variants.front(), 1, 0), TRY(Tree::of(tx))); }

}  // namespace kindling::shop::promotions
