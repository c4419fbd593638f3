// engines/optimise/assortment/solver.h -- the one place that includes COIN-OR: a linear or mixed integer programme in rows and columns.
//
// CLP solves the linear programme and gives dual prices; CBC the integer one with a bound. Both print nothing. CBC's own driver (CbcMain1) is
// not used: it keeps static state and takes over the process's signals. What it would add, cuts and rounding, is added here.
#pragma once
#include "core/result.h"
#include <memory>
#include <vector>

namespace kindling::assortment {

inline constexpr double unbounded = 1e30;

struct Entry { int row = 0; double value = 0; };

// Maximises. Rows: low <= sum <= high; columns: low <= x <= high. Not copied, one thread.
class Programme {
public:
    Programme();
    ~Programme();
    int add_row(double low, double high);
    int add_column(double value, double low, double high, std::vector<Entry> const& entries, bool integer = false);

    struct Solution { double value = 0, bound = 0; std::vector<double> x, dual; };  // dual: only of the linear one, by row
    // Errors: "infeasible" and "solver_failed" (both failed_precondition), the latter with CLP's state.
    Result<Solution> linear();
    // Ends at a relative gap or after so many seconds with what it has.
    Result<Solution> integer(double gap, double most_seconds) const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace kindling::assortment
