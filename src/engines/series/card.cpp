#include "engines/series/card.h"

#include <algorithm>
#include <cmath>

#include "engines/series/optimise.h"

namespace kindling::series {

CardFit fit_card(std::span<const double> y, std::size_t period, std::size_t longest, std::size_t horizon) {
    CardFit fit;
    std::size_t const m = period, memory = longest > m ? longest / m + 1 : 2, start = memory * m + 1, n = y.size();
    if (m < 2 || n < start + 2 * m) return fit;
    fit.logarithms = std::ranges::min(y) > 1e-3;
    std::vector<double> x(y.begin(), y.end());
    if (fit.logarithms)
        for (auto& v : x) v = std::log(v);
    double centre = 0;
    for (double const v : x) centre += v / static_cast<double>(n);
    for (auto& v : x) v -= centre;
    // What the weights are drawn towards: last season and the same place of the longest.
    std::size_t const k = memory, far = longest > m ? longest / m - 1 : 0;
    std::vector<double> prior(k, 0.0);
    prior[0] += 0.5, prior[far] += 0.5;
    fit.weights = prior;
    std::vector<double> gram(k * k), b(k), row(k);
    for (int round = 0; round < 3; ++round) {
        std::ranges::fill(gram, 0.0), std::ranges::fill(b, 0.0);
        double squares = 0;
        for (std::size_t t = start; t < n; ++t) {
            double target = x[t] - fit.rho * x[t - 1];
            for (std::size_t i = 0; i < k; ++i) row[i] = x[t - (i + 1) * m] - fit.rho * x[t - (i + 1) * m - 1], target -= prior[i] * row[i];
            for (std::size_t i = 0; i < k; ++i) {
                b[i] += row[i] * target, squares += row[i] * row[i] / static_cast<double>(k);
                for (std::size_t j = 0; j <= i; ++j) gram[i * k + j] += row[i] * row[j], gram[j * k + i] = gram[i * k + j];
            }
        }
        double const ridge = 0.02 * squares + 1e-9;
        for (std::size_t i = 0; i < k; ++i) gram[i * k + i] += ridge;
        if (!solve_positive(gram, b)) break;
        for (std::size_t i = 0; i < k; ++i) fit.weights[i] = prior[i] + b[i];
        auto const residual = [&](std::size_t t) {
            double u = x[t];
            for (std::size_t i = 0; i < k; ++i) u -= fit.weights[i] * x[t - (i + 1) * m];
            return u;
        };
        double mean = 0, up = 0, down = 1e-12, before = residual(start - 1);
        for (std::size_t t = start; t < n; ++t) mean += residual(t) / static_cast<double>(n - start);
        double sum = 0;
        for (std::size_t t = start; t < n; ++t) {
            double const u = residual(t);
            up += (u - mean) * (before - mean), down += (before - mean) * (before - mean);
            sum += (u - mean - fit.rho * (before - mean)) * (u - mean - fit.rho * (before - mean));
            before = u;
        }
        fit.constant = mean, fit.deviation = std::sqrt(sum / static_cast<double>(n - start));
        if (round < 2) fit.rho = std::clamp(up / down, 0.0, 0.98);
    }
    double u = x[n - 1] - fit.constant;
    for (std::size_t i = 0; i < k; ++i) u -= fit.weights[i] * x[n - 1 - (i + 1) * m];
    for (std::size_t h = 0; h < horizon; ++h) {
        std::size_t const t = n + h;
        u *= fit.rho;
        double v = fit.constant + u;
        for (std::size_t i = 0; i < k; ++i) v += fit.weights[i] * x[t - (i + 1) * m];
        x.push_back(v);
    }
    for (std::size_t h = 0; h < horizon; ++h) fit.path.push_back(fit.logarithms ? std::exp(std::min(50.0, x[n + h] + centre)) : x[n + h] + centre);
    if (fit.logarithms) fit.deviation *= std::abs(y.back());
    return fit;
}

}  // namespace kindling::series
