// engines/inventory/shared_spread.h -- safety stock whose spread leans on all goods: one factor for all of them, moved so that a promise is kept.
//
// Most units are missed by a few orders far larger than any before, and a good's own squared errors know little of them: one large order makes its spread too wide, none too
// narrow. Variance follows the mean across goods by a power (Taylor 1961: variance = a x mean^b), fitted to all goods of an assortment at once. A good's spread is the geometric
// mean of its own and of that law's, the law counting as much as 120 periods of its own. Stock for a protection time is mean + factor x spread of its sum, with one factor
// for all goods: a promise over all units together lets goods that are hard to serve keep less for each unit asked for. A good keeps stock from the period after its first
// sale on: what nothing could serve, since nothing could have come yet, all others have to make up for (more than a third of what is missed in Online Retail).
//
// Which factor: the one that would have kept the promise lately (factor_that_kept, a replay), moved each period by what was missed and by what the account may still miss (SafetyFactor).
// A replay costs O(goods x periods); everything is deterministic. Values; one thread each.
#pragma once
#include <span>
#include <vector>

#include "core/result.h"

namespace kindling::inventory {

struct SpreadOptions {
    double mean_weight = 0.06, square_weight = 0.005;  // of the newest period in a good's mean, in its squared errors (day by day); above 0, at most 1
    double law_periods = 120;                          // how many periods of its own the law of all goods counts as; at least 0
};

// What one good's past says, by exponential smoothing; the first periods count as in a mean.
class SpreadTrack {
public:
    void see(double demand, const SpreadOptions&);  // of the next period, >= 0
    double mean() const { return mean_; }
    double square() const { return square_; }  // mean squared error of one period's forecast
    std::uint32_t periods() const { return periods_; }

private:
    double mean_ = 0, square_ = 0;
    std::uint32_t periods_ = 0;
};

class SpreadLaw {
public:
    // From goods known for 30 periods, or half as long as the longest; fewer than ten that ever sold and varied: each good's own spread stands alone.
    SpreadLaw(std::span<const SpreadTrack>, const SpreadOptions&);
    // Units to be here and on order for `protection` periods (lead time + review): whole, at least 0.
    double level(const SpreadTrack&, double protection, double factor) const;

private:
    SpreadOptions o_;
    double log_a_ = 0, b_ = 0;
    bool known_ = false;
};

struct FactorQuestion {
    double target = 0.95;                    // fill rate over all goods, above 0 and below 1
    std::size_t lead = 1;                    // periods, at least 1
    std::size_t periods = 365, warm_up = 15; // played again, and before them not counted; shortened to what is known. In fewer a few large orders decide
};

// The least factor, 0 to 20, with which stock would have kept the target in the last periods of these histories (oldest first, all as long and ending now; values >= 0, NaN before a
// good was sold). invalid_argument inventory_input; failed_precondition "history_too_short": fewer than 20 + lead periods.
Result<double> factor_that_kept(std::span<const std::vector<double>> histories, const FactorQuestion&, const SpreadOptions& = {});

// How strongly a number that raises all levels answers; in its own unit. The defaults are for factors of a spread by day.
struct FactorAnswer {
    double step = 2;             // a whole period missed raises it by so much, for good
    double sensitivity = 6;      // and as long as the account may miss e times what is usual in each period that it has left, it is lower by so much
    double usual_weight = 0.05;  // of the newest period in what is usually asked for
    std::size_t least_left = 10; // an account that ends sooner is looked at as if it had so many periods left
};

class SafetyFactor {
public:
    // account: periods over which the promise counts, above lead; `gone` of the first are over, unseen.
    SafetyFactor(double start, double target, std::size_t lead, std::size_t account, std::size_t gone = 0, FactorAnswer answer = {})
        : factor_(start), target_(target), lead_(lead), account_(account), over_(gone % account), answer_(answer) {}
    double now() const;                      // 0 or more
    void seen(double asked, double missed);  // of the period that is over, all goods

private:
    double factor_, target_;
    std::size_t lead_, account_, over_;  // periods of this account that are over
    FactorAnswer answer_;
    double usual_ = 0, unused_ = 0;      // units asked for in a period, lately; units that might have been missed in this account and were not
};

}  // namespace kindling::inventory
