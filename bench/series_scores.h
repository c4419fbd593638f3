// bench/series_scores.h -- what a set of forecasts is worth: every measure that series-file prints.
#pragma once
#include "series.h"

namespace kindling::bench {

// Quantile levels of the forecasts that are scored, and where the ends of the 80 and 95 % intervals are among them.
inline constexpr std::array scored_levels = {0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975};

struct Answer {
    std::vector<double> point;
    std::vector<std::vector<double>> quantiles;  // [scored level][step]
};

class Scores {
public:
    // weights: of each held-back step for wmae; empty: 1.
    void add(const TestSeries&, const Answer&, std::span<const float> weights = {});
    void report(BenchContext&, const std::string& name) const;
    double mase() const { return accuracy_.scaled > 0 ? accuracy_.mase_sum / static_cast<double>(accuracy_.scaled) : 0; }

private:
    Accuracy accuracy_, naive_;
    double absolute_ = 0, actual_ = 0, squares_ = 0, roots_ = 0, bias_ = 0, weighted_ = 0, weight_ = 0, inside80_ = 0, inside95_ = 0, interval_ = 0, intervals_ = 0, points_ = 0, pinball_scaled_ = 0;
    std::array<double, scored_levels.size()> pinball_ = {};
};

// The value one season before (the season's length as the engine takes it), with normal quantiles from its own errors inside the history.
Answer seasonal_naive(const TestSeries&);
// The last value, deseasonalised as in M4 when the autocorrelation at `period` is significant.
std::vector<double> naive2(std::span<const double> y, std::size_t period, std::size_t horizon);

}  // namespace kindling::bench
