// engines/series/global/features.h -- a question (series, origin, target) as numbers that trees can learn from.
//
// History walks once through a series and keeps, for every step, what was known then: a smoothed level, the effect of each class of steps (weekday or month x promotions),
// prefix sums of values with that effect removed. Any window at any origin is then two look-ups, and nothing after the origin can leak in.
// In logarithms for log_squared, in units (effects as ratios) for counts, whose zeros have no logarithm. O(steps x classes) time and memory for each series, O(features) a row.
#pragma once
#include "engines/series/global/global.h"

namespace kindling::series {

class FeatureMaker {
public:
    FeatureMaker(const Panel&, const GlobalOptions&, Objective);
    std::size_t width() const { return driver_.size(); }
    Driver driver(std::size_t feature) const { return driver_[feature]; }
    bool falls(std::size_t feature) const { return falls_[feature]; }  // with this one the forecast may only fall (price)
    bool logs() const { return logs_; }
    double offset() const { return offset_; }  // added before logarithms; 0 when no value is 0
    double panel_level() const { return panel_level_; }  // log(mean of all values + offset)
    bool near_holiday(std::size_t t) const;
    std::size_t least_history() const { return windows_[0]; }

    class History {
    public:
        History(const FeatureMaker&, const PanelSeries&);
        bool open(std::size_t t) const { return maker_.is_open(series_, t); }
        std::size_t known(std::size_t steps) const { return count_[steps]; }  // values among the first `steps`
        bool known_at(std::size_t t) const { return count_[t + 1] > count_[t]; }  // t < steps
        double logarithm(std::size_t t) const;                                    // of the value + offset
        // What weekday and promotion add to the margin.
        std::pair<float, float> effects(std::size_t origin, std::size_t target) const;
        // Features of `target` asked at `origin` (both steps; origin < target); the margin is the plain forecast, a logarithm; spread: how
        // far adjusted values fell from their mean in the last windows (of logarithms, or as a share of the mean).
        void row(std::size_t origin, std::size_t target, std::span<float> features, float& margin, float& spread) const;

    private:
        friend class FeatureMaker;
        friend class SharedRegression;
        void find_closures();
        double level(std::size_t from, std::size_t to) const;  // log level of the adjusted values in [from, to); NaN when there is none
        double around(std::size_t origin, std::size_t back, std::size_t from, std::size_t half) const;
        const FeatureMaker& maker_;
        const PanelSeries& series_;
        std::vector<double> sum_, squares_;                       // prefix sums of adjusted values and their squares
        std::vector<std::uint32_t> count_, positive_, last_positive_;
        std::vector<float> smooth_, effect_;                      // after each step: level; effect of each class
        std::vector<std::uint8_t> class_;
        std::vector<std::uint8_t> closed_next_, closed_before_;   // steps to and from the nearest step that is closed against habit, at most `farthest_closure`
        std::vector<std::uint32_t> closed_;                       // prefix sums of such steps
        std::vector<std::uint8_t> usual_;                         // of each position: 2 usually open, 0 usually closed, 1 neither
        struct Runs { std::vector<std::uint32_t> begin, end; std::vector<double> sum; std::vector<std::uint32_t> count; };
        std::vector<Runs> runs_;                                  // of each regressor: where its run of equal values begins and ends, or prefix sums of a price's logarithm
    };

private:
    friend class SharedRegression;
    bool is_open(const PanelSeries&, std::size_t t) const;
    std::size_t classes() const { return positions_ * conditions_; }
    void name_features();

    const Panel& panel_;
    bool logs_ = true;
    double offset_ = 0, panel_level_ = 0;
    std::size_t positions_ = 1, conditions_ = 1, year_ = 0, half_ = 0, open_ = SIZE_MAX;
    std::array<std::size_t, 5> windows_ = {};
    double smoothing_ = 0.1;
    std::vector<std::size_t> promotions_;           // that make conditions
    std::vector<std::uint8_t> position_;            // of each step
    std::vector<std::array<float, 4>> calendar_;    // of each step: weekday, day of month, days to its end, day of year
    std::vector<std::vector<float>> holidays_;      // [holiday][step]
    std::vector<Driver> driver_;
    std::vector<bool> falls_;
};

}  // namespace kindling::series
