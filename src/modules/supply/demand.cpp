#include "modules/supply/demand.h"
#include "core/parallel.h"
#include "engines/series/series.h"
#include <algorithm>
#include <array>
#include <cmath>

namespace kindling::supply_module {

namespace {

constexpr std::array<int, 4> horizons = {7, 14, 28, 56};
constexpr std::array<int, 3> origins_back = {56, 84, 112};  // days before the origin; each sees a whole longest horizon

struct Rate {
    double level = 0;  // units a day, without the week
    std::size_t known = 0, with_sale = 0;
    bool seldom() const { return with_sale * 4 < known; }
};

class Week {
public:
    Week(ShopStock const& stock, std::size_t end) : first_(stock.first) {
        double units[7] = {}, days[7] = {};
        for (auto t = end > 182 ? end - 182 : 0; t < end; ++t) {
            double sum = 0;
            for (auto const& s : stock.stored) if (s.sold[t] > 0) sum += s.sold[t];
            auto const w = weekday_of(first_ + static_cast<Day>(t)) - 1;
            units[w] += sum, ++days[w];
        }
        double total = 0, count = 0;
        for (int w = 0; w < 7; ++w) total += units[w], count += days[w];
        // Drawn to a flat week as if four weeks of it had been seen.
        for (int w = 0; w < 7; ++w) factor_[w] = total > 0 ? (units[w] + 4 * total / count) / ((days[w] + 4) * total / count) : 1;
    }
    double operator()(std::size_t t) const { return factor_[weekday_of(first_ + static_cast<Day>(t)) - 1]; }

private:
    Day first_;
    double factor_[7];
};

Rate rate_of(Stored const& s, Week const& week, std::size_t end) {
    Rate r;
    if (s.begun >= end) return r;
    std::vector<double> y;
    double sum = 0, sold = 0, weeks = 0;
    for (auto t = s.begun; t < end; ++t) {
        auto const known = !std::isnan(s.sold[t]);
        r.known += known, r.with_sale += known && s.sold[t] > 0;
        if (known) y.push_back(s.sold[t] / week(t)), sum += y.back(), sold += s.sold[t], weeks += week(t);  // unknown days are taken out: a rate needs no calendar
    }
    if (sum <= 0) return r;
    series::Options const options{.levels = {}, .methods = {r.seldom() ? series::Method::rate : series::Method::ses}};
    auto const f = series::forecast({.values = y, .frequency = series::Frequency::unknown, .period = 1, .domain = series::Domain::non_negative}, 1, options);
    auto const mean = sum / static_cast<double>(y.size());
    // So that the rate times the week comes to what was sold: a good that sells on the shop's busy days, or is in a shop that shuts on one, has the mean of its quotients below that.
    r.level = (f ? std::max(0.0, f->point[0]) : mean) * sold / (weeks * mean);
    return r;
}

// slope and square of each horizon, by least squares with weights 1 / mean^2 and both at least what a Poisson sum has.
struct Spread {
    std::array<double, horizons.size()> slope, square;
    Spread() { slope.fill(1), square.fill(0.05); }
    double variance(double mean, double h) const {
        auto const at = [&](std::size_t i) { return slope[i] * mean + square[i] * mean * mean; };
        if (h <= horizons.front()) return at(0);
        for (std::size_t i = 0; i + 1 < horizons.size(); ++i)
            if (h <= horizons[i + 1]) { auto const w = (h - horizons[i]) / (horizons[i + 1] - horizons[i]); return (1 - w) * at(i) + w * at(i + 1); }
        return at(horizons.size() - 1);
    }
};

// Units a day below .02, .1, .5, 2, 10, above.
constexpr std::size_t classes = 6;
std::size_t busyness(double rate) { return rate < 0.02 ? 0 : rate < 0.1 ? 1 : rate < 0.5 ? 2 : rate < 2 ? 3 : rate < 10 ? 4 : 5; }

struct Miss { double mean, square; std::size_t busy; };

// Of each class and horizon: mean of squared error / variance said; single orders far beyond everything count as thirty times what was said.
struct Factors {
    std::array<std::array<double, horizons.size()>, classes> of;
    Factors() { for (auto& c : of) c.fill(1); }
    void learn(Spread const& spread, std::size_t h, std::vector<Miss> const& misses) {
        constexpr double usual = 50, most = 30;
        std::array<double, classes> sum{}, n{};
        for (auto const& m : misses) sum[m.busy] += std::min(m.square / std::max(1e-9, spread.variance(m.mean, horizons[h])), most), ++n[m.busy];
        for (std::size_t c = 0; c < classes; ++c) of[c][h] = (sum[c] + usual) / (n[c] + usual);
    }
    double at(std::size_t c, double h) const {
        auto const& f = of[c];
        if (h <= horizons.front()) return f.front();
        for (std::size_t i = 0; i + 1 < horizons.size(); ++i)
            if (h <= horizons[i + 1]) { auto const w = (h - horizons[i]) / (horizons[i + 1] - horizons[i]); return (1 - w) * f[i] + w * f[i + 1]; }
        return f.back();
    }
};

void fit(Spread& spread, std::size_t h, std::vector<Miss> const& misses) {
    if (misses.size() < 30) return;
    // e^2 / m = slope + square m, goods weighing as much as they sell little: weights 1 / (1 + m).
    double w = 0, x = 0, y = 0, xx = 0, xy = 0;
    for (auto const& m : misses) {
        auto const weight = 1 / (1 + m.mean), ratio = std::min(m.square / m.mean, 400.0 + 4 * m.mean);
        w += weight, x += weight * m.mean, y += weight * ratio, xx += weight * m.mean * m.mean, xy += weight * m.mean * ratio;
    }
    auto const determinant = w * xx - x * x;
    auto square = determinant > 1e-9 * w * xx ? (w * xy - x * y) / determinant : 0;
    auto slope = (y - square * x) / w;
    if (square < 0) square = 0, slope = y / w;
    if (slope < 1) slope = 1, square = std::max(0.0, (xy - x) / xx);
    spread.slope[h] = slope, spread.square[h] = square;
}

}  // namespace

double DemandAhead::sum(std::span<float const> days, double h) {
    double total = 0;
    auto const n = static_cast<double>(days.size());
    auto const whole = static_cast<std::size_t>(std::min(h, n));
    for (std::size_t t = 0; t < whole; ++t) total += static_cast<double>(days[t]);
    if (h <= n) return whole < days.size() ? total + (h - static_cast<double>(whole)) * static_cast<double>(days[whole]) : total;
    double week = 0;
    auto const last = std::min<std::size_t>(7, days.size());
    for (auto t = days.size() - last; t < days.size(); ++t) week += static_cast<double>(days[t]) / static_cast<double>(last);
    return total + (h - n) * week;
}

std::optional<double> DemandAhead::edit_factor(double h) const {
    if (unedited.empty()) return 1;
    auto const was = sum(unedited, h), is = sum(mean, h);
    if (was > 1e-9) return is / was;
    return is > 1e-9 ? std::nullopt : std::optional(1.0);
}

double DemandAhead::variance(double h) const {
    if (total_variance.empty() || h <= 0) return 0;
    auto const n = static_cast<double>(total_variance.size());
    if (h < 1) return h * static_cast<double>(total_variance[0]);
    if (h >= n) { auto const r = sum(h) / std::max(1e-12, sum(n)); return static_cast<double>(total_variance.back()) * r * r; }
    auto const i = static_cast<std::size_t>(h) - 1;
    auto const w = h - std::floor(h);
    return (1 - w) * static_cast<double>(total_variance[i]) + w * static_cast<double>(total_variance[i + 1]);
}

Result<std::vector<DemandAhead>> demand_ahead(ShopStock const& stock, Day origin, int days, unsigned threads, Progress const& progress) {
    auto const end = static_cast<std::size_t>(std::clamp<Day>(origin - stock.first, 0, static_cast<Day>(stock.days)));
    auto const n = stock.stored.size();
    auto const rates_at = [&](std::size_t at, Week const& week, std::vector<Rate>& out) {
        out.assign(n, {});
        parallel_for(n, [&](std::size_t i) { out[i] = rate_of(stock.stored[i], week, at); }, threads);
    };
    Spread spread[2];  // often, seldom
    std::vector<Miss> misses[2][horizons.size()];
    std::vector<Rate> rates;
    for (auto const back : origins_back) {
        if (progress.stopped()) return fail(Errc::unavailable, "cancelled", "The plan was cancelled.");
        if (end < static_cast<std::size_t>(back) + 28) continue;
        auto const at = end - static_cast<std::size_t>(back);
        Week const week(stock, at);
        rates_at(at, week, rates);
        for (std::size_t i = 0; i < n; ++i) {
            if (rates[i].level <= 0 || rates[i].known < 28) continue;
            double expected = 0, sold = 0;
            std::size_t h = 0, known = 0;
            for (std::size_t d = 0; d < static_cast<std::size_t>(horizons.back()) && at + d < end; ++d) {
                if (auto const v = stock.stored[i].sold[at + d]; !std::isnan(v)) sold += v, expected += rates[i].level * week(at + d), ++known;
                if (static_cast<int>(d) + 1 != horizons[h]) continue;
                // A window that was mostly empty shelves says nothing about its sum.
                if (known * 5 >= (d + 1) * 4 && expected > 0) misses[rates[i].seldom()][h].push_back({expected, (sold - expected) * (sold - expected), busyness(rates[i].level)});
                ++h;
            }
        }
    }
    for (int kind = 0; kind < 2; ++kind) for (std::size_t h = 0; h < horizons.size(); ++h) fit(spread[kind], h, misses[kind][h]);
    Factors factors[2];
    for (int kind = 0; kind < 2; ++kind) for (std::size_t h = 0; h < horizons.size(); ++h) factors[kind].learn(spread[kind], h, misses[kind][h]);
    Week const week(stock, end);
    rates_at(end, week, rates);
    std::vector<DemandAhead> out(n);
    for (std::size_t i = 0; i < n; ++i) {
        auto& a = out[i];
        a.first_day = stock.first + static_cast<Day>(end), a.seldom = rates[i].seldom(), a.short_history = rates[i].known < 28;
        auto const busy = busyness(rates[i].level);
        double sum = 0;
        for (int d = 0; d < days; ++d) {
            auto const mean = rates[i].level * week(end + static_cast<std::size_t>(d));
            sum += mean, a.mean.push_back(static_cast<float>(mean));
            // With little history the rate itself is unsure: as if it rested on so many days.
            auto const unsure = a.short_history && rates[i].known > 0 ? sum * sum / std::max(2.0, sum / (d + 1) * static_cast<double>(rates[i].known)) : 0;
            a.total_variance.push_back(static_cast<float>(std::max(sum, factors[a.seldom].at(busy, d + 1) * spread[a.seldom].variance(sum, d + 1)) + unsure));
        }
    }
    return out;
}

}  // namespace kindling::supply_module
