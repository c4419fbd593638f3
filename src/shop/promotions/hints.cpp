// "12.00 more and 20 come off": what is missing to a threshold and what reaching it is worth, by pricing the basket again with just that more in it.
#include "shop/promotions/pricing.h"
#include <algorithm>

namespace kindling::shop::promotions {

namespace {

// The basket with one line more, which `rule` and all rules for everything count.
void widen(std::vector<PricedLine>& lines, std::vector<Rule>& rules, std::size_t rule) {
    lines.push_back({1, 0});
    for (std::size_t r = 0; r < rules.size(); ++r) {
        rules[r].scope.push_back(r == rule || (rules[r].everything && rules[r].kind != PromotionKind::buy_get));
        rules[r].reward.push_back(0);
        rules[r].part.push_back(-1);
    }
}

std::int64_t times_in(Priced const& p, std::size_t rule) {
    auto const i = std::ranges::find(p.applied, rule, &Applied::rule);
    return i == p.applied.end() ? 0 : i->times;
}

// What of the rule's lines is left when its turn comes within a choice.
std::int64_t left_at_turn(std::span<PricedLine const> lines, std::span<Rule const> rules, Priced const& p, std::size_t rule) {
    std::int64_t left = 0;
    for (std::size_t l = 0; l < lines.size(); ++l)
        if (rules[rule].scope[l]) left += lines[l].amount();
    for (auto const& a : p.applied) {
        auto const& before = rules[a.rule];
        bool const earlier = before.priority != rules[rule].priority ? before.priority < rules[rule].priority : before.id < rules[rule].id;
        if (a.rule == rule || !earlier || rules[rule].kind == PromotionKind::free_shipping) continue;
        for (std::size_t l = 0; l < lines.size(); ++l)
            if (rules[rule].scope[l]) left -= a.on_lines[l];
    }
    return left;
}

}  // namespace

std::vector<Hint> hints(std::span<PricedLine const> lines, std::span<Rule const> rules, Priced const& now, std::int64_t shipping_minor) {
    std::vector<Hint> out;
    for (std::size_t r = 0; r < rules.size(); ++r) {
        auto const& rule = rules[r];
        if (rule.kind == PromotionKind::set_price) continue;
        std::int64_t units = 0;
        for (std::size_t l = 0; l < lines.size(); ++l)
            if (rule.scope[l]) units += lines[l].quantity;
        auto const times = times_in(now, r);
        if (times > 0 && (!rule.repeats || (rule.most_times > 0 && times >= rule.most_times))) continue;
        auto const reward = std::ranges::any_of(rule.reward, [](char c) { return c != 0; });
        if (rule.kind == PromotionKind::buy_get || rule.minimum_units > 0) {
            // Units are told by number alone: what they take off hangs on which they are.
            auto const step = rule.kind == PromotionKind::buy_get ? rule.buy + (reward ? 0 : rule.get) : rule.minimum_units;
            auto const missing = std::max<std::int64_t>(times + 1, 1) * step - units;
            bool const one_short = rule.kind != PromotionKind::buy_get || missing <= std::max<std::int64_t>(rule.get, 1);
            if (missing > 0 && units > 0 && one_short && rule.threshold_minor == 0) out.push_back({r, 0, missing, 0});
            continue;
        }
        if (rule.threshold_minor <= 0) continue;
        std::vector<PricedLine> more(lines.begin(), lines.end());
        std::vector<Rule> wider(rules.begin(), rules.end());
        widen(more, wider, r);
        // Others may take something off the added worth first, so it grows until the threshold is met at its turn.
        auto const goal = rule.kind == PromotionKind::free_shipping ? rule.threshold_minor : (times + 1) * rule.threshold_minor;
        auto& added = more.back().unit_minor;
        added = std::max<std::int64_t>(0, goal - left_at_turn(more, wider, now.applied.empty() ? Priced{} : apply(more, wider, [&] { std::vector<std::size_t> chosen; for (auto const& a : now.applied) chosen.push_back(a.rule); return chosen; }(), shipping_minor), r));
        if (added <= 0) continue;  // met, and yet not chosen: another choice is better
        for (int turn = 0; turn < 6; ++turn) {
            auto const then = best(more, wider, shipping_minor);
            auto const gain = then.off_minor() - now.off_minor();
            if (times_in(then, r) > times) {
                if (gain > 0) out.push_back({r, added, 0, gain});
                break;
            }
            auto const left = left_at_turn(more, wider, then, r);
            if (left >= goal) break;
            added += goal - left;
        }
    }
    std::ranges::stable_sort(out, [](Hint const& a, Hint const& b) { return (a.missing_units > 0) != (b.missing_units > 0) ? a.missing_units == 0 : a.missing_minor < b.missing_minor; });
    return out;
}

}  // namespace kindling::shop::promotions
