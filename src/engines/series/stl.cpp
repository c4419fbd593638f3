#include "engines/series/stl.h"

#include <algorithm>
#include <cmath>

namespace kindling::series {

namespace {

// The local line at `at` through y[first] .. y[last] (places are 0-based; `at` may lie one outside). A kernel so narrow that no value has weight gives none.
struct Local {
    bool found = false;
    double value = 0;
};

Local local_line(std::span<const double> y, double at, std::size_t first, std::size_t last, std::size_t window) {
    std::size_t const n = y.size();
    double reach = std::max(at - static_cast<double>(first), static_cast<double>(last) - at);
    if (window > n) reach += static_cast<double>((window - n) / 2);
    double const full = 0.001 * reach, none = 0.999 * reach;
    double sum = 0, middle = 0;
    auto const weight = [&](std::size_t j) {
        double const away = std::abs(static_cast<double>(j) - at);
        if (away > none) return 0.0;
        if (away <= full) return 1.0;
        double const r = away / reach, c = 1 - r * r * r;
        return c * c * c;
    };
    for (std::size_t j = first; j <= last; ++j) { double const w = weight(j); sum += w, middle += w * static_cast<double>(j); }
    if (!(sum > 0)) return {};
    middle /= sum;
    double spread = 0;
    for (std::size_t j = first; j <= last; ++j) { double const d = static_cast<double>(j) - middle; spread += weight(j) / sum * d * d; }
    double const slope = reach > 0 && std::sqrt(spread) > 0.001 * static_cast<double>(n - 1) ? (at - middle) / spread : 0;
    Local out{.found = true};
    for (std::size_t j = first; j <= last; ++j) out.value += weight(j) / sum * (1 + slope * (static_cast<double>(j) - middle)) * y[j];
    return out;
}

std::vector<double> moving_average(std::span<const double> y, std::size_t length) {
    std::vector<double> out(y.size() - length + 1);
    double sum = 0;
    for (std::size_t t = 0; t < y.size(); ++t) {
        sum += y[t];
        if (t + 1 < length) continue;
        out[t + 1 - length] = sum / static_cast<double>(length);
        sum -= y[t + 1 - length];
    }
    return out;
}

// Each position of the season smoothed over the seasons, with one more value before the first and after the last: y.size() + 2 period values.
std::vector<double> smooth_positions(std::span<const double> y, std::size_t period, std::size_t window) {
    std::vector<double> out(y.size() + 2 * period), row;
    for (std::size_t j = 0; j < period; ++j) {
        row.clear();
        for (std::size_t t = j; t < y.size(); t += period) row.push_back(y[t]);
        std::size_t const k = row.size();
        auto const smooth = loess(row, window);
        auto const before = local_line(row, -1, 0, std::min(window, k) - 1, window), after = local_line(row, static_cast<double>(k), k - std::min(window, k), k - 1, window);
        out[j] = before.found ? before.value : smooth.front();
        for (std::size_t i = 0; i < k; ++i) out[(i + 1) * period + j] = smooth[i];
        out[(k + 1) * period + j] = after.found ? after.value : smooth.back();
    }
    return out;
}

std::size_t odd_from(double at_least) {
    auto const n = static_cast<std::size_t>(std::ceil(at_least));
    return n % 2 == 1 ? n : n + 1;
}

}  // namespace

std::vector<double> loess(std::span<const double> y, std::size_t window) {
    std::size_t const n = y.size(), width = std::min(window, n);
    std::vector<double> out(y.begin(), y.end());
    if (n < 2) return out;
    std::size_t first = 0;
    for (std::size_t t = 0; t < n; ++t) {
        if (t + 1 > (width + 1) / 2 && first + width < n) ++first;
        if (auto const line = local_line(y, static_cast<double>(t), first, first + width - 1, window); line.found) out[t] = line.value;
    }
    return out;
}

StlParts stl(std::span<const double> y, std::size_t period, std::size_t seasonal_window) {
    std::size_t const n = y.size();
    std::size_t const trend_window = odd_from(1.5 * static_cast<double>(period) / (1 - 1.5 / static_cast<double>(seasonal_window))), low_window = period % 2 == 0 ? period + 1 : period + 2;
    StlParts out{.trend = std::vector<double>(n), .seasons = {std::vector<double>(n)}, .rest = std::vector<double>(n)};
    auto& season = out.seasons[0];
    std::vector<double> work(n);
    for (int round = 0; round < 5; ++round) {
        for (std::size_t t = 0; t < n; ++t) work[t] = y[t] - out.trend[t];
        auto const cycle = smooth_positions(work, period, seasonal_window);
        auto const low = loess(moving_average(moving_average(moving_average(cycle, period), period), 3), low_window);
        for (std::size_t t = 0; t < n; ++t) season[t] = cycle[t + period] - low[t], work[t] = y[t] - season[t];
        out.trend = loess(work, trend_window);
    }
    for (std::size_t t = 0; t < n; ++t) out.rest[t] = y[t] - season[t] - out.trend[t];
    return out;
}

StlParts mstl(std::span<const double> y, std::span<const std::size_t> periods) {
    std::size_t const n = y.size();
    StlParts out{.trend = loess(y, odd_from(static_cast<double>(n) / 2)), .seasons = std::vector(periods.size(), std::vector<double>(n)), .rest = {y.begin(), y.end()}};
    int const rounds = periods.size() > 1 ? 2 : 1;
    for (int round = 0; round < rounds; ++round)
        for (std::size_t i = 0; i < periods.size(); ++i) {
            for (std::size_t t = 0; t < n; ++t) out.rest[t] += out.seasons[i][t];
            auto parts = stl(out.rest, periods[i], 11 + 4 * i);
            out.seasons[i] = std::move(parts.seasons[0]), out.trend = std::move(parts.trend);
            for (std::size_t t = 0; t < n; ++t) out.rest[t] -= out.seasons[i][t];
        }
    for (std::size_t t = 0; t < n; ++t) out.rest[t] -= out.trend[t];
    return out;
}

}  // namespace kindling::series
