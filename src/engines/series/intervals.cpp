#include "engines/series/intervals.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "engines/series/combine.h"
#include "engines/series/ets.h"
#include "engines/series/harmonics.h"

namespace kindling::series {

double normal_quantile(double p) {
    // Acklam's rational approximation with one step of Halley's method: full double precision.
    static constexpr double a[] = {-3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02, 1.383577518672690e+02, -3.066479806614716e+01, 2.506628277459239e+00};
    static constexpr double b[] = {-5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02, 6.680131188771972e+01, -1.328068155288572e+01};
    static constexpr double c[] = {-7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00, -2.549732539343734e+00, 4.374664141464968e+00, 2.938163982698783e+00};
    static constexpr double d[] = {7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00};
    double x;
    if (p < 0.02425 || p > 1 - 0.02425) {
        double const q = std::sqrt(-2 * std::log(p < 0.5 ? p : 1 - p));
        x = (((((c[0] * q + c[1]) * q + c[2]) * q + c[3]) * q + c[4]) * q + c[5]) / ((((d[0] * q + d[1]) * q + d[2]) * q + d[3]) * q + 1);
        if (p > 0.5) x = -x;
    } else {
        double const q = p - 0.5, r = q * q;
        x = (((((a[0] * r + a[1]) * r + a[2]) * r + a[3]) * r + a[4]) * r + a[5]) * q / (((((b[0] * r + b[1]) * r + b[2]) * r + b[3]) * r + b[4]) * r + 1);
    }
    double const e = 0.5 * std::erfc(-x / std::sqrt(2.0)) - p, u = e * std::sqrt(2 * 3.141592653589793) * std::exp(x * x / 2);
    return x - u / (1 + x * u / 2);
}

double sample_quantile(std::span<const double> sorted, double level) {
    double const at = level * static_cast<double>(sorted.size() + 1) - 1;
    if (at <= 0) return sorted.front();
    auto const low = static_cast<std::size_t>(at);
    if (low + 1 >= sorted.size()) return sorted.back();
    double const share = at - static_cast<double>(low);
    return sorted[low] + share * (sorted[low + 1] - sorted[low]);
}

double Spread::at(std::size_t h) const { return step * std::sqrt(1 + growth * static_cast<double>(h)); }

double Spread::quantile(double level) const {
    double const z = normal_quantile(level);
    if (origins < 3) return z;
    // Student's t (Abramowitz & Stegun 26.7.5): the spread was estimated. Misses of one origin resemble each other; four count as one.
    double const v = std::max(3.0, static_cast<double>(scores.size()) / 4), normal = z + z * (z * z + 1) / (4 * v) + z * (5 * z * z * z * z + 16 * z * z + 3) / (96 * v * v);
    double const trust = static_cast<double>(origins) / (static_cast<double>(origins) + 12);
    return trust * sample_quantile(scores, level) + (1 - trust) * normal;
}

double Calibration::quantile(double level, std::size_t h) const {
    // Steps share their neighbours' scores a little: quantiles in the tail of a few hundred scores jump from step to step.
    double sum = 0, total = 0;
    std::size_t const from = h < 2 ? 0 : h - 2, to = std::min(scores.size(), h + 3);
    for (std::size_t k = std::min(from, scores.size() - 1); k < std::max(to, std::min(from, scores.size() - 1) + 1); ++k) {
        double const weight = 3 - std::abs(static_cast<double>(k) - static_cast<double>(std::min(h, scores.size() - 1)));
        if (scores[k].empty() || weight <= 0) continue;
        sum += weight * sample_quantile(scores[k], level), total += weight;
    }
    return total > 0 ? sum / total : normal_quantile(level);
}

namespace {

// Of a season that is merely repeated: every value beside that of a season before is a miss of any step up to a whole season, so no origin is needed.
Spread of_repeated_season(const Prepared& p, std::size_t horizon, double fallback) {
    std::size_t const n = p.size(), m = p.period;
    std::vector<double> misses;
    double change = 0, squares = 0;
    for (std::size_t t = m; t < n; ++t) change += (p.y[t] - p.y[t - m]) / static_cast<double>(n - m);
    // Half of the change is foretold: by the second of the two methods (methods_for), whose mean is the forecast.
    for (std::size_t t = m; t < n; ++t) misses.push_back(p.y[t] - p.y[t - m] - 0.5 * change), squares += misses.back() * misses.back();
    Spread spread{.step = std::sqrt(squares / static_cast<double>(misses.size()))};
    if (misses.size() < 3 || !(spread.step > 1e-12)) return {.step = fallback};
    spread.origins = std::min<std::size_t>(12, misses.size());
    spread.growth = horizon > m ? 0.5 / static_cast<double>(m) : 0;
    for (double const r : misses) spread.scores.push_back(r / spread.step);
    std::ranges::sort(spread.scores);
    return spread;
}

bool few_of(const Prepared& p) { return p.period <= longest_own_season && p.periods.size() == 1 && p.size() < few_seasons * p.period; }

// The season that origins are given, because what they knew tells none; empty: each takes its own from what was known then.
struct Given {
    Season season;
    double wider = 1;
};
// A season of k cycles has taken 1 / k of the noise into itself, and puts as much into what it forecasts.
Given given_season(const Prepared& p) {
    if (!few_of(p)) return {};
    double const k = static_cast<double>(p.size()) / static_cast<double>(p.period);
    return {p.season, p.season.present ? std::sqrt((k + 1) / (k - 1)) : 1};
}

// s^2 (1 + c h) = a + b h by weighted least squares on the mean squares of each step.
double growth_of(std::span<const double> squares, std::span<const double> counts) {
    double w = 0, wh = 0, whh = 0, ws = 0, whs = 0;
    for (std::size_t h = 0; h < squares.size(); ++h) {
        if (counts[h] == 0) continue;
        double const x = static_cast<double>(h), weight = counts[h] / ((1 + 0.3 * x) * (1 + 0.3 * x));
        w += weight, wh += weight * x, whh += weight * x * x, ws += weight * squares[h] / counts[h], whs += weight * x * squares[h] / counts[h];
    }
    double const det = w * whh - wh * wh, b = det > 1e-9 ? std::max(0.0, (w * whs - wh * ws) / det) : 0, a = std::max((ws - b * wh) / w, ws / w * 0.05);
    return a > 0 ? std::clamp(b / a, 0.0, 1.0) : 0;
}

}  // namespace

Spread measure_spread(const Prepared& p, std::size_t horizon, double fallback) {
    if (repeats_a_season(p)) return of_repeated_season(p, horizon, fallback);
    std::size_t const n = p.size();
    bool const waves = has_long_season(p) && n >= 2 * p.period;  // so that origins half a season ago knew one and a half
    auto const given = given_season(p);
    // Of a long season the last three: how much weeks move changes over the years.
    std::size_t const recent = p.period > longest_own_season && p.periods.size() == 1 ? n - std::min(n, 3 * p.period) : 0;
    std::size_t seasons = 0;
    if (waves && n < 3 * p.period) seasons = p.period + p.period / 2;
    else if (!few_of(p) && !p.periods.empty()) seasons = 2 * p.period + 1;
    std::size_t const shortest = std::max<std::size_t>({6, n / 3, recent, seasons});
    Spread spread{.step = fallback};
    if (n <= shortest + 1) return spread;
    std::size_t const room = n - shortest, most = n > 400 ? 8 : 12, count = std::min(most, room), reach = std::min(horizon, room);
    std::vector<std::pair<std::size_t, double>> misses;
    std::vector<double> squares(reach), counts(reach);
    Prepared plain;
    if (given.season.present) plain = p, plain.y = p.adjusted, plain.period = 1, plain.periods.clear();
    auto const& known = given.season.present ? plain : p;
    std::optional<EtsFit> near;  // the origins have nearly the same history: each starts from the parameters of the one before it, which knew less
    for (std::size_t k = count; k-- > 0;) {
        std::size_t const size = n - 1 - k * (room - 1) / count;
        auto before = shortened(known, size);
        std::size_t const ahead = std::min(reach, n - size);
        // A long season is removed as the forecasts remove it, from what was known then.
        std::optional<WaveSeason> season;
        if (waves) season = fit_waves(before.y, exact_period(before), ahead), before = without(before, *season);
        bool const several = before.periods.size() > 1 && before.period >= 12;
        auto const theta = run(several ? Method::card : Method::dynamic_theta, before, ahead);
        auto damped = theta;
        if (!several) {
            near = near ? refit_ets(before.adjusted, near->form, near->first) : fit_ets(before.adjusted, 1, {ErrorKind::additive, Trend::damped, SeasonKind::none});
            damped.values = near->path(ahead);
            for (std::size_t h = 0; h < ahead; ++h) damped.values[h] = before.season.restore(damped.values[h], size + h);
        }
        auto const range = range_of(before);
        for (std::size_t h = 0; h < theta.values.size(); ++h) {
            double f = 0.5 * (std::clamp(theta.values[h], range.low_at(h), range.high_at(h)) + std::clamp(damped.values[h], range.low_at(h), range.high_at(h)));
            if (season) f = season->restore(f, size + h);
            double const r = p.y[size + h] - given.season.restore(f, size + h);
            misses.emplace_back(h, r), squares[h] += r * r, counts[h] += 1;
        }
    }
    spread.origins = count;
    spread.growth = growth_of(squares, counts);
    double level = 0, total = 0;
    for (std::size_t h = 0; h < reach; ++h) level += squares[h] / (1 + spread.growth * static_cast<double>(h)), total += counts[h];
    spread.step = std::sqrt(level / total);
    if (!(spread.step > 1e-12)) { spread.step = fallback, spread.origins = 0; return spread; }
    for (auto const& [h, r] : misses) spread.scores.push_back(r / spread.at(h));
    std::ranges::sort(spread.scores);
    spread.step *= given.wider;
    return spread;
}

}  // namespace kindling::series
