#include "engines/series/counts.h"

#include <algorithm>
#include <cmath>

namespace kindling::series {

namespace {

struct Moments {
    double mean = 0, variance = 0, weight = 0;
};
Moments moments(std::span<const double> y, double forget) {
    Moments m;
    double w = 1, squares = 0;
    for (std::size_t i = y.size(); i-- > 0 && w > 1e-9; w *= forget) m.mean += w * y[i], squares += w * y[i] * y[i], m.weight += w;
    m.mean /= m.weight;
    m.variance = std::max(0.0, squares / m.weight - m.mean * m.mean) * (m.weight > 1 ? m.weight / (m.weight - 0.99) : 1);
    return m;
}

// Values with weights, ascending by value: of the history, scaled.
std::vector<std::pair<double, double>> own_values(std::span<const double> y, double forget, double scale) {
    std::vector<std::pair<double, double>> out;
    double w = 1, total = 0;
    for (std::size_t i = y.size(); i-- > 0 && w > 1e-9; w *= forget) out.emplace_back(y[i] * scale, w), total += w;
    for (auto& [value, weight] : out) weight /= total;
    std::ranges::sort(out);
    return out;
}

}  // namespace

double own_dispersion(std::span<const double> history, double forget) {
    auto const m = moments(history, forget);
    return m.mean > 0 ? std::max(0.0, (m.variance - m.mean) / (m.mean * m.mean)) : 0;
}

std::vector<double> negative_binomial(double mean, double dispersion) {
    std::vector<double> out;
    if (!(mean > 0)) return {1.0};
    double const r = 1 / std::max(dispersion, 1e-6), q = mean / (mean + r);
    double log_p = -r * std::log1p(mean / r), sum = 0;
    // Products while the first term can be told from zero, logarithms otherwise.
    bool const plain = log_p > -600;
    double p = std::exp(log_p);
    for (double k = 0; k < 100000; ++k) {
        out.push_back(p), sum += p;
        if (1 - sum < 1e-6 && k > mean) break;
        double const ratio = (r + k) / (k + 1) * q;
        if (plain) p *= ratio;
        else log_p += std::log(ratio), p = std::exp(log_p);
    }
    return out;
}

std::vector<double> demand_quantiles(std::span<const double> history, double mean, std::span<const double> levels, const CountShape& shape, std::span<const double> near) {
    std::vector<double> out(levels.size(), 0.0);
    if (!(mean > 0)) return out;
    bool const whole = mean < 5000 && std::ranges::all_of(history, [](double v) { return v == std::floor(v); });
    auto const m = moments(history, shape.forget);
    if (!whole) {
        auto const values = own_values(history, shape.forget, m.mean > 0 ? mean / m.mean : 1);
        double sum = 0;
        std::size_t i = 0;
        for (auto const& [value, weight] : values) {
            sum += weight;
            while (i < levels.size() && sum >= levels[i] - 1e-12) out[i++] = value;
        }
        while (i < levels.size()) out[i++] = values.back().first;
        return out;
    }
    double const seen = m.weight, drawn = 12 * std::min(1.0, m.mean);
    double const dispersion = (own_dispersion(history, shape.forget) * seen * std::min(1.0, m.mean) + shape.usual * drawn) / (seen * std::min(1.0, m.mean) + drawn + 1e-12);
    auto const p = negative_binomial(mean, m.mean > 0 ? dispersion : shape.usual);
    auto const values = own_values(history, shape.forget, 1);
    // All as one distribution function over whole numbers.
    // A good that sells tens in a step tells of itself; its neighbours' hundreds would only blur it.
    double const alike = near.empty() ? 0 : shape.alike / (1 + mean / 10);
    double sum_p = 0, sum_own = 0;
    std::size_t at = 0, below = 0, i = 0;
    double const largest = std::max({static_cast<double>(p.size()), values.back().first, alike > 0 ? near.back() : 0.0});
    for (double k = 0; k <= largest && i < levels.size(); ++k) {
        if (k < static_cast<double>(p.size())) sum_p += p[static_cast<std::size_t>(k)];
        while (at < values.size() && values[at].first <= k) sum_own += values[at++].second;
        double reached = (1 - shape.own) * sum_p + shape.own * sum_own;
        if (alike > 0) {
            while (below < near.size() && near[below] <= k) ++below;
            reached += alike * (static_cast<double>(below) / static_cast<double>(near.size()) - reached);
        }
        while (i < levels.size() && reached >= levels[i] - 1e-9) out[i++] = k;
        if (k > 200000) break;
    }
    while (i < levels.size()) out[i++] = largest;
    return out;
}

}  // namespace kindling::series
