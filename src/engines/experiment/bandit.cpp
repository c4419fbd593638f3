#include "engines/experiment/bandit.h"
#include <algorithm>
#include <cmath>

namespace kindling::experiment {

std::size_t thompson_choice(std::span<Arm const> arms, Random& random) {
    std::size_t best = 0;
    double most = -1;
    for (std::size_t i = 0; i < arms.size(); ++i) {
        auto const a = random.gamma(1 + static_cast<double>(arms[i].successes), 1), b = random.gamma(1 + static_cast<double>(arms[i].shown - arms[i].successes), 1);
        if (auto const p = a / (a + b); p > most) most = p, best = i;
    }
    return best;
}

std::vector<double> thompson_shares(std::span<Arm const> arms, double floor, Random& random, int draws) {
    std::vector<double> shares(arms.size(), 0);
    if (arms.empty()) return shares;
    for (int d = 0; d < draws; ++d) shares[thompson_choice(arms, random)] += 1.0 / draws;
    auto const rest = 1 - floor * static_cast<double>(arms.size());
    for (auto& s : shares) s = floor + rest * s;
    return shares;
}

LinUcb::LinUcb(std::size_t arms, std::size_t features, double width, double ridge) : features_(features), width_(width), models_(arms) {
    for (auto& m : models_) {
        m.inverse.assign(features * features, 0), m.b.assign(features, 0), m.theta.assign(features, 0);
        for (std::size_t i = 0; i < features; ++i) m.inverse[i * features + i] = 1 / ridge;
    }
}

double LinUcb::expected(std::size_t arm, std::span<double const> x) const {
    double sum = 0;
    for (std::size_t i = 0; i < features_; ++i) sum += models_[arm].theta[i] * x[i];
    return sum;
}

double LinUcb::spread(Model const& m, std::span<double const> x) const {
    double sum = 0;
    for (std::size_t i = 0; i < features_; ++i)
        for (std::size_t j = 0; j < features_; ++j) sum += x[i] * m.inverse[i * features_ + j] * x[j];
    return std::sqrt(std::max(0.0, sum));
}

std::size_t LinUcb::choose(std::span<double const> x) const {
    std::size_t best = 0;
    double most = -1e300;
    for (std::size_t arm = 0; arm < models_.size(); ++arm)
        if (auto const value = expected(arm, x) + width_ * spread(models_[arm], x); value > most) most = value, best = arm;
    return best;
}

void LinUcb::learn(std::size_t arm, std::span<double const> x, double reward) {
    auto& m = models_[arm];
    auto const d = features_;
    std::vector<double> ax(d, 0);
    double denominator = 1;
    for (std::size_t i = 0; i < d; ++i) {
        for (std::size_t j = 0; j < d; ++j) ax[i] += m.inverse[i * d + j] * x[j];
        denominator += ax[i] * x[i];
    }
    for (std::size_t i = 0; i < d; ++i)
        for (std::size_t j = 0; j < d; ++j) m.inverse[i * d + j] -= ax[i] * ax[j] / denominator;
    for (std::size_t i = 0; i < d; ++i) m.b[i] += reward * x[i];
    for (std::size_t i = 0; i < d; ++i) {
        m.theta[i] = 0;
        for (std::size_t j = 0; j < d; ++j) m.theta[i] += m.inverse[i * d + j] * m.b[j];
    }
}

}  // namespace kindling::experiment
