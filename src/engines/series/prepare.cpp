#include "engines/series/prepare.h"

#include "engines/series/clean.h"
#include "engines/series/theta.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace kindling::series {

namespace {

Result<void> check(const Series& series) {
    auto const values = series.values;
    if (values.size() > longest_series) return fail(Errc::invalid_argument, "series_too_long", fmt::format("The series has {} values; give at most {}.", values.size(), longest_series));
    std::size_t present = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (std::isnan(values[i])) continue;
        if (!(std::abs(values[i]) <= 1e15)) return fail(Errc::invalid_argument, "series_value", fmt::format("Value {} of the series is {}; give numbers up to 1e15, or leave it out when it is unknown.", i + 1, values[i]), {{fmt::format("/values/{}", i), "series_value", "infinite or beyond 1e15"}});
        ++present;
    }
    if (present == 0) return fail(Errc::invalid_argument, "series_empty", "The series has no value; give at least one.");
    return {};
}

// A few values below zero among many above it are returns: see Domain.
bool cannot_be_negative(std::span<const double> y, Domain domain) {
    if (domain != Domain::automatic) return domain == Domain::non_negative;
    auto const negative = static_cast<std::size_t>(std::ranges::count_if(y, [](double v) { return v < 0; }));
    return negative == 0 || (y.size() >= 8 && negative <= std::max<std::size_t>(1, y.size() / 20));
}

void classify(Prepared& p) {
    double count = 0, sum = 0, squares = 0;
    for (double const v : p.y)
        if (v != 0) count += 1, sum += v, squares += v * v;
    if (count == 0) { p.pattern = Pattern::lumpy, p.demand_interval = static_cast<double>(p.size()); return; }
    p.demand_interval = static_cast<double>(p.size()) / count;
    double const mean = sum / count;
    p.demand_variation = mean != 0 ? std::max(0.0, squares / count / (mean * mean) - 1) : 0;
    bool const rare = p.demand_interval > 1.32, varied = p.demand_variation > 0.49;
    p.pattern = rare ? (varied ? Pattern::lumpy : Pattern::intermittent) : (varied ? Pattern::erratic : Pattern::smooth);
}

// Which positions of the period sell, when a chi-squared test at 95 % says that they differ: shares of the demand, drawn towards even as if three
// sales at each position had been.
void profile_demand(Prepared& p) {
    p.profile.clear();
    std::size_t const m = p.period;
    if (!p.intermittent() || m < 2 || m > 31 || p.size() < 3 * m) return;
    std::vector<double> sums(m), sales(m), steps(m);
    double sum = 0, count = 0;
    for (std::size_t t = 0; t < p.size(); ++t) sums[t % m] += p.y[t], sales[t % m] += p.y[t] != 0, steps[t % m] += 1, sum += p.y[t], count += p.y[t] != 0;
    if (!(sum > 0)) return;
    double const n = static_cast<double>(p.size());
    double statistic = 0;
    for (std::size_t j = 0; j < m; ++j) {
        double const expected = count * steps[j] / n;
        statistic += (sales[j] - expected) * (sales[j] - expected) / expected;
    }
    // Wilson & Hilferty's approximation of the quantile.
    double const k = static_cast<double>(m - 1), z = 1 - 2 / (9 * k) + 1.645 * std::sqrt(2 / (9 * k));
    if (statistic < k * z * z * z) return;
    double mean = 0;
    for (std::size_t j = 0; j < m; ++j) {
        double const share = sums[j] / steps[j] / (sum / n), drawn = 3 * static_cast<double>(m);
        p.profile.push_back((count * share + drawn) / (count + drawn));
        // A position that never sold while many others did is closed, not rare.
        if (sales[j] == 0 && count * steps[j] / n > 8) p.profile.back() = 0;
        mean += p.profile.back() / static_cast<double>(m);
    }
    for (auto& v : p.profile) v /= mean;
}

// A long season has to prove itself: every trending series passes the autocorrelation test at 52 weeks. Dynamic Theta with and without
// it, from up to eight origins a quarter of a season apart, the season taken from what was known then; it stays when it errs less.
bool season_helps(std::span<const double> y, std::size_t m, bool multiplicative) {
    std::size_t const step = m / 4, n = y.size();
    double with = 0, without = 0;
    for (std::size_t k = 1; k <= 8 && n > k * step + 2 * m; ++k) {
        std::size_t const size = n - k * step, from = size > 5 * m ? size - 5 * m : 0;
        auto const known = y.subspan(from, size - from);
        auto const season = decompose(known, m, multiplicative);
        std::vector<double> adjusted(known.size());
        for (std::size_t t = 0; t < known.size(); ++t) adjusted[t] = season.remove(known[t], t);
        auto const a = fit_dynamic_theta(adjusted, step).path, b = fit_dynamic_theta(known, step).path;
        for (std::size_t h = 0; h < step; ++h) with += std::abs(y[size + h] - season.restore(a[h], known.size() + h)), without += std::abs(y[size + h] - b[h]);
    }
    return with < without;
}

