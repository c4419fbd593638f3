// Closed forms of the families. Parameters a, b: normal mean, deviation; Poisson mean; gamma shape, scale; negative binomial number of
// successes r, probability p (mean r(1-p)/p); lognormal mean and deviation of the logarithm.
#include "engines/inventory/demand.h"

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <numbers>
#include <numeric>

#include "engines/inventory/checks.h"

namespace kindling::inventory {

namespace {

// Results that underflow are 0 and results that overflow are infinite: both are right answers here.
using Quiet = boost::math::policies::policy<boost::math::policies::overflow_error<boost::math::policies::ignore_error>, boost::math::policies::underflow_error<boost::math::policies::ignore_error>,
                                            boost::math::policies::evaluation_error<boost::math::policies::ignore_error>, boost::math::policies::promote_double<false>>;

double gamma_above(double shape, double x) { return x <= 0 ? 1 : boost::math::gamma_q(shape, x, Quiet()); }
double poisson_at_least(double mean, double k) { return k <= 0 ? 1 : boost::math::gamma_p(k, mean, Quiet()); }
double negative_binomial_at_least(double r, double p, double k) { return k <= 0 ? 1 : boost::math::ibetac(r, k, p, Quiet()); }

}  // namespace

double normal_density(double z) { return std::exp(-z * z / 2) * std::numbers::inv_sqrtpi / std::numbers::sqrt2; }
double normal_cdf(double z) { return 0.5 * boost::math::erfc(-z / std::numbers::sqrt2, Quiet()); }
double normal_quantile(double p) { return -std::numbers::sqrt2 * boost::math::erfc_inv(2 * p, Quiet()); }

struct Demand::Table {
    std::vector<double> values, probabilities, cumulative;
    std::vector<double> tail, tail_first, tail_second;  // from here on: probability, with the value, with its square
};

Demand Demand::from_table(std::vector<double> values, std::vector<double> probabilities) {
    auto t = std::make_shared<Table>();
    double const total = std::accumulate(probabilities.begin(), probabilities.end(), 0.0);
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (probabilities[i] <= 0) continue;
        if (!t->values.empty() && t->values.back() == values[i]) t->probabilities.back() += probabilities[i] / total;
        else t->values.push_back(values[i]), t->probabilities.push_back(probabilities[i] / total);
    }
    auto const n = t->values.size();
    t->cumulative.resize(n), t->tail.assign(n + 1, 0), t->tail_first.assign(n + 1, 0), t->tail_second.assign(n + 1, 0);
    std::partial_sum(t->probabilities.begin(), t->probabilities.end(), t->cumulative.begin());
    for (std::size_t i = n; i-- > 0;) {
        auto const v = t->values[i], p = t->probabilities[i];
        t->tail[i] = t->tail[i + 1] + p, t->tail_first[i] = t->tail_first[i + 1] + p * v, t->tail_second[i] = t->tail_second[i + 1] + p * v * v;
    }
    Demand d;
    d.mean_ = t->tail_first[0];
    double variance = 0;
    for (std::size_t i = 0; i < n; ++i) variance += t->probabilities[i] * (t->values[i] - d.mean_) * (t->values[i] - d.mean_);
    d.deviation_ = std::sqrt(variance);
    d.whole_ = std::ranges::all_of(t->values, [](double v) { return v >= 0 && v == std::floor(v); });
    d.table_ = std::move(t);
    return d;
}

Demand Demand::point(double value) { return from_table({value}, {1}); }

Result<Demand> Demand::normal(double mean, double deviation) {
    TRY(Checks().number("mean", mean).at_least_zero("deviation", deviation).result());
    if (deviation == 0) return point(mean);
    Demand d;
    d.family_ = Family::normal, d.mean_ = d.a_ = mean, d.deviation_ = d.b_ = deviation, d.whole_ = false;
    return d;
}

Result<Demand> Demand::poisson(double mean) {
    TRY(Checks().at_least_zero("mean", mean).result());
    if (mean == 0) return point(0);
    Demand d;
    d.family_ = Family::poisson, d.mean_ = d.a_ = mean, d.deviation_ = std::sqrt(mean);
    return d;
}

