#include "engines/inventory/serial.h"

#include <algorithm>
#include <numeric>

#include "engines/inventory/checks.h"

namespace kindling::inventory {

namespace {

Result<void> check(std::span<const SerialStage> stages, double stockout, const Demand& demand, std::span<const double> given) {
    Checks checks;
    checks.positive("stockout", stockout).require(!stages.empty(), "stages", 0, "at least one stage").require(demand.mean() >= 0, "demand/mean", demand.mean(), "at least 0");
    for (std::size_t j = 0; j < stages.size(); ++j) checks.positive(fmt::format("stages/{}/echelon_holding", j), stages[j].echelon_holding).at_least_zero(fmt::format("stages/{}/lead_time", j), stages[j].lead_time);
    checks.require(given.empty() || given.size() == stages.size(), "echelon_base_stock", static_cast<double>(given.size()), "one for each stage");
    for (std::size_t j = 0; j < given.size(); ++j) checks.number(fmt::format("echelon_base_stock/{}", j), given[j]);
    return checks.result();
}

// Equal steps from `low` on.
struct Axis {
    double low = 0, step = 1;
    std::size_t count = 0;
    double at(std::size_t i) const { return low + static_cast<double>(i) * step; }
    double high() const { return at(count - 1); }
    std::size_t nearest(double x) const {
        auto const i = std::ceil((x - low) / step - 0.5);
        return static_cast<std::size_t>(std::clamp(i, 0.0, static_cast<double>(count - 1)));
    }
};

Axis steps(double low, double high, double step) {  // low, low + step ... below high + step
    return {low, step, static_cast<std::size_t>(std::ceil((high + step - low) / step - 1e-12))};
}


Result<SerialPolicy> solve(std::span<const SerialStage> stages, double stockout, const Demand& demand, std::span<const double> given, const SerialGrid& grid) {
    double lead_times = 0, penalty = stockout;
    for (auto const& s : stages) lead_times += s.lead_time, penalty += s.echelon_holding;
    auto const all = TRY(demand.over(lead_times));
    auto const whole = demand.whole();
    auto const highest = all.quantile(1 - grid.sum_upper_tail), lowest = grid.lowest ? std::min(*grid.lowest, 0.0) : (whole ? -1.0 : all.quantile(grid.sum_lower_tail)) - highest;
    Axis x;
    auto top = std::max({highest, 1.0, given.empty() ? 0.0 : *std::ranges::max_element(given)});
    if (whole) x = {std::trunc(lowest), 1, 0}, x.count = static_cast<std::size_t>(std::trunc(top) - x.low) + 1;
    else x = steps(lowest, top, std::max((top - lowest) / static_cast<double>(grid.positions), 1e-300));
    if (x.count > 1'000'000) return fail(Errc::invalid_argument, "demand_too_wide", "The demand over all lead times has more than 1,000,000 different sums; count in larger units.");
    std::vector<double> carried(x.count), now(x.count), cost(x.count), best;
    for (std::size_t i = 0; i < x.count; ++i) carried[i] = penalty * std::max(0.0, -x.at(i));
    double result = 0;
    for (std::size_t j = 0; j < stages.size(); ++j) {
        for (std::size_t i = 0; i < x.count; ++i) now[i] = stages[j].echelon_holding * x.at(i) + carried[i];
        // Far below zero the cost is a line (everything is owed): its value at x, with what comes in the lead times below.
        double slope = -penalty, constant = 0, downstream = 0;
        for (std::size_t i = j; i-- > 0;) downstream += demand.mean() * stages[i].lead_time, slope += stages[i].echelon_holding, constant -= stages[i].echelon_holding * downstream;
        slope += stages[j].echelon_holding, constant += penalty * downstream;
        auto const lead = TRY(demand.over(stages[j].lead_time));
        std::vector<double> values, chances;
        if (whole || lead.deviation() == 0) {
            auto const first = whole ? 0.0 : lead.mean(), last = whole ? lead.quantile(1 - grid.lead_tail) : lead.mean();
            for (double d = first; d <= last; ++d) values.push_back(d), chances.push_back(lead.probability(d));
        } else {
            auto const low = lead.quantile(grid.lead_tail), high = lead.quantile(1 - grid.lead_tail);
            auto const d = steps(low, high, (high - low) / static_cast<double>(grid.demands));
            for (std::size_t i = 0; i < d.count; ++i) values.push_back(d.at(i)), chances.push_back(lead.cdf(d.at(i) + d.step / 2) - lead.cdf(d.at(i) - d.step / 2));
        }
        auto const total = std::accumulate(chances.begin(), chances.end(), 0.0);
        if (grid.tails == Tails::spread)
            for (auto& p : chances) p /= total;
        if (grid.tails == Tails::at_ends) {
            auto const low = whole || values.size() == 1 ? 0 : lead.cdf(values[0] - (values[1] - values[0]) / 2);
            chances.front() += low, chances.back() += 1 - total - low;
        }
        for (std::size_t i = 0; i < x.count; ++i) {
            double sum = 0;
            for (std::size_t k = 0; k < values.size(); ++k) {
                auto const at = x.at(i) - values[k];
                if (at < x.low) {
                    auto const below = grid.nearest ? x.low - std::ceil((x.low - at) / x.step - 0.5) * x.step : at;
                    sum += chances[k] * (slope * below + constant);
                    continue;
                }
                if (grid.nearest) { sum += chances[k] * now[x.nearest(at)]; continue; }
                auto const position = std::min((at - x.low) / x.step, static_cast<double>(x.count - 1));
                auto const left = std::min(static_cast<std::size_t>(position), x.count - 1), right = std::min(left + 1, x.count - 1);
                sum += chances[k] * (now[left] + (position - static_cast<double>(left)) * (now[right] - now[left]));
            }
            cost[i] = sum;
        }
        auto const level = given.empty() ? static_cast<std::size_t>(std::ranges::min_element(cost) - cost.begin()) : x.nearest(given[j]);
        best.push_back(given.empty() ? x.at(level) : given[j]);
        result = cost[level];
        for (std::size_t i = 0; i < x.count; ++i) carried[i] = cost[std::min(i, level)];
    }
    return SerialPolicy{std::move(best), result};
}

}  // namespace

Result<SerialPolicy> serial_exact(std::span<const SerialStage> stages, double stockout, const Demand& demand, const SerialGrid& grid) {
    TRY(check(stages, stockout, demand, {}));
    return solve(stages, stockout, demand, {}, grid);
}

Result<double> serial_cost(std::span<const SerialStage> stages, double stockout, const Demand& demand, std::span<const double> given, const SerialGrid& grid) {
    TRY(Checks().require(!given.empty(), "echelon_base_stock", 0, "one for each stage").result());
    TRY(check(stages, stockout, demand, given));
    return TRY(solve(stages, stockout, demand, given, grid)).cost;
}

Result<SerialBounds> serial_newsvendor_bounds(std::span<const SerialStage> stages, double stockout, const Demand& demand) {
    TRY(check(stages, stockout, demand, {}));
    SerialBounds out;
    double upstream = 0, lead_time = 0;
    for (auto const& s : stages) upstream += s.echelon_holding;
    auto const all = upstream;
    for (auto const& s : stages) {
        upstream -= s.echelon_holding, lead_time += s.lead_time;
        auto const owed = stockout + upstream;
        auto const d = TRY(demand.over(lead_time));
        out.upper.push_back(d.quantile(owed / (owed + s.echelon_holding)));
        out.lower.push_back(d.quantile(owed / (stockout + all)));
        out.middle.push_back((out.upper.back() + out.lower.back()) / 2);
    }
    return out;
}

}  // namespace kindling::inventory
