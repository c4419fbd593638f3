// engines/experiment/off_policy.h -- what another policy would have been worth, from the log of the one that ran. Pure.
//
// Each logged moment has a context, an action drawn with a known probability (propensity) and a reward. With w = target(a|x) / logged(a|x):
//   ips        mean w r                               unbiased; few moments carry everything when policies differ
//   snips      Σ w r / Σ w                            a little bias, much less spread
//   clipped    mean min(w, λ) r
//   dr         mean v(x) + w (r - q(x, a))            v(x) = Σ target(a|x) q(x, a); unbiased when w or q is right
//   dr_shrunk  dr with w λ / (w² + λ), λ chosen to make (a bound of the bias)² + variance least; λ = 0 is q alone
// q comes from a model that never saw the moment (cross-fitting, see fit_rewards). The effective size (Σ w)² / Σ w² says how many moments speak of the target: below
// `least_effective` nothing but dr_shrunk's point is worth reading, and the answer says so. The standard error of dr_shrunk leaves out the error of q itself, so it
// is too small when λ is small; the one of dr is the honest one.
//
// Sources: Horvitz & Thompson (1952); Swaminathan & Joachims, NeurIPS 2015; Dudík, Langford, Li, ICML 2011; Su, Dimakopoulou, Krishnamurthy, Dudík, ICML 2020.
// Cost: O(moments) each; the choice of λ 25 passes.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace kindling::experiment {

struct Moment {
    double propensity = 1;   // of what was done, under the policy that ran; > 0
    double target = 0;       // of the same, under the policy that is asked about; >= 0
    double reward = 0;
    double predicted = 0;    // q of what was done
    double expected = 0;     // v: q under the policy that is asked about
};

struct Estimate {
    double value = 0, standard_error = 0;
};

struct OffPolicy {
    Estimate ips, snips, clipped, dr, dr_shrunk, model;
    double effective = 0, largest_weight = 0, clip = 0, shrink = 0;
    std::int64_t moments = 0;
    bool readable = false;  // effective >= least_effective: the interval of dr means what it says
};

constexpr double least_effective = 100;

// Weights are clipped at `clip`, 0: at the square root of the number of moments.
OffPolicy evaluate(std::span<Moment const>, double clip = 0);

// A reward model by cells (an action at a place): the mean of each shrunk towards its action's, that towards everybody's, with weight learned from how much they
// differ (empirical Bayes). Cross-fitted: folds by moment number, each predicted by the others.
struct LoggedAction {
    std::int32_t action = 0, place = 0;
    double reward = 0;
};
class CellModel {
public:
    CellModel(std::span<LoggedAction const>, std::int32_t actions, std::int32_t places, int folds);
    double at(std::int32_t action, std::int32_t place, int fold) const;  // as fold `fold` must be predicted
    static int fold_of(std::size_t moment, int folds) { return static_cast<int>(moment % static_cast<std::size_t>(folds)); }

private:
    std::int32_t actions_, places_;
    std::vector<double> cells_;  // [fold][action][place]
};

}  // namespace kindling::experiment