Result<Demand> Demand::gamma(double mean, double deviation) {
    TRY(Checks().at_least_zero("mean", mean).at_least_zero("deviation", deviation).require(mean > 0 || deviation == 0, "deviation", deviation, "0 when the mean is 0").result());
    if (deviation == 0) return point(mean);
    Demand d;
    d.family_ = Family::gamma, d.mean_ = mean, d.deviation_ = deviation, d.a_ = mean * mean / (deviation * deviation), d.b_ = deviation * deviation / mean, d.whole_ = false;
    return d;
}

Result<Demand> Demand::negative_binomial(double mean, double variance) {
    TRY(Checks().positive("mean", mean).positive("variance", variance).require(!(variance <= mean), "variance", variance, "above the mean; use Poisson otherwise").result());
    Demand d;
    d.family_ = Family::negative_binomial, d.mean_ = mean, d.deviation_ = std::sqrt(variance), d.a_ = mean * mean / (variance - mean), d.b_ = mean / variance;
    return d;
}

Result<Demand> Demand::counts(double mean, double variance) {
    if (mean > 0 && variance > mean * (1 + 1e-9)) return negative_binomial(mean, variance);
    return poisson(mean);
}

Result<Demand> Demand::lognormal(double log_mean, double log_deviation) {
    TRY(Checks().require(std::abs(log_mean) <= 30, "log_mean", log_mean, "between -30 and 30").require(log_deviation >= 0 && log_deviation <= 5, "log_deviation", log_deviation, "between 0 and 5").result());
    if (log_deviation == 0) return point(std::exp(log_mean));
    Demand d;
    auto const v = log_deviation * log_deviation;
    d.family_ = Family::lognormal, d.a_ = log_mean, d.b_ = log_deviation, d.mean_ = std::exp(log_mean + v / 2), d.deviation_ = d.mean_ * std::sqrt(std::expm1(v)), d.whole_ = false;
    return d;
}

Result<Demand> Demand::empirical(std::span<const double> values, std::span<const double> weights) {
    Checks checks;
    checks.require(!values.empty(), "values", 0, "at least one value");
    checks.require(weights.empty() || weights.size() == values.size(), "weights", static_cast<double>(weights.size()), "as many as there are values, or none");
    double total = weights.empty() ? 1 : 0;
    for (std::size_t i = 0; i < values.size(); ++i) checks.number(fmt::format("values/{}", i), values[i]);
    for (std::size_t i = 0; i < weights.size(); ++i) checks.at_least_zero(fmt::format("weights/{}", i), weights[i]), total += weights[i];
    checks.require(!(total <= 0), "weights", total, "above 0 in sum");
    TRY(checks.result());
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::sort(order, {}, [&](std::size_t i) { return values[i]; });
    std::vector<double> v, p;
    for (auto const i : order) v.push_back(values[i]), p.push_back(weights.empty() ? 1 : weights[i]);
    return from_table(std::move(v), std::move(p));
}

