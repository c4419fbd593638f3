#include "engines/inventory/lot_size.h"

#include <algorithm>
#include <deque>
#include <limits>
#include <numeric>

#include "engines/inventory/checks.h"

namespace kindling::inventory {

namespace {

constexpr double never = std::numeric_limits<double>::infinity();

LotPlan whole_periods(std::span<const LotPeriod> p, std::size_t shelf_life) {
    auto const n = p.size();
    std::vector<double> best(n + 1, 0);
    std::vector<std::size_t> until(n, n);
    for (std::size_t t = n; t-- > 0;) {
        best[t] = never;
        double cost = 0, keep = 0, covered = 0;  // keep: what a unit costs from ordering to the period in hand
        for (std::size_t e = t; e < n && (shelf_life == 0 || e < t + shelf_life); ++e) {
            if (e > t) keep += p[e - 1].holding;
            cost += p[e].demand * (p[t].unit_cost + keep), covered += p[e].demand;
            auto const total = (covered > 0 ? p[t].fixed : 0) + cost + best[e + 1];
            if (total < best[t]) best[t] = total, until[t] = e + 1;
        }
    }
    LotPlan plan{std::vector<double>(n, 0), best[0]};
    for (std::size_t t = 0; t < n; t = until[t])
        for (std::size_t e = t; e < until[t]; ++e) plan.orders[t] += p[e].demand;
    return plan;
}

// value[t][i]: the cheapest way to begin period t with i units.
Result<LotPlan> limited(std::span<const LotPeriod> p, const LotLimits& limits) {
    auto const n = p.size();
    auto const pack = static_cast<long>(limits.pack);
    auto const least = std::max(pack, (static_cast<long>(limits.minimum) + pack - 1) / pack * pack);
    double total = 0;
    for (auto const& period : p) total += period.demand;
    // An optimal plan never holds more than everything to come and one least order beyond it, or what it began with.
    auto const top = static_cast<long>(std::max(total + static_cast<double>(least), limits.stock_at_start));
    if (static_cast<double>(top + 1) * static_cast<double>(n + 1) > 2e7) return fail(Errc::invalid_argument, "plan_too_wide", "The plan would need more than 20,000,000 states; count in larger units, or plan fewer periods.");
    auto const most = limits.capacity ? static_cast<long>(std::min(*limits.capacity, static_cast<double>(top))) / pack * pack : top / pack * pack;
    auto const size = static_cast<std::size_t>(top) + 1;
    std::vector<std::vector<double>> value(n + 1, std::vector<double>(size, never));
    std::ranges::fill(value[n], 0);
    for (std::size_t t = n; t-- > 0;) {
        auto const demand = static_cast<long>(p[t].demand);
        long keeps = top;  // most that may be left at the end
        if (limits.shelf_life > 0) {
            double sellable = 0;
            for (std::size_t e = t + 1; e < std::min(n, t + limits.shelf_life); ++e) sellable += p[e].demand;
            keeps = std::min(keeps, static_cast<long>(sellable));
        }
        // after[y]: with y units once the order has come, in this period's unit cost.
        auto const after = [&](long y) { return y < demand || y - demand > keeps || y > top ? never : p[t].unit_cost * static_cast<double>(y) + p[t].holding * static_cast<double>(y - demand) + value[t + 1][static_cast<std::size_t>(y - demand)]; };
        for (long x = 0; x <= top; ++x)
            if (auto const stay = after(x); stay < never) value[t][static_cast<std::size_t>(x)] = stay - p[t].unit_cost * static_cast<double>(x);
        if (least > most) continue;
        // Each residue by itself: x falls by one pack, the window x + least .. x + most moves with it.
        for (long residue = 0; residue < pack && residue <= top; ++residue) {
            std::deque<std::pair<long, double>> window;
            long next = residue + (top - residue) / pack * pack;  // the highest level not yet in the window
            for (long x = next; x >= 0; x -= pack) {
                for (; next >= x + least; next -= pack) {
                    auto const v = after(next);
                    while (!window.empty() && window.back().second >= v) window.pop_back();
                    window.emplace_back(next, v);
                }
                while (!window.empty() && window.front().first > x + most) window.pop_front();
                if (window.empty() || window.front().second == never) continue;
                auto const ordered = p[t].fixed + window.front().second - p[t].unit_cost * static_cast<double>(x);
                value[t][static_cast<std::size_t>(x)] = std::min(value[t][static_cast<std::size_t>(x)], ordered);
            }
        }
    }
    auto x = static_cast<long>(limits.stock_at_start);
    if (value[0][static_cast<std::size_t>(x)] == never) {
        std::size_t last = n;
        while (last > 0 && std::ranges::any_of(value[last], [](double v) { return v < never; })) --last;
        return fail(Errc::failed_precondition, "no_plan", fmt::format("No orders within the limits meet all demand without waste; look at period {} and around it (capacity, minimum, pack, shelf life, opening stock).", last + 1));
    }
    LotPlan plan{std::vector<double>(n, 0), value[0][static_cast<std::size_t>(x)]};
    for (std::size_t t = 0; t < n; ++t) {
        auto const demand = static_cast<long>(p[t].demand);
        auto const wanted = value[t][static_cast<std::size_t>(x)];
        long best = 0;
        double nearest = never;  // rounding: the candidate that comes nearest to the value is the one it came from
        auto const look = [&](long q) {
            auto const left = x + q - demand;
            if (left < 0 || left > top) return;
            if (limits.shelf_life > 0) {
                double sellable = 0;
                for (std::size_t e = t + 1; e < std::min(n, t + limits.shelf_life); ++e) sellable += p[e].demand;
                if (static_cast<double>(left) > sellable) return;
            }
            auto const cost = (q > 0 ? p[t].fixed : 0) + p[t].unit_cost * static_cast<double>(q) + p[t].holding * static_cast<double>(left) + value[t + 1][static_cast<std::size_t>(left)];
            if (std::abs(cost - wanted) < nearest) nearest = std::abs(cost - wanted), best = q;
        };
        look(0);
        for (long q = least; q <= most; q += pack) look(q);
        plan.orders[t] = static_cast<double>(best), x += best - demand;
    }
    return plan;
}

}  // namespace

Result<LotPlan> lot_sizes(std::span<const LotPeriod> periods, const LotLimits& limits) {
    Checks checks;
    checks.require(!periods.empty(), "periods", 0, "at least one period");
    auto const whole = [](double v) { return v == std::floor(v); };
    for (std::size_t t = 0; t < periods.size(); ++t) {
        auto const& p = periods[t];
        checks.at_least_zero(fmt::format("periods/{}/demand", t), p.demand).at_least_zero(fmt::format("periods/{}/fixed", t), p.fixed).at_least_zero(fmt::format("periods/{}/unit_cost", t), p.unit_cost).at_least_zero(fmt::format("periods/{}/holding", t), p.holding);
        checks.require(limits.none() || whole(p.demand), fmt::format("periods/{}/demand", t), p.demand, "a whole number, as there are limits");
    }
    if (limits.capacity) checks.positive("capacity", *limits.capacity);
    checks.require(whole(limits.minimum) && limits.minimum >= 0 && limits.minimum <= 1e9, "minimum", limits.minimum, "a whole number from 0 to 1e9");
    checks.require(whole(limits.pack) && limits.pack >= 1 && limits.pack <= 1e9, "pack", limits.pack, "a whole number from 1 to 1e9");
    checks.require(whole(limits.stock_at_start) && limits.stock_at_start >= 0 && limits.stock_at_start <= 1e9, "stock_at_start", limits.stock_at_start, "a whole number from 0 to 1e9");
    TRY(checks.result());
    return limits.none() ? whole_periods(periods, limits.shelf_life) : limited(periods, limits);
}

}  // namespace kindling::inventory
