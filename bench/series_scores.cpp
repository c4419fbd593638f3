// Sums over series and steps; missing values are left out of all of them.
#include "series_scores.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engines/series/intervals.h"
#include "engines/series/prepare.h"

namespace kindling::bench {

namespace {

std::vector<double> complete(std::span<const double> y) {
    std::vector<double> out(y.begin(), y.end());
    double last = NAN;
    for (auto& v : out) last = v = std::isnan(v) ? last : v;
    for (std::size_t t = out.size(); t-- > 0;) last = out[t] = std::isnan(out[t]) ? last : out[t];
    return out;
}

}  // namespace

std::vector<double> naive2(std::span<const double> y, std::size_t period, std::size_t horizon) {
    std::vector<double> out(horizon, y.back());
    if (period < 2 || y.size() < 3 * period || !series::seasonal_by_autocorrelation(y, period) || std::ranges::any_of(y, [](double v) { return !(v > 0); })) return out;
    // Ratios without shrinkage, as the organisers had them.
    std::vector<double> index(period), count(period);
    for (std::size_t t = period / 2; t + period / 2 < y.size(); ++t) {
        double trend = 0.5 * (y[t + period / 2] - y[t - period / 2]);
        for (std::size_t i = 0; i < period; ++i) trend += y[t - period / 2 + i];
        index[t % period] += y[t] / trend * static_cast<double>(period), count[t % period] += 1;
    }
    for (std::size_t j = 0; j < period; ++j) index[j] /= count[j];
    for (std::size_t h = 0; h < horizon; ++h) out[h] *= index[(y.size() + h) % period] / index[(y.size() - 1) % period];
    return out;
}

Answer seasonal_naive(const TestSeries& s) {
    auto const y = complete(s.train);
    auto const seasons = series::periods_of(s.frequency);
    std::size_t lag = s.period > 0 ? s.period : seasons.empty() ? 1 : seasons[0];
    if (y.size() <= lag) lag = 1;
    double squares = 0, count = 0;
    for (std::size_t t = lag; t < y.size(); ++t) squares += (y[t] - y[t - lag]) * (y[t] - y[t - lag]), count += 1;
    double const sigma = count > 0 ? std::sqrt(squares / count) : 0;
    bool const above = std::ranges::all_of(y, [](double v) { return v >= 0; });
    Answer out;
    out.quantiles.resize(scored_levels.size());
    for (std::size_t h = 0; h < s.test.size(); ++h) {
        double const point = y[y.size() - lag + h % lag];
        out.point.push_back(point);
        for (std::size_t l = 0; l < scored_levels.size(); ++l) {
            double const q = point + series::normal_quantile(scored_levels[l]) * sigma * std::sqrt(static_cast<double>(h / lag + 1));
            out.quantiles[l].push_back(above ? std::max(q, 0.0) : q);
        }
    }
    return out;
}

void Scores::add(const TestSeries& s, const Answer& f, std::span<const float> weights) {
    accuracy_.add(s, f.point), naive_.add(s, naive2(complete(s.train), mase_lag(s), s.test.size()));
    double width = 0, count = 0, squares = 0, loss = 0;
    for (std::size_t h = 0; h < s.test.size(); ++h) {
        double const y = s.test[h];
        if (std::isnan(y)) continue;
        double const e = f.point[h] - y, weight = weights.empty() || std::isnan(weights[h]) ? 1 : weights[h];
        auto const q = [&](std::size_t l) { return f.quantiles[l][h]; };
        absolute_ += std::abs(e), actual_ += std::abs(y), squares += e * e, bias_ += e, count += 1, weighted_ += weight * std::abs(e), weight_ += weight;
        inside80_ += y >= q(1) && y <= q(5), inside95_ += y >= q(0) && y <= q(6);
        width += q(6) - q(0) + 40 * (std::max(0.0, q(0) - y) + std::max(0.0, y - q(6)));
        for (std::size_t l = 0; l < scored_levels.size(); ++l) {
            double const d = y - q(l), lost = std::max(scored_levels[l] * d, (scored_levels[l] - 1) * d);
            pinball_[l] += lost, loss += lost / static_cast<double>(scored_levels.size());
        }
    }
    if (count == 0) return;
    squares_ += squares, points_ += count, roots_ += std::sqrt(squares / count);
    if (double const scale = naive_error(s.train, mase_lag(s)); scale > 0) interval_ += width / count / scale, pinball_scaled_ += loss / count / scale, intervals_ += 1;
}

void Scores::report(BenchContext& context, const std::string& name) const {
    auto const n = static_cast<double>(accuracy_.series);
    if (!(n > 0) || !(points_ > 0)) return;
    auto const told = [&](std::string_view metric, double value, std::string_view unit, std::optional<Reference> reference = {}) { context.report(fmt::format("{}/{}", metric, name), value, unit, reference); };
    told("series", n, "series"), told("points", points_, "values");
    double const smape = accuracy_.smape_sum / n, smape2 = naive_.smape_sum / n, mase2 = naive_.scaled > 0 ? naive_.mase_sum / static_cast<double>(naive_.scaled) : 0;
    told("smape_per_series", smape, "%"), told("smape_per_point", accuracy_.point_sum / static_cast<double>(accuracy_.points), "%"), told("smape_h1", accuracy_.first_sum / n, "%");
    if (accuracy_.scaled > 0) told("mase", mase(), "ratio");
    if (smape2 > 0 && mase2 > 0) told("owa", 0.5 * (smape / smape2 + mase() / mase2), "ratio");
    if (actual_ > 0) told("wape", absolute_ / actual_, "share");
    told("mae", absolute_ / points_, "units");
    if (weight_ != points_) told("wmae", weighted_ / weight_, "units");
    told("rmse", std::sqrt(squares_ / points_), "units"), told("rmse_per_series", roots_ / n, "units"), told("bias", bias_ / points_, "units");
    told("coverage_80", inside80_ / points_, "share", Reference{"nominal", 0.8}), told("coverage_95", inside95_ / points_, "share", Reference{"nominal", 0.95}), told("acd", std::abs(inside95_ / points_ - 0.95), "share");
    if (intervals_ > 0) told("msis", interval_ / intervals_, "ratio"), told("pinball_scaled", pinball_scaled_ / intervals_, "ratio");
    for (std::size_t l = 0; l < scored_levels.size(); ++l) told(fmt::format("pinball@{}", scored_levels[l]), pinball_[l] / points_, "units");
}

}  // namespace kindling::bench
