// bench/xgboost_ranker.h -- XGBoost 1.7 as a learner of orders, beside engines/learning/ranking/lambda_trees.h on the same rows.
//
// Trees of the same shape (histograms, leaf by leaf, 15 leaves, the same shares of rows and features), as many at most, stopped by the same measure on the same share of
// held-back queries. Its rank:ndcg reads grades as whole numbers, so a grade is rounded for it; rank:pairwise takes them as they are. One thread.
#pragma once
#include <memory>

#include "bench.h"
#include "engines/learning/ranking/lambda_trees.h"

namespace kindling::bench {

class XgboostRanker {
public:
    enum class Objective { ndcg, pairwise };
    struct Options {
        Objective objective = Objective::ndcg;
        enum class Shape { ours, defaults } shape = Shape::ours;   // defaults: XGBoost's own (six levels, rate 0.3, all rows and features)
        ranking::LambdaOptions like = {};
    };
    static XgboostRanker fit(const ranking::RankingData&, const Options&);

    std::vector<float> scores(std::span<const float> rows) const;  // of whole rows, one after the other
    std::size_t trees() const { return trees_; }
    std::size_t bytes() const;                                     // as it would be kept

private:
    std::shared_ptr<void> handle_;
    std::size_t features_ = 0, trees_ = 0;
};

}  // namespace kindling::bench
