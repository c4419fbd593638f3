// engines/series/adaptive.h -- quantiles that learn from what came: adaptive conformal inference (Gibbs & Candes 2021, NeurIPS 34).
//
// Split conformal quantiles are right while the future misses as the past did. Here each answer is judged when its value comes: asked for the level tau, the
// tracker takes the tau_t-quantile of the last scores, and after every step
//   tau_(t+1) = tau_t + rate (tau - [score_t <= quantile_t]),
// so it reaches further after misses and less far after none. Whatever the scores do, after T steps the share of scores at or below the quantile differs from tau
// by at most (max(tau_1, 1 - tau_1) + rate) / (rate T) (their Proposition 4.1), as long as the answer may be infinite; `bounded` gives the largest or smallest score seen
// instead, for those who must show a number, and then the bound holds only while tau_t stays inside (0, 1).
//
// A score is a miss divided by the spread expected at its step (intervals.h), signed; an interval takes two trackers. For horizons beyond one step a tracker sees a score
// when its day has come: feed the scores of one horizon (or of steps alike) in order of their days. O(log window) to find a place, O(window) to move the rest; no randomness.
#pragma once
#include <cstddef>
#include <deque>
#include <vector>

namespace kindling::series {

class AdaptiveQuantile {
public:
    // level in (0, 1); rate > 0, larger follows faster and rests less (the paper took 0.005); window: scores remembered, at least 1. Values outside are moved to the nearest allowed.
    explicit AdaptiveQuantile(double level, double rate = 0.02, std::size_t window = 250);

    double quantile() const;  // of the next score; infinite (or minus infinity) when tau_t has left (0, 1), or while nothing is known
    double bounded() const;   // the same, at most the largest and at least the smallest score in the window; 0 while nothing is known
    void see(double score);   // what came; NaN is passed over
    void learn(double score); // a score of before the first answer: remembered, judges nothing

    double level() const { return target_; }
    double asked() const { return now_; }              // tau_t
    std::size_t judged() const { return judged_; }
    double covered() const;                            // share of judged scores at or below their quantile; the level while none was

private:
    double target_, rate_, now_;
    std::size_t window_, judged_ = 0, below_ = 0;
    std::deque<double> order_;      // oldest first
    std::vector<double> sorted_;
};

}  // namespace kindling::series
