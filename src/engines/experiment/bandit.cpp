#include "engines/experiment/bandit.h"

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

}  // namespace kindling::experiment
