// engines/learning/matching/word_weights.h -- what a word means for being the same when both titles have it, or only one.
//
// "upgrade" in one title alone makes two products of them, "software" does not; which is which is learned from labelled pairs:
// a logistic regression over (word, both | left alone | right alone) beside a few features of the pair, fitted by AdaGrad (Duchi et al.
// 2011) with a pull to zero, so that a word seen a few times says little. Words are kept by their spelling: the weights outlive their pool.
#pragma once
#include <array>

#include "engines/learning/matching/features.h"

namespace kindling::matching {

class WordWeights {
public:
    static WordWeights fit(const Pool&, std::span<const Pair>, std::span<const PairFeatures>, std::span<const float> truth, std::uint64_t seed);

    struct Share {
        std::string word;
        std::size_t where = 0;  // 0 both, 1 left alone, 2 right alone
        float log_odds = 0;
    };
    // Log-odds of being the same; `shares` takes what the words add, where wanted.
    float log_odds(const Pool&, Pair, const PairFeatures&, Alignment& scratch, std::vector<Share>* shares = nullptr) const;

private:
    static constexpr std::array<Feature, 6> beside_{title_cosine, less_told, price_gap, text_cosine, numbers_over_both, pieces_cosine};
    using Beside = std::array<float, beside_.size() + 1>;
    static Beside beside(const PairFeatures&);
    std::unordered_map<std::string, std::array<float, 3>> words_;
    Beside weight_{};
};

}  // namespace kindling::matching
