#include "engines/optimise/assortment/minimise.h"
#include <algorithm>
#include <cmath>
#include <deque>
#include <numeric>

namespace kindling::assortment {

namespace {
double dot(std::vector<double> const& a, std::vector<double> const& b) { return std::inner_product(a.begin(), a.end(), b.begin(), 0.0); }
struct Step { std::vector<double> moved, turned; double scale; };  // s, y, 1 / (s . y)
}  // namespace

double minimise(std::vector<double>& x, std::function<double(std::span<double const>, std::span<double>)> const& f, int most_steps, double tolerance) {
    auto const n = x.size();
    std::vector<double> gradient(n), next(n), next_gradient(n);
    std::deque<Step> memory;
    auto value = f(x, gradient);
    for (int step = 0; step < most_steps; ++step) {
        if (std::ranges::all_of(gradient, [&](double g) { return std::abs(g) <= tolerance; })) break;
        auto direction = gradient;
        std::vector<double> weights(memory.size());
        for (auto k = memory.size(); k-- > 0;) {
            weights[k] = memory[k].scale * dot(memory[k].moved, direction);
            for (std::size_t i = 0; i < n; ++i) direction[i] -= weights[k] * memory[k].turned[i];
        }
        auto const first = memory.empty() ? 1 / std::max(1.0, std::sqrt(dot(gradient, gradient))) : 1 / (memory.back().scale * dot(memory.back().turned, memory.back().turned));
        for (auto& d : direction) d *= first;
        for (std::size_t k = 0; k < memory.size(); ++k) {
            auto const back = memory[k].scale * dot(memory[k].turned, direction);
            for (std::size_t i = 0; i < n; ++i) direction[i] += (weights[k] - back) * memory[k].moved[i];
        }
        auto const slope = -dot(direction, gradient);
        if (!(slope < 0)) break;
        double length = 1, reached = value;
        bool better = false;
        for (int attempt = 0; attempt < 30 && !better; ++attempt, length /= 2) {
            for (std::size_t i = 0; i < n; ++i) next[i] = x[i] - length * direction[i];
            reached = f(next, next_gradient);
            better = std::isfinite(reached) && reached <= value + 1e-4 * length * slope;
        }
        if (!better) break;
        Step s{std::vector<double>(n), std::vector<double>(n), 0};
        for (std::size_t i = 0; i < n; ++i) s.moved[i] = next[i] - x[i], s.turned[i] = next_gradient[i] - gradient[i];
        auto const curvature = dot(s.moved, s.turned);
        auto const gained = value - reached;
        x = next, gradient = next_gradient, value = reached;
        if (curvature > 1e-12) {
            s.scale = 1 / curvature;
            memory.push_back(std::move(s));
            if (memory.size() > 8) memory.pop_front();
        }
        if (gained <= 1e-10 * std::abs(value)) break;
    }
    return value;
}

}  // namespace kindling::assortment
