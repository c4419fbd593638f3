#include "engines/series/ets.h"

#include <algorithm>
#include <cmath>

#include "engines/series/optimise.h"

namespace kindling::series {

namespace {

struct Sums {
    double squares = 0, logs = 0;  // of e or e/mu; of |mu|
    double squares_plain = 0;
};

// One pass over y. `s` moves; state is left after the last value. False when a mean came too close to zero for relative errors.
template <Trend T, SeasonKind S, ErrorKind E> bool pass(std::span<const double> y, std::size_t m, const EtsState& p, double& level, double& slope, double* s, Sums& out, double* errors) {
    double l = level, b = slope, squares = 0, logs = 0, product = 1;
    std::size_t j = 0;
    double const alpha = p.alpha, beta = p.beta, gamma = p.gamma, phi = T == Trend::damped ? p.phi : 1.0;
    for (std::size_t t = 0; t < y.size(); ++t) {
        double const base = T == Trend::none ? l : l + phi * b;
        double const mu = S == SeasonKind::none ? base : S == SeasonKind::additive ? base + s[j] : base * s[j];
        double const e = y[t] - mu;
        // e / s is written y / s - base and e / mu as y / s / base - 1: the divisions then wait for nothing of this step, or hold nothing up.
        double const part = S == SeasonKind::multiplicative ? y[t] / (std::abs(s[j]) > 1e-6 ? s[j] : 1e-6) : 0, es = S == SeasonKind::multiplicative ? part - base : e;
        double r = e;
        if constexpr (E == ErrorKind::multiplicative) {
            if (!(mu > 1e-6)) return false;
            product *= mu;
            if ((t & 31) == 31) logs += std::log(product), product = 1;
        }
        if constexpr (S == SeasonKind::multiplicative) {
            if (!(std::abs(base) > 1e-6)) return false;
            double const inverse = 1 / base;
            if constexpr (E == ErrorKind::multiplicative) r = part * inverse - 1;
            s[j] += gamma * (y[t] * inverse - s[j]);
        } else if constexpr (E == ErrorKind::multiplicative) r = e / mu;
        squares += r * r;
        if (errors != nullptr) errors[t] = r;
        l = base + alpha * es;
        if constexpr (T != Trend::none) b = phi * b + beta * es;
        if constexpr (S == SeasonKind::additive) s[j] += gamma * e;
        if constexpr (S != SeasonKind::none)
            if (++j == m) j = 0;
    }
    level = l, slope = b;
    out.squares = squares;
    out.logs = E == ErrorKind::multiplicative ? logs + std::log(product) : 0;
    return true;
}

using Pass = bool (*)(std::span<const double>, std::size_t, const EtsState&, double&, double&, double*, Sums&, double*);
template <ErrorKind E> Pass choose(Trend t, SeasonKind s) {
    static constexpr Pass table[3][3] = {
        {pass<Trend::none, SeasonKind::none, E>, pass<Trend::none, SeasonKind::additive, E>, pass<Trend::none, SeasonKind::multiplicative, E>},
        {pass<Trend::additive, SeasonKind::none, E>, pass<Trend::additive, SeasonKind::additive, E>, pass<Trend::additive, SeasonKind::multiplicative, E>},
        {pass<Trend::damped, SeasonKind::none, E>, pass<Trend::damped, SeasonKind::additive, E>, pass<Trend::damped, SeasonKind::multiplicative, E>}};
    return table[static_cast<int>(t)][static_cast<int>(s)];
}
Pass choose(EtsForm f) { return f.error == ErrorKind::additive ? choose<ErrorKind::additive>(f.trend, f.season) : choose<ErrorKind::multiplicative>(f.trend, f.season); }

// Additive errors, no season or an additive one: errors are e0 - l0 u - b0 v with columns u, v that run through the same filter, so the
// best first level and slope are a 2 x 2 least squares problem. The two columns go side by side in one register. Returns the sum of squares.
using Pair = double __attribute__((vector_size(16)));
template <Trend T, bool Seasonal> double linear_pass(std::span<const double> y, std::size_t m, EtsState& p, std::span<const double> first_season, double* s) {
    double const alpha = p.alpha, beta = p.beta, gamma = p.gamma, phi = T == Trend::damped ? p.phi : 1.0;
    double l = 0, b = 0, ee = 0, uv = 0;
    Pair lx = {1, 0}, bx = {0, 1}, xx = {0, 0}, ex = {0, 0};
    double* const sx = s + m;  // m pairs
    if constexpr (Seasonal)
        for (std::size_t j = 0; j < m; ++j) s[j] = first_season[j], sx[2 * j] = sx[2 * j + 1] = 0;
    std::size_t j = 0;
    for (std::size_t t = 0; t < y.size(); ++t) {
        double const base = T == Trend::none ? l : l + phi * b;
        Pair const start = T == Trend::none ? lx : lx + phi * bx;
        double const e = y[t] - (Seasonal ? base + s[j] : base);
        Pair x = start;
        if constexpr (Seasonal) x += Pair{sx[2 * j], sx[2 * j + 1]};
        ee += e * e, xx += x * x, ex += e * x;
        l = base + alpha * e, lx = start - alpha * x;
        if constexpr (T != Trend::none) uv += x[0] * x[1], b = phi * b + beta * e, bx = phi * bx - beta * x;
        if constexpr (Seasonal) {
            s[j] += gamma * e;
            sx[2 * j] -= gamma * x[0], sx[2 * j + 1] -= gamma * x[1];
            if (++j == m) j = 0;
        }
    }
    double const uu = xx[0], vv = xx[1], eu = ex[0], ev = ex[1];
    if constexpr (T == Trend::none) {
        p.level = uu > 0 ? eu / uu : 0, p.slope = 0;
        return ee - p.level * eu;
    }
    double const ridge = 1e-10 * (uu + vv), det = (uu + ridge) * (vv + ridge) - uv * uv;
    p.level = (eu * (vv + ridge) - ev * uv) / det, p.slope = (ev * (uu + ridge) - eu * uv) / det;
    return std::max(0.0, ee - p.level * eu - p.slope * ev);
}
double linear_pass(EtsForm f, std::span<const double> y, std::size_t m, EtsState& p, std::span<const double> season, double* s) {
    bool const seasonal = f.season == SeasonKind::additive;
    if (f.trend == Trend::none) return seasonal ? linear_pass<Trend::none, true>(y, m, p, season, s) : linear_pass<Trend::none, false>(y, m, p, season, s);
    if (f.trend == Trend::additive) return seasonal ? linear_pass<Trend::additive, true>(y, m, p, season, s) : linear_pass<Trend::additive, false>(y, m, p, season, s);
    return seasonal ? linear_pass<Trend::damped, true>(y, m, p, season, s) : linear_pass<Trend::damped, false>(y, m, p, season, s);
}

// Parameters in the order of the simplex: alpha, beta/alpha, gamma/(1-alpha), phi, and for the others first level and slope.
struct Layout {
    std::array<Box, 6> boxes{};
    std::size_t count = 0, beta = 9, gamma = 9, phi = 9, level = 9, slope = 9;
};
Layout layout(EtsForm f, bool linear, double spread) {
    Layout out;
    auto const add = [&](Box b) { out.boxes[out.count] = b; return out.count++; };
    add({1e-4, 0.9999, 0.2});
    if (f.trend != Trend::none) out.beta = add({1e-4, 0.9999, 0.1});
    if (f.season != SeasonKind::none) out.gamma = add({1e-4, 0.9999, 0.1});
    if (f.trend == Trend::damped) out.phi = add({0.8, 0.98, 0.05});
    if (!linear) out.level = add({-infinity, infinity, spread});
    if (!linear && f.trend != Trend::none) out.slope = add({-infinity, infinity, 0.1 * spread});
    return out;
}
void read(const Layout& w, std::span<const double> x, EtsState& p) {
    p.alpha = x[0];
    p.beta = w.beta < 9 ? p.alpha * x[w.beta] : 0, p.gamma = w.gamma < 9 ? (1 - p.alpha) * x[w.gamma] : 0, p.phi = w.phi < 9 ? x[w.phi] : 1;
    if (w.level < 9) p.level = x[w.level];
    if (w.slope < 9) p.slope = x[w.slope];
}
void write(const Layout& w, const EtsState& p, std::span<double> x) {
    x[0] = std::clamp(p.alpha, 1e-4, 0.9999);
    if (w.beta < 9) x[w.beta] = std::clamp(p.beta / x[0], 1e-4, 0.9999);
    if (w.gamma < 9) x[w.gamma] = std::clamp(p.gamma / (1 - x[0]), 1e-4, 0.9999);
    if (w.phi < 9) x[w.phi] = std::clamp(p.phi, 0.8, 0.98);
    if (w.level < 9) x[w.level] = p.level;
    if (w.slope < 9) x[w.slope] = p.slope;
}

class Fitter {
public:
    Fitter(std::span<const double> y, std::size_t m) : y_(y), m_(m), scratch_(3 * m) {}

