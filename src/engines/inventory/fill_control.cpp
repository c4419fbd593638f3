#include "engines/inventory/fill_control.h"

#include <algorithm>

namespace kindling::inventory {

namespace {
// What was missed too often is not made good at any price: stock that is bought for it stays when the debt is paid. What was missed too seldom saves stock at once.
constexpr double least_share = 0.8, most_share = 2.5;
}  // namespace

double FillControl::correction() const { return expected_lately_ > 0 ? std::clamp(missed_lately_ / expected_lately_, 0.05, 20.0) : 1; }

double FillControl::may_miss(double demand) const {
    auto const allowed = 1 - target_;
    auto const over = (gone_ + periods_) % account_;  // periods of this account that are over
    double share = 1;
    if (over + lead_ < account_) {
        double debt = 0;  // what may still be missed
        for (auto i = asked_.size() - std::min(over, asked_.size()); i < asked_.size(); ++i) debt += allowed * asked_[i] - missed_[i];
        for (auto const e : expected_) debt += allowed * demand - correction() * e;
        auto const left = static_cast<double>(std::max({account_ - over - lead_, lead_, std::size_t{1}}));
        share = std::clamp(1 + debt / (allowed * demand * left + 1e-12), least_share, most_share);
    }
    return allowed * demand * share / correction();
}

void FillControl::seen(double asked, double missed) {
    asked_.push_back(asked), missed_.push_back(missed);
    if (asked_.size() > account_) asked_.pop_front(), missed_.pop_front();
    if (++periods_ <= lead_ || expected_.empty()) return;  // decided by nobody
    auto const keep = 1 - std::min(1.0, 2 / static_cast<double>(account_)), prior = expected_lately_ > 0 ? 0.0 : 2.0;
    auto const expected = expected_.front();
    expected_.pop_front();
    missed_lately_ = keep * missed_lately_ + missed + prior * expected, expected_lately_ = keep * expected_lately_ + expected + prior * expected;
}

}  // namespace kindling::inventory
