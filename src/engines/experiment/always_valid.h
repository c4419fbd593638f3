// engines/experiment/always_valid.h -- statistics of an experiment that may be looked at after every visitor. Pure.
//
// An interval that holds at one fixed size is wrong far more often than it says when somebody looks again and again and stops at the first good
// moment. A confidence *sequence* holds at all sizes at once. Of two arms with means m1, m0 and variances v1, v0 the difference is treated as the mean
// of n influence values with variance s² = v1/p1 + v0/p0 (p: share of the arm), and
//     (m1 - m0) ± s · sqrt( 2 (n ρ² + 1) / (n² ρ²) · log( sqrt(n ρ² + 1) / α ) )
// holds for all n from some first look on, whatever the distribution (asymptotic confidence sequence). ρ is set so that it is narrowest at a planned
// size. The p value of the same mixture is the smallest α whose interval leaves out 0; its reciprocal is the mixture likelihood ratio (mixture SPRT).
// For the rate of one arm the exact sequence of the beta-binomial mixture is given too: no approximation, wider.
//
// Whether visitors fall into arms as they should (sample ratio) is tested the same way: Dirichlet-multinomial mixture against the planned shares, exact.
//
// Sources: Robbins, Ann. Math. Stat. 41 (1970); Johari, Koomen, Pekelis, Walsh, Operations Research 70 (2022); Waudby-Smith, Arbour, Sinha, Kennedy, Ramdas,
// Ann. Stat. 52 (2024), theorem 2.2 and (14); Lindon & Malek, NeurIPS 2022. Cost: O(1) a reading, the exact rate 2 · 60 bisection steps.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

namespace kindling::experiment {

// Sums of one arm: how many, of their values, of the squares of these. Additive, so days can be kept and added.
struct Sums {
    std::int64_t n = 0;
    double sum = 0, squares = 0;
    void add(double value) { ++n, sum += value, squares += value * value; }
    double mean() const { return n > 0 ? sum / static_cast<double>(n) : 0; }
    double variance() const;  // unbiased; 0 below two
};

struct Interval {
    double low = 0, high = 0;
};

struct Reading {
    double difference = 0;      // treatment less control
    Interval interval;          // always valid at level 1 - alpha; -inf..inf before the first look
    double p = 1;               // always valid; 1 before the first look
    bool looked = false;        // both arms are large enough for the approximation
    bool decided() const { return looked && (interval.low > 0 || interval.high < 0); }
};

// Before each arm has this many subjects, and this many whose value is not the arm's commonest (0 of conversions), nothing is read.
constexpr std::int64_t first_look = 200, first_look_events = 25;

// Two arms. `events`: of each arm the subjects whose value is not 0 (conversions, orders). `planned`: subjects in all at which the interval shall be
// narrowest. alpha in (0, 1).
Reading compare(Sums const& control, Sums const& treatment, std::int64_t control_events, std::int64_t treatment_events, double alpha, std::int64_t planned = 10'000);

// Radius of the sequence for a mean of n values with this deviation; the building block of compare().
double radius(double deviation, double n, double alpha, double planned);

// The exact sequence for a rate: `successes` of n, uniform mixture. 0..1 for n = 0.
Interval rate(std::int64_t successes, std::int64_t n, double alpha);

// Always-valid p value that subjects fall into arms by `shares` (positive, any scale). Below .001 something is broken: do not read the experiment.
double sample_ratio_p(std::span<std::int64_t const> counts, std::span<double const> shares);

// Which arm a subject is in: arms in order with `shares` (any scale), by a salted hash: the same subject is always in the same arm of an experiment,
// and independently so in different experiments. FNV-1a over salt, 0 and subject, finished by splitmix64.
std::size_t arm_of(std::string_view salt, std::string_view subject, std::span<double const> shares);

}  // namespace kindling::experiment
