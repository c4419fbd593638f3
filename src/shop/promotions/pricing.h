// shop/promotions/pricing.h -- what promotions take off a basket: whole minor units, exactly, and the best legal choice of them. Pure.
//
// The idea: a promotion takes something off what is *left* of the lines it is for, after those before it (ascending priority, then id). What it
// takes lies on the lines in proportion to what is left of them (largest remainder, ties to the earlier line), so that every minor unit is on a
// line and a return refunds exactly what was paid. Rounding happens once per promotion: a percentage rounds half up; k of q equal units
// of a line are floor(left · k / q).
//
//   amount_off     left >= threshold and units >= minimum_units: `off`, times floor(left / threshold) when it repeats (每满)
//   percent_off    the same condition: percent of what is left, at most `most_off`
//   buy_get        for every buy + get units the cheapest `get` of all at a percentage off; or, with `reward` lines, for every `buy` units of the
//                  scope `get` units of the reward's lines that are not in the scope, the cheapest first
//   set_price      as many whole sets of units (the dearest of each part) for `price` as take off most
//   free_shipping  goods of the scope at full price >= threshold: the fee, at most `most_off`; independent of what is taken off the goods
//
// Legal: at most one of a group and one free shipping; one that stands alone goes with no other (free shipping included); two of units (buy_get, set_price) that share
// a line exclude each other, for a unit counts once. Best: most taken off; of equals the fewest promotions, then the first found (higher priority in).
//
// Search: promotions that neither share a line nor exclude each other are chosen apart; within such a part branch and bound in priority order
// (include first) with the bound sum of what each left-over promotion would take off the untouched lines, which no order can exceed since every
// kind is monotone in what is left (units: up to one minor unit a line for floors). Worst case 2^n; after `most_steps` a part keeps its best so far and
// says that it is not proven. Typical baskets (10 lines, 10 promotions): some 20 µs.
// Source: own rules, written down here; branch and bound after Land & Doig, Econometrica 28 (1960). Held to brute force in pricing_test.cpp.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace kindling::shop::promotions {

enum class PromotionKind { amount_off, percent_off, buy_get, set_price, free_shipping };

constexpr std::int64_t percent_whole = 10'000;  // percentages are hundredths of a percent: 1550 is 15.5 %
constexpr std::int64_t most_steps = 2'000'000;

struct PricedLine {
    std::int64_t quantity = 1, unit_minor = 0;
    std::int64_t amount() const { return quantity * unit_minor; }
};

// A promotion as it stands to one basket. `scope[l]` says whether line l counts; for buy_get `reward[l]`, for set_price `part[l]` (-1: none).
struct Rule {
    std::string id;
    PromotionKind kind = PromotionKind::amount_off;
    std::int64_t priority = 100;
    std::string group = {};
    bool alone = false;
    std::int64_t threshold_minor = 0, minimum_units = 0, off_minor = 0, percent = 0, most_off_minor = 0, most_times = 0;  // 0: no limit
    bool repeats = false;
    std::int64_t buy = 0, get = 0, price_minor = 0;
    std::vector<std::int64_t> part_units = {};
    bool everything = false;               // further goods of any kind count too; only for hints
    std::vector<char> scope = {}, reward = {};
    std::vector<int> part = {};
};

struct Applied {
    std::size_t rule = 0;                  // place in the rules given
    std::int64_t amount_minor = 0;         // > 0
    std::vector<std::int64_t> on_lines;    // sums up to amount_minor; all 0 for shipping
    std::int64_t times = 1;                // how often a repeating one counts
};

struct Priced {
    std::vector<Applied> applied;          // in the order of calculation
    std::vector<std::int64_t> off_lines;   // taken off each line in all; at most its amount
    std::int64_t goods_off_minor = 0, shipping_off_minor = 0;
    bool proven = true;                    // no legal choice takes off more
    std::int64_t off_minor() const { return goods_off_minor + shipping_off_minor; }
};

// What one rule takes off lines of which `left` is left; amount 0 when it does not apply. Shipping: `shipping_minor` is the fee.
Applied take(Rule const&, std::size_t place, std::span<PricedLine const>, std::span<std::int64_t const> left, std::int64_t shipping_minor);

// Whether two rules may both apply to this basket.
bool legal_together(Rule const&, Rule const&);

// Applies exactly these rules in order of calculation, whatever they take; the sum for a choice made elsewhere.
Priced apply(std::span<PricedLine const>, std::span<Rule const>, std::span<std::size_t const> chosen, std::int64_t shipping_minor);

// The best legal choice. Lines' amounts must add up to less than 2^62 (callers check); deterministic; any thread.
Priced best(std::span<PricedLine const>, std::span<Rule const>, std::int64_t shipping_minor);

// What is missing to more: worth `missing_minor` of further goods of the rule's scope (or `missing_units` units) take `gain_minor` more off.
struct Hint {
    std::size_t rule = 0;
    std::int64_t missing_minor = 0, missing_units = 0, gain_minor = 0;
};
// For each rule with a threshold that is not used to its end, against the best choice `now`; only where more would come off. Money is tried with an
// added line of just that worth that only this rule and those for everything know: goods of the rule's own kind take off as much or more, for more rules may know them.
std::vector<Hint> hints(std::span<PricedLine const>, std::span<Rule const>, Priced const& now, std::int64_t shipping_minor);

}  // namespace kindling::shop::promotions
