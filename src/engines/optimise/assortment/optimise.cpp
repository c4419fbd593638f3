#include "engines/optimise/assortment/problem.h"
#include <fmt/format.h>

namespace kindling::assortment {

namespace {

Result<void> check(Problem const& p) {
    if (p.limits.size() > most_limits) return fail(Errc::invalid_argument, "too_many_limits", fmt::format("At most {} limits.", most_limits));
    for (auto const limit : p.limits) if (!(limit >= 0)) return fail(Errc::invalid_argument, "bad_problem", "A limit must be 0 or more.");
    for (std::size_t s = 0; s < p.sets.size(); ++s) {
        auto const& set = p.sets[s];
        auto const wrong = [&](std::string_view what) { return fail(Errc::invalid_argument, "bad_problem", fmt::format("Set {}: {}.", s, what)); };
        auto const& d = set.demand;
        if (!(d.arrivals >= 0) || !std::isfinite(d.arrivals) || !std::isfinite(d.intercept) || !std::isfinite(d.reference)) return wrong("arrivals must be 0 or more, intercept and reference finite");
        if (!(d.substitution > 0 && d.substitution <= 1)) return wrong("substitution must be above 0 and at most 1");
        for (auto const& item : set.items) {
            if (item.required && item.options.empty()) return wrong("a required good needs an option");
            for (auto const& o : item.options) {
                if (!(o.attraction > 0) || !std::isfinite(o.attraction) || !std::isfinite(o.unit_profit) || !std::isfinite(o.fixed_profit)) return wrong("an option's attraction must be above 0, its profits finite");
                for (std::size_t k = 0; k < most_limits; ++k) if (!(o.fixed_use[k] >= 0) || !(o.unit_use[k] >= 0) || !std::isfinite(o.fixed_use[k] + o.unit_use[k])) return wrong("uses must be 0 or more");
            }
        }
    }
    return {};
}

}  // namespace

std::unexpected<Error> too_tight() { return fail(Errc::failed_precondition, "limits_too_tight", "What is required does not fit into the limits: raise a limit, or require less."); }

Result<Plan> optimise(Problem const& problem, Settings const& settings, Progress const& progress) {
    TRY(check(problem));
    if (problem.sets.empty()) return Plan{.chosen = {}, .used = std::vector<double>(problem.limits.size()), .dual_price = std::vector<double>(problem.limits.size())};
    return settings.method == Method::columns ? by_columns(problem, settings, progress) : by_mixed_integer(problem, settings);
}

}  // namespace kindling::assortment
