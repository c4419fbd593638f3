#include "engines/optimise/assortment/solver.h"
#include <fmt/format.h>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wall"
#pragma GCC diagnostic ignored "-Wextra"
#pragma GCC diagnostic ignored "-Wpedantic"
#include <CbcHeuristic.hpp>
#include <CbcHeuristicLocal.hpp>
#include <CbcModel.hpp>
#include <CglClique.hpp>
#include <CglKnapsackCover.hpp>
#include <CglMixedIntegerRounding2.hpp>
#include <CglProbing.hpp>
#include <OsiClpSolverInterface.hpp>
#pragma GCC diagnostic pop

namespace kindling::assortment {

struct Programme::State {
    OsiClpSolverInterface osi;
    bool solved = false;
    std::vector<int> integers;
};

Programme::Programme() : state_(std::make_unique<State>()) {
    state_->osi.messageHandler()->setLogLevel(0);
    state_->osi.getModelPtr()->setLogLevel(0);
    state_->osi.setObjSense(-1);
}
Programme::~Programme() = default;

int Programme::add_row(double low, double high) {
    state_->osi.addRow(0, nullptr, nullptr, low <= -unbounded ? -state_->osi.getInfinity() : low, high >= unbounded ? state_->osi.getInfinity() : high);
    return state_->osi.getNumRows() - 1;
}

int Programme::add_column(double value, double low, double high, std::vector<Entry> const& entries, bool integer) {
    std::vector<int> rows;
    std::vector<double> values;
    for (auto const& e : entries) rows.push_back(e.row), values.push_back(e.value);
    state_->osi.addCol(static_cast<int>(rows.size()), rows.data(), values.data(), low, high >= unbounded ? state_->osi.getInfinity() : high, value);
    auto const column = state_->osi.getNumCols() - 1;
    if (integer) state_->integers.push_back(column);
    return column;
}

Result<Programme::Solution> Programme::linear() {
    auto& osi = state_->osi;
    try {
        if (state_->solved) osi.resolve(); else osi.initialSolve();
        state_->solved = true;
        if (osi.isProvenPrimalInfeasible()) return fail(Errc::failed_precondition, "infeasible", "The linear programme has no solution.");
        if (!osi.isProvenOptimal()) return fail(Errc::failed_precondition, "solver_failed", fmt::format("CLP ended in state {}.", osi.getModelPtr()->status()));
    } catch (CoinError const& e) {
        return fail(Errc::failed_precondition, "solver_failed", "CLP: " + e.message());
    }
    Solution s{.value = osi.getObjValue(), .bound = osi.getObjValue(), .x = {osi.getColSolution(), osi.getColSolution() + osi.getNumCols()}, .dual = {osi.getRowPrice(), osi.getRowPrice() + osi.getNumRows()}};
    return s;
}

Result<Programme::Solution> Programme::integer(double gap, double most_seconds) const {
    try {
        OsiClpSolverInterface osi(state_->osi);
        for (auto const column : state_->integers) osi.setInteger(column);
        CbcModel model(osi);
        model.setLogLevel(0);
        model.messageHandler()->setLogLevel(0);
        model.solver()->messageHandler()->setLogLevel(0);
        CglProbing probing;
        probing.setRowCuts(3), probing.setMaxPass(1), probing.setMaxProbe(20), probing.setMaxLook(50);
        CglMixedIntegerRounding2 rounding;
        CglKnapsackCover cover;
        CglClique clique;
        clique.setStarCliqueReport(false), clique.setRowCliqueReport(false);
        model.addCutGenerator(&probing, -1, "probing"), model.addCutGenerator(&rounding, -1, "rounding"), model.addCutGenerator(&cover, -1, "cover"), model.addCutGenerator(&clique, -1, "clique");
        CbcRounding round(model);
        CbcHeuristicLocal local(model);
        model.addHeuristic(&round, "rounding"), model.addHeuristic(&local, "combine");
        model.setAllowableFractionGap(gap);
        model.setMaximumSeconds(most_seconds);
        model.initialSolve();
        model.branchAndBound();
        if (model.bestSolution() == nullptr) {
            if (model.isProvenInfeasible() || model.solver()->isProvenPrimalInfeasible()) return fail(Errc::failed_precondition, "infeasible", "The integer programme has no solution.");
            return fail(Errc::failed_precondition, "solver_failed", "CBC found no solution in time.");
        }
        auto const n = state_->osi.getNumCols();
        Solution s{.value = 0, .bound = 0, .x = {model.bestSolution(), model.bestSolution() + n}, .dual = {}};
        for (int c = 0; c < n; ++c) s.value += state_->osi.getObjCoefficients()[c] * s.x[static_cast<std::size_t>(c)];
        s.bound = s.value + std::abs(s.value) * gap;
        if (!model.isProvenOptimal()) s.bound = std::max(s.bound, model.getBestPossibleObjValue());  // in the sense of the programme: to be maximised
        return s;
    } catch (CoinError const& e) {
        return fail(Errc::failed_precondition, "solver_failed", "CBC: " + e.message());
    }
}

}  // namespace kindling::assortment
