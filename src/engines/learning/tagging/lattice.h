// engines/learning/tagging/lattice.h -- forward and backward sums of a chain (Rabiner 1989, section III), in scaled probabilities.
//
// Working with exp(score - largest of the position) and dividing each position by its sum keeps every number near 1, so that no logarithm
// is taken inside the loops. n L^2 multiplications each way. Internal to the engine.
#pragma once
#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

#include "engines/learning/tagging/crf.h"

namespace kindling::tagging {

inline constexpr float never = -1e4f;  // the score of what the shape forbids: exp() of it is 0

class Lattice {
public:
    Lattice(const Crf::Shape& shape, std::span<const float> transition) : shape_(shape), L_(shape.labels), step_(L_ * L_) { set(transition); }
    void set(std::span<const float> transition) {
        for (std::size_t i = 0; i < L_ * L_; ++i) step_[i] = std::exp(transition[i]);
    }
    // score: n * L. A sequence that the shape leaves no way through gets uniform marginals.
    void run(std::span<const float> score, std::size_t n) {
        n_ = n;
        emit_.resize(n * L_), forward_.resize(n * L_), backward_.resize(n * L_), scale_.resize(n);
        for (std::size_t t = 0; t < n; ++t) {
            auto const* const from = &score[t * L_];
            auto const top = *std::max_element(from, from + L_);
            for (std::size_t y = 0; y < L_; ++y) emit_[t * L_ + y] = std::exp(from[y] - top);
        }
        for (std::size_t t = 0; t < n; ++t) {
            auto* const f = &forward_[t * L_];
            for (std::size_t y = 0; y < L_; ++y) f[y] = t == 0 ? static_cast<float>(shape_.starts[y]) : 0;
            if (t > 0)
                for (std::size_t a = 0; a < L_; ++a)
                    for (std::size_t y = 0; y < L_; ++y) f[y] += forward_[(t - 1) * L_ + a] * step_[a * L_ + y];
            float sum = 0;
            for (std::size_t y = 0; y < L_; ++y) sum += f[y] *= emit_[t * L_ + y];
            scale_[t] = sum > 1e-30f ? 1 / sum : 1;
            for (std::size_t y = 0; y < L_; ++y) f[y] *= scale_[t];
        }
        for (std::size_t t = n; t-- > 0;) {
            auto* const b = &backward_[t * L_];
            if (t + 1 == n) {
                for (std::size_t y = 0; y < L_; ++y) b[y] = shape_.stops[y];
                continue;
            }
            auto const* const next = &backward_[(t + 1) * L_];
            for (std::size_t a = 0; a < L_; ++a) {
                float sum = 0;
                for (std::size_t y = 0; y < L_; ++y) sum += step_[a * L_ + y] * emit_[(t + 1) * L_ + y] * next[y];
                b[a] = sum * scale_[t + 1];
            }
        }
    }
    void marginal(std::size_t t, std::span<float> out) const {
        float sum = 0;
        for (std::size_t y = 0; y < L_; ++y) sum += out[y] = forward_[t * L_ + y] * backward_[t * L_ + y];
        for (std::size_t y = 0; y < L_; ++y) out[y] = sum > 1e-30f ? out[y] / sum : 1 / static_cast<float>(L_);
    }
    // p(y_{t-1} = a, y_t = y) added to sum[a * L + y].
    void pairs(std::size_t t, std::vector<float>& work, std::span<float> sum) const {
        work.resize(L_ * L_);
        float all = 0;
        for (std::size_t a = 0; a < L_; ++a)
            for (std::size_t y = 0; y < L_; ++y) all += work[a * L_ + y] = forward_[(t - 1) * L_ + a] * step_[a * L_ + y] * emit_[t * L_ + y] * backward_[t * L_ + y];
        if (all > 1e-30f)
            for (std::size_t i = 0; i < L_ * L_; ++i) sum[i] += work[i] / all;
    }

private:
    const Crf::Shape& shape_;
    std::size_t L_, n_ = 0;
    std::vector<float> step_, emit_, forward_, backward_, scale_;
};

}  // namespace kindling::tagging
