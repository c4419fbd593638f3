#include "engines/experiment/always_valid.h"
#include "core/stable_hash.h"
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace kindling::experiment {

namespace {

// ρ² at which the sequence is narrowest for n = planned: (14) of Waudby-Smith et al., by -W₋₁(-α² exp(1))'s expansion.
double rho_squared(double alpha, double planned) {
    auto const l = -2 * std::log(alpha);
    return (l + std::log(l) + 1) / planned;
}

double log_beta(double a, double b) { return std::lgamma(a) + std::lgamma(b) - std::lgamma(a + b); }

}  // namespace

double Sums::variance() const {
    if (n < 2) return 0;
    auto const m = mean();
    return std::max(0.0, (squares - static_cast<double>(n) * m * m) / static_cast<double>(n - 1));
}

double radius(double deviation, double n, double alpha, double planned) {
    auto const r = rho_squared(alpha, planned), a = n * r + 1;
    return deviation * std::sqrt(2 * a / (n * n * r) * std::log(std::sqrt(a) / alpha));
}

Reading compare(Sums const& control, Sums const& treatment, std::int64_t control_events, std::int64_t treatment_events, double alpha, std::int64_t planned) {
    Reading out{.difference = treatment.mean() - control.mean(), .interval = {-std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()}};
    if (std::min(control.n, treatment.n) < first_look || std::min(control_events, treatment_events) < first_look_events) return out;
    out.looked = true;
    auto const n = static_cast<double>(control.n + treatment.n), share = static_cast<double>(treatment.n) / n;
    auto const deviation = std::sqrt(treatment.variance() / share + control.variance() / (1 - share));
    if (deviation <= 0) {  // nothing varies, so nothing is unknown
        out.interval = {out.difference, out.difference}, out.p = out.difference == 0 ? 1 : 0;
        return out;
    }
    auto const width = radius(deviation, n, alpha, static_cast<double>(planned));
    out.interval = {out.difference - width, out.difference + width};
    auto const r = rho_squared(alpha, static_cast<double>(planned)), a = n * r + 1, z = out.difference / deviation;
    out.p = std::min(1.0, std::sqrt(a) * std::exp(-z * z * n * n * r / (2 * a)));
    return out;
}

Interval rate(std::int64_t successes, std::int64_t n, double alpha) {
    if (n <= 0) return {0, 1};
    auto const s = static_cast<double>(successes), f = static_cast<double>(n - successes);
    // Mixture over p' ~ Beta(1, 1): inside while B(s + 1, f + 1) / (p^s (1 - p)^f) < 1 / α.
    auto const inside = [&, mixture = log_beta(s + 1, f + 1), limit = -std::log(alpha)](double p) {
        auto const likelihood = (s > 0 ? s * std::log(p) : 0) + (f > 0 ? f * std::log1p(-p) : 0);
        return mixture - likelihood < limit;
    };
    auto const mean = s / (s + f);
    auto const edge = [&](double out, double in) {
        if (inside(out)) return out;
        for (int step = 0; step < 60; ++step) {
            auto const middle = (out + in) / 2;
            (inside(middle) ? in : out) = middle;
        }
        return in;
    };
    return {successes == 0 ? 0 : edge(1e-300, mean), successes == n ? 1 : edge(1 - 1e-16, mean)};
}

double sample_ratio_p(std::span<std::int64_t const> counts, std::span<double const> shares) {
    auto const all = std::accumulate(shares.begin(), shares.end(), 0.0);
    // Prior concentrated on the plan as on 1000 subjects: departures of a per cent or two are found soon.
    constexpr double weight = 1000;
    double log_ratio = std::lgamma(weight), n = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        auto const share = shares[i] / all, count = static_cast<double>(counts[i]), prior = weight * share;
        log_ratio += std::lgamma(prior + count) - std::lgamma(prior) - count * std::log(share);
        n += count;
    }
    log_ratio -= std::lgamma(weight + n);
    return std::min(1.0, std::exp(-log_ratio));
}

std::size_t arm_of(std::string_view salt, std::string_view subject, std::span<double const> shares) {
    auto h = stable_hash(subject, stable_hash(std::string_view("\0", 1), stable_hash(salt)));
    h += 0x9E3779B97F4A7C15ull;
    h = (h ^ (h >> 30)) * 0xBF58476D1CE4E5B9ull, h = (h ^ (h >> 27)) * 0x94D049BB133111EBull, h ^= h >> 31;
    auto const place = static_cast<double>(h >> 11) * 0x1.0p-53 * std::accumulate(shares.begin(), shares.end(), 0.0);
    double sum = 0;
    for (std::size_t arm = 0; arm + 1 < shares.size(); ++arm)
        if (place < (sum += shares[arm])) return arm;
    return shares.empty() ? 0 : shares.size() - 1;
}

}  // namespace kindling::experiment
