// engines/learning/matching/boosted_trees.h -- a judge of yes or no: gradient boosted trees, several of them averaged.
//
// Friedman 2001; second-order steps and pull to zero as in Chen & Guestrin 2016 (XGBoost), histograms of 48 quantiles, missing values (NaN)
// sent to the side that gains. Each of `bags` ensembles draws rows and features of its own; their log-odds are averaged, because with
// a few hundred matches to learn from one ensemble hangs on its draw. Deterministic for a seed, on any number of threads.
// Cost: bags * trees * depth * rows * features additions.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

namespace kindling::matching {

struct TreeOptions {
    int trees = 120, depth = 4, bags = 4;
    double rate = 0.06, row_share = 0.7, feature_share = 0.4;
    double pull = 2;            // added to every leaf's second derivative
    double least_weight = 2;    // second derivatives in a leaf
    std::uint64_t seed = 1;
    unsigned threads = 2;
};

class BoostedTrees {
public:
    // rows: of `features` values each, one after the other; truth: 0..1 per row (a share is a doubt); weight empty or one per row.
    static BoostedTrees fit(std::span<const float> rows, std::size_t features, std::span<const float> truth, std::span<const float> weight, TreeOptions);

    double log_odds(std::span<const float> row) const;
    // Gain in the loss by feature, adding to 1: what the judge looks at.
    const std::vector<double>& gains() const { return gains_; }

private:
    struct Node {
        float threshold = 0;              // value <= threshold: next, else next + 1
        std::int16_t feature = -1;        // -1: a leaf, whose value is the threshold
        bool missing_next = true;
        std::uint32_t next = 0;
    };
    struct Ensemble {
        std::vector<Node> nodes;
        std::vector<std::uint32_t> roots;
    };
    friend class TreeFitter;

    std::vector<Ensemble> bags_;
    double prior_ = 0;
    std::vector<double> gains_;
};

inline double probability(double log_odds) { return log_odds >= 0 ? 1 / (1 + __builtin_exp(-log_odds)) : __builtin_exp(log_odds) / (1 + __builtin_exp(log_odds)); }

}  // namespace kindling::matching