Result<Demand> Demand::mixture(std::span<const Demand> parts, std::span<const double> weights, std::size_t most_values) {
    Checks checks;
    checks.require(!parts.empty() && parts.size() == weights.size(), "weights", static_cast<double>(weights.size()), "one for each part");
    for (std::size_t i = 0; i < weights.size(); ++i) checks.at_least_zero(fmt::format("weights/{}", i), weights[i]);
    checks.require(std::accumulate(weights.begin(), weights.end(), 0.0) > 0, "weights", 0, "above 0 in sum");
    checks.require(std::ranges::all_of(parts, [](const Demand& d) { return d.whole_ || d.family_ == Family::empirical; }), "parts", 0, "whole or empirical");
    TRY(checks.result());
    double reach = 0;
    std::size_t seen = 0;
    for (auto const& d : parts) reach = std::max(reach, d.quantile(1 - 1e-9)), seen += d.table_ ? d.table_->values.size() : most_values;
    if (std::ranges::all_of(parts, [](const Demand& d) { return d.table_ != nullptr; }) && (seen <= most_values || !std::ranges::all_of(parts, &Demand::whole_))) {
        std::vector<double> values, chances;
        for (std::size_t i = 0; i < parts.size(); ++i)
            for (std::size_t k = 0; k < parts[i].table_->values.size(); ++k) values.push_back(parts[i].table_->values[k]), chances.push_back(weights[i] * parts[i].table_->probabilities[k]);
        return empirical(values, chances);
    }
    auto const unit = std::max(1.0, std::ceil(reach / static_cast<double>(most_values)));
    std::vector<double> values(static_cast<std::size_t>(reach / unit) + 2), chances(values.size());
    for (std::size_t j = 0; j < values.size(); ++j) values[j] = unit * static_cast<double>(j);
    // Of a closed form two milliseconds a part; the losses of 256 wide values are two incomplete beta functions each, five. A table keeps its mean by its losses.
    constexpr double widest_of_tables = 4096, widest_in_ones = 262'144;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (weights[i] == 0) continue;
        auto const& d = parts[i];
        if (reach <= widest_of_tables || (reach <= widest_in_ones && !d.table_)) {
            // A number between two values is each of them as far as it is near: that keeps the mean.
            auto const p = TRY(whole_probabilities(d, 1e-9));
            for (std::size_t k = 0; k < p.size(); ++k) {
                auto const at = static_cast<double>(k) / unit, share = at - std::floor(at);
                auto const j = std::min(static_cast<std::size_t>(at), values.size() - 2);
                chances[j] += weights[i] * (1 - share) * p[k], chances[j + 1] += weights[i] * share * p[k];
            }
        } else {
            auto const p = chances_by_losses(d, unit, values.size());  // the same out of the losses
            for (std::size_t j = 0; j < p.size(); ++j) chances[j] += weights[i] * p[j];
        }
    }
    return from_table(std::move(values), std::move(chances));
}

double Demand::cdf(double x) const {
    switch (family_) {
        case Family::normal: return normal_cdf((x - a_) / b_);
        case Family::poisson: return x < 0 ? 0 : boost::math::gamma_q(std::floor(x) + 1, a_, Quiet());
        case Family::gamma: return x <= 0 ? 0 : boost::math::gamma_p(a_, x / b_, Quiet());
        case Family::negative_binomial: return x < 0 ? 0 : boost::math::ibeta(a_, std::floor(x) + 1, b_, Quiet());
        case Family::lognormal: return x <= 0 ? 0 : normal_cdf((std::log(x) - a_) / b_);
        case Family::empirical: break;
    }
    auto const n = std::ranges::upper_bound(table_->values, x) - table_->values.begin();
    return n == 0 ? 0 : std::min(1.0, table_->cumulative[static_cast<std::size_t>(n) - 1]);
}

double Demand::probability(double x) const {
    if (family_ == Family::empirical) {
        auto const at = std::ranges::lower_bound(table_->values, x);
        return at != table_->values.end() && *at == x ? table_->probabilities[static_cast<std::size_t>(at - table_->values.begin())] : 0;
    }
    if (!whole_ || x < 0 || x != std::floor(x)) return 0;
    if (family_ == Family::poisson) return boost::math::gamma_p_derivative(x + 1, a_, Quiet());
    return b_ * boost::math::ibeta_derivative(a_, x + 1, b_, Quiet()) / (a_ + x);
}

double Demand::quantile(double p) const {
    if (family_ == Family::normal) return a_ + b_ * normal_quantile(p);
    if (family_ == Family::lognormal) return std::exp(a_ + b_ * normal_quantile(p));
    if (family_ == Family::gamma) return b_ * boost::math::gamma_p_inv(a_, p, Quiet());
    if (family_ == Family::empirical) {
        auto const at = std::ranges::lower_bound(table_->cumulative, p - 1e-15);
        return at == table_->cumulative.end() ? table_->values.back() : table_->values[static_cast<std::size_t>(at - table_->cumulative.begin())];
    }
    // Whole numbers: a bracket around the normal guess, then halves.
    double low = std::max(-1.0, std::floor(mean_ + deviation_ * normal_quantile(p))), step = std::max(1.0, std::floor(deviation_ / 8));
    while (low >= 0 && cdf(low) >= p) low = std::max(-1.0, low - step), step *= 2;
    double high = low + std::max(1.0, std::floor(deviation_ / 8));
    for (step = high - low; cdf(high) < p; step *= 2) low = high, high += step;
    while (high - low > 1) {
        auto const middle = std::floor((low + high) / 2);
        (cdf(middle) < p ? low : high) = middle;
    }
    return high;
}

