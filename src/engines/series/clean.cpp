#include "engines/series/clean.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
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

// From which size on values are absurd: above a gap without any in the upper quarter of the sizes that are not zero. Infinity: none are.
double absurd_size(std::span<const double> y) {
    constexpr double none = std::numeric_limits<double>::infinity(), beyond_counts = 1e8;
    std::vector<double> sizes;
    for (double const v : y)
        if (v != 0) sizes.push_back(std::abs(v));
    std::size_t const most = std::max<std::size_t>(3, sizes.size() / 4);
    if (sizes.empty()) return none;
    std::ranges::sort(sizes);
    if (sizes.size() <= std::max<std::size_t>(2, y.size() / 20) && sizes[0] >= beyond_counts && y.size() >= sizes.size() + 8) return sizes[0];
    for (std::size_t i = sizes.size() > most ? sizes.size() - most : 1; i < sizes.size(); ++i) {
        if (sizes[i] < 100 * sizes[i - 1]) continue;
        std::vector<double> logs;
        for (std::size_t k = 0; k < i; ++k) logs.push_back(std::log(sizes[k]));
        auto const usual = side(logs);
        // One or two sizes say little of what a third can be.
        if (std::log(sizes[i]) - usual.middle >= std::max(std::log(i < 3 ? 1e6 : 1e3), 12 * usual.spread)) return sizes[i];
    }
    return none;
}

// Sales that return with the season: at one position of it, in at least half of the seasons.
bool returns_with_season(std::span<const std::size_t> places, std::size_t n, std::size_t period) {
    return period > 1 && places.size() > 1 && 2 * places.size() * period >= n && std::ranges::all_of(places, [&](std::size_t t) { return t % period == places[0] % period; });
}

// Of the five values nearest to t that are below `limit`.
double median_near(std::span<const double> y, std::size_t t, double limit) {
    std::vector<double> near;
    for (std::size_t away = 1; near.size() < 5 && (away <= t || t + away < y.size()); ++away) {
        if (away <= t && std::abs(y[t - away]) < limit) near.push_back(y[t - away]);
        if (t + away < y.size() && std::abs(y[t + away]) < limit) near.push_back(y[t + away]);
    }
    return median(std::move(near));
}

// Values so large that their number need not matter.
void replace_absurd(std::vector<double>& y, std::size_t period, Flags& flags) {
    double const limit = absurd_size(y);
    std::vector<std::size_t> places;
    std::size_t row = 0;
    for (std::size_t t = 0; t < y.size(); ++t) {
        row = std::abs(y[t]) >= limit ? row + 1 : 0;
        if (row >= 5) return;
        if (row > 0) places.push_back(t);
    }
    if (places.empty() || returns_with_season(places, y.size(), period)) return;
    auto const before = y;
    for (auto const t : places) y[t] = median_near(before, t, limit);
    flags.set(Flag::spikes_replaced);
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
        replace_absurd(y, period, flags);
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
    std::vector<std::size_t> places;
    for (auto const& spike : spikes) places.push_back(spike.first);
    if (returns_with_season(places, n, period)) return;
    for (auto const& [t, value] : spikes) y[t] = value;
    flags.set(Flag::spikes_replaced);
}

void bridge_interruptions(std::vector<double>& y, std::size_t period, Flags& flags) {
    constexpr std::size_t shortest = 3;
    std::size_t const n = y.size();
    auto const sells = [](double v) { return v != 0; };
    auto const first = static_cast<std::size_t>(std::ranges::find_if(y, sells) - y.begin());
    if (first == n) return;
    // What lies before the first sale and after the last one says nothing of what is between.
    std::size_t const end = n - static_cast<std::size_t>(std::find_if(y.rbegin(), y.rend(), sells) - y.rbegin()), length = end - first;
    if (length < 3 * std::max<std::size_t>(period, 8)) return;
    struct Run {
        std::size_t from = 0, to = 0;
    };
    std::vector<Run> runs;
    std::vector<double> sizes;
    std::size_t other_zeros = 0, inside = 0;
    for (std::size_t t = first; t < end;) {
        std::size_t to = t;
        while (y[to] == 0) ++to;
        if (to == t) { sizes.push_back(y[t++]); continue; }
        if (to - t >= shortest) runs.push_back({t, to}), inside += to - t;
        else other_zeros += to - t;
        t = to;
    }
    if (runs.empty() || 4 * inside > length || 20 * other_zeros > length - inside) return;
    double const usual = median(sizes);
    std::vector<bool> away(n, false);
    for (auto const& run : runs) for (std::size_t t = run.from; t < run.to; ++t) away[t] = true;
    auto const paused_then = [&](Run const& run, std::size_t t) { return period > 1 && t < n && away[t] && (t < run.from || t >= run.to); };
    std::vector<double> filled = y;
    for (auto const& run : runs) {
        bool with_season = false;
        for (std::size_t t = run.from; t < run.to; ++t) with_season = with_season || paused_then(run, t - period) || paused_then(run, t + period);
        std::size_t const before = std::min<std::size_t>(run.from, 5), after = std::min<std::size_t>(n - run.to, 5);
        auto const around = [&](std::size_t from, std::size_t count) { return median({y.begin() + static_cast<std::ptrdiff_t>(from), y.begin() + static_cast<std::ptrdiff_t>(from + count)}); };
        if (with_season || 4 * around(run.from - before, before) < usual || 4 * around(run.to, after) < usual) continue;
        for (std::size_t t = run.from; t < run.to; ++t) {
            double sum = 0, count = 0;
            std::size_t left = t, right = t;
            while (left < n && away[left]) left -= period;  // passes zero: beyond n
            while (right < n && away[right]) right += period;
            if (left >= first && left < n) sum += y[left], count += 1;
            if (right < end) sum += y[right], count += 1;
            filled[t] = count > 0 ? sum / count : usual;
        }
        flags.set(Flag::interrupted);
    }
    y = std::move(filled);
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
