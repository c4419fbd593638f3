// engines/inventory/pooled_demand.h -- levels for goods that seldom sell, learned from all goods at once.
//
// One good's own history of a hundred periods says little about the far end of its demand over a lead time; a thousand goods that sold about as
// often say much. Each good is tracked by two smoothed numbers (after Teunter, Syntetos & Babai 2011): the share of periods with demand and the size
// when there is some, here a geometric mean: an order of 12,000 among ones makes it 2.6 and not 1,200. From the past, pairs of (what was known then, what was sold in the protection time that followed) are sorted by the
// expected number of demands into bins of equal count. In each bin two distributions stand for choice: the empirical one of sold / expected, and a
// negative binomial one with the bin's mean and variance of counts of size (those beyond its 99th percentile count as that). The quantile of a new good is the bin's times its own expectation,
// interpolated between bins. How fast to smooth, and which distribution, is chosen by pinball loss on the newest third of the pairs, learned
// from the older ones only.
//
// learn(): O(goods x periods x candidates) and a sort. Deterministic; level() is const and safe from many threads.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "core/result.h"

namespace kindling::inventory {

struct DemandState {
    double share = 0;  // of periods with demand
    double size = 0;   // when there is some, a geometric mean; 0 until the first
    std::uint32_t periods = 0, demands = 0;  // seen so far: the first ones count as in a mean
};

struct Smoothing {
    double share = 0.1, size = 0.1;  // weight of the newest period, of the newest demand; above 0, at most 1
};

void observe(DemandState&, double demand, Smoothing);

enum class PooledFamily { empirical, negative_binomial };

struct PooledOptions {
    int protection = 1;      // periods: lead time + review
    double quantile = 0.95;  // at which candidates are compared
    std::size_t bins = 24;   // at most; each keeps 100 pairs or more
    int stride = 1;          // every how manieth moment becomes a pair; overlapping windows say little new
    std::vector<Smoothing> candidates = {{0.03, 0.1}, {0.06, 0.1}, {0.12, 0.1}, {0.06, 0.3}};
};

class PooledDemand {
public:
    // Histories of equal or different lengths, oldest first, all ending now; values >= 0, NaN before a good was sold (left out). Needs 200 pairs
    // (reason history_too_short).
    static Result<PooledDemand> learn(std::span<const std::vector<double>> histories, const PooledOptions&);
    // The quantile of demand in the protection time of a good in this state; 0 < quantile < 1. Real: round as suits.
    double level(const DemandState&, double quantile) const;
    double expected(const DemandState& s) const { return s.share * s.size * static_cast<double>(protection_); }
    Smoothing smoothing() const { return smoothing_; }
    PooledFamily family() const { return family_; }
    double loss() const { return loss_; }  // pinball loss of the choice, relative to the mean demand

private:
    struct Bin {
        double rate = 0;              // mean expected number of demands
        std::vector<double> ratios;   // sold / expected, sorted
        double mean = 0, variance = 0;  // of sold / size
    };
    struct Pair {
        DemandState state;
        double sold = 0;
        std::size_t when = 0;
    };
    static std::vector<Pair> pairs(std::span<const std::vector<double>>, int protection, int stride, Smoothing);
    void fit(std::span<const Pair>, std::size_t bins);
    double bin_level(const Bin&, const DemandState&, double quantile) const;

    std::vector<Bin> bins_;
    Smoothing smoothing_;
    PooledFamily family_ = PooledFamily::empirical;
    int protection_ = 1;
    double loss_ = 0;
};

}  // namespace kindling::inventory
