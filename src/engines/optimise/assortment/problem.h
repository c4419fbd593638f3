// engines/optimise/assortment/problem.h -- within the engine: the methods of optimise(), and what both do at the end.
#pragma once
#include "engines/optimise/assortment/plan.h"

namespace kindling::assortment {

Result<Plan> by_columns(Problem const&, Settings const&, Progress const&);
Result<Plan> by_mixed_integer(Problem const&, Settings const&);

std::unexpected<Error> too_tight();
// Changes single goods while that earns more within the limits (and first takes out the least valuable where a solver's tolerance let a
// limit be passed), then writes profit and use. `within` is held to 1e-9 of a limit.
Result<void> finish(Problem const&, Plan&);
bool within(Problem const&, std::vector<double> const& used);

}  // namespace kindling::assortment
