#include "engines/series/clean.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace kindling::series {

namespace {

constexpr double normal_deviation = 1.4826;  // of the median deviation of normal values

struct Side {
    double middle = 0, spread = 0;  // median, and scaled median deviation from it
};

Side side(std::span<const double> y) {
    Side out{.middle = median({y.begin(), y.end()})};
    std::vector<double> away(y.size());
    std::ranges::transform(y, away.begin(), [&](double v) { return std::abs(v - out.middle); });
    out.spread = normal_deviation * median(std::move(away));
    return out;
}

// The step from which the values have another mean: where the squares around two means are least. 0 when there is no room for two sides.
std::size_t split_of(std::span<const double> y, std::size_t least) {
    std::size_t const n = y.size();
    if (n < 2 * least) return 0;
    double const all = std::accumulate(y.begin(), y.end(), 0.0);
    double before = 0, best = -1;
    std::size_t at = 0;
    for (std::size_t t = 1; t + least <= n; ++t) {
        before += y[t - 1];
        if (t < least) continue;
        double const left = static_cast<double>(t), right = static_cast<double>(n - t);
        double const gain = before * before / left + (all - before) * (all - before) / right;
        if (gain > best) best = gain, at = t;
    }
    return at;
}

}  // namespace

std::vector<double> complete(std::span<const double> values, std::size_t& after, Flags& flags) {
    std::size_t first = 0, last = values.size();
    while (std::isnan(values[first])) ++first;
    while (std::isnan(values[last - 1])) --last;
    after = values.size() - last;
    std::vector<double> y(values.begin() + static_cast<std::ptrdiff_t>(first), values.begin() + static_cast<std::ptrdiff_t>(last));
    for (std::size_t i = 1; i < y.size(); ++i) {
        if (!std::isnan(y[i])) continue;
        std::size_t j = i;
        while (std::isnan(y[j])) ++j;
        double const step = (y[j] - y[i - 1]) / static_cast<double>(j - i + 1);
        for (; i < j; ++i) y[i] = y[i - 1] + step;
        flags.set(Flag::gaps_filled);
    }
    return y;
}

void replace_spikes(std::vector<double>& y, std::size_t period, Flags& flags) {
    std::size_t const n = y.size();
    std::vector<std::pair<std::size_t, double>> spikes;
    if (n >= 3 && n < 8) {
        auto const largest = static_cast<std::size_t>(std::ranges::max_element(y, {}, [](double v) { return std::abs(v); }) - y.begin());
        auto others = y;
        others.erase(others.begin() + static_cast<std::ptrdiff_t>(largest));
        double const middle = median(others);
        if (middle != 0 && std::abs(y[largest]) > 1000 * std::abs(middle)) spikes.emplace_back(largest, middle);
    } else if (n >= 8) {
        std::vector<double> steps;
        for (std::size_t t = 1; t < n; ++t)
            if (y[t] != y[t - 1]) steps.push_back(std::abs(y[t] - y[t - 1]));
        double const typical = median(steps);
        if (steps.size() < n / 2 || !(typical > 0)) return;
        for (std::size_t t = 0; t < n; ++t) {
            std::size_t const from = t < 2 ? 0 : std::min(t - 2, n - 5);
            std::array<double, 5> near{};
            std::copy_n(y.begin() + static_cast<std::ptrdiff_t>(from), 5, near.begin());
            std::nth_element(near.begin(), near.begin() + 2, near.end());
            if (std::abs(y[t] - near[2]) > 50 * typical && std::abs(y[t]) > 10 * std::abs(near[2])) spikes.emplace_back(t, near[2]);
        }
    }
    if (spikes.empty() || spikes.size() > std::max<std::size_t>(2, n / 50)) return;
    if (period > 1 && spikes.size() > 1 && std::ranges::all_of(spikes, [&](auto const& s) { return s.first % period == spikes[0].first % period; })) return;
    for (auto const& [t, value] : spikes) y[t] = value;
    flags.set(Flag::spikes_replaced);
}

void move_to_last_level(std::vector<double>& y, std::size_t period, Flags& flags) {
    std::size_t const least = std::max<std::size_t>(8, period);
    bool const by_ratio = std::ranges::all_of(y, [](double v) { return v > 0; }), never_negative = std::ranges::all_of(y, [](double v) { return v >= 0; });
    for (int round = 0; round < 3; ++round) {
        std::size_t const at = split_of(y, least);
        if (at == 0) return;
        auto const all = std::span<const double>(y);
        auto const before = side(all.first(at)), after = side(all.subspan(at));
        double const jump = after.middle - before.middle, reach = std::abs(jump) / 8;
        if (before.middle == 0 || after.middle == 0) return;  // demand that begins or ends, not one that moved
        if (!(std::abs(jump) > 0) || before.spread > reach || after.spread > reach) return;
        // Between two steps, not on a slope: the two values on each side of it lie at their sides' levels.
        for (std::size_t t = at - 2; t < at + 2; ++t)
            if (std::abs(y[t] - (t < at ? before : after).middle) > 2 * reach) return;
        for (std::size_t t = 0; t < at; ++t) y[t] = by_ratio ? y[t] * (after.middle / before.middle) : never_negative ? std::max(0.0, y[t] + jump) : y[t] + jump;
        flags.set(Flag::level_moved);
    }
}

}  // namespace kindling::series
