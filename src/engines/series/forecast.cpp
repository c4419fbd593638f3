// The way of one series: check, prepare, ask the methods, keep what lies in range, combine, put quantiles around it, tell what it is made of.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engines/series/alike.h"
#include "engines/series/closed.h"
#include "engines/series/combine.h"
#include "engines/series/counts.h"
#include "engines/series/ets.h"
#include "engines/series/intervals.h"

namespace kindling::series {

namespace {

Result<void> check(std::size_t horizon, const Options& options) {
    if (horizon < 1 || horizon > longest_horizon)
        return fail(Errc::invalid_argument, "horizon_out_of_range", fmt::format("The horizon is {} steps; give 1 to {}.", horizon, longest_horizon), {{"/horizon", "horizon_out_of_range", "1 to 10,000"}});
    for (std::size_t i = 0; i < options.levels.size(); ++i)
        if (!(options.levels[i] > 0 && options.levels[i] < 1) || (i > 0 && options.levels[i] <= options.levels[i - 1]))
            return fail(Errc::invalid_argument, "quantile_out_of_range", fmt::format("Level {} is {}; give rising numbers between 0 and 1, both excluded.", i + 1, options.levels[i]), {{fmt::format("/levels/{}", i), "quantile_out_of_range", "rising, between 0 and 1"}});
    if (!(options.level >= 0 && options.level <= 100)) return fail(Errc::invalid_argument, "level_out_of_range", fmt::format("The level is {}; give a factor of 0 to 100.", options.level));
    if (options.weights.empty()) return {};
    double sum = 0;
    for (double const w : options.weights) sum += w >= 0 ? w : NAN;
    if (options.weights.size() != options.methods.size() || !(sum > 0) || !std::isfinite(sum))
        return fail(Errc::invalid_argument, "weights_mismatch", fmt::format("There are {} weights for {} methods; give one weight of at least 0 for each method, not all 0.", options.weights.size(), options.methods.size()));
    return {};
}

struct Combined {
    std::vector<Member> members;
    std::vector<double> point;
    double deviation = 0;
};

// A trend that nine values show says nothing of the ten-thousandth. As many steps ahead as there is history a method goes its own way; from there on its last season comes again, or, without one, its last value.
struct Reach {
    std::size_t steps, season;
    explicit Reach(const Prepared& p) : steps(p.size()), season(!p.periods.empty() ? p.periods.back() : p.period <= p.size() ? p.period : 1) {}
    void extend(std::vector<double>& path, std::size_t horizon) const {
        while (path.size() < horizon) path.push_back(path[path.size() - season]);
    }
};

Combined ask(const Prepared& p, std::size_t horizon, const Options& options, const Range& range, Flags& flags) {
    auto methods = options.methods.empty() ? methods_for(p) : options.methods;
    auto how = combination_for(p, options.combine);
    std::vector<double> weights = options.weights;
    if (!weights.empty()) how = Combine::mean;
    Reach const reach(p);
    auto const own = std::min(horizon, reach.steps);
    if (how == Combine::rolling_weights) weights = rolling_weights(p, methods, own);
    Combined out{.point = std::vector<double>(horizon)};
    double deviations = 0;
    for (std::size_t i = 0; i < methods.size(); ++i) {
        double const weight = weights.empty() ? 1 : weights[i];
        if (weight <= 0) continue;
        auto path = run(methods[i], p, own);
        if (!range.holds(path.values)) { flags.set(Flag::member_dropped); continue; }
        reach.extend(path.values, horizon);
        if (path.deviation > 0 && std::isfinite(path.deviation)) out.deviation += path.deviation, deviations += 1;
        out.members.push_back({methods[i], weight, std::move(path.values)});
    }
    if (out.members.empty()) out.members.push_back({Method::naive, 1, std::vector<double>(horizon, p.y.back())});
    if (deviations > 0) out.deviation /= deviations;
    double total = 0;
    for (auto const& m : out.members) total += m.weight;
    for (auto& m : out.members) m.weight /= total;
    std::vector<double> values, shares;
    for (std::size_t h = 0; h < horizon; ++h) {
        values.clear(), shares.clear();
        for (auto const& m : out.members) values.push_back(m.point[h]), shares.push_back(m.weight);
        double const v = (p.intermittent() ? options.level : 1) * combine(values, shares, how);
        out.point[h] = std::clamp(v, range.low_at(h), range.high_at(h));
        if (out.point[h] != v) flags.set(Flag::limited);
    }
    return out;
}

Drivers explain(const Prepared& p, std::span<const double> point) {
    Drivers out;
    std::span<const double> const adjusted = p.adjusted;
    out.level = fit_ets(adjusted.last(std::min<std::size_t>(adjusted.size(), 120)), 1, {}).last.level;
    for (std::size_t h = 0; h < point.size(); ++h) {
        double const rest = p.season.remove(point[h], p.size() + h);
        out.trend.push_back(rest - out.level), out.season.push_back(point[h] - rest);
    }
    return out;
}

// Steps with the same mean share their quantiles.
void add_count_quantiles(const Prepared& p, const Options& options, double fallback, Forecast& out) {
    std::size_t const horizon = out.point.size();
    out.scale = fallback;
    if (p.size() < 8) out.flags.set(Flag::uncalibrated);
    out.quantiles.assign(options.levels.size(), std::vector<double>(horizon));
    auto const history = p.in_units();
    std::vector<std::pair<double, std::vector<double>>> known;
    for (std::size_t h = 0; h < horizon; ++h) {
        auto found = std::ranges::find(known, out.point[h], &std::pair<double, std::vector<double>>::first);
        if (found == known.end()) {
            if (known.size() >= 64) known.clear();
            double const mean = out.point[h] * p.unit;
            auto const near = p.whole && options.alike != nullptr ? options.alike->near(history, mean) : std::vector<double>{};
            known.emplace_back(out.point[h], demand_quantiles(history, mean, options.levels, options.shape != nullptr ? *options.shape : CountShape{}, near));
            found = known.end() - 1;
        }
        auto const& row = found->second;
        for (std::size_t i = 0; i < row.size(); ++i) out.quantiles[i][h] = row[i] / p.unit;
    }
}

void add_quantiles(const Prepared& p, const Options& options, const Range& range, double fallback, Forecast& out) {
    std::size_t const horizon = out.point.size();
    if (p.counted()) return add_count_quantiles(p, options, fallback, out);
    auto const spread = measure_spread(p, horizon, fallback);
    if (spread.origins < 3) out.flags.set(Flag::uncalibrated);
    out.scale = spread.step;
    for (double const level : options.levels) {
        auto& row = out.quantiles.emplace_back(horizon);
        double const own = options.calibration != nullptr ? 0 : spread.quantile(level);
        for (std::size_t h = 0; h < horizon; ++h) {
            double const score = options.calibration != nullptr ? options.calibration->quantile(level, h) : own;
            double const reach = 4 * range.width * (1 + static_cast<double>(h + 1) / range.length);
            row[h] = std::clamp(out.point[h] + score * spread.at(h), range.non_negative ? 0.0 : range.low - reach, range.high + reach);
        }
    }
    for (std::size_t i = 1; i < out.quantiles.size(); ++i)
        for (std::size_t h = 0; h < horizon; ++h) out.quantiles[i][h] = std::max(out.quantiles[i][h], out.quantiles[i - 1][h]);
}

// The steps of `asked` out of a forecast that begins `skip` steps too early.
void drop_first(Forecast& f, std::size_t skip) {
    auto const cut = [skip](std::vector<double>& values) { values.erase(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(skip)); };
    cut(f.point), cut(f.drivers.trend), cut(f.drivers.season);
    for (auto& row : f.quantiles) cut(row);
    for (auto& m : f.members) cut(m.point);
    f.flags.set(Flag::ends_early);
}

Result<Forecast> forecast_of_open(const Series& series, std::size_t asked, const Options& options) {
    auto const p = TRY(prepare(series));
    // Of a gap longer than any horizon only its place in the season still says something.
    std::size_t const skip = p.ends_early <= longest_horizon ? p.ends_early : longest_horizon - (longest_horizon - p.ends_early % p.period) % p.period;
    std::size_t const horizon = asked + skip;
    Forecast out{.levels = options.levels, .pattern = p.pattern, .flags = p.flags};
    if (p.size() < 6) out.flags.set(Flag::short_history);
    if (horizon > p.size()) out.flags.set(Flag::beyond_history);
    if (out.flags.has(Flag::constant) || out.flags.has(Flag::no_demand)) {
        std::vector<double> const same(horizon, p.y.back());
        out.point = same, out.quantiles.assign(options.levels.size(), same), out.members = {{Method::naive, 1, same}};
        out.drivers = {p.y.back(), std::vector<double>(horizon), std::vector<double>(horizon)};
        out.flags.set(Flag::uncalibrated);
    } else {
        auto const range = range_of(p);
        auto combined = ask(p, horizon, options, range, out.flags);
        out.point = std::move(combined.point), out.members = std::move(combined.members), out.scale = combined.deviation;
        if (!options.levels.empty()) add_quantiles(p, options, range, combined.deviation, out);
        out.drivers = explain(p, out.point);
    }
    // Back to the unit of the series.
    auto const scale = [&](std::vector<double>& values) { for (auto& v : values) v *= p.unit; };
    scale(out.point), scale(out.drivers.trend), scale(out.drivers.season);
    for (auto& row : out.quantiles) scale(row);
    if (p.whole && p.unit < 5)  // whole again after the division
        for (auto& row : out.quantiles)
            for (auto& v : row)
                if (std::abs(v - std::round(v)) < 1e-9 * (1 + v)) v = std::round(v);
    for (auto& m : out.members) scale(m.point);
    out.drivers.level *= p.unit, out.scale *= p.unit;
    if (skip > 0) drop_first(out, skip);
    return out;
}

// The steps of a forecast of open positions at their places among those of which 0 is forecast.
void spread_out(Forecast& f, Closed const& closed, std::size_t from, std::size_t horizon) {
    auto const spread = [&](std::vector<double>& values) {
        std::vector<double> all(horizon);
        for (std::size_t h = 0, open = 0; h < horizon; ++h)
            if (!closed.at(from + h)) all[h] = values[open++];
        values = std::move(all);
    };
    spread(f.point), spread(f.drivers.trend), spread(f.drivers.season);
    for (auto& row : f.quantiles) spread(row);
    for (auto& m : f.members) spread(m.point);
    for (std::size_t h = 0; h < horizon; ++h)
        if (closed.at(from + h)) f.drivers.season[h] = -f.drivers.level;
    f.flags.set(Flag::closed_positions);
}

}  // namespace

Result<Forecast> forecast(const Series& series, std::size_t asked, const Options& options) {
    TRY(check(asked, options));
    auto const closed = closed_positions(series);
    if (!closed.any()) return forecast_of_open(series, asked, options);
    std::size_t const n = series.values.size();
    auto const open = closed.without(series.values);
    std::size_t steps = 0;
    for (std::size_t h = 0; h < asked; ++h) steps += !closed.at(n + h);
    auto out = TRY(forecast_of_open({.values = open, .frequency = series.frequency, .period = closed.open(), .domain = series.domain}, std::max<std::size_t>(steps, 1), options));
    spread_out(out, closed, n, asked);
    return out;
}

}  // namespace kindling::series