// Before there are enough seasons for a test: the one before foretells much better than a line.
bool shows_early(std::span<const double> y, std::size_t m) { return m <= longest_own_season && y.size() < few_seasons * m && season_beside_line(y, m) < season_wins; }

// Everything that follows from p.y: season, class, signs.
void derive(Prepared& p, std::span<const std::size_t> wanted) {
    p.positive = std::ranges::all_of(p.y, [](double v) { return v > 0; });
    classify(p);
    p.periods.clear();
    for (auto const m : wanted)
        if (m >= 2 && p.size() >= 2 * m) p.periods.push_back(m);
    p.period = wanted.empty() ? 1 : std::max<std::size_t>(1, wanted[0]);
    p.season = {};
    if (!p.periods.empty() && p.periods[0] == p.period && (seasonal_by_autocorrelation(p.y, p.period) || shows_early(p.y, p.period))) {
        p.season = decompose(p.y, p.period, p.positive);
        if (p.season.multiplicative && std::ranges::min(p.season.index) < 0.01) p.season = decompose(p.y, p.period, false);
    }
    if (p.season.present && p.period > 24 && !season_helps(p.y, p.period, p.season.multiplicative)) p.season = {};
    profile_demand(p);
    p.adjusted = p.y;
    if (p.season.present)
        for (std::size_t t = 0; t < p.size(); ++t) p.adjusted[t] = p.season.remove(p.y[t], t);
}

}  // namespace

std::vector<double> Prepared::in_units() const {
    auto out = y;
    for (auto& v : out) v = whole ? std::round(v * unit) : v * unit;
    return out;
}

double median(std::vector<double> values) {
    if (values.empty()) return 0;
    auto const middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    if (values.size() % 2 == 1) return *middle;
    return 0.5 * (*middle + *std::max_element(values.begin(), middle));
}

std::span<const std::size_t> periods_of(Frequency frequency) {
    static constexpr std::size_t quarterly[] = {4}, monthly[] = {12}, weekly[] = {52}, daily[] = {7, 365}, hourly[] = {24, 168};
    switch (frequency) {
        case Frequency::quarterly: return quarterly;
        case Frequency::monthly: return monthly;
        case Frequency::weekly: return weekly;
        case Frequency::daily: return daily;
        case Frequency::hourly: return hourly;
        case Frequency::unknown: case Frequency::yearly: break;
    }
    return {};
}

Result<Prepared> prepare(const Series& series) {
    TRY(check(series));
    Prepared p;
    p.y = complete(series.values, p.ends_early, p.flags);
    p.non_negative = cannot_be_negative(p.y, series.domain);
    if (p.non_negative)
        for (auto& v : p.y)
            if (v < 0) v = 0, p.flags.set(Flag::negative_as_zero);
    p.whole = std::ranges::all_of(p.y, [](double v) { return v == std::floor(v); });
    auto const own = std::array<std::size_t, 1>{series.period};
    auto const wanted = series.period > 1 ? std::span<const std::size_t>(own) : series.period == 1 ? std::span<const std::size_t>{} : periods_of(series.frequency);
    std::size_t const season = wanted.empty() ? 1 : wanted[0];
    replace_spikes(p.y, season, p.flags);
    if (p.non_negative) bridge_interruptions(p.y, season, p.flags);
    move_to_last_level(p.y, season, p.flags);
    double sum = 0, highest = p.y[0], lowest = p.y[0];
    for (double const v : p.y) sum += std::abs(v), lowest = std::min(lowest, v), highest = std::max(highest, v);
    if (lowest == highest) p.flags.set(lowest == 0 ? Flag::no_demand : Flag::constant);
    if (sum > 0) p.unit = sum / static_cast<double>(p.size());
    for (auto& v : p.y) v /= p.unit;
    derive(p, wanted);
    return p;
}

Prepared shortened(const Prepared& p, std::size_t size) {
    Prepared q;
    q.y.assign(p.y.begin(), p.y.begin() + static_cast<std::ptrdiff_t>(size));
    q.unit = p.unit, q.non_negative = p.non_negative, q.whole = p.whole;
    auto wanted = p.periods;
    if (wanted.empty() && p.period > 1) wanted.push_back(p.period);
    derive(q, wanted);
    return q;
}

}  // namespace kindling::series
