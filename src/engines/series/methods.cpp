#include "engines/series/methods.h"

#include <algorithm>
#include <cmath>

#include "engines/series/arima.h"
#include "engines/series/card.h"
#include "engines/series/ces.h"
#include "engines/series/ets.h"
#include "engines/series/harmonics.h"
#include "engines/series/intermittent.h"
#include "engines/series/multiseason.h"
#include "engines/series/stl.h"
#include "engines/series/theta.h"

namespace kindling::series {

namespace {

double mean_of(std::span<const double> y) {
    double sum = 0;
    for (double const v : y) sum += v;
    return sum / static_cast<double>(y.size());
}

// One-step errors of "the value `lag` steps before".
double deviation_at(std::span<const double> y, std::size_t lag) {
    double sum = 0;
    for (std::size_t t = lag; t < y.size(); ++t) sum += (y[t] - y[t - lag]) * (y[t] - y[t - lag]);
    return y.size() > lag ? std::sqrt(sum / static_cast<double>(y.size() - lag)) : 0;
}

Path with_season(const Prepared& p, std::vector<double> path, double deviation) {
    for (std::size_t h = 0; h < path.size(); ++h) path[h] = p.season.restore(path[h], p.size() + h);
    return {std::move(path), deviation};
}

Path smoothed(const Prepared& p, std::size_t horizon, Trend trend) {
    auto const fit = fit_ets(p.adjusted, 1, {ErrorKind::additive, trend, SeasonKind::none});
    return with_season(p, fit.path(horizon), fit.deviation);
}

// A flat rate, spread over the positions that sell.
Path flat(const Prepared& p, std::size_t horizon, double rate) {
    std::vector<double> path(horizon, rate);
    if (!p.profile.empty())
        for (std::size_t h = 0; h < horizon; ++h) path[h] *= p.profile[(p.size() + h) % p.profile.size()];
    double squares = 0, mean = mean_of(p.y);
    for (double const v : p.y) squares += (v - mean) * (v - mean);
    return {std::move(path), std::sqrt(squares / static_cast<double>(p.size()))};
}

// The values of one season before, times (or plus) the change of the level since then: of all values that have one a season before them, at most a season.
Path seasonal_level(const Prepared& p, std::size_t horizon) {
    std::size_t const n = p.size(), m = p.period, quarter = std::min(m, n - m);
    double now = 0, then = 0;
    for (std::size_t t = n - quarter; t < n; ++t) now += p.y[t], then += p.y[t - m];
    bool const ratio = p.positive && now < 2 * then && then < 2 * now;
    std::vector<double> path(horizon);
    for (std::size_t h = 0; h < horizon; ++h) {
        double const before = h < m ? p.y[n - m + h] : path[h - m];
        path[h] = h >= m ? before : ratio ? before * now / then : before + (now - then) / static_cast<double>(quarter);
    }
    return {std::move(path), deviation_at(p.y, 1)};
}

Path naive(const Prepared& p, std::size_t horizon) { return {std::vector<double>(horizon, p.y.back()), deviation_at(p.y, 1)}; }

// The last five seasons where a season is long, a year of days where it is short: what a trend or a smoothing constant was long ago says little of now.
std::size_t memory_of(const Prepared& p) {
    if (p.periods.size() > 1 && p.period >= 12) return p.size();
    return std::max<std::size_t>(360, 5 * p.period);
}
Prepared recent(const Prepared& p) {
    auto q = p;
    std::size_t const skip = p.size() - memory_of(p);
    q.y.erase(q.y.begin(), q.y.begin() + static_cast<std::ptrdiff_t>(skip));
    q.adjusted.erase(q.adjusted.begin(), q.adjusted.begin() + static_cast<std::ptrdiff_t>(skip));
    if (p.season.present) std::ranges::rotate(q.season.index, q.season.index.begin() + static_cast<std::ptrdiff_t>(skip % p.season.period));
    return q;
}

// Seasons by local lines; what they leave is smoothed, without a season, and each season's last values come again.
Path by_local_lines(const Prepared& p, std::size_t horizon) {
    auto const parts = mstl(p.y, p.periods);
    auto rest = p;
    for (std::size_t t = 0; t < p.size(); ++t) rest.y[t] = parts.trend[t] + parts.rest[t];
    rest.adjusted = rest.y, rest.season = {}, rest.periods.clear(), rest.period = 1;
    rest.positive = std::ranges::all_of(rest.y, [](double v) { return v > 0; });
    auto out = run(Method::ets, rest, horizon);
    for (std::size_t i = 0; i < p.periods.size(); ++i)
        for (std::size_t h = 0; h < horizon; ++h) out.values[h] += parts.seasons[i][p.size() - p.periods[i] + h % p.periods[i]];
    return out;
}

}  // namespace

Path run(Method method, const Prepared& p, std::size_t horizon) {
    std::size_t const n = p.size();
    if (n > memory_of(p) && (method == Method::dynamic_theta || method == Method::ets || method == Method::ces || method == Method::arima))
        return run(method, recent(p), horizon);
    switch (method) {
        case Method::naive: break;
        case Method::seasonal_naive: {
            std::size_t const m = std::max<std::size_t>(1, p.period);
            if (n < m) break;
            std::vector<double> path(horizon);
            for (std::size_t h = 0; h < horizon; ++h) path[h] = p.y[n - m + h % m];
            return {std::move(path), deviation_at(p.y, m)};
        }
        case Method::drift: {
            double const slope = n > 1 ? (p.adjusted.back() - p.adjusted[0]) / static_cast<double>(n - 1) : 0;
            std::vector<double> path(horizon);
            for (std::size_t h = 0; h < horizon; ++h) path[h] = p.adjusted.back() + slope * static_cast<double>(h + 1);
            return with_season(p, std::move(path), deviation_at(p.adjusted, 1));
        }
        case Method::mean: {
            double const mean = mean_of(p.y);
            double squares = 0;
            for (double const v : p.y) squares += (v - mean) * (v - mean);
            return {std::vector<double>(horizon, mean), std::sqrt(squares / std::max(1.0, static_cast<double>(n) - 1))};
        }
        case Method::ses: return smoothed(p, horizon, Trend::none);
        case Method::holt: if (n < 4) break; return smoothed(p, horizon, Trend::additive);
        case Method::damped_holt: if (n < 4) break; return smoothed(p, horizon, Trend::damped);
        case Method::theta: { if (n < 3) break; auto fit = fit_theta(p.adjusted, horizon); return with_season(p, std::move(fit.path), fit.deviation); }
        case Method::dynamic_theta: { if (n < 4) break; auto fit = fit_dynamic_theta(p.adjusted, horizon); return with_season(p, std::move(fit.path), fit.deviation); }
        case Method::ets: {
            if (n < 5) break;
            auto const deviation = [](const EtsMixture& mixture) {  // of the first step, so that relative errors become absolute ones
                double variance = 0;
                for (std::size_t i = 0; i < mixture.fits.size(); ++i) {
                    double const own = mixture.weights[i] < 1e-3 ? 0 : mixture.fits[i].deviations(1)[0];
                    variance += mixture.weights[i] * own * own;
                }
                return std::sqrt(variance);
            };
            if (p.period <= longest_own_season && !p.young_season()) {
                auto const mixture = mix_ets(p);
                return {mixture.path(horizon), deviation(mixture)};
            }
            auto rest = p;
            rest.y = p.adjusted, rest.positive = std::ranges::all_of(rest.y, [](double v) { return v > 0; });
            auto const mixture = mix_ets(rest, Seasons::left_out);
            return with_season(p, mixture.path(horizon), deviation(mixture));
        }
        case Method::ces: { if (n < 6) break; auto fit = fit_ces(p.adjusted, horizon); return with_season(p, std::move(fit.path), fit.deviation); }
        case Method::arima: {
            if (n < 10) break;
            if (p.period <= longest_own_season && !p.young_season()) { auto fit = choose_arima(p.y, p.period, horizon); return {std::move(fit.path), fit.deviation}; }
            auto fit = choose_arima(p.adjusted, 1, horizon);
            return with_season(p, std::move(fit.path), fit.deviation);
        }
        case Method::multiseason: {
            if (p.periods.empty()) break;
            auto fit = fit_multiseason(p.y, std::span(p.periods).last(std::min<std::size_t>(p.periods.size(), 2)), horizon);
            if (fit.path.empty()) break;
            return {std::move(fit.path), fit.deviation};
        }
        case Method::card: case Method::short_card: {
            if (p.periods.empty()) break;
            std::size_t const longest = p.periods.size() > 1 && p.periods.back() <= 32 * p.period ? p.periods.back() : p.period;
            auto fit = fit_card(p.y, p.period, method == Method::card && p.periods.size() > 1 ? 2 * longest : longest, horizon);
            if (fit.path.empty()) fit = fit_card(p.y, p.period, p.period, horizon);
            if (fit.path.empty()) break;
            return {std::move(fit.path), fit.deviation};
        }
        case Method::mstl: {
            if (p.periods.empty()) break;
            return by_local_lines(p, horizon);
        }
        case Method::seasonal_level:
            if (p.period < 4 || n < p.period + p.period / 4) break;
            return seasonal_level(p, horizon);
        case Method::wave_ets: case Method::wave_arima: {
            if (p.period < 4 || n < p.period + p.period / 2) break;
            auto const season = fit_waves(p.y, exact_period(p), horizon);
            auto path = run(method == Method::wave_ets ? Method::ets : Method::arima, without(p, season), horizon);
            for (std::size_t h = 0; h < horizon; ++h) path.values[h] = season.restore(path.values[h], n + h);
            return path;
        }
        case Method::zero: return {std::vector<double>(horizon, 0.0), 0};
        case Method::croston: return flat(p, horizon, croston(p.y));
        case Method::sba: return flat(p, horizon, sba(p.y));
        case Method::tsb: return flat(p, horizon, tsb(p.y));
        case Method::adida: return flat(p, horizon, adida(p.y, p.demand_interval));
        case Method::imapa: return flat(p, horizon, imapa(p.y, p.demand_interval));
        case Method::rate: return flat(p, horizon, smoothed_rate(p.y));
    }
    return naive(p, horizon);
}

namespace {

// Of series with too few long seasons for indices. The line has seen the values that it is judged by, so it must win by some; a season that wins clearly needs no other
// opinion, and a short one that is not there twice must.
constexpr double line_must_win = 1.3;
double beside_a_line(const Prepared& p) { return season_beside_line(p.y, p.period); }

}  // namespace

bool repeats_a_season(const Prepared& p) {
    if (p.period > longest_own_season) return p.size() < 3 * p.period && beside_a_line(p) < line_must_win;
    return p.size() < 2 * p.period && beside_a_line(p) < season_wins;
}

bool has_long_season(const Prepared& p) { return p.period > longest_own_season && p.periods.size() < 2 && p.size() >= p.period + p.period / 2 && !repeats_a_season(p); }

std::vector<Method> methods_for(const Prepared& p) {
    if (p.intermittent() && p.size() >= 3) return {Method::rate, Method::tsb, Method::adida, Method::imapa};
    if (p.size() < 3) return {Method::naive};
    if (p.size() < 6) return {Method::naive, Method::ses, Method::theta};
    if (p.periods.size() > 1 && p.period >= 12) return {Method::card, Method::short_card, Method::multiseason, Method::arima};
    if (has_long_season(p)) return {Method::wave_ets, Method::wave_arima, Method::seasonal_level, Method::ets};
    // No change since the last season, all of it, and, where that is in doubt, no season at all.
    if (repeats_a_season(p)) return beside_a_line(p) < season_wins ? std::vector{Method::seasonal_naive, Method::seasonal_level} : std::vector{Method::seasonal_naive, Method::seasonal_level, Method::ets};
    std::vector<Method> out = {Method::ses, Method::theta, Method::dynamic_theta, Method::ets, Method::ces};
    if (p.size() >= 10) out.push_back(Method::arima);
    return out;
}

std::vector<double> one_step_errors(const Prepared& p) {
    auto const fit = fit_ets(p.adjusted, 1, {ErrorKind::additive, p.size() < 8 ? Trend::none : Trend::damped, SeasonKind::none});
    std::vector<double> out;
    double const phi = fit.form.trend == Trend::damped ? fit.first.phi : 0;
    double level = fit.first.level, slope = fit.first.slope;
    for (std::size_t t = 0; t < p.size(); ++t) {
        double const mu = level + phi * slope, e = p.adjusted[t] - mu;
        out.push_back((p.season.restore(p.adjusted[t], t) - p.season.restore(mu, t)) * p.unit);
        level = mu + fit.first.alpha * e, slope = phi * slope + fit.first.beta * e;
    }
    return out;
}

Combine combination_for(const Prepared& p, Combine wanted) {
    if (wanted != Combine::automatic) return wanted;
    if (repeats_a_season(p)) return Combine::mean;
    return has_long_season(p) || (p.periods.size() > 1 && p.period >= 12) ? Combine::median : Combine::trimmed_mean;
}

std::string_view name(Method method) {
    switch (method) {
        case Method::naive: return "naive";
        case Method::seasonal_naive: return "seasonal_naive";
        case Method::drift: return "drift";
        case Method::mean: return "mean";
        case Method::ses: return "ses";
        case Method::holt: return "holt";
        case Method::damped_holt: return "damped_holt";
        case Method::theta: return "theta";
        case Method::dynamic_theta: return "dynamic_theta";
        case Method::ets: return "ets";
        case Method::ces: return "ces";
        case Method::arima: return "arima";
        case Method::multiseason: return "multiseason";
        case Method::card: return "card";
        case Method::short_card: return "short_card";
        case Method::mstl: return "mstl";
        case Method::seasonal_level: return "seasonal_level";
        case Method::wave_ets: return "wave_ets";
        case Method::wave_arima: return "wave_arima";
        case Method::zero: return "zero";
        case Method::croston: return "croston";
        case Method::sba: return "sba";
        case Method::tsb: return "tsb";
        case Method::adida: return "adida";
        case Method::imapa: return "imapa";
        case Method::rate: return "rate";
    }
    return "";
}

std::string_view name(Pattern pattern) {
    switch (pattern) {
        case Pattern::smooth: return "smooth";
        case Pattern::erratic: return "erratic";
        case Pattern::intermittent: return "intermittent";
        case Pattern::lumpy: return "lumpy";
    }
    return "";
}

}  // namespace kindling::series