    double objective(EtsForm f, const EtsState& p, EtsState* last = nullptr, Sums* sums = nullptr, double* errors = nullptr) {
        double l = p.level, b = p.slope;
        if (f.season != SeasonKind::none) std::copy(p.season.begin(), p.season.end(), scratch_.begin());
        Sums s;
        if (!choose(f)(y_, m_, p, l, b, scratch_.data(), s, errors)) return infinity;
        if (last != nullptr) {
            *last = p, last->level = l, last->slope = b;
            if (f.season != SeasonKind::none) last->season.assign(scratch_.begin(), scratch_.begin() + static_cast<std::ptrdiff_t>(m_));
        }
        if (sums != nullptr) *sums = s;
        double const n = static_cast<double>(y_.size());
        return n * std::log(std::max(s.squares, 1e-20 * n)) + 2 * s.logs;
    }

    // Best parameters from where p stands; the value of the objective.
    // `reach` scales the first simplex.
    double search(EtsForm f, EtsState& p, int evaluations, double reach = 1) {
        bool const linear = f.error == ErrorKind::additive && f.season != SeasonKind::multiplicative;
        auto w = layout(f, linear, spread_);
        for (auto& box : w.boxes) box.step *= reach;
        std::array<double, 6> x{};
        write(w, p, x);
        auto const span = std::span(x.data(), w.count);
        auto const ask = [&](std::span<const double> q) {
            read(w, q, p);
            if (!linear) return objective(f, p);
            double const n = static_cast<double>(y_.size());
            return n * std::log(std::max(linear_pass(f, y_, m_, p, p.season, scratch_.data()), 1e-20 * n));
        };
        double value;
        if (w.count == 1) x[0] = golden_section(1e-4, 0.9999, 2e-3, [&](double a) { x[0] = a; return ask(span); }), value = ask(span);
        else {
            // A form that half its passes leave 30 of AICc behind the best one would weigh less than e^-8 in the mixture, were the other half to win as much as 14.
            double const lost = bar_ - penalty(f) + 30;
            int const half = evaluations / 2;
            value = nelder_mead<6>(span, std::span(w.boxes.data(), w.count), evaluations, 1e-5, ask, [&](double best, int left) { return left < half && best > lost; }), ask(span);
        }
        return value;
    }

