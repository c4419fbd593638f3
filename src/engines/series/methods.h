// engines/series/methods.h -- one method, one prepared series, one path: the table behind Method.
#pragma once
#include "engines/series/prepare.h"

namespace kindling::series {

struct Path {
    std::vector<double> values;  // of step 1 .. horizon, in the prepared unit, season included
    double deviation = 0;        // of one-step errors inside the history, where the method has them; 0 otherwise
};

// Any method answers for any prepared series; ones that need more values than there are fall back to the last value.
Path run(Method, const Prepared&, std::size_t horizon);

// What suits a series of this kind and length, in a fixed order.
std::vector<Method> methods_for(const Prepared&);

// Too few seasons to know one by, yet the last one foretells: it is repeated.
bool repeats_a_season(const Prepared&);
// A season of more than 24 steps that waves can be fitted to, and that is not merely repeated.
bool has_long_season(const Prepared&);

// Errors of one step inside the history, one for each value, of the damped trend on deseasonalised values: what reconciliation weighs nodes by.
std::vector<double> one_step_errors(const Prepared&);

// What `automatic` stands for; anything else is itself.
Combine combination_for(const Prepared&, Combine);

}  // namespace kindling::series
