#include "engines/series/multiseason.h"

#include <algorithm>
#include <cmath>

#include "engines/series/optimise.h"

namespace kindling::series {

MultiseasonFit fit_multiseason(std::span<const double> y, std::span<const std::size_t> periods, std::size_t horizon) {
    MultiseasonFit fit;
    std::size_t const n = y.size(), k = std::min<std::size_t>(periods.size(), 3);
    if (k == 0 || n < 2 * periods[k - 1] + 2) return fit;
    fit.logarithms = std::ranges::min(y) > 1e-3;
    std::vector<double> x(y.begin(), y.end());
    if (fit.logarithms)
        for (auto& v : x) v = std::log(v);
    // Seasons of what the other seasons leave, twice around.
    std::vector<std::vector<double>> first(k);
    for (std::size_t i = 0; i < k; ++i) first[i].assign(periods[i], 0.0);
    for (int round = 0; round < 2; ++round)
        for (std::size_t i = 0; i < k; ++i) {
            auto rest = x;
            for (std::size_t j = 0; j < k; ++j)
                if (j != i)
                    for (std::size_t t = 0; t < n; ++t) rest[t] -= first[j][t % periods[j]];
            first[i] = decompose(rest, periods[i], false).index;
        }
    double start = 0;
    std::size_t const head = periods[0];
    for (std::size_t t = 0; t < head; ++t) start += x[t] / static_cast<double>(head);
    auto states = first;
    double level = 0, error = 0;
    auto const pass = [&](std::span<const double> q) {
        for (std::size_t i = 0; i < k; ++i) std::ranges::copy(first[i], states[i].begin());
        double const alpha = q[0], rho = q[1];
        level = start, error = 0;
        double sum = 0;
        std::array<std::size_t, 3> at{};
        for (std::size_t t = 0; t < n; ++t) {
            double base = level;
            for (std::size_t i = 0; i < k; ++i) base += states[i][at[i]];
            double const u = x[t] - base, e = u - rho * error;
            // The first season only settles the level.
            if (t >= head) sum += e * e;
            error = u;
            level += alpha * e;
            for (std::size_t i = 0; i < k; ++i) {
                states[i][at[i]] += q[2 + i] * e;
                if (++at[i] == periods[i]) at[i] = 0;
            }
        }
        return sum;
    };
    std::array<double, 5> q = {0.05, 0.7, 0.1, 0.1, 0.1};
    std::array<Box, 5> const boxes = {Box{1e-4, 0.9, 0.1}, Box{0, 0.99, 0.2}, Box{1e-4, 0.9, 0.1}, Box{1e-4, 0.9, 0.1}, Box{1e-4, 0.9, 0.1}};
    auto const span = std::span(q.data(), 2 + k);
    nelder_mead<5>(span, std::span(boxes.data(), 2 + k), 140, 1e-5, pass);
    fit.deviation = std::sqrt(pass(span) / static_cast<double>(n - head));
    fit.alpha = q[0], fit.rho = q[1], fit.gammas.assign(q.begin() + 2, q.begin() + 2 + static_cast<std::ptrdiff_t>(k));
    for (std::size_t h = 0; h < horizon; ++h) {
        error *= fit.rho;
        double v = level + error;
        for (std::size_t i = 0; i < k; ++i) v += states[i][(n + h) % periods[i]];
        fit.path.push_back(fit.logarithms ? std::exp(std::min(50.0, v)) : v);
    }
    if (fit.logarithms) fit.deviation *= std::abs(y.back());
    return fit;
}

}  // namespace kindling::series