    // First seasonal states by one Gauss-Newton step, kept only when it helps.
    double improve_season(EtsForm f, EtsState& p, double value) {
        std::size_t const n = y_.size();
        if (m_ > 24 || n < 3 * m_) return value;
        EtsState tried = p;
        std::vector<double> base(n), columns(m_ * n), normal(m_ * m_), step(m_);
        if (objective(f, p, nullptr, nullptr, base.data()) == infinity) return value;
        double const h = f.season == SeasonKind::additive ? 1e-4 * spread_ : 1e-4;
        for (std::size_t j = 0; j < m_; ++j) {
            tried.season[j] = p.season[j] + h;
            if (objective(f, tried, nullptr, nullptr, columns.data() + j * n) == infinity) return value;
            tried.season[j] = p.season[j];
        }
        for (std::size_t j = 0; j < m_; ++j) {
            double* const a = columns.data() + j * n;
            for (std::size_t t = 0; t < n; ++t) a[t] = (a[t] - base[t]) / h;
            for (std::size_t k = 0; k <= j; ++k) {
                double const* const b = columns.data() + k * n;
                double sum = 0;
                for (std::size_t t = 0; t < n; ++t) sum += a[t] * b[t];
                normal[j * m_ + k] = normal[k * m_ + j] = sum;
            }
            for (std::size_t t = 0; t < n; ++t) step[j] -= a[t] * base[t];
        }
        for (std::size_t j = 0; j < m_; ++j) normal[j * m_ + j] *= 1.001, normal[j * m_ + j] += 1e-9;
        if (!solve_positive(normal, step)) return value;
        for (std::size_t j = 0; j < m_; ++j) tried.season[j] = p.season[j] + step[j];
        double const better = objective(f, tried);
        if (!(better < value)) return value;
        p = std::move(tried);
        return better;
    }

    EtsFit finish(EtsForm f, EtsState p) {
        EtsFit fit{.form = f, .period = m_, .size = y_.size()};
        Sums s;
        double const value = objective(f, p, &fit.last, &s), n = static_cast<double>(y_.size());
        fit.criterion = value + penalty(f);
        fit.deviation = std::sqrt(s.squares / std::max(1.0, n - parameters(f) + 1));
        fit.first = std::move(p);
        bar_ = std::min(bar_, fit.criterion);
        return fit;
    }

