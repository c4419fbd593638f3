#include "engines/series/intermittent.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "engines/series/optimise.h"

namespace kindling::series {

double croston(std::span<const double> y, double alpha) {
    double size = 0, interval = 0;
    std::size_t since = 0, seen = 0;
    for (double const v : y) {
        ++since;
        if (v == 0) continue;
        // The first interval counts from the start: a bias towards rarer demand for one value, and none later.
        if (seen++ == 0) size = v, interval = static_cast<double>(since);
        else size += alpha * (v - size), interval += alpha * (static_cast<double>(since) - interval);
        since = 0;
    }
    return seen > 0 ? size / interval : 0;
}

double sba(std::span<const double> y, double alpha) { return (1 - alpha / 2) * croston(y, alpha); }

double tsb(std::span<const double> y, double alpha_size, double alpha_probability) {
    double sum = 0, count = 0;
    for (double const v : y)
        if (v != 0) sum += v, count += 1;
    if (count == 0) return 0;
    double size = sum / count, probability = count / static_cast<double>(y.size());
    for (double const v : y) {
        probability += alpha_probability * ((v != 0) - probability);
        if (v != 0) size += alpha_size * (v - size);
    }
    return size * probability;
}

double smoothed_rate(std::span<const double> y) {
    std::size_t const head = std::max<std::size_t>(1, y.size() / 4);
    double start = 0, last = 0;
    for (std::size_t t = 0; t < head; ++t) start += y[t] / static_cast<double>(head);
    auto const pass = [&](double alpha) {
        double level = start, sum = 0;
        for (double const v : y) sum += (v - level) * (v - level), level += alpha * (v - level);
        last = level;
        return sum;
    };
    pass(golden_section(0.01, 0.5, 0.01, pass));
    return last;
}

namespace {

double in_blocks(std::span<const double> y, std::size_t length) {
    std::size_t const blocks = y.size() / length;
    if (blocks < 2) {
        double sum = 0;
        for (double const v : y) sum += v;
        return sum / static_cast<double>(y.size());
    }
    std::vector<double> sums(blocks);
    std::size_t const skip = y.size() - blocks * length;
    for (std::size_t i = 0; i < blocks * length; ++i) sums[i / length] += y[skip + i];
    return smoothed_rate(sums) / static_cast<double>(length);
}

}  // namespace

double adida(std::span<const double> y, double interval) { return in_blocks(y, static_cast<std::size_t>(std::max(1.0, std::round(interval)))); }

double imapa(std::span<const double> y, double interval) {
    auto const longest = static_cast<std::size_t>(std::clamp(std::round(interval), 1.0, std::max(1.0, static_cast<double>(std::min<std::size_t>(y.size() / 2, 60)))));
    double sum = 0;
    for (std::size_t length = 1; length <= longest; ++length) sum += in_blocks(y, length);
    return sum / static_cast<double>(longest);
}

}  // namespace kindling::series
