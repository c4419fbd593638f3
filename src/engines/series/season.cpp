// Is there a season, and what are its indices? The test of the M competitions, the season before beside a line, and classical decomposition, by a moving average or, of few seasons, by a
// line. See prepare.h.
#include <algorithm>
#include <cmath>
#include <limits>

#include "engines/series/prepare.h"

namespace kindling::series {

bool seasonal_by_autocorrelation(std::span<const double> y, std::size_t period) {
    std::size_t const n = y.size();
    if (period < 2 || n < 2 * period) return false;
    double mean = 0, variance = 0;
    for (double const v : y) mean += v / static_cast<double>(n);
    for (double const v : y) variance += (v - mean) * (v - mean);
    if (!(variance > 1e-18 * static_cast<double>(n) * (1 + mean * mean))) return false;
    double squares = 0, r = 0;
    for (std::size_t lag = 1; lag <= period; ++lag) {
        double sum = 0;
        for (std::size_t t = lag; t < n; ++t) sum += (y[t] - mean) * (y[t - lag] - mean);
        r = sum / variance;
        if (lag < period) squares += r * r;
    }
    return std::abs(r) > 1.645 * std::sqrt((1 + 2 * squares) / static_cast<double>(n));
}

double season_beside_line(std::span<const double> y, std::size_t m) {
    std::size_t const n = y.size();
    if (m < 4 || n < m + std::max<std::size_t>(4, m / 4)) return std::numeric_limits<double>::max();
    std::size_t const from = std::max(m, n - std::min(m, n - m));
    double const count = static_cast<double>(n - from), middle = 0.5 * static_cast<double>(from + n - 1);
    double mean = 0, change = 0, up = 0, down = 0, with = 0, without = 0;
    for (std::size_t t = from; t < n; ++t) mean += y[t] / count, change += (y[t] - y[t - m]) / count;
    for (std::size_t t = from; t < n; ++t) { double const x = static_cast<double>(t) - middle; up += x * y[t], down += x * x; }
    for (std::size_t t = from; t < n; ++t) with += std::abs(y[t] - y[t - m] - change), without += std::abs(y[t] - mean - up / down * (static_cast<double>(t) - middle));
    return without > 0 ? with / without : std::numeric_limits<double>::max();
}

namespace {

// The line whose slope is the mean change over a season; empty where ratios to it mean nothing.
std::vector<double> line_of(std::span<const double> y, std::size_t m, bool multiplicative) {
    std::size_t const n = y.size(), whole = n / m * m;
    double slope = 0, mean = 0;
    for (std::size_t t = m; t < n; ++t) slope += (y[t] - y[t - m]) / static_cast<double>(m * (n - m));
    for (std::size_t t = n - whole; t < n; ++t) mean += y[t] / static_cast<double>(whole);
    double const middle = static_cast<double>(n - whole) + 0.5 * static_cast<double>(whole - 1);
    std::vector<double> out(n);
    for (std::size_t t = 0; t < n; ++t) out[t] = mean + slope * (static_cast<double>(t) - middle);
    if (multiplicative && std::min(out.front(), out.back()) < 0.1 * mean) return {};
    return out;
}

}  // namespace

Season decompose(std::span<const double> y, std::size_t period, bool multiplicative) {
    std::size_t const n = y.size(), m = period, half = m / 2;
    Season s{.period = m, .present = true, .multiplicative = multiplicative, .index = std::vector<double>(m, 0.0)};
    std::vector<double> counts(m, 0.0);
    double squares = 0;
    auto const line = m <= longest_own_season && n < 3 * m ? line_of(y, m, multiplicative) : std::vector<double>{};
    for (std::size_t t = 0; t < line.size(); ++t) {
        double const part = multiplicative ? y[t] / line[t] : y[t] - line[t];
        s.index[t % m] += part, counts[t % m] += 1, squares += part * part;
    }
    // A running sum of m values; for an even period the two ends count half each.
    double sum = 0;
    for (std::size_t t = 0; t < m; ++t) sum += y[t];
    for (std::size_t t = half; line.empty() && t + half < n; ++t) {
        // sum holds y[t - half .. t - half + m - 1].
        double trend = sum;
        if (m % 2 == 0) trend += 0.5 * (y[t + half] - y[t - half]);
        trend /= static_cast<double>(m);
        double const part = multiplicative ? (trend > 1e-12 ? y[t] / trend : 1.0) : y[t] - trend;
        s.index[t % m] += part, counts[t % m] += 1, squares += part * part;
        std::size_t const next = t - half + m;
        if (next < n) sum += y[next] - y[t - half];
        else break;
    }
    double mean = 0;
    for (std::size_t j = 0; j < m; ++j) {
        s.index[j] = counts[j] > 0 ? s.index[j] / counts[j] : (multiplicative ? 1.0 : 0.0);
        mean += s.index[j] / static_cast<double>(m);
    }
    // Shrinkage of James & Stein: the share of the spread among positions that their own errors explain is not season.
    double total = 0, between = 0, errors = squares;
    for (std::size_t j = 0; j < m; ++j) total += counts[j], between += (s.index[j] - mean) * (s.index[j] - mean), errors -= counts[j] * s.index[j] * s.index[j];
    double keep = 1;
    if (m > 3 && total > static_cast<double>(m)) {
        double const own = std::max(0.0, errors) / (total - static_cast<double>(m)) * static_cast<double>(m) / total;
        keep = between > 0 ? std::max(0.0, 1 - static_cast<double>(m - 3) * own / between) : 0;
        if (keep < 0) keep = 0;
    }
    for (auto& v : s.index) v = multiplicative ? (mean > 1e-12 ? 1 + keep * (v / mean - 1) : 1.0) : keep * (v - mean);
    return s;
}

}  // namespace kindling::series
