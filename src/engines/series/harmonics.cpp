// Waves of the changes, shrunk one by one, summed up to a season.
#include "engines/series/harmonics.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

namespace kindling::series {

namespace {

constexpr std::size_t most_waves = 26;
constexpr double half_life_seasons = 4, largest_change = 6, least_noise = 0.05, smallest = 1e-9;

}  // namespace

double WaveSeason::remove(double y, std::size_t t) const { return logs ? std::exp(std::log(y) - level[t]) : y - level[t]; }
double WaveSeason::restore(double x, std::size_t t) const { return logs ? std::exp(std::log(std::max(x, smallest)) + level[t]) : x + level[t]; }

double exact_period(const Prepared& p) { return p.period == 52 ? 365.25 / 7 : static_cast<double>(p.period); }

WaveSeason fit_waves(std::span<const double> y, double period, std::size_t horizon) {
    std::size_t const n = y.size(), changes = n - 1;
    WaveSeason out{.logs = std::ranges::all_of(y, [](double v) { return v > 0; }), .level = std::vector<double>(n + horizon)};
    std::vector<double> change(changes), weight(changes);
    double total = 0, squares = 0;
    for (std::size_t t = 0; t < changes; ++t) {
        change[t] = out.logs ? std::log(y[t + 1] / y[t]) : y[t + 1] - y[t];
        weight[t] = std::exp2(-static_cast<double>(changes - 1 - t) / (half_life_seasons * period));
        total += weight[t], squares += weight[t] * weight[t];
    }
    auto sizes = change;
    for (auto& v : sizes) v = std::abs(v);
    double const most = largest_change * std::max(median(std::move(sizes)), smallest);
    double mean = 0, variance = 0;
    for (std::size_t t = 0; t < changes; ++t) change[t] = std::clamp(change[t], -most, most), mean += weight[t] * change[t] / total;
    for (std::size_t t = 0; t < changes; ++t) change[t] -= mean, variance += weight[t] * change[t] * change[t] / total;
    std::vector<std::complex<double>> waves(std::min(most_waves, static_cast<std::size_t>(period / 2)));
    double explained = 0;
    for (std::size_t k = 0; k < waves.size(); ++k) {
        auto const turn = std::polar(1.0, 2 * std::numbers::pi * static_cast<double>(k + 1) / period);
        std::complex<double> at = 1, sum = 0;
        for (std::size_t t = 0; t < changes; ++t) at *= turn, sum += weight[t] * change[t] * at;
        waves[k] = 2.0 * sum / total, explained += std::norm(waves[k]) / 2;
    }
    // Of the variance that is left, noise gives every pair this much power.
    double const noise = std::max(variance - explained, least_noise * variance) * 2 * squares / (total * total);
    std::vector<double> step(n + horizon);
    for (std::size_t k = 0; k < waves.size(); ++k) {
        double const power = std::norm(waves[k]) / 2;
        if (!(power > noise)) continue;
        auto const wave = waves[k] * (1 - noise / power);
        auto const turn = std::polar(1.0, 2 * std::numbers::pi * static_cast<double>(k + 1) / period);
        std::complex<double> at = 1;
        for (std::size_t t = 1; t < step.size(); ++t) at *= turn, step[t] += wave.real() * at.real() + wave.imag() * at.imag();
    }
    for (std::size_t t = 1; t < step.size(); ++t) out.level[t] = out.level[t - 1] + step[t];
    return out;
}

Prepared without(const Prepared& p, const WaveSeason& season) {
    auto rest = p;
    for (std::size_t t = 0; t < p.size(); ++t) rest.y[t] = season.remove(p.y[t], t);
    rest.period = 1, rest.periods.clear();
    return shortened(rest, p.size());
}

}  // namespace kindling::series
