#include "modules/supply/seasons.h"
#include "engines/inventory/finite_horizon.h"
#include <algorithm>
#include <cmath>

namespace kindling::supply_module {

namespace {

constexpr double most_levels = 1500;

struct Moments { double mean = 0, variance = 0; };

// Of the days from `from` until `extra` days and a lead time later, none after the season. On that day as much will be known of them as today of as many days: the spread is that of a stretch as long,
// at their own mean with the same dispersion (variance = mean + D mean^2).
Moments ahead_of(DemandAhead const& a, std::span<double const> lead_weights, double from, double extra, double season_days) {
    auto const begin = std::min(from, season_days), before = a.sum(begin);
    Moments m;
    double square = 0;
    for (std::size_t d = 0; d < lead_weights.size(); ++d) {
        auto const w = lead_weights[d];
        if (w < 1e-5) continue;
        auto const until = std::min(from + extra + static_cast<double>(d), season_days), sum = std::max(0.0, a.sum(until) - before), as_long = a.sum(until - begin);
        auto const dispersion = as_long > 0 ? std::max(0.0, a.variance(until - begin) - as_long) / (as_long * as_long) : 0;
        m.mean += w * sum, square += w * sum * sum, m.variance += w * (sum + dispersion * sum * sum);
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
    struct Week { Moments own, until; double review; };
    std::vector<Week> weeks;
    double mean = 0, variance = 0;
    for (Day day = lead.next_order; static_cast<double>(day - origin) + lead.mean < season_days; day = lead.after_next(day)) {
        auto const from = static_cast<double>(day - origin), review = static_cast<double>(lead.after_next(day) - day);
        // What the last order day brings must last to the end.
        auto const last = from + review + lead.mean >= season_days;
        weeks.push_back({ahead_of(ahead, at_once, from, last ? season_days : review, season_days), ahead_of(ahead, lead.weights, from, last ? season_days : review, season_days), review});
        mean += weeks.back().own.mean, variance += weeks.back().own.variance;
        out.steps.push_back({day, weeks.back().own.mean, -1, 0});
    }
    // Much demand is counted in larger units: a level is then exact to one of them.
    auto const unit = std::max(1.0, std::ceil((mean + 6 * std::sqrt(variance)) / most_levels));
    auto const counted = [&](Moments const& m) { return unit == 1 ? inventory::Demand::counts(m.mean, m.variance) : inventory::Demand::gamma(m.mean / unit, std::sqrt(m.variance) / unit); };
    std::vector<inventory::HorizonPeriod> periods;
    for (auto const& w : weeks) periods.push_back({.demand = TRY(counted(w.own)), .fixed = level.fixed, .unit_cost = 0, .holding = holding * w.review * unit, .stockout = std::max(1.0, level.margin) * unit, .charged = TRY(counted(w.until))});
    if (periods.empty()) return out;
    auto const plan = TRY(inventory::finite_horizon(periods, {.holding = out.left_minor * unit, .stockout = 0}, 1, std::max(0.0, std::floor(position / unit))));
    for (std::size_t t = 0; t < out.steps.size(); ++t)
        if (plan.order_up_to[t] > 0) out.steps[t].reorder_level = std::min(plan.reorder_level[t], plan.order_up_to[t] - 1) * unit, out.steps[t].order_up_to = plan.order_up_to[t] * unit;
    out.expected_minor = plan.cost;
    return out;
}

}  // namespace kindling::supply_module
