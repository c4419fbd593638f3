#include "engines/series/adaptive.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engines/series/intervals.h"

namespace kindling::series {

AdaptiveQuantile::AdaptiveQuantile(double level, double rate, std::size_t window) : target_(std::clamp(level, 1e-6, 1 - 1e-6)), rate_(std::max(rate, 1e-6)), now_(target_), window_(std::max<std::size_t>(window, 1)) {}

double AdaptiveQuantile::quantile() const {
    constexpr double endless = std::numeric_limits<double>::infinity();
    if (now_ >= 1 || (sorted_.empty() && now_ > 0)) return endless;
    if (now_ <= 0) return -endless;
    return sample_quantile(sorted_, now_);
}

double AdaptiveQuantile::bounded() const { return sorted_.empty() ? 0 : std::clamp(quantile(), sorted_.front(), sorted_.back()); }

void AdaptiveQuantile::learn(double score) {
    if (std::isnan(score)) return;
    order_.push_back(score);
    sorted_.insert(std::ranges::upper_bound(sorted_, score), score);
    if (order_.size() <= window_) return;
    sorted_.erase(std::ranges::lower_bound(sorted_, order_.front()));
    order_.pop_front();
}

void AdaptiveQuantile::see(double score) {
    if (std::isnan(score)) return;
    bool const below = score <= quantile();
    ++judged_, below_ += below;
    now_ += rate_ * (target_ - (below ? 1 : 0));
    learn(score);
}

double AdaptiveQuantile::covered() const { return judged_ == 0 ? target_ : static_cast<double>(below_) / static_cast<double>(judged_); }

}  // namespace kindling::series
