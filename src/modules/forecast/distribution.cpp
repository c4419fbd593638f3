// Counts as they are published: a negative binomial by its mean and dispersion, and above 300 units the gamma of the same moments; both laws meet there.
#include "engines/series/intervals.h"
#include "modules/forecast/kept.h"
#include <cmath>
#include <numbers>

namespace kindling::forecast {

// Beyond it the mean would lie outside its own 80 % band: nine tenths of a gamma of dispersion 20 and more are hardly above its mean, and misses so large say that means were wrong, not how counts fall.
constexpr double most_dispersion = 10;

double count_distribution(double mean, double dispersion, double k) {
    if (k < 0) return 0;
    if (!(mean > 0)) return 1;
    dispersion = std::clamp(dispersion, 1e-4, most_dispersion);
    if (mean > 300) {
        auto const shape = mean / (1 + dispersion * mean), scale = mean / shape, cube = std::cbrt((k + 0.5) / (shape * scale));
        return 0.5 * std::erfc(-(cube - 1 + 1 / (9 * shape)) * 3 * std::sqrt(shape) / std::numbers::sqrt2);
    }
    auto const r = 1 / dispersion, q = mean / (mean + r);
    auto log_p = -r * std::log1p(mean / r);
    double sum = std::exp(log_p);
    for (double x = 0; x < k && sum < 1 - 1e-12; ++x) log_p += std::log((r + x) / (x + 1) * q), sum += log_p > -600 ? std::exp(log_p) : 0;
    return std::min(1.0, sum);
}

std::vector<double> count_quantiles(double mean, double dispersion, std::span<double const> levels) {
    std::vector<double> out(levels.size());
    if (!(mean > 0)) return out;
    dispersion = std::clamp(dispersion, 1e-4, most_dispersion);
    if (mean > 300) {
        // Gamma of the same mean and variance, by Wilson & Hilferty's cube.
        auto const shape = mean / (1 + dispersion * mean), scale = mean / shape;
        for (std::size_t i = 0; i < levels.size(); ++i) {
            auto const cube = 1 - 1 / (9 * shape) + series::normal_quantile(levels[i]) / (3 * std::sqrt(shape));
            out[i] = std::max(0.0, std::round(shape * scale * cube * cube * cube));
        }
        return out;
    }
    auto const r = 1 / dispersion, q = mean / (mean + r);
    auto log_p = -r * std::log1p(mean / r);
    double p = std::exp(log_p), sum = p;
    std::size_t i = 0;
    for (double k = 0; i < levels.size() && k < 1e6; ++k) {
        while (i < levels.size() && sum >= levels[i] - 1e-12) out[i++] = k;
        log_p += std::log((r + k) / (k + 1) * q), p = log_p > -600 ? std::exp(log_p) : 0, sum += p;
    }
    while (i < levels.size()) out[i++] = mean + 10 * std::sqrt(mean + dispersion * mean * mean);
    return out;
}

}  // namespace kindling::forecast
