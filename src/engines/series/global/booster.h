// engines/series/global/booster.h -- XGBoost's C interface with owners and Results; the only file that knows it.
//
// Matrices are dense, row by row, NaN missing. Margins are what the trees start from, in the domain of the objective's link (logarithms).
// One thread at a time for each object, several objects side by side (evaluate() waits for that of others); the library uses `threads` of its own (OpenMP). It is opened (dlopen) by the first matrix and never closed, so that a server which does
// not boost neither carries nor needs it.
#pragma once
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/result.h"

namespace kindling::series {

// Opens the library. failed_precondition "boosting_absent": it is not installed, or is another one. Any thread.
Result<void> boosting_present();
// The same of a library by name; for tests.
Result<void> opens_as_boosting(char const* name);

class Matrix {
public:
    // labels and weights may be empty. "boosting_absent"; internal "boosting_failed" with the library's words.
    static Result<Matrix> make(std::span<const float> rows, std::size_t width, std::span<const float> margins, std::span<const float> labels, unsigned threads);
    void* handle() const { return handle_.get(); }
    std::size_t rows() const { return rows_; }

private:
    std::shared_ptr<void> handle_;
    std::size_t rows_ = 0;
};

class Booster {
public:
    static Result<Booster> make(std::span<const Matrix> matrices, std::span<const std::pair<std::string, std::string>> parameters);
    Result<void> grow(int round, const Matrix&);                  // one tree more
    Result<double> evaluate(int round, const Matrix&);            // the first eval_metric
    // Sums of the first `rounds` trees and the margin (0: all).
    Result<std::vector<float>> margins(const Matrix&, int rounds) const;
    // Shapley values: [row][feature], and last what belongs to no feature (margin and mean).
    Result<std::vector<float>> contributions(const Matrix&, int rounds) const;

private:
    Result<std::vector<float>> predict(const Matrix&, int rounds, int type) const;
    std::shared_ptr<void> handle_;
};

}  // namespace kindling::series
