#include "engines/series/theta.h"

#include <cmath>

#include "engines/series/optimise.h"

namespace kindling::series {

namespace {

// Intercept and slope of the regression of y_1 .. y_t on 1 .. t, updated in place.
struct Line {
    double mean = 0, slope = 0, intercept = 0;
    void take(double y, double t) {
        slope = t < 2 ? 0 : ((t - 2) * slope + 6 * (y - mean) / t) / (t + 1);
        mean = ((t - 1) * mean + y) / t;
        intercept = mean - slope * (t + 1) / 2;
    }
};

struct Sums {
    double ee = 0, uu = 0, dd = 0, eu = 0, ed = 0, ud = 0;
};

}  // namespace

ThetaFit fit_theta(std::span<const double> y, std::size_t horizon) {
    ThetaFit fit{.path = std::vector<double>(horizon)};
    double const n = static_cast<double>(y.size());
    Line line;
    for (std::size_t t = 0; t < y.size(); ++t) line.take(y[t], static_cast<double>(t + 1));
    // e_t = e0_t - l_0 (1-alpha)^(t-1); l_0 by least squares.
    double last = 0;
    auto const pass = [&](double alpha) {
        double l = 0, u = 1, ee = 0, eu = 0, uu = 0;
        for (double const v : y) {
            double const e = v - l;
            ee += e * e, eu += e * u, uu += u * u;
            l += alpha * e, u *= 1 - alpha;
        }
        fit.level = eu / uu;
        last = l + fit.level * u;
        return ee - fit.level * eu;
    };
    fit.alpha = golden_section(1e-4, 0.9999, 2e-3, pass);
    fit.deviation = std::sqrt(std::max(0.0, pass(fit.alpha)) / std::max(1.0, n - 2));
    double const start = last + 0.5 * line.slope * (1 - std::pow(1 - fit.alpha, n)) / fit.alpha;
    for (std::size_t h = 0; h < horizon; ++h) fit.path[h] = start + 0.5 * line.slope * static_cast<double>(h);
    return fit;
}

ThetaFit fit_dynamic_theta(std::span<const double> y, std::size_t horizon) {
    std::size_t const n = y.size();
    ThetaFit fit{.path = std::vector<double>(horizon)};
    std::vector<Line> lines(n + 1);
    for (std::size_t t = 1; t <= n; ++t) lines[t] = lines[t - 1], lines[t].take(y[t - 1], static_cast<double>(t));
    double last = 0;
    // Errors are e - l_0 u - w d.
    auto const pass = [&](double alpha) {
        double const rest = 1 - alpha, inverse = 1 / alpha;
        double l = 0, u = 1;
        Sums s;
        for (std::size_t t = 1; t <= n; ++t) {
            double const e = y[t - 1] - l, d = u * lines[t - 1].intercept + (1 - u * rest) * inverse * lines[t - 1].slope;
            s.ee += e * e, s.uu += u * u, s.dd += d * d, s.eu += e * u, s.ed += e * d, s.ud += u * d;
            l += alpha * e, u *= rest;
        }
        double const det = s.uu * s.dd - s.ud * s.ud;
        fit.weight = det > 1e-12 * s.uu * s.dd ? std::clamp((s.ed * s.uu - s.eu * s.ud) / det, 0.0, 1 - 1e-6) : 0.0;
        fit.level = (s.eu - fit.weight * s.ud) / s.uu;
        last = l + fit.level * u;
        return s.ee + fit.level * fit.level * s.uu + fit.weight * fit.weight * s.dd - 2 * fit.level * s.eu - 2 * fit.weight * s.ed + 2 * fit.level * fit.weight * s.ud;
    };
    fit.alpha = golden_section(0.1, 0.99, 4e-3, pass);
    fit.deviation = std::sqrt(std::max(0.0, pass(fit.alpha)) / std::max(1.0, static_cast<double>(n) - 3));
    // Forward: each forecast is taken as if it had come.
    Line line = lines[n];
    double power = std::pow(1 - fit.alpha, static_cast<double>(n));
    for (std::size_t h = 0; h < horizon; ++h) {
        double const mu = last + fit.weight * (power * line.intercept + (1 - power * (1 - fit.alpha)) / fit.alpha * line.slope);
        fit.path[h] = mu;
        last += fit.alpha * (mu - last), power *= 1 - fit.alpha;
        line.take(mu, static_cast<double>(n + h + 1));
    }
    return fit;
}

}  // namespace kindling::series