double Demand::loss(double x) const {
    switch (family_) {
        case Family::normal: { auto const z = (x - a_) / b_; return b_ * (normal_density(z) - z * normal_cdf(-z)); }
        case Family::poisson: { auto const k = std::floor(x) + 1; return std::max(0.0, a_ * poisson_at_least(a_, k - 1) - x * poisson_at_least(a_, k)); }
        case Family::gamma: return x <= 0 ? mean_ - x : std::max(0.0, mean_ * gamma_above(a_ + 1, x / b_) - x * gamma_above(a_, x / b_));
        case Family::negative_binomial: {
            auto const k = std::floor(x) + 1;
            return std::max(0.0, mean_ * negative_binomial_at_least(a_ + 1, b_, k - 1) - x * negative_binomial_at_least(a_, b_, k));
        }
        case Family::lognormal: {
            if (x <= 0) return mean_ - x;
            auto const z = (std::log(x) - a_) / b_;
            return std::max(0.0, mean_ * normal_cdf(b_ - z) - x * normal_cdf(-z));
        }
        case Family::empirical: break;
    }
    auto const i = static_cast<std::size_t>(std::ranges::upper_bound(table_->values, x) - table_->values.begin());
    return std::max(0.0, table_->tail_first[i] - x * table_->tail[i]);
}

double Demand::second_loss(double x) const {
    auto const from_moments = [&](double second, double first, double zeroth) { return std::max(0.0, (second - 2 * x * first + x * x * zeroth) / 2); };
    switch (family_) {
        case Family::normal: { auto const z = (x - a_) / b_; return b_ * b_ / 2 * ((z * z + 1) * normal_cdf(-z) - z * normal_density(z)); }
        case Family::poisson: {
            auto const k = std::floor(x) + 1;
            auto const first = a_ * poisson_at_least(a_, k - 1);
            return from_moments(a_ * a_ * poisson_at_least(a_, k - 2) + first, first, poisson_at_least(a_, k));
        }
        case Family::gamma:
            if (x <= 0) return ((mean_ - x) * (mean_ - x) + deviation_ * deviation_) / 2;
            return from_moments(a_ * (a_ + 1) * b_ * b_ * gamma_above(a_ + 2, x / b_), mean_ * gamma_above(a_ + 1, x / b_), gamma_above(a_, x / b_));
        case Family::negative_binomial: {
            auto const k = std::floor(x) + 1, odds = (1 - b_) / b_;
            auto const first = mean_ * negative_binomial_at_least(a_ + 1, b_, k - 1);
            return from_moments(a_ * (a_ + 1) * odds * odds * negative_binomial_at_least(a_ + 2, b_, k - 2) + first, first, negative_binomial_at_least(a_, b_, k));
        }
        case Family::lognormal: {
            if (x <= 0) return ((mean_ - x) * (mean_ - x) + deviation_ * deviation_) / 2;
            auto const z = (std::log(x) - a_) / b_;
            return from_moments(std::exp(2 * a_ + 2 * b_ * b_) * normal_cdf(2 * b_ - z), mean_ * normal_cdf(b_ - z), normal_cdf(-z));
        }
        case Family::empirical: break;
    }
    auto const i = static_cast<std::size_t>(std::ranges::upper_bound(table_->values, x) - table_->values.begin());
    return from_moments(table_->tail_second[i], table_->tail_first[i], table_->tail[i]);
}

}  // namespace kindling::inventory
