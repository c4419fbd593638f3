// engines/learning/recommend/ranker.h -- how much each signal is worth: a conditional logit over candidates.
//
// P(j | question) = exp(w.x_j) / sum over candidates exp(w.x_k) (McFadden 1974), fitted to questions with known answers by AdaGrad
// (Duchi et al. 2011) on the mean log-likelihood of the answers among the candidates, with a small pull to zero. Features are
// centred and scaled first. Few parameters (features.h), so a few hundred questions are enough and the fit is the same for a seed.
// Cost: epochs x questions x candidates x features multiplications.
#pragma once
#include <vector>

#include "core/progress.h"
#include "core/result.h"
#include "engines/learning/recommend/features.h"

namespace kindling::recommend {

struct Ranker {
    Features weight{};  // of the features as they are; what was scaled is folded in
    Features mean{};    // over the candidates that it was fitted to: what "usual" is, for explanations

    float score(const Features& x) const {
        float sum = 0;
        for (std::size_t k = 0; k < feature_count; ++k) sum += weight[k] * x[k];
        return sum;
    }
    // Weights that are not fitted: for a shop that has too few questions. Found on none of the data sets that are measured.
    static Ranker plain();
};

struct RankerExample {
    std::vector<Features> features;
    std::vector<std::uint32_t> answers;  // places among the features, at least one
};

struct RankerOptions {
    int epochs = 12;
    double rate = 0.1;
    double decay = 1e-4;  // pull to zero
    std::uint64_t seed = 1;
};

// The mean over examples of ln P(answers), shared evenly among several: how well a blend foretells.
double log_likelihood(std::span<const RankerExample>, const Ranker&);

// failed_precondition "too_few_questions" (below `least_examples`), "cancelled".
inline constexpr std::size_t least_examples = 30;
Result<Ranker> fit_ranker(std::span<const RankerExample>, RankerOptions, const Progress& = {});

}  // namespace kindling::recommend
