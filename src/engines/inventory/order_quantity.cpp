#include "engines/inventory/order_quantity.h"

#include <algorithm>
#include <limits>

#include "engines/inventory/checks.h"

namespace kindling::inventory {

Result<OrderQuantity> economic_order_quantity(double fixed_cost, double holding, double demand_rate) {
    TRY(Checks().at_least_zero("fixed_cost", fixed_cost).positive("holding", holding).at_least_zero("demand_rate", demand_rate).result());
    return OrderQuantity{std::sqrt(2 * fixed_cost * demand_rate / holding), std::sqrt(2 * fixed_cost * demand_rate * holding)};
}

Result<OrderQuantity> economic_order_quantity_with_backorders(double fixed_cost, double holding, double stockout, double demand_rate) {
    TRY(Checks().positive("stockout", stockout).result());
    auto q = TRY(economic_order_quantity(fixed_cost, holding, demand_rate));
    auto const up = std::sqrt((holding + stockout) / stockout);
    return OrderQuantity{q.quantity * up, q.cost / up, holding / (holding + stockout)};
}

Result<OrderQuantity> economic_production_quantity(double fixed_cost, double holding, double demand_rate, double production_rate) {
    TRY(Checks().positive("production_rate", production_rate).require(!(production_rate <= demand_rate), "production_rate", production_rate, "above the demand rate").result());
    return economic_order_quantity(fixed_cost, holding * (1 - demand_rate / production_rate), demand_rate);
}

Result<OrderQuantity> economic_order_quantity_with_discounts(double fixed_cost, double holding_share, double demand_rate, std::span<const PriceBreak> breaks, Discount kind) {
    Checks checks;
    checks.at_least_zero("fixed_cost", fixed_cost).positive("holding_share", holding_share).at_least_zero("demand_rate", demand_rate);
    checks.require(!breaks.empty() && breaks[0].from == 0, "breaks/0/from", breaks.empty() ? -1 : breaks[0].from, "0: the first price holds from the first unit");
    for (std::size_t i = 0; i < breaks.size(); ++i) {
        checks.positive(fmt::format("breaks/{}/unit_cost", i), breaks[i].unit_cost);
        if (i == 0) continue;
        checks.require(breaks[i].from > breaks[i - 1].from && breaks[i].from <= largest, fmt::format("breaks/{}/from", i), breaks[i].from, "above the one before");
        checks.require(breaks[i].unit_cost <= breaks[i - 1].unit_cost, fmt::format("breaks/{}/unit_cost", i), breaks[i].unit_cost, "at most the one before");
    }
    TRY(checks.result());
    if (demand_rate == 0) return OrderQuantity{0, 0, 0, breaks[0].unit_cost};
    OrderQuantity best{0, std::numeric_limits<double>::infinity()};
    double saved = 0;  // incremental: what the units before this price cost more than at this price
    for (std::size_t i = 0; i < breaks.size(); ++i) {
        auto const price = breaks[i].unit_cost, end = i + 1 < breaks.size() ? breaks[i + 1].from : std::numeric_limits<double>::infinity();
        if (i > 0) saved += breaks[i].from * (breaks[i - 1].unit_cost - price);
        auto const extra = kind == Discount::incremental ? saved : 0;
        auto const ideal = std::sqrt(2 * (fixed_cost + extra) * demand_rate / (holding_share * price));
        // Inside its range each curve is convex: the ideal, or the nearer end. The upper end belongs to the next price.
        auto const quantity = std::max(ideal, breaks[i].from);
        if (quantity >= end) continue;
        auto const orders = quantity > 0 ? (fixed_cost + extra) * demand_rate / quantity : 0;
        auto const cost = price * demand_rate + orders + holding_share * (extra + price * quantity) / 2;
        if (cost < best.cost) best = {quantity, cost, 0, kind == Discount::incremental && quantity > 0 ? price + extra / quantity : price};
    }
    return best;
}

namespace {

Result<void> check_joint(double shared, std::span<const JointGood> goods) {
    Checks checks;
    checks.at_least_zero("shared_fixed_cost", shared).require(!goods.empty(), "goods", 0, "at least one good");
    for (std::size_t i = 0; i < goods.size(); ++i)
        checks.at_least_zero(fmt::format("goods/{}/fixed_cost", i), goods[i].fixed_cost).positive(fmt::format("goods/{}/holding", i), goods[i].holding).positive(fmt::format("goods/{}/demand_rate", i), goods[i].demand_rate);
    return checks.result();
}

// The cycle that suits given multiples, kept within bounds.
JointReplenishment at_multiples(double shared, std::span<const JointGood> goods, std::vector<long> multiples, double low, double high) {
    double orders = shared, keeping = 0;
    for (std::size_t i = 0; i < goods.size(); ++i) orders += goods[i].fixed_cost / static_cast<double>(multiples[i]), keeping += goods[i].holding * goods[i].demand_rate * static_cast<double>(multiples[i]);
    auto const cycle = std::clamp(std::sqrt(2 * orders / keeping), low, high);
    return {cycle, std::move(multiples), cycle > 0 ? orders / cycle + keeping * cycle / 2 : 0};
}

}  // namespace

Result<JointReplenishment> joint_replenishment_silver(double shared, std::span<const JointGood> goods) {
    TRY(check_joint(shared, goods));
    std::size_t lead = 0;
    auto const ratio = [&](std::size_t i) { return goods[i].fixed_cost / (goods[i].holding * goods[i].demand_rate); };
    for (std::size_t i = 1; i < goods.size(); ++i)
        if (ratio(i) < ratio(lead)) lead = i;
    std::vector<long> multiples(goods.size(), 1);
    auto const base = (shared + goods[lead].fixed_cost) / (goods[lead].holding * goods[lead].demand_rate);
    for (std::size_t i = 0; i < goods.size(); ++i)
        if (i != lead && base > 0) multiples[i] = std::max(1L, std::lround(std::sqrt(ratio(i) / base)));
    return at_multiples(shared, goods, std::move(multiples), 0, std::numeric_limits<double>::infinity());
}

Result<JointReplenishment> joint_replenishment(double shared, std::span<const JointGood> goods) {
    auto best = TRY(joint_replenishment_silver(shared, goods));
    if (best.base_cycle == 0) return best;
    // The cycle of the best policy lies between: shared orders alone may not cost more than the best known cost, nor keeping one cycle of everything.
    double keeping = 0, smallest = std::numeric_limits<double>::infinity();
    for (auto const& g : goods) keeping += g.holding * g.demand_rate, smallest = std::min(smallest, g.fixed_cost);
    auto const high = 2 * best.cost / keeping, low = (shared + smallest) / best.cost;
    if (low <= 0) return best;  // nothing shared and one good free to order: every good by itself
    // Multiple k suits good i where sqrt(k(k-1)) <= sqrt(2 fixed / (holding demand)) / cycle <= sqrt(k(k+1)); walk down from the longest cycle.
    std::vector<long> multiples(goods.size());
    std::vector<double> natural(goods.size());
    for (std::size_t i = 0; i < goods.size(); ++i) {
        natural[i] = std::sqrt(2 * goods[i].fixed_cost / (goods[i].holding * goods[i].demand_rate));
        multiples[i] = std::max(1L, static_cast<long>(std::ceil((std::sqrt(1 + 4 * natural[i] * natural[i] / (high * high)) - 1) / 2)));
    }
    double cycle = high;
    for (std::size_t changes = 0; cycle > low; ++changes) {
        if (changes == 1'000'000) return fail(Errc::failed_precondition, "joint_too_wide", "The goods' natural cycles are too far apart for one joint schedule; split them into groups.");
        double next = 0;
        std::size_t which = 0;
        for (std::size_t i = 0; i < goods.size(); ++i) {
            auto const k = static_cast<double>(multiples[i]), change = natural[i] / std::sqrt(k * (k + 1));
            if (change > next) next = change, which = i;
        }
        if (auto here = at_multiples(shared, goods, multiples, std::max(low, std::min(next, cycle)), cycle); here.cost < best.cost && std::ranges::find(here.multiples, 1L) != here.multiples.end()) best = std::move(here);
        if (next == 0) break;
        cycle = std::min(cycle, next), ++multiples[which];
    }
    return best;
}

}  // namespace kindling::inventory
