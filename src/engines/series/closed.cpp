#include "engines/series/closed.h"

#include <algorithm>
#include <cmath>

#include "engines/series/prepare.h"

namespace kindling::series {

namespace {

constexpr std::size_t fewest_seasons = 8, longest_season = 31;
constexpr double chance = 1e-5;

// Latest values of each position that are all 0, missing ones not counted.
std::vector<std::size_t> zero_runs(std::span<const double> values, std::size_t period) {
    std::vector<std::size_t> runs(period);
    std::vector<bool> sold(period);
    for (std::size_t t = values.size(); t-- > 0;) {
        if (std::isnan(values[t])) continue;
        std::size_t const j = t % period;
        sold[j] = sold[j] || values[t] != 0;
        runs[j] += !sold[j];
    }
    return runs;
}

// Of the steps of positions that sell, in the last `seasons`.
double share_sold(std::span<const double> values, std::span<const std::size_t> runs, std::size_t seasons) {
    std::size_t const period = runs.size();
    double sold = 0, steps = 0;
    for (std::size_t t = values.size() - std::min(values.size(), seasons * period); t < values.size(); ++t)
        if (runs[t % period] < fewest_seasons && !std::isnan(values[t])) sold += values[t] != 0, steps += 1;
    return steps > 0 ? sold / steps : 0;
}

}  // namespace

std::size_t Closed::open() const { return static_cast<std::size_t>(std::ranges::count(positions, false)); }

std::vector<double> Closed::without(std::span<const double> values) const {
    std::vector<double> out;
    for (std::size_t t = 0; t < values.size(); ++t)
        if (!at(t)) out.push_back(values[t]);
    return out;
}

Closed closed_positions(const Series& series) {
    auto const own = periods_of(series.frequency);
    std::size_t const period = series.period > 0 ? series.period : own.empty() ? 1 : own[0];
    if (period < 2 || period > longest_season || series.frequency == Frequency::hourly || series.values.size() < fewest_seasons * period) return {};
    auto const runs = zero_runs(series.values, period);
    std::vector<bool> closed(period);
    for (std::size_t j = 0; j < period; ++j)
        closed[j] = runs[j] >= fewest_seasons && std::pow(1 - share_sold(series.values, runs, runs[j]), static_cast<double>(runs[j])) < chance;
    return std::ranges::count(closed, true) > 0 ? Closed{std::move(closed)} : Closed{};
}

}  // namespace kindling::series
