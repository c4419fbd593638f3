#include "engines/inventory/simulate.h"

#include <algorithm>

#include "engines/inventory/checks.h"

namespace kindling::inventory {

WholeSampler::WholeSampler(std::span<const double> probabilities) : cells_(probabilities.size()) {
    auto const n = static_cast<double>(probabilities.size());
    std::vector<double> chance;
    std::vector<std::uint32_t> small, large;
    for (std::uint32_t i = 0; i < probabilities.size(); ++i) chance.push_back(probabilities[i] * n), (chance[i] < 1 ? small : large).push_back(i);
    auto const fixed = [](double share) { return static_cast<std::uint32_t>(std::clamp(share * 0x1p32, 0.0, 0x1p32 - 1)); };
    while (!small.empty() && !large.empty()) {
        auto const s = small.back(), l = large.back();
        small.pop_back();
        cells_[s] = {fixed(chance[s]), l};
        if ((chance[l] -= 1 - chance[s]) < 1) large.pop_back(), small.push_back(l);
    }
    for (auto const* rest : {&small, &large})
        for (auto const i : *rest) cells_[i] = {~0u, i};
}

Result<SimulatedStock> simulate(const Demand& period, double reorder_level, double order_up_to, const SimulationPlan& plan) {
    Checks checks;
    auto const count = [&](const char* what, int v, int low, int high) { checks.require(v >= low && v <= high, what, v, fmt::format("from {} to {}", low, high)); };
    checks.number("reorder_level", reorder_level).number("order_up_to", order_up_to).require(!(order_up_to <= reorder_level), "order_up_to", order_up_to, "above the reorder level");
    count("lead_time", plan.lead_time, 0, 10'000), count("periods", plan.periods, 1, 10'000'000), count("warm_up", plan.warm_up, 0, 10'000'000), count("runs", plan.runs, 1, 1'000'000);
    TRY(checks.result());
    WholeSampler const sampler(TRY(whole_probabilities(period)));
    Random const root(plan.seed);
    SimulatedStock out;
    double asked = 0, served = 0, rates = 0, squares = 0, counted = 0;
    for (int run = 0; run < plan.runs; ++run) {
        auto random = root.stream("run", static_cast<std::uint64_t>(run));
        Shelf shelf(plan.lead_time, plan.lost_sales, std::max(0.0, order_up_to));
        double run_asked = 0, run_served = 0;
        for (int t = -plan.warm_up; t < plan.periods; ++t) {
            auto const ordered = shelf.order(reorder_level, order_up_to), demand = sampler.draw(random), now = shelf.serve(demand);
            if (t < 0) continue;
            run_asked += demand, run_served += now;
            out.on_hand += shelf.on_hand(), out.owed += shelf.owed(), out.orders += ordered > 0;
        }
        asked += run_asked, served += run_served;
        auto const rate = run_asked > 0 ? run_served / run_asked : 1;
        rates += rate, squares += rate * rate, counted += plan.periods;
    }
    out.on_hand /= counted, out.owed /= counted, out.orders /= counted;
    out.fill_rate = asked > 0 ? served / asked : 1;
    auto const runs = static_cast<double>(plan.runs);
    if (plan.runs > 1) out.fill_rate_error = std::sqrt(std::max(0.0, squares / runs - rates / runs * rates / runs) / (runs - 1));
    return out;
}

}  // namespace kindling::inventory
