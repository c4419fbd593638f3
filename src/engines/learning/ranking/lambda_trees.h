// engines/learning/ranking/lambda_trees.h -- LambdaMART: trees that learn which of two results of one query should come first.
//
// Burges 2010. A tree is fitted to the pulls of all pairs of a query whose grades differ, each as large as the textbook NDCG (gain.h) would change if the
// two changed places; leaves take a Newton step. Histograms of at most 255 quantiles a feature, trees grown leaf by leaf (largest gain first), a
// share of features and queries drawn for every tree. Own and not XGBoost's: on the same rows it is no better on held-out queries and larger
// (README), and ours depends on no threads, keeps OpenMP out of the server and takes grades that are not whole.
//
// explain() walks the trees and books every change of the expected score on the feature that was asked (Saabas 2014): the parts and `base` add up
// to the score exactly. NaN is a missing value and goes to the side that gained.
// Cost: trees x leaves x rows of the split leaf x features; scoring trees x depth. Threads: a fitted model never changes.
#pragma once
#include <cstdint>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/result.h"

namespace kindling::ranking {

struct RankingData {
    std::size_t features = 0;
    std::vector<float> rows;               // features values each
    std::vector<float> grades;             // per row, >= 0; need not be whole
    std::vector<std::uint32_t> queries;    // where each query's rows begin; rows of a query stand together
    std::vector<float> weights = {};       // per query, empty: 1 each
    std::size_t row_count() const { return grades.size(); }
};

struct LambdaOptions {
    int trees = 300, leaves = 15, patience = 40;   // patience: trees without a gain on the held-back queries before it stops
    double rate = 0.08, query_share = 0.8, feature_share = 0.7, pull = 1, held_back = 0.2;
    std::size_t fewest = 20;                       // rows in a leaf
    std::size_t depth = 10;                        // k of the NDCG that is improved
    std::uint64_t seed = 1;
    std::stop_token stop = {};
};

class LambdaTrees {
public:
    // invalid_argument "nothing_to_learn": no query with two different grades; failed_precondition "cancelled".
    static Result<LambdaTrees> fit(const RankingData&, const LambdaOptions&);

    std::size_t features() const { return features_; }
    std::size_t trees() const { return roots_.size(); }
    double score(std::span<const float> row) const;
    struct Explained {
        double base = 0, score = 0;
        std::vector<double> parts;  // by feature
    };
    Explained explain(std::span<const float> row) const;
    // Share of the gain by feature, adding to 1 when any tree splits.
    const std::vector<double>& gains() const { return gains_; }

    std::string write() const;
    static Result<LambdaTrees> read(std::string_view file);  // invalid_argument "model_invalid"

private:
    friend class LambdaFitter;
    struct Node {
        float threshold = 0, value = 0;   // value: what is expected here, rate included
        std::int32_t feature = -1;        // -1: a leaf
        std::uint32_t next = 0;           // value <= threshold: next, else next + 1
        std::uint8_t missing_next = 1;
    };
    const Node& step(const Node&, std::span<const float> row) const;

    std::size_t features_ = 0;
    std::vector<Node> nodes_;
    std::vector<std::uint32_t> roots_;
    std::vector<double> gains_;
};

}  // namespace kindling::ranking
