// engines/series/global/shared_regression.h -- a linear model of logarithms for each series, whose coefficients lean on those of all series.
//
//   log value = level + weekday (or month) x promotion + flags, prices, numbers + part of the month + days closed against habit nearby + holidays + waves of the year + trend
//
// Trees learn what all series have in common and see single series by attributes and windows alone; here each series has its own effects, drawn to the common ones as by a
// prior (a hierarchical ridge: b_i = b + d_i, |d_i|^2 punished; Lindley & Smith 1972). First b from all series, each beside its own mean, then d_i from what b leaves over. Steps long ago
// count less. The level is smoothed from what the effects leave over, up to the origin that is asked at: coefficients know nothing after `end`, the level nothing after the origin.
// It misses other things than trees do, so that trees which start from it and trees which start from the plain forecast are better together (global.h). A price's coefficient is never above 0.
//
// Only for values whose logarithms are learned (Objective::log_squared). O(series x steps x columns^2) to learn, twice; memory O(series x columns). const: any threads.
#pragma once
#include <cmath>

#include "engines/series/global/features.h"

namespace kindling::series {

class SharedRegression {
public:
    // From steps before `end`, 1 .. panel.steps. Panel and maker must outlive it.
    SharedRegression(const Panel&, const FeatureMaker&, std::size_t end, unsigned threads);

    // One series, perhaps with other regressors than the panel's (what-if); the history is looked at as long as the reader is.
    class Reader {
    public:
        Reader(const SharedRegression&, const FeatureMaker::History&, std::size_t series);
        bool knows(std::size_t origin) const { return std::isfinite(level_[origin]); }  // whether any value was known by then
        // Logarithm of value + offset expected of `target`, asked at `origin` < steps; `unknown` when nothing was known by then.
        float start(std::size_t origin, std::size_t target, float unknown) const { return knows(origin) ? level_[origin] + effects_[target] : unknown; }
        // The same by drivers, summing to it; only where it knows().
        std::array<float, drivers> parts(std::size_t origin, std::size_t target) const;

    private:
        const SharedRegression& owner_;
        const FeatureMaker::History& history_;
        std::span<const float> coefficients_;
        std::vector<float> effects_, level_;  // of each step; after each step
    };

private:
    struct Sums;
    void name_columns();
    void measure_numbers(std::size_t end);
    void row(const FeatureMaker::History&, std::size_t step, std::span<float> out) const;
    Sums sums(const PanelSeries&, std::size_t end) const;

    const Panel& panel_;
    const FeatureMaker& maker_;
    std::vector<Driver> driver_;                    // of each column
    std::vector<float> stiffness_;                  // how hard its coefficient is drawn
    std::vector<bool> falls_;                       // a price: at most 0
    std::vector<std::pair<float, float>> numbers_;  // of each regressor that is a number: mean and deviation over the panel
    std::vector<float> coefficients_;               // [series][column]
    double memory_ = 0.98;                          // of a level, from step to step
};

}  // namespace kindling::series
