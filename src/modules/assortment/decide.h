// modules/assortment/decide.h -- the changes of a plan as decisions: what, why, expected value, the operation that carries it out and the one that takes it back.
#pragma once
#include "modules/assortment/model.h"

namespace kindling::assortment_module {

// Within context.open: withdraws what an earlier plan proposed and nobody decided, proposes the most valuable changes (their value must be
// above 0) and writes their ids and number into `plan`.
Result<void> decide(Context&, Propose const&, Computed& plan);

// Products that are pushed at `now` (selection.push).
Result<std::vector<std::string>> pushed_now(shop::Transaction&, Milliseconds now);

}  // namespace kindling::assortment_module
