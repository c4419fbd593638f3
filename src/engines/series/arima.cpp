#include "engines/series/arima.h"

#include <algorithm>
#include <cmath>

#include "engines/series/optimise.h"

namespace kindling::series {

namespace {

constexpr int most = 3;

// Coefficients of a stationary autoregression from unbounded numbers (Monahan 1984).
void from_partial(std::span<const double> x, std::span<double> out) {
    std::array<double, most> old{};
    for (std::size_t k = 0; k < x.size(); ++k) {
        double const r = 0.999 * std::tanh(x[k]);
        std::copy_n(out.begin(), k, old.begin());
        for (std::size_t i = 0; i < k; ++i) out[i] = old[i] - r * old[k - 1 - i];
        out[k] = r;
    }
}

// A product of a plain and a seasonal polynomial as terms (lag, coefficient), the leading 1 left out.
struct Terms {
    std::array<std::size_t, 2 * most + 1> lag{};
    std::array<double, 2 * most + 1> value{};
    std::size_t count = 0;
    void add(std::size_t l, double v) { lag[count] = l, value[count++] = v; }
};
Terms terms(std::span<const double> plain, int seasonal, double coefficient, std::size_t m) {
    Terms out;
    for (std::size_t i = 0; i < plain.size(); ++i) out.add(i + 1, plain[i]);
    if (seasonal > 0) {
        out.add(m, coefficient);
        for (std::size_t i = 0; i < plain.size(); ++i) out.add(m + i + 1, -plain[i] * coefficient);
    }
    return out;
}

struct Model {
    Terms ar, ma;  // w_t = sum ar w_(t-lag) + e_t + sum ma' e_(t-lag), with ma = -coefficient
    double mean = 0;
};
Model unpack(ArimaOrder o, std::size_t m, std::span<const double> x) {
    std::array<double, most> phi{}, theta{};
    auto const p = static_cast<std::size_t>(o.p), q = static_cast<std::size_t>(o.q);
    std::size_t at = p + q;
    from_partial(x.subspan(0, p), phi);
    from_partial(x.subspan(p, q), theta);
    double const seasonal_ar = o.seasonal_p > 0 ? 0.999 * std::tanh(x[at++]) : 0, seasonal_ma = o.seasonal_q > 0 ? 0.999 * std::tanh(x[at++]) : 0;
    return {terms(std::span(phi.data(), p), o.seasonal_p, seasonal_ar, m), terms(std::span(theta.data(), q), o.seasonal_q, seasonal_ma, m), o.constant ? x[at] : 0.0};
}

void filter(const Model& f, std::span<const double> w, std::span<double> e) {
    std::size_t longest = 0;
    double share = 1;  // of the mean that the autoregression leaves
    for (std::size_t i = 0; i < f.ar.count; ++i) longest = std::max(longest, f.ar.lag[i]), share -= f.ar.value[i];
    for (std::size_t i = 0; i < f.ma.count; ++i) longest = std::max(longest, f.ma.lag[i]);
    std::size_t const head = std::min(longest, w.size());
    for (std::size_t t = 0; t < head; ++t) {
        double v = w[t] - f.mean;
        for (std::size_t i = 0; i < f.ar.count; ++i)
            if (t >= f.ar.lag[i]) v -= f.ar.value[i] * (w[t - f.ar.lag[i]] - f.mean);
        for (std::size_t i = 0; i < f.ma.count; ++i)
            if (t >= f.ma.lag[i]) v += f.ma.value[i] * e[t - f.ma.lag[i]];
        e[t] = v;
    }
    // Where every lag lies within the series the autoregression waits for nothing, one lag at a time; only the moving average runs through the errors.
    double const mean = share * f.mean;
    for (std::size_t t = head; t < w.size(); ++t) e[t] = w[t] - mean;
    for (std::size_t i = 0; i < f.ar.count; ++i) {
        double const value = f.ar.value[i];
        double const* const before = w.data() - f.ar.lag[i];
        for (std::size_t t = head; t < w.size(); ++t) e[t] -= value * before[t];
    }
    if (f.ma.count == 0) return;
    for (std::size_t t = head; t < w.size(); ++t) {
        double v = e[t];
        for (std::size_t i = f.ma.count; i-- > 0;) v += f.ma.value[i] * e[t - f.ma.lag[i]];
        e[t] = v;
    }
}

std::vector<double> differences(std::span<const double> y, std::size_t lag) {
    std::vector<double> out;
    for (std::size_t t = lag; t < y.size(); ++t) out.push_back(y[t] - y[t - lag]);
    return out;
}

// KPSS statistic of level stationarity with a Bartlett window.
bool stationary(std::span<const double> y) {
    double const n = static_cast<double>(y.size());
    double mean = 0, partial = 0, squares = 0;
    for (double const v : y) mean += v / n;
    for (double const v : y) partial += v - mean, squares += partial * partial;
    auto const window = static_cast<std::size_t>(3 * std::sqrt(n) / 13);
    double variance = 0;
    for (std::size_t lag = 0; lag <= window && lag < y.size(); ++lag) {
        double sum = 0;
        for (std::size_t t = lag; t < y.size(); ++t) sum += (y[t] - mean) * (y[t - lag] - mean);
        variance += (lag == 0 ? 1 : 2 * (1 - static_cast<double>(lag) / (static_cast<double>(window) + 1))) * sum / n;
    }
    return !(variance > 1e-12) || squares / (n * n * variance) < 0.463;
}

double variance(std::span<const double> v) {
    double mean = 0, sum = 0;
    for (double const x : v) mean += x / static_cast<double>(v.size());
    for (double const x : v) sum += (x - mean) * (x - mean);
    return sum / static_cast<double>(v.size());
}

bool strong_season(std::span<const double> y, std::size_t m) {
    if (m < 2 || y.size() < 3 * m) return false;
    auto const season = decompose(y, m, false);
    std::vector<double> rest, both;
    for (std::size_t t = m / 2; t + m / 2 < y.size(); ++t) {
        double trend = m % 2 == 0 ? 0.5 * (y[t + m / 2] - y[t - m / 2]) : 0;
        for (std::size_t i = 0; i < m; ++i) trend += y[t - m / 2 + i];
        both.push_back(y[t] - trend / static_cast<double>(m));
        rest.push_back(both.back() - season.at(t));
    }
    double const all = variance(both);
    return all > 1e-12 && 1 - variance(rest) / all > 0.64;
}

class Search {
public:
    Search(std::span<const double> y, std::size_t m, int d, int seasonal_d) : m_(m), w_(y.begin(), y.end()), d_(d), seasonal_d_(seasonal_d) {
        if (seasonal_d > 0) w_ = differences(w_, m);
        for (int i = 0; i < d; ++i) w_ = differences(w_, 1);
    }
    struct Tried {
        ArimaOrder order;
        std::array<double, 8> x{};
        double criterion = infinity, squares = 0;
    };
    Tried fit(ArimaOrder o) {
        Tried out{.order = o};
        std::size_t const count = static_cast<std::size_t>(o.p + o.q + o.seasonal_p + o.seasonal_q + (o.constant ? 1 : 0));
        double const n = static_cast<double>(w_.size()), k = static_cast<double>(count) + 1;
        if (n - k - 1 < 1) return out;
        for (std::size_t i = 0; i < count; ++i) out.x[i] = 0.1;
        if (o.constant) {
            double mean = 0;
            for (double const v : w_) mean += v / n;
            out.x[count - 1] = mean;
        }
        out.squares = levenberg_marquardt(std::span(out.x.data(), count), w_.size(), 8, work_, [&](std::span<const double> x, std::span<double> e) { filter(unpack(o, m_, x), w_, e); });
        out.criterion = n * std::log(std::max(out.squares, 1e-20 * n)) + 2 * k + 2 * k * (k + 1) / (n - k - 1);
        if (!std::isfinite(out.criterion)) out.criterion = infinity;
        return out;
    }
    ArimaFit finish(const Tried& best, std::span<const double> y, std::size_t horizon) const {
        ArimaFit fit{.order = best.order, .criterion = best.criterion};
        auto const model = unpack(best.order, m_, best.x);
        std::size_t const n = w_.size();
        std::vector<double> w = w_, e(n + horizon);
        filter(model, w_, std::span(e.data(), n));
        fit.deviation = std::sqrt(best.squares / std::max(1.0, static_cast<double>(n) - 3));
        for (std::size_t t = n; t < n + horizon; ++t) {
            double v = model.mean;
            for (std::size_t i = 0; i < model.ar.count; ++i)
                if (t >= model.ar.lag[i]) v += model.ar.value[i] * (w[t - model.ar.lag[i]] - model.mean);
            for (std::size_t i = 0; i < model.ma.count; ++i)
                if (t >= model.ma.lag[i]) v -= model.ma.value[i] * e[t - model.ma.lag[i]];
            w.push_back(v);
        }
        // Summed up again, in the opposite order.
        std::vector<double> path(w.end() - static_cast<std::ptrdiff_t>(horizon), w.end());
        std::vector<std::vector<double>> stages;
        stages.emplace_back(y.begin(), y.end());
        if (seasonal_d_ > 0) stages.push_back(differences(stages.back(), m_));
        for (int i = 0; i < d_; ++i) stages.push_back(differences(stages.back(), 1));
        for (std::size_t s = stages.size() - 1; s-- > 0;) {
            std::size_t const lag = s == 0 && seasonal_d_ > 0 ? m_ : 1;
            auto const& before = stages[s];
            for (std::size_t h = 0; h < horizon; ++h) path[h] += h < lag ? before[before.size() - lag + h] : path[h - lag];
        }
        fit.path = std::move(path);
        return fit;
    }

private:
    std::size_t m_;
    std::vector<double> w_, work_;
    int d_, seasonal_d_;
};

}  // namespace

ArimaFit fit_arima(std::span<const double> y, std::size_t period, std::size_t horizon, ArimaOrder order) {
    Search search(y, period, order.d, order.seasonal_d);
    return search.finish(search.fit(order), y, horizon);
}

ArimaFit choose_arima(std::span<const double> y, std::size_t period, std::size_t horizon) {
    bool const season = period > 1 && y.size() >= 3 * period;
    int const seasonal_d = season && strong_season(y, period) ? 1 : 0;
    std::vector<double> w(y.begin(), y.end());
    if (seasonal_d > 0) w = differences(w, period);
    int d = 0;
    while (d < (seasonal_d > 0 ? 1 : 2) && w.size() > 6 && !stationary(w)) w = differences(w, 1), ++d;
    Search search(y, period, d, seasonal_d);
    bool const constant = d + seasonal_d <= 1;
    int const top = season ? 1 : 0, cap = y.size() < 20 ? 2 : most;
    std::vector<ArimaOrder> seen;
    std::vector<Search::Tried> all;
    Search::Tried best;
    auto const offer = [&](ArimaOrder o) {
        if (o.p < 0 || o.q < 0 || o.p > cap || o.q > cap || o.seasonal_p < 0 || o.seasonal_q < 0 || o.seasonal_p > top || o.seasonal_q > top) return;
        if (o.p + o.q + o.seasonal_p + o.seasonal_q > 5 || seen.size() >= 24 || std::ranges::find(seen, o) != seen.end()) return;
        seen.push_back(o);
        auto tried = search.fit(o);
        if (tried.criterion < best.criterion || seen.size() == 1) best = tried;
        all.push_back(tried);
    };
    ArimaOrder const zero{.d = d, .seasonal_d = seasonal_d, .constant = constant};
    auto const with = [&](int p, int q, int sp, int sq) { auto o = zero; o.p = p, o.q = q, o.seasonal_p = sp, o.seasonal_q = sq; return o; };
    offer(zero), offer(with(2, 2, top, top)), offer(with(1, 0, top, 0)), offer(with(0, 1, 0, top));
    if (constant) { auto o = zero; o.constant = false; offer(o); }
    for (double before = infinity; best.criterion < before;) {
        before = best.criterion;
        auto const o = best.order;
        for (int const step : {-1, 1}) {
            auto n = o; n.p += step; offer(n);
            n = o; n.q += step; offer(n);
            n = o; n.p += step, n.q += step; offer(n);
            n = o; n.seasonal_p += step; offer(n);
            n = o; n.seasonal_q += step; offer(n);
        }
        if (constant) { auto n = o; n.constant = !n.constant; offer(n); }
    }
    auto out = search.finish(best, y, horizon);
    if (!(best.criterion < infinity)) return out;
    // Every order that was tried, by its Akaike weight.
    double sum = 0;
    std::ranges::fill(out.path, 0.0);
    for (auto const& tried : all) {
        double const weight = std::exp(-0.5 * (tried.criterion - best.criterion));
        if (!(weight > 1e-3)) continue;
        auto const own = search.finish(tried, y, horizon);
        for (std::size_t h = 0; h < horizon; ++h) out.path[h] += weight * own.path[h];
        sum += weight;
    }
    for (auto& v : out.path) v /= sum;
    return out;
}

}  // namespace kindling::series
