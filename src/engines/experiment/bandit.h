// engines/experiment/bandit.h -- choosing while learning: Thompson sampling of rates. Pure; randomness is given.
//
// Thompson: each arm's rate has a Beta(1 + successes, 1 + failures) belief; the arm with the largest draw is shown, so each is shown as often as it is
// the best by what is known. Shares computed so (by simulation) can serve many visitors until the next reading, and are the propensities of the log.
// Sources: Thompson, Biometrika 25 (1933); Chapelle & Li, NeurIPS 2011.
#pragma once
#include "core/random.h"
#include <cstdint>
#include <span>
#include <vector>

namespace kindling::experiment {

struct Arm {
    std::int64_t shown = 0, successes = 0;
};

// How often each arm is the best by what is known, from `draws` draws; each at least `floor` (arms · floor < 1), so that none is forgotten and every
// propensity is bounded below. Sums to 1.
std::vector<double> thompson_shares(std::span<Arm const> arms, double floor, Random&, int draws = 2000);
// One draw: which arm to show now.
std::size_t thompson_choice(std::span<Arm const> arms, Random&);

}  // namespace kindling::experiment
