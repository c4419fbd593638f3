#include "engines/series/combine.h"

#include <algorithm>
#include <cmath>

namespace kindling::series {

double Range::high_at(std::size_t h) const { return high + width * (1 + 3 * static_cast<double>(h + 1) / length); }
double Range::low_at(std::size_t h) const {
    double const v = low - width * (1 + 3 * static_cast<double>(h + 1) / length);
    return non_negative ? std::max(0.0, v) : v;
}
bool Range::holds(std::span<const double> path) const {
    for (std::size_t h = 0; h < path.size(); ++h) {
        // Slightly negative paths of demand are common and harmless: they are cut at zero, not dropped.
        double const reach = width * (1 + 3 * static_cast<double>(h + 1) / length);
        if (!(path[h] >= low - reach && path[h] <= high + reach)) return false;
    }
    return true;
}

Range range_of(const Prepared& p) {
    auto const [low, high] = std::ranges::minmax(p.y);
    return {.low = low, .high = high, .width = std::max(high - low, 1e-9 * std::max(std::abs(high), std::abs(low))), .length = static_cast<double>(p.size()), .non_negative = p.non_negative};
}

double combine(std::vector<double>& values, std::span<const double> weights, Combine how) {
    if (how == Combine::mean || how == Combine::rolling_weights) {
        double sum = 0, total = 0;
        for (std::size_t i = 0; i < values.size(); ++i) sum += weights[i] * values[i], total += weights[i];
        return sum / total;
    }
    std::ranges::sort(values);
    std::size_t const n = values.size(), cut = how == Combine::median ? (n - 1) / 2 : n >= 4 ? 1 : 0;
    double sum = 0;
    for (std::size_t i = cut; i < n - cut; ++i) sum += values[i];
    return sum / static_cast<double>(n - 2 * cut);
}

std::vector<double> rolling_weights(const Prepared& p, std::span<const Method> methods, std::size_t horizon) {
    std::vector<double> weights(methods.size(), 1.0 / static_cast<double>(methods.size()));
    std::size_t const n = p.size(), held = std::min(horizon, n / 3);
    if (held == 0 || n < 12) return weights;
    std::vector<double> squares(methods.size());
    double count = 0;
    for (std::size_t origin = 0; origin < 3; ++origin) {
        std::size_t const cut = held + origin * std::max<std::size_t>(1, held / 3);
        if (n < cut + std::max<std::size_t>(8, n / 3)) break;
        auto const before = shortened(p, n - cut);
        auto const range = range_of(before);
        for (std::size_t i = 0; i < methods.size(); ++i) {
            auto const path = run(methods[i], before, held);
            for (std::size_t h = 0; h < held; ++h) {
                double const f = range.holds(path.values) ? path.values[h] : range.high_at(h), e = p.y[n - cut + h] - f;
                squares[i] += e * e;
            }
        }
        count += static_cast<double>(held);
    }
    if (count == 0) return weights;
    double total = 0;
    for (std::size_t i = 0; i < methods.size(); ++i) total += weights[i] = 1 / (squares[i] / count + 1e-9);
    for (auto& w : weights) w /= total;
    return weights;
}

}  // namespace kindling::series
