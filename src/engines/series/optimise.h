// engines/series/optimise.h -- minimising functions of few parameters without allocating: golden section, Nelder-Mead, Levenberg-Marquardt.
//
// Smoothing models have one to six parameters in a box and an objective that costs one pass over the series, so what counts is the
// number of passes. Golden section (Kiefer 1953) for one; the simplex of Nelder & Mead (1965), moved into the box, for a few; Levenberg
// (1944) - Marquardt (1963) with a numerical Jacobian where the objective is a sum of squares. All deterministic. An objective may
// answer infinity for "not allowed"; NaN counts as infinity.
#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <utility>
#include <vector>

namespace kindling::series {

inline constexpr double infinity = std::numeric_limits<double>::infinity();

// The argument of the smallest value found in [low, high], within `width`.
template <class F> double golden_section(double low, double high, double width, F&& f) {
    constexpr double ratio = 0.6180339887498949;
    double a = low, b = high, c = b - ratio * (b - a), d = a + ratio * (b - a), fc = f(c), fd = f(d);
    while (b - a > width) {
        if (fc < fd) b = d, d = c, fd = fc, c = b - ratio * (b - a), fc = f(c);
        else a = c, c = d, fc = fd, d = a + ratio * (b - a), fd = f(d);
    }
    return fc < fd ? c : d;
}

struct Box {
    double low = -infinity, high = infinity, step = 0.1;  // step: the first simplex' size along this parameter
};

// Moves x (at most Max parameters) to a minimum of f within the boxes; returns its value. Stops after `evaluations` calls, when the
// simplex' values differ by less than `tolerance` relative to them, or when `hopeless(best value, calls left)` says so.
template <std::size_t Max, class F, class G> double nelder_mead(std::span<double> x, std::span<const Box> boxes, int evaluations, double tolerance, F&& f, G&& hopeless) {
    using Point = std::array<double, Max>;
    std::size_t const n = x.size();
    auto const ask = [&](Point& p) {
        for (std::size_t i = 0; i < n; ++i) p[i] = std::clamp(p[i], boxes[i].low, boxes[i].high);
        double const value = f(std::span<const double>(p.data(), n));
        --evaluations;
        return std::isnan(value) ? infinity : value;
    };
    std::array<Point, Max + 1> at{};
    std::array<double, Max + 1> value{};
    for (std::size_t k = 0; k <= n; ++k) {
        std::copy(x.begin(), x.end(), at[k].begin());
        if (k > 0) {
            double const step = boxes[k - 1].step;
            at[k][k - 1] += at[k][k - 1] + step > boxes[k - 1].high ? -step : step;
        }
        value[k] = ask(at[k]);
    }
    while (evaluations > 0) {
        std::size_t best = 0, worst = 0;
        for (std::size_t k = 1; k <= n; ++k) best = value[k] < value[best] ? k : best, worst = value[k] > value[worst] ? k : worst;
        if (best == worst || value[worst] - value[best] <= tolerance * (std::abs(value[best]) + 1e-12) || hopeless(value[best], evaluations)) break;
        double second = -infinity;
        Point centre{};
        for (std::size_t k = 0; k <= n; ++k) {
            if (k == worst) continue;
            second = std::max(second, value[k]);
            for (std::size_t i = 0; i < n; ++i) centre[i] += at[k][i] / static_cast<double>(n);
        }
        auto const along = [&](double t) {
            Point p{};
            for (std::size_t i = 0; i < n; ++i) p[i] = centre[i] + t * (at[worst][i] - centre[i]);
            return p;
        };
        auto reflected = along(-1);
        double const fr = ask(reflected);
        if (fr < value[best]) {
            auto expanded = along(-2);
            double const fe = ask(expanded);
            if (fe < fr) at[worst] = expanded, value[worst] = fe;
            else at[worst] = reflected, value[worst] = fr;
        } else if (fr < second) at[worst] = reflected, value[worst] = fr;
        else {
            auto contracted = along(fr < value[worst] ? -0.5 : 0.5);
            double const fc = ask(contracted);
            if (fc < std::min(fr, value[worst])) at[worst] = contracted, value[worst] = fc;
            else
                for (std::size_t k = 0; k <= n; ++k) {
                    if (k == best) continue;
                    for (std::size_t i = 0; i < n; ++i) at[k][i] = at[best][i] + 0.5 * (at[k][i] - at[best][i]);
                    value[k] = ask(at[k]);
                }
        }
    }
    std::size_t const best = static_cast<std::size_t>(std::min_element(value.begin(), value.begin() + static_cast<std::ptrdiff_t>(n) + 1) - value.begin());
    std::copy_n(at[best].begin(), n, x.begin());
    return value[best];
}
template <std::size_t Max, class F> double nelder_mead(std::span<double> x, std::span<const Box> boxes, int evaluations, double tolerance, F&& f) {
    return nelder_mead<Max>(x, boxes, evaluations, tolerance, std::forward<F>(f), [](double, int) { return false; });
}

// Solves A x = b in place for a symmetric positive definite A (n x n, row by row, destroyed); false when it is not.
inline bool solve_positive(std::span<double> a, std::span<double> b) {
    std::size_t const n = b.size();
    for (std::size_t j = 0; j < n; ++j) {
        for (std::size_t i = j; i < n; ++i) {
            double sum = a[i * n + j];
            for (std::size_t k = 0; k < j; ++k) sum -= a[i * n + k] * a[j * n + k];
            if (i == j) {
                if (!(sum > 1e-14)) return false;
                a[j * n + j] = std::sqrt(sum);
            } else a[i * n + j] = sum / a[j * n + j];
        }
    }
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t k = 0; k < i; ++k) b[i] -= a[i * n + k] * b[k];
        b[i] /= a[i * n + i];
    }
    for (std::size_t i = n; i-- > 0;) {
        for (std::size_t k = i + 1; k < n; ++k) b[i] -= a[k * n + i] * b[k];
        b[i] /= a[i * n + i];
    }
    return true;
}

