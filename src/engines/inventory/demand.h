// engines/inventory/demand.h -- demand over a stretch of time, as a distribution.
//
// One value type for the families that stock formulas use. What they need of a distribution is small: its moments, its quantiles, and the
// loss functions (Zipkin 2000, appendix C)
//     loss(x)        = E (D - x)+          units short when x are there
//     second_loss(x) = E ((D - x)+)^2 / 2  the integral of loss from x on
// All are closed forms over the incomplete gamma and beta functions (Boost.Math); an empirical distribution uses sums from its tail.
// A spread of 0 is a point. Deterministic; values, any number of threads.
#pragma once
#include <memory>
#include <span>
#include <vector>

#include "core/result.h"

namespace kindling::inventory {

enum class Family { normal, poisson, gamma, negative_binomial, lognormal, empirical };

class Demand {
public:
    // mean and deviation: units; real >= 0 (a normal mean may be negative), at most 1e15. Reason inventory_input names each bad one.
    static Result<Demand> normal(double mean, double deviation);
    static Result<Demand> poisson(double mean);
    static Result<Demand> gamma(double mean, double deviation);
    // Counts that spread more than Poisson: variance > mean.
    static Result<Demand> negative_binomial(double mean, double variance);
    static Result<Demand> lognormal(double log_mean, double log_deviation);
    // What was seen, each value as likely as its weight (all equal when there are none). Values need no order; weights >= 0, their sum > 0.
    static Result<Demand> empirical(std::span<const double> values, std::span<const double> weights = {});
    // One of `parts`, each as likely as its weight (>= 0, sum > 0): demand until an order comes when it may take so long or so long. Parts are whole or empirical. Kept as at most about `most_values`
    // values, further apart where demand is wide: the mean and the losses at these values are exact.
    static Result<Demand> mixture(std::span<const Demand> parts, std::span<const double> weights, std::size_t most_values = 256);
    // Poisson when the variance is not above the mean, otherwise negative binomial.
    static Result<Demand> counts(double mean, double variance);

    Family family() const { return family_; }
    double mean() const { return mean_; }
    double deviation() const { return deviation_; }
    bool whole() const { return whole_; }  // only whole numbers >= 0 come

    double cdf(double x) const;         // P(D <= x)
    double probability(double x) const; // P(D = x); 0 for continuous families
    double quantile(double p) const;    // the smallest x with cdf(x) >= p, 0 < p < 1
    double loss(double x) const;
    double second_loss(double x) const;

    // The sum of `periods` independent copies, periods >= 0; of an empirical distribution whole periods of whole values only, and at most
    // 10^6 different sums (reason demand_too_wide). A lognormal one is matched by its moments.
    Result<Demand> over(double periods) const;
    // Over a random number of periods (probabilities of 0, 1, 2 ... periods; sum > 0): exact for whole demand, otherwise by two moments.
    Result<Demand> over_random(std::span<const double> lead_time_weights) const;

private:
    struct Table;  // sorted values, probabilities, sums from the tail
    static Demand point(double value);
    static Demand from_table(std::vector<double> values, std::vector<double> probabilities);
    Family family_ = Family::empirical;
    double mean_ = 0, deviation_ = 0, a_ = 0, b_ = 0;  // a, b: the family's own parameters
    bool whole_ = true;
    std::shared_ptr<const Table> table_;
    friend Result<std::vector<double>> whole_probabilities(const Demand&, double);
};

// Probabilities of 0, 1, 2 ... up to where less than `tail` is left; a continuous family is rounded to whole numbers, what is below 0 counts as 0.
// At most 10^6 numbers (reason demand_too_wide).
Result<std::vector<double>> whole_probabilities(const Demand&, double tail = 1e-12);

// Chances of 0, `unit`, twice that ... with which the mean and the losses at these numbers are the demand's own: the second differences of its losses. At most `count` of
// them, or as many as it takes until the loss before is no more than `left`.
std::vector<double> chances_by_losses(const Demand&, double unit, std::size_t count, double left = 0);

double normal_density(double z);
double normal_cdf(double z);
double normal_quantile(double p);  // 0 < p < 1

}  // namespace kindling::inventory