    void start(EtsForm f, EtsState& p, const Season* additive, const Season* multiplicative) {
        p.season = f.season == SeasonKind::additive ? additive->index : f.season == SeasonKind::multiplicative ? multiplicative->index : std::vector<double>{};
    }
    void set_spread(double s) { spread_ = s; }

private:
    // Smoothing parameters, first states (one season is bound by the others) and the variance.
    double parameters(EtsForm f) const { return 3 + (f.trend != Trend::none ? 2 : 0) + (f.trend == Trend::damped ? 1 : 0) + (f.season != SeasonKind::none ? static_cast<double>(m_) : 0); }
    // What AICc adds to the objective.
    double penalty(EtsForm f) const {
        double const n = static_cast<double>(y_.size()), k = parameters(f);
        return n - k - 1 > 0 ? 2 * k + 2 * k * (k + 1) / (n - k - 1) : infinity;
    }

    std::span<const double> y_;
    std::size_t m_;
    std::vector<double> scratch_;
    double spread_ = 0.1, bar_ = infinity;  // bar_: least AICc so far
};

double spread_of(std::span<const double> y) {
    double mean = 0, squares = 0;
    for (double const v : y) mean += v / static_cast<double>(y.size());
    for (double const v : y) squares += (v - mean) * (v - mean) / static_cast<double>(y.size());
    return std::max(0.2 * std::sqrt(squares), 1e-6);
}

}  // namespace

std::vector<double> EtsFit::path(std::size_t horizon) const {
    std::vector<double> out(horizon);
    double damp = 0, power = 1;
    for (std::size_t h = 0; h < horizon; ++h) {
        power *= form.trend == Trend::damped ? last.phi : 1;
        damp += power;
        double const base = last.level + (form.trend == Trend::none ? 0 : damp * last.slope);
        double const s = form.season == SeasonKind::none ? 0 : last.season[(size + h) % period];
        out[h] = form.season == SeasonKind::none ? base : form.season == SeasonKind::additive ? base + s : base * s;
    }
    return out;
}

std::vector<double> EtsFit::deviations(std::size_t horizon) const {
    std::vector<double> out(horizon);
    auto const point = path(horizon);
    double variance = 1, damp = 0, power = 1;
    for (std::size_t h = 0; h < horizon; ++h) {
        double const unit = form.error == ErrorKind::multiplicative ? std::abs(point[h]) : 1;
        out[h] = deviation * unit * std::sqrt(variance);
        power *= form.trend == Trend::damped ? last.phi : 1;
        damp += power;
        double c = last.alpha + (form.trend == Trend::none ? 0 : last.beta * damp);
        if (form.season != SeasonKind::none && (h + 1) % period == 0) c += last.gamma;
        variance += c * c;
    }
    return out;
}

EtsFit fit_ets(std::span<const double> y, std::size_t period, EtsForm form) {
    std::size_t const m = form.season == SeasonKind::none ? 1 : period;
    Fitter fitter(y, m);
    fitter.set_spread(spread_of(y));
    EtsState p;
    Season additive, multiplicative;
    if (form.season == SeasonKind::additive) additive = decompose(y, m, false);
    if (form.season == SeasonKind::multiplicative) multiplicative = decompose(y, m, true);
    EtsForm const plain{ErrorKind::additive, form.trend, form.season == SeasonKind::multiplicative ? SeasonKind::none : form.season};
    fitter.start(plain, p, &additive, &multiplicative);
    p.alpha = 0.3, p.beta = 0.03, p.gamma = 0.05, p.phi = 0.95;
    fitter.search(plain, p, 120);
    if (form.error == ErrorKind::multiplicative || form.season == SeasonKind::multiplicative) {
        fitter.start(form, p, &additive, &multiplicative);
        if (p.gamma == 0) p.gamma = 0.05;
        fitter.search(form, p, 200);
    }
    return fitter.finish(form, std::move(p));
}

EtsFit refit_ets(std::span<const double> y, EtsForm form, const EtsState& near) {
    Fitter fitter(y, 1);
    EtsState p{.alpha = near.alpha, .beta = near.beta, .phi = near.phi};
    fitter.search({ErrorKind::additive, form.trend, SeasonKind::none}, p, 40, 0.4);
    return fitter.finish({ErrorKind::additive, form.trend, SeasonKind::none}, std::move(p));
}

std::vector<EtsFit> fit_all_ets(const Prepared& prepared, Seasons seasons) {
    std::span<const double> const y = prepared.y;
    std::size_t const m = prepared.period;
    bool const seasonal = seasons == Seasons::allowed && m > 1 && m <= 24 && y.size() > 2 * m + 2;
    Fitter fitter(y, seasonal ? m : 1);
    fitter.set_spread(spread_of(y));
    Season const additive = seasonal ? decompose(y, m, false) : Season{}, multiplicative = seasonal && prepared.positive ? decompose(y, m, true) : Season{};
    std::vector<EtsFit> out;
    auto const offer = [&](EtsFit fit) { if (fit.criterion < infinity || out.empty()) out.push_back(std::move(fit)); };
    bool const ratios = prepared.positive && std::ranges::min(y) > 1e-3;
    // With or without a season is often beyond doubt: 20 of AICc are odds of e^10, and the forms of the losing side need no fit.
    bool without = true, with = seasonal;
    if (seasonal) {
        EtsState plain{.alpha = 0.3}, wave{.alpha = 0.3, .gamma = 0.05};
        fitter.start({}, plain, &additive, &multiplicative), fitter.search({}, plain, 40);
        EtsForm const form{ErrorKind::additive, Trend::none, SeasonKind::additive};
        fitter.start(form, wave, &additive, &multiplicative), fitter.search(form, wave, 40);
        double const a = fitter.finish({}, plain).criterion, b = fitter.finish(form, wave).criterion;
        without = !(b + 20 < a), with = !(a + 20 < b);
    }
    for (auto const season : {SeasonKind::none, SeasonKind::additive, SeasonKind::multiplicative}) {
        if (season == SeasonKind::none ? !without : !with) continue;
        if (season == SeasonKind::multiplicative && (!ratios || std::ranges::min(multiplicative.index) < 0.01)) continue;
        for (auto const trend : {Trend::none, Trend::additive, Trend::damped}) {
            EtsState p;
            p.alpha = 0.3, p.beta = 0.03, p.gamma = 0.05, p.phi = 0.95;
            if (season != SeasonKind::multiplicative) {
                EtsForm const form{ErrorKind::additive, trend, season};
                fitter.start(form, p, &additive, &multiplicative);
                double value = fitter.search(form, p, 100);
                if (season != SeasonKind::none) {
                    double const moved = fitter.improve_season(form, p, value);
                    if (moved < value) value = fitter.search(form, p, 60);
                }
                offer(fitter.finish(form, p));
            }
            if (!ratios) continue;
            EtsForm const form{ErrorKind::multiplicative, trend, season};
            if (season == SeasonKind::multiplicative) {
                // Level and slope of the same trend on the deseasonalised values are the start.
                std::vector<double> adjusted(y.size());
                for (std::size_t t = 0; t < y.size(); ++t) adjusted[t] = multiplicative.remove(y[t], t);
                Fitter plain(adjusted, 1);
                plain.search({ErrorKind::additive, trend, SeasonKind::none}, p, 60);
                p.gamma = 0.05 * (1 - p.alpha);
                fitter.start(form, p, &additive, &multiplicative);
            }
            double const value = fitter.search(form, p, 120);
            if (season != SeasonKind::none && value < infinity && fitter.improve_season(form, p, value) < value) fitter.search(form, p, 80);
            offer(fitter.finish(form, std::move(p)));
        }
    }
    return out;
}

EtsFit choose_ets(const Prepared& prepared, Seasons seasons) {
    auto fits = fit_all_ets(prepared, seasons);
    return std::move(*std::ranges::min_element(fits, {}, &EtsFit::criterion));
}

EtsMixture mix_ets(const Prepared& prepared, Seasons seasons) {
    EtsMixture out{fit_all_ets(prepared, seasons), {}};
    double least = infinity, sum = 0;
    for (auto const& f : out.fits) least = std::min(least, f.criterion);
    for (auto const& f : out.fits) out.weights.push_back(least < infinity ? std::exp(-0.5 * (f.criterion - least)) : 1.0), sum += out.weights.back();
    for (auto& w : out.weights) w /= sum;
    return out;
}

std::vector<double> EtsMixture::path(std::size_t horizon) const {
    std::vector<double> out(horizon);
    for (std::size_t i = 0; i < fits.size(); ++i) {
        if (weights[i] < 1e-3) continue;
        auto const own = fits[i].path(horizon);
        for (std::size_t h = 0; h < horizon; ++h) out[h] += weights[i] * own[h];
    }
    double sum = 0;
    for (double const w : weights) sum += w < 1e-3 ? 0 : w;
    for (auto& v : out) v /= sum;
    return out;
}

}  // namespace kindling::series
