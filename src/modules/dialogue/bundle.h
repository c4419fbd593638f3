// modules/dialogue/bundle.h -- one thing of each kind within one budget ("a desk, a chair and a lamp for 2,000"), solved exactly.
//
// A multiple-choice knapsack: from each slot exactly one candidate, the sum of prices at most the limit, the sum of worth as large as can be.
// The idea (Nemhauser & Ullmann 1969): a partial set that costs no less and is worth no more than another can be left out, so slots are joined
// one by one and only the Pareto front of (price, worth) is kept. That loses no best set; no limit is rounded, no float is summed.
//
// Cost: O(front x candidates x log) a slot. Worth is a whole number, so fronts stay short: some thousand points for five slots of 500.
// A set with one thing in two slots is solved again without it in the one and without it in the other, and the better of these taken (branch and bound; the first is
// a bound for both): exact, too, and rare, for slots of one kind only.
// Deterministic: of equal sets the cheaper, then the one of earlier candidates. Any thread.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace kindling::dialogue {

struct BundleCandidate {
    std::int64_t price_minor = 0;   // at least 0
    std::int64_t worth = 0;         // any scale, the same for all slots; at least 0
    std::size_t good = SIZE_MAX;    // which thing it is: no set has one twice where it can do without; SIZE_MAX: like no other
};

struct BundleChoice {
    std::vector<std::size_t> chosen;      // one index for each slot
    std::int64_t price_minor = 0, worth = 0;
    bool within = true;                   // false: even the cheapest set exceeds the limit, and this is the cheapest
};

// Nothing when a slot is empty, or when prices add up to more than can be counted.
std::optional<BundleChoice> best_bundle(std::span<std::vector<BundleCandidate> const> slots, std::optional<std::int64_t> limit_minor);

}  // namespace kindling::dialogue
