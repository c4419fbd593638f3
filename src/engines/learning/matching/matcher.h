// engines/learning/matching/matcher.h -- learns from labelled pairs to say whether two listings are the same item.
//
// Three judges, each looking at what the one before found (stacking, Wolpert 1992; five folds):
//   1. words: what a word in both titles or in one alone means (word_weights.h);
//   2. trees over the pair's features, that score, and how it ranks among its rivals by a plain score (features.h);
//   3. trees once more, now with the rivals ranked by the second judge.
// Candidates of all listings are judged together, because whether a pair is a match depends on its rivals; labels of other pairs are
// never looked at. A pair with a label is scored by a model that did not see that label, and its rivals by models that saw neither that label
// nor their own: for that the second judge exists once for every two folds. Otherwise the label of a pair would show in the scores of its
// rivals, and labels drawn by lot could be learned (matcher_test.cpp).
// Deterministic for a seed. Training 7,000 pairs takes some seconds; judging costs about 30 us a candidate.
#pragma once
#include "core/progress.h"
#include "core/result.h"
#include "engines/learning/matching/boosted_trees.h"
#include "engines/learning/matching/word_weights.h"

namespace kindling::matching {

struct Label {
    Pair pair;
    bool same = false;
};

struct TrainOptions {
    std::size_t folds = 5;
    bool use_rivals = true;     // false: each pair is judged alone, as if there were no other listings
    BlockOptions block = {};
    TreeOptions trees = {};
    std::uint64_t seed = 1;
};

// Asked pairs and the pool's own candidates, ascending, each once: what is judged together.
struct Field {
    std::vector<Pair> pairs;
    std::vector<PairFeatures> features;
    std::vector<std::array<float, rival_features>> plain_rivals;
    std::size_t place_of(Pair) const;  // of an asked pair or a candidate
};
Field make_field(const Pool&, std::span<const Pair> asked, BlockOptions);

// Whether a field is the one that was learned from: then pairs with a label are scored by models that did not see it.
enum class Listings { others, learned_from };

class Matcher {
public:
    // failed_precondition "too_few_labels": fewer than `least_matches` of either kind.
    static constexpr std::size_t least_matches = 20;
    static Result<Matcher> train(const Pool&, const Field&, std::span<const Label>, TrainOptions = {});

    // Probability of being the same for every pair of the field.
    std::vector<float> judge(const Pool&, const Field&, Listings = Listings::others) const;

    // What the last judge makes of the labelled pairs held back from it, in their order: to choose a threshold without other data.
    const std::vector<float>& held_back() const { return held_back_; }
    const BoostedTrees& last_judge() const { return last_; }

private:
    // A fold, or `folds` for a pair without a label.
    std::size_t fold_of(Pair) const;
    std::vector<std::uint8_t> folds_of(const Field&, Listings) const;
    const BoostedTrees& without(std::size_t j, std::size_t k) const { return first_[std::min(j, k) * words_.size() + std::max(j, k)]; }
    std::vector<float> first_rows(const Pool&, const Field&, std::span<const std::uint8_t> folds) const;
    std::vector<float> last_rows(const Pool&, const Field&, std::span<const std::uint8_t> folds, std::span<const float> first) const;

    std::vector<WordWeights> words_;                    // [fold]: learned without it
    std::vector<BoostedTrees> first_;                   // [j * folds + k], j <= k: learned without both
    BoostedTrees last_;
    bool use_rivals_ = true;
    std::vector<std::pair<Pair, std::uint8_t>> folds_;  // of what was learned from, by pair
    std::vector<float> held_back_;
};

}  // namespace kindling::matching
