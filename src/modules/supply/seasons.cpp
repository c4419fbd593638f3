#include "modules/supply/seasons.h"
#include "engines/inventory/finite_horizon.h"
#include <algorithm>
#include <cmath>

namespace kindling::supply_module {

namespace {

struct Moments { double mean = 0, variance = 0; };

// Of the days from `from` until `extra` days and a lead time later, none after the season.
Moments ahead_of(DemandAhead const& a, std::span<double const> lead_weights, double from, double extra, double season_days) {
    auto const begin = std::min(from, season_days), before = a.sum(begin), variance_before = a.variance(begin);
    Moments m;
    double square = 0;
    for (std::size_t d = 0; d < lead_weights.size(); ++d) {
        auto const w = lead_weights[d];
        if (w < 1e-5) continue;
        auto const until = std::min(from + extra + static_cast<double>(d), season_days), sum = std::max(0.0, a.sum(until) - before);
        m.mean += w * sum, square += w * sum * sum, m.variance += w * std::max(sum, a.variance(until) - variance_before);
    }
    m.variance += std::max(0.0, square - m.mean * m.mean);
    return m;
}

}  // namespace

Result<Season> plan_season(Good const& good, Level const& level, LeadTime const& lead, DemandAhead const& ahead, SupplySettings const& settings, Day origin, Day last_day, double position) {
    Season out;
    auto const season_days = static_cast<double>(last_day + 1 - origin);
    auto const holding = level.holding_per_day;
    auto const cleared = good.price * (1 - static_cast<double>(settings.most_markdown_percent) / 100);
    out.left_minor = std::max(level.cost - cleared, 91 * holding);
    static constexpr double at_once[] = {1};
    std::vector<inventory::HorizonPeriod> periods;
    for (Day day = lead.next_order; static_cast<double>(day - origin) + lead.mean < season_days; day = lead.after_next(day)) {
        auto const from = static_cast<double>(day - origin), review = static_cast<double>(lead.after_next(day) - day);
        // What the last order day brings must last to the end.
        auto const last = from + review + lead.mean >= season_days;
        auto const own = ahead_of(ahead, at_once, from, last ? season_days : review, season_days), until = ahead_of(ahead, lead.weights, from, last ? season_days : review, season_days);
        periods.push_back({.demand = TRY(inventory::Demand::counts(own.mean, own.variance)), .fixed = level.fixed, .unit_cost = 0, .holding = holding * review, .stockout = std::max(1.0, level.margin), .charged = TRY(inventory::Demand::counts(until.mean, until.variance))});
        out.steps.push_back({day, own.mean, -1, 0});
    }
    if (periods.empty()) return out;
    auto const plan = TRY(inventory::finite_horizon(periods, {.holding = out.left_minor, .stockout = 0}, 1, std::max(0.0, std::floor(position))));
    for (std::size_t t = 0; t < out.steps.size(); ++t)
        if (plan.order_up_to[t] > 0) out.steps[t].reorder_level = std::min(plan.reorder_level[t], plan.order_up_to[t] - 1), out.steps[t].order_up_to = plan.order_up_to[t];
    out.expected_minor = plan.cost;
    return out;
}

}  // namespace kindling::supply_module