// Least squares: residuals(x, out) fills `count` residuals. Moves x to a local minimum; returns the sum of squares (infinity when the
// start is not allowed). Each round costs x.size() + 1 passes or a few more.
template <class F> double levenberg_marquardt(std::span<double> x, std::size_t count, int rounds, std::vector<double>& work, F&& residuals) {
    std::size_t const n = x.size();
    work.resize((n + 2) * count);
    std::span<double> const r(work.data(), count), tried(work.data() + count, count);
    auto const sum_of_squares = [](std::span<const double> v) { double s = 0; for (double const e : v) s += e * e; return std::isfinite(s) ? s : infinity; };
    residuals(std::span<const double>(x), r);
    double best = sum_of_squares(r), damping = 1e-2;
    if (n == 0 || best == infinity) return best;
    std::array<double, 64> hessian{}, normal{};
    std::array<double, 8> gradient{}, step{}, next{};
    for (int round = 0; round < rounds; ++round) {
        for (std::size_t i = 0; i < n; ++i) {
            std::span<double> const column(work.data() + (2 + i) * count, count);
            double const h = 1e-5 * std::max(1.0, std::abs(x[i])), kept = x[i];
            x[i] += h;
            residuals(std::span<const double>(x), column);
            x[i] = kept;
            for (std::size_t t = 0; t < count; ++t) column[t] = (column[t] - r[t]) / h;
        }
        for (std::size_t i = 0; i < n; ++i) {
            double const* const a = work.data() + (2 + i) * count;
            gradient[i] = 0;
            for (std::size_t t = 0; t < count; ++t) gradient[i] += a[t] * r[t];
            for (std::size_t j = 0; j <= i; ++j) {
                double const* const b = work.data() + (2 + j) * count;
                double sum = 0;
                for (std::size_t t = 0; t < count; ++t) sum += a[t] * b[t];
                hessian[i * n + j] = hessian[j * n + i] = sum;
            }
        }
        bool improved = false;
        for (int attempt = 0; attempt < 4 && !improved; ++attempt) {
            for (std::size_t i = 0; i < n * n; ++i) normal[i] = hessian[i];
            for (std::size_t i = 0; i < n; ++i) normal[i * n + i] += damping * hessian[i * n + i] + 1e-12, step[i] = -gradient[i];
            if (!solve_positive(std::span(normal.data(), n * n), std::span(step.data(), n))) { damping *= 10; continue; }
            for (std::size_t i = 0; i < n; ++i) next[i] = x[i] + std::clamp(step[i], -1.0, 1.0);
            residuals(std::span<const double>(next.data(), n), tried);
            double const value = sum_of_squares(tried);
            if (value < best) {
                improved = best - value > 1e-7 * best;
                best = value, damping *= 0.2;
                std::copy_n(next.begin(), n, x.begin());
                std::copy(tried.begin(), tried.end(), r.begin());
                break;
            }
            damping *= 8;
        }
        if (!improved) break;
    }
    return best;
}

}  // namespace kindling::series
