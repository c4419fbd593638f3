// engines/optimise/assortment/mixed_integer.cpp -- the multinomial logit as one mixed integer linear programme.
//
// Charnes-Cooper: with w0 the share that buys nothing, the share that takes option l of good i is w = a * w0 when it is on sale (z = 1) and 0
// otherwise, where a = attraction over the attraction of buying nothing. Profit and use are linear in w and z. The products z * w0 are
// linearised: w <= a w0, w <= a / (1 + a) z, w >= a (w0 - 1 + z), and all shares of a set add up to 1.
#include "engines/optimise/assortment/problem.h"
#include "engines/optimise/assortment/solver.h"
#include <algorithm>

namespace kindling::assortment {

Result<Plan> by_mixed_integer(Problem const& problem, Settings const& settings) {
    double money = 1;
    for (auto const& set : problem.sets) {
        if (set.demand.substitution != 1) return fail(Errc::invalid_argument, "not_multinomial", "The mixed integer programme needs substitution = 1; use the method of columns.");
        for (auto const& item : set.items) for (auto const& o : item.options) money = std::max(money, std::abs(o.unit_profit) * set.demand.arrivals);
    }
    Programme p;
    std::vector<int> limits;
    std::vector<double> scale;
    for (auto const limit : problem.limits) scale.push_back(std::isfinite(limit) && limit > 0 ? limit : 1), limits.push_back(p.add_row(-unbounded, std::isfinite(limit) ? limit / scale.back() : unbounded));
    struct At { std::size_t set, item; int option, z; };
    std::vector<At> places;
    int columns = 0;
    for (std::size_t s = 0; s < problem.sets.size(); ++s) {
        auto const& set = problem.sets[s];
        auto const worth = std::exp(set.demand.intercept - set.demand.reference);
        auto const all = p.add_row(1, 1);
        struct Rows { std::size_t item; int option; int under, only, over; double a; };
        std::vector<Rows> rows;
        std::vector<int> one_option;
        for (std::size_t i = 0; i < set.items.size(); ++i) {
            one_option.push_back(p.add_row(set.items[i].required ? 1 : 0, 1));
            for (std::size_t l = 0; l < set.items[i].options.size(); ++l) {
                auto const a = worth * set.items[i].options[l].attraction;
                auto const under = p.add_row(-unbounded, 0), only = p.add_row(-unbounded, 0), over = p.add_row(-a, unbounded);
                rows.push_back({i, static_cast<int>(l), under, only, over, a});
            }
        }
        std::vector<Entry> nothing{{all, 1}};
        for (auto const& r : rows) nothing.push_back({r.under, -r.a}), nothing.push_back({r.over, -r.a});
        p.add_column(0, 0, 1, nothing), ++columns;
        for (auto const& r : rows) {
            auto const& o = set.items[r.item].options[static_cast<std::size_t>(r.option)];
            std::vector<Entry> share{{all, 1}, {r.under, 1}, {r.only, 1}, {r.over, 1}}, sale{{r.only, -r.a / (1 + r.a)}, {r.over, -r.a}, {one_option[r.item], 1}};
            for (std::size_t k = 0; k < limits.size(); ++k) {
                if (o.unit_use[k] != 0) share.push_back({limits[k], o.unit_use[k] * set.demand.arrivals / scale[k]});
                if (o.fixed_use[k] != 0) sale.push_back({limits[k], o.fixed_use[k] / scale[k]});
            }
            p.add_column(o.unit_profit * set.demand.arrivals / money, 0, 1, share), ++columns;
            places.push_back({s, r.item, r.option, p.add_column(o.fixed_profit / money, 0, 1, sale, true)}), ++columns;
        }
    }
    auto const relaxed = p.linear();
    if (!relaxed) return relaxed.error().reason == "infeasible" ? too_tight() : std::unexpected(relaxed.error());
    auto const best = p.integer(settings.gap, settings.most_seconds);
    if (!best) return best.error().reason == "infeasible" ? too_tight() : std::unexpected(best.error());
    Plan plan;
    for (auto const& set : problem.sets) plan.chosen.emplace_back(set.items.size(), -1);
    for (auto const& at : places) if (best->x[static_cast<std::size_t>(at.z)] > 0.5) plan.chosen[at.set][at.item] = at.option;
    TRY(finish(problem, plan));
    plan.bound = std::max(best->bound * money, plan.profit), plan.columns = static_cast<std::size_t>(columns);
    for (std::size_t k = 0; k < limits.size(); ++k) plan.dual_price.push_back(std::max(0.0, relaxed->dual[static_cast<std::size_t>(limits[k])]) * money / scale[k]);
    return plan;
}

}  // namespace kindling::assortment
