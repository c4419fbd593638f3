#include "engines/inventory/finite_horizon.h"

#include <algorithm>
#include <limits>

#include "engines/inventory/checks.h"

namespace kindling::inventory {

namespace {

struct Period {
    std::vector<double> demand;
    double mean = 0;
};

}  // namespace

Result<HorizonPlan> finite_horizon(std::span<const HorizonPeriod> periods, HorizonEnd end, double discount, double stock_at_start) {
    Checks checks;
    checks.require(!periods.empty(), "periods", 0, "at least one period").require(discount > 0 && discount <= 1, "discount", discount, "above 0 and at most 1");
    checks.at_least_zero("end/holding", end.holding).at_least_zero("end/stockout", end.stockout).require(stock_at_start == std::floor(stock_at_start) && std::abs(stock_at_start) <= largest, "stock_at_start", stock_at_start, "a whole number");
    for (std::size_t t = 0; t < periods.size(); ++t) {
        auto const& p = periods[t];
        checks.at_least_zero(fmt::format("periods/{}/fixed", t), p.fixed).at_least_zero(fmt::format("periods/{}/unit_cost", t), p.unit_cost).at_least_zero(fmt::format("periods/{}/holding", t), p.holding).positive(fmt::format("periods/{}/stockout", t), p.stockout);
        // Otherwise it pays to owe for ever, and no level is best.
        auto const later = t + 1 < periods.size() ? periods[t + 1].unit_cost : end.stockout;
        checks.require(p.stockout + discount * later > p.unit_cost, fmt::format("periods/{}/unit_cost", t), p.unit_cost, "below the stockout cost and what a unit costs later");
    }
    TRY(checks.result());
    std::vector<Period> demand;
    double most = 0, widest = 0;
    for (auto const& p : periods) {
        demand.push_back({TRY(whole_probabilities(p.demand)), 0});
        for (std::size_t k = 0; k < demand.back().demand.size(); ++k) demand.back().mean += demand.back().demand[k] * static_cast<double>(k);
        most += static_cast<double>(demand.back().demand.size() - 1), widest = std::max(widest, static_cast<double>(demand.back().demand.size()));
    }
    // Levels above all demand to come are never ordered to; far below, one always orders (checked at the end, widened if not).
    if (periods.back().charged) most += static_cast<double>(TRY(whole_probabilities(*periods.back().charged)).size());
    auto const high = std::max(most, stock_at_start);
    auto const n_periods = periods.size();
    for (double low = std::min(-widest, stock_at_start);; low = low * 2 - 1) {
        if (high - low > 1e5) return fail(Errc::invalid_argument, "demand_too_wide", "The plan would need more than 100,000 stock levels; count in larger units.");
        auto const n = static_cast<std::size_t>(high - low) + 1;
        auto const at = [&](std::size_t i) { return low + static_cast<double>(i); };
        std::vector<double> value(n), order(n);
        for (std::size_t i = 0; i < n; ++i) value[i] = end.holding * std::max(0.0, at(i)) + end.stockout * std::max(0.0, -at(i));
        double slope = -end.stockout;  // of the value below the lowest level
        HorizonPlan plan;
        plan.reorder_level.resize(n_periods), plan.order_up_to.resize(n_periods);
        bool wide_enough = true;
        for (std::size_t t = n_periods; t-- > 0;) {
            auto const& p = periods[t];
            auto const& chances = demand[t].demand;
            for (std::size_t i = 0; i < n; ++i) {
                double now = 0, later = 0;
                for (std::size_t k = 0; k < chances.size(); ++k) {
                    auto const left = at(i) - static_cast<double>(k);
                    now += chances[k] * (left >= 0 ? p.holding * left : -p.stockout * left);
                    later += chances[k] * (left >= low ? value[i - k] : value[0] + slope * (left - low));
                }
                if (p.charged) {
                    auto const owed = p.charged->loss(at(i)), left = at(i) - p.charged->mean() + owed;
                    now = p.holding * left + p.stockout * owed;
                    if (t + 1 == n_periods) later = end.holding * left + end.stockout * owed;
                }
                order[i] = p.unit_cost * at(i) + now + discount * later;
            }
            std::size_t best = n - 1;
            std::vector<double> next(n);
            plan.reorder_level[t] = low - 1;
            for (std::size_t i = n; i-- > 0;) {
                if (order[i] <= order[best]) best = i;
                auto const by_ordering = p.fixed + order[best];
                if (i != best && by_ordering < order[i]) plan.reorder_level[t] = std::max(plan.reorder_level[t], at(i));
                next[i] = std::min(order[i], by_ordering) - p.unit_cost * at(i);
            }
            plan.order_up_to[t] = at(best);
            if (p.fixed == 0) plan.reorder_level[t] = at(best);
            wide_enough = wide_enough && plan.reorder_level[t] > low;
            value = std::move(next), slope = -p.unit_cost;
        }
        plan.cost = value[static_cast<std::size_t>(stock_at_start - low)];
        if (wide_enough) return plan;
    }
}

}  // namespace kindling::inventory
