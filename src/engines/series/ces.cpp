#include "engines/series/ces.h"

#include <cmath>

#include "engines/series/optimise.h"

namespace kindling::series {

namespace {

struct State {
    double l = 0, c = 0;
    void move(double a0, double a1, double e) {
        double const l0 = l, c0 = c;
        l = l0 - (1 - a1) * c0 + (a0 - a1) * e;
        c = l0 + (1 - a0) * c0 + (a0 + a1) * e;
    }
};

// Roots of the filter l, c -> F - g w' by the Jury conditions of x^2 - trace x + determinant.
bool stable(double a0, double a1) {
    double const f11 = 1 - (a0 - a1), f12 = -(1 - a1), f21 = 1 - (a0 + a1), f22 = 1 - a0;
    double const trace = f11 + f22, determinant = f11 * f22 - f12 * f21;
    return std::abs(determinant) < 0.9999 && std::abs(trace) < 0.9999 + determinant;
}

}  // namespace

CesFit fit_ces(std::span<const double> y, std::size_t horizon) {
    CesFit fit{.path = std::vector<double>(horizon)};
    State last;
    auto const pass = [&](double a0, double a1) {
        if (!stable(a0, a1)) return infinity;
        State s, u{1, 0}, v{0, 1};
        double ee = 0, eu = 0, ev = 0, uu = 0, uv = 0, vv = 0;
        for (double const value : y) {
            double const e = value - s.l, du = u.l, dv = v.l;
            ee += e * e, eu += e * du, ev += e * dv, uu += du * du, uv += du * dv, vv += dv * dv;
            s.move(a0, a1, e), u.move(a0, a1, -du), v.move(a0, a1, -dv);
        }
        double const ridge = 1e-9 * (uu + vv), det = (uu + ridge) * (vv + ridge) - uv * uv;
        double const l0 = (eu * (vv + ridge) - ev * uv) / det, c0 = (ev * (uu + ridge) - eu * uv) / det;
        last = {s.l + l0 * u.l + c0 * v.l, s.c + l0 * u.c + c0 * v.c};
        return std::max(0.0, ee - l0 * eu - c0 * ev);
    };
    std::array<double, 2> x = {1.3, 1.0};
    std::array<Box, 2> const boxes = {{{0.01, 1.8, 0.2}, {0.01, 1.9, -0.1}}};
    double const n = static_cast<double>(y.size());
    nelder_mead<2>(x, boxes, 80, 1e-6, [&](std::span<const double> q) { return pass(q[0], q[1]); });
    double const squares = pass(x[0], x[1]);
    fit.a0 = x[0], fit.a1 = x[1];
    fit.deviation = std::sqrt(squares / std::max(1.0, n - 4));
    for (std::size_t h = 0; h < horizon; ++h) fit.path[h] = last.l, last.move(x[0], x[1], 0);
    return fit;
}

}  // namespace kindling::series
