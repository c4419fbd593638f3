// Sums of demand over fixed and random numbers of periods, and rounding to whole numbers.
//
// Convolution is direct, by squaring: a 30-day sum of a distribution over 0..50 costs 30 x 50 x 1500 products at most.
#include <algorithm>
#include <numeric>

#include "engines/inventory/checks.h"
#include "engines/inventory/demand.h"

namespace kindling::inventory {

namespace {

constexpr std::size_t widest = 1'000'000;

std::unexpected<Error> too_wide() { return fail(Errc::invalid_argument, "demand_too_wide", "The demand has more than 1,000,000 different sums; count in larger units, or use a normal or gamma distribution."); }

Result<std::vector<double>> convolve(const std::vector<double>& a, const std::vector<double>& b) {
    if (a.size() + b.size() - 1 > widest || static_cast<double>(a.size()) * static_cast<double>(b.size()) > 4e9) return too_wide();
    std::vector<double> out(a.size() + b.size() - 1, 0);
    for (std::size_t i = 0; i < a.size(); ++i)
        if (a[i] != 0)
            for (std::size_t j = 0; j < b.size(); ++j) out[i + j] += a[i] * b[j];
    while (out.size() > 1 && out.back() < 1e-18) out.pop_back();
    return out;
}

Result<std::vector<double>> power(std::vector<double> base, std::size_t times) {
    std::vector<double> out{1};
    for (; times; times >>= 1) {
        if (times & 1) out = TRY(convolve(out, base));
        if (times > 1) base = TRY(convolve(base, base));
    }
    return out;
}

Result<Demand> from_whole(const std::vector<double>& p) {
    std::vector<double> values(p.size());
    std::iota(values.begin(), values.end(), 0.0);
    return Demand::empirical(values, p);
}

}  // namespace

std::vector<double> chances_by_losses(const Demand& d, double unit, std::size_t count, double left) {
    std::vector<double> p;
    for (auto before = d.mean() + unit, here = d.mean(); p.size() < count && before > left;) {
        auto const next = d.loss(unit * static_cast<double>(p.size() + 1));
        p.push_back(std::max(0.0, before - 2 * here + next) / unit);
        before = here, here = next;
    }
    return p;
}

Result<std::vector<double>> whole_probabilities(const Demand& d, double tail) {
    auto const last = std::max(0.0, std::ceil(d.quantile(1 - std::max(tail, 1e-15))));
    if (!(last < static_cast<double>(widest))) return too_wide();
    std::vector<double> p(static_cast<std::size_t>(last) + 1);
    if (d.family_ == Family::poisson || d.family_ == Family::negative_binomial) {
        // From near the mean both ways by the ratio of neighbours: a multiplication a number.
        auto const poisson = d.family_ == Family::poisson;
        auto const ratio = [&](double k) { return poisson ? d.a_ / k : (d.a_ + k - 1) / k * (1 - d.b_); };  // of k to k - 1
        auto const start = static_cast<std::size_t>(std::min(last, std::floor(poisson ? d.a_ : std::max(0.0, d.a_ - 1) * (1 - d.b_) / d.b_)));
        p[start] = d.probability(static_cast<double>(start));
        for (auto k = start + 1; k < p.size(); ++k) p[k] = p[k - 1] * ratio(static_cast<double>(k));
        for (auto k = start; k > 0; --k) p[k - 1] = p[k] / ratio(static_cast<double>(k));
    } else {
        for (std::size_t k = 0; k < p.size(); ++k) {
            auto const at = static_cast<double>(k);
            p[k] = d.whole() ? d.probability(at) : d.cdf(at + 0.5) - (k == 0 ? 0 : d.cdf(at - 0.5));
        }
    }
    auto const total = std::accumulate(p.begin(), p.end(), 0.0);
    for (auto& v : p) v /= total;
    return p;
}

Result<Demand> Demand::over(double periods) const {
    TRY(Checks().at_least_zero("periods", periods).result());
    if (periods == 0) return point(0);
    auto const root = std::sqrt(periods);
    switch (family_) {
        case Family::normal: return normal(mean_ * periods, deviation_ * root);
        case Family::poisson: return poisson(mean_ * periods);
        case Family::gamma: return gamma(mean_ * periods, deviation_ * root);
        case Family::negative_binomial: return negative_binomial(mean_ * periods, deviation_ * deviation_ * periods);
        case Family::lognormal: {
            auto const v = std::log1p(deviation_ * deviation_ / (mean_ * mean_ * periods));
            return lognormal(std::log(mean_ * periods) - v / 2, std::sqrt(v));
        }
        case Family::empirical: break;
    }
    if (deviation_ == 0) return point(mean_ * periods);
    TRY(Checks().require(periods == std::floor(periods), "periods", periods, "a whole number for an empirical demand").require(whole_, "values", mean_, "whole numbers of at least 0 for a sum of empirical demand").result());
    auto const last = quantile(1 - 1e-16);
    if (!(last * periods < static_cast<double>(widest))) return too_wide();
    std::vector<double> p(static_cast<std::size_t>(last) + 1);
    for (std::size_t k = 0; k < p.size(); ++k) p[k] = probability(static_cast<double>(k));
    return from_whole(TRY(power(std::move(p), static_cast<std::size_t>(periods))));
}

Result<Demand> Demand::over_random(std::span<const double> weights) const {
    Checks checks;
    double total = 0, first = 0, second = 0;
    for (std::size_t k = 0; k < weights.size(); ++k) {
        checks.at_least_zero(fmt::format("lead_time_weights/{}", k), weights[k]);
        auto const at = static_cast<double>(k);
        total += weights[k], first += weights[k] * at, second += weights[k] * at * at;
    }
    checks.require(!(total <= 0), "lead_time_weights", total, "above 0 in sum");
    TRY(checks.result());
    if (!whole_) {
        auto const periods = first / total, spread = std::max(0.0, second / total - periods * periods);
        auto const deviation = std::sqrt(periods * deviation_ * deviation_ + spread * mean_ * mean_);
        return family_ == Family::gamma && periods > 0 ? gamma(mean_ * periods, deviation) : normal(mean_ * periods, deviation);
    }
    auto const one = TRY(whole_probabilities(*this));
    std::vector<double> sum{1}, out;
    for (std::size_t k = 0; k < weights.size(); ++k) {
        if (k > 0) sum = TRY(convolve(sum, one));
        if (out.size() < sum.size()) out.resize(sum.size(), 0);
        for (std::size_t i = 0; i < sum.size(); ++i) out[i] += weights[k] / total * sum[i];
    }
    return from_whole(out);
}

}  // namespace kindling::inventory
