// engines/learning/recommend/linear.h -- which goods speak for which, each given all the others (EASE).
//
// X is people x items, 1 where taken. The square matrix B of zero diagonal that minimises |X - XB|^2 + stiffness |B|^2 has a closed form:
//   P = (X'X + stiffness I)^-1,  B_ij = -P_ij / P_jj
// Unlike counts of pairs it knows what is explained away: where i and j are only taken together because both go with k, B_ij is near 0.
// Over the `most_items` best known goods only, since the inverse costs n^3; of each row the `row_limit` largest are kept. Goods outside have
// an empty row. Not brought up to date by single events: a person's newest event is a row that is read, which is at once.
//
// Source: Steck 2019 (doi:10.1145/3308558.3313710).
// Cost: n^3 multiplications, 8 n^2 bytes while it works.
// Any number of readers. The same for any number of threads.
#pragma once
#include "core/progress.h"
#include "core/result.h"
#include "engines/learning/recommend/history.h"

namespace kindling::recommend {

struct LinearOptions {
    std::uint32_t most_items = 2000;
    float stiffness = 100;  // above 0
    std::size_t row_limit = 100;
    unsigned threads = 2;
};

class Linear {
public:
    Linear() = default;  // every row is empty
    // Items of the histories must be below `items`. failed_precondition "cancelled".
    static Result<Linear> fit(std::span<const History>, std::uint32_t items, const LinearOptions&, const Progress& = {});
    // What was fitted before, a row for each item.
    Linear(std::vector<std::vector<Weighted>> rows, const LinearOptions& options) : options_(options), rows_(std::move(rows)) {}

    std::size_t items() const { return rows_.size(); }
    const LinearOptions& options() const { return options_; }
    // B_ij of the i that was taken, by item j; of each j what i says for it (above 0) or against it.
    std::span<const Weighted> row(Item item) const { return item < rows_.size() ? std::span<const Weighted>(rows_[item]) : std::span<const Weighted>(); }

private:
    LinearOptions options_;
    std::vector<std::vector<Weighted>> rows_;
};

}  // namespace kindling::recommend
