// engines/inventory/demand_forest.h -- demand over a lead time, learned from all goods at once: a quantile regression forest (Meinshausen 2006).
//
// What one good will be asked for after so much silence, or after never having sold, its own history cannot say; thousands of goods that once looked as it looks now can.
// A good is tracked by sixteen numbers (shares of periods with demand and mean demand, smoothed slowly and fast; size and newest size of a demand; root mean square, two largest and mean
// of a window; maximum, mean and number of demands and periods ever; periods since the last demand). From the past come pairs of (what was known then, what was asked for in the lead time and in lead time + 1 that followed).
// Each tree sees a random share of the goods, splits where the demand beside the expectation differs most, and ends in leaves of 50 pairs or more; the distribution
// for a good is what is in the leaves that it falls into, moved to its own expectation (by no more than a factor of two, rounded to whole units). Goods that never sold take part:
// most of what spare parts miss is a first demand.
//
// learn(): O(trees x pairs x features tried x depth). Deterministic for a seed. ask() is const, safe from many threads, about 20 us.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/result.h"

namespace kindling::inventory {

struct TrackOptions {
    double slow = 0.06, fast = 0.25;  // weights of the newest period; above 0, at most 1. By day .03 and .12 are usual
    std::size_t window = 12;          // periods
    std::uint32_t least_known = 3;    // a good is asked about from so many periods on, sold or not
};

class DemandTrack {
public:
    static constexpr std::size_t feature_count = 16;
    using Features = std::array<float, feature_count>;
    explicit DemandTrack(TrackOptions o) : o_(o) {}
    void see(double demand);  // of the next period, >= 0
    Features features() const;
    std::uint32_t periods() const { return periods_; }

private:
    TrackOptions o_;
    double share_ = 0, share_fast_ = 0, mean_ = 0, mean_fast_ = 0, square_ = 0, size_ = 0, last_ = 0, window_sum_ = 0, sum_ = 0, most_ = 0, mean_slowest_ = 0;
    std::uint32_t periods_ = 0, demands_ = 0, since_ = 0;
    std::vector<double> window_;  // a ring
};

// Equally likely answers, both ascending; the two orders have nothing to do with each other.
struct LeadDemand {
    std::vector<float> lead, protection;
    double level(double quantile) const;     // of demand over the protection time; 0 < quantile < 1
    double missed(double position) const;    // units expected to be missed in the last period of the protection time when it began with so many here and on order
    double last_period() const;              // units expected to be asked for in it
};

struct ForestOptions {
    int lead = 1;                  // periods; the protection time is one more
    int stride = 1;                // every how manieth moment becomes a pair
    TrackOptions track = {};
    int trees = 30;
    std::size_t least_leaf = 50, kept_of_leaf = 40, features_tried = 8, most_pairs = 120'000;
    double share_of_goods = 0.6;   // that a tree sees
    std::uint64_t seed = 1;
};

class DemandForest {
public:
    // Histories oldest first, all ending now; values >= 0, NaN before a good was sold (left out). Needs 200 pairs (reason history_too_short).
    static Result<DemandForest> learn(std::span<const std::vector<double>> histories, const ForestOptions&);
    void ask(const DemandTrack::Features&, LeadDemand& out) const;
    std::size_t pairs() const { return pair_count_; }

private:
    struct Pair {
        DemandTrack::Features features;
        float lead = 0, protection = 0;
        std::uint32_t good = 0;
    };
    struct Kept {
        float lead = 0, protection = 0, expected = 0;
    };
    struct Node {
        std::int32_t feature = -1;       // -1: a leaf
        float below = 0;                 // to the left when the feature is less
        std::uint32_t left = 0, right = 0;  // nodes; of a leaf, what it keeps: from, to
    };
    class Grower;
    std::vector<std::vector<Node>> trees_;
    std::vector<Kept> kept_;
    std::size_t pair_count_ = 0;
};

}  // namespace kindling::inventory
