// engines/experiment/bandit.h -- choosing while learning: Thompson sampling of rates, and LinUCB with features. Pure; randomness is given.
//
// Thompson: each arm's rate has a Beta(1 + successes, 1 + failures) belief; the arm with the largest draw is shown, so each is shown as often as it is
// the best by what is known. Shares computed so (by simulation) can serve many visitors until the next reading, and are the propensities of the log.
// LinUCB: reward ≈ θᵀx per arm; the arm with the largest θᵀx + width · sqrt(xᵀ A⁻¹ x), A⁻¹ kept by Sherman–Morrison, O(d²) an update.
// Sources: Thompson, Biometrika 25 (1933); Chapelle & Li, NeurIPS 2011; Li, Chu, Langford, Schapire, WWW 2010 (algorithm 1).
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

class LinUcb {
public:
    // `width` > 0: how much uncertainty counts; `ridge` > 0.
    LinUcb(std::size_t arms, std::size_t features, double width, double ridge = 1);
    std::size_t choose(std::span<double const> x) const;  // ties: the first
    void learn(std::size_t arm, std::span<double const> x, double reward);
    double expected(std::size_t arm, std::span<double const> x) const;

private:
    struct Model {
        std::vector<double> inverse, b, theta;
    };
    double spread(Model const&, std::span<double const> x) const;
    std::size_t features_;
    double width_;
    std::vector<Model> models_;
};

}  // namespace kindling::experiment
