#include "engines/series/temporal.h"

#include <algorithm>
#include <cmath>

#include "engines/series/hierarchy.h"
#include "engines/series/prepare.h"

namespace kindling::series {

namespace {

constexpr std::size_t fewest_sums = 4;

// Sums of `pace` steps, the last ending where the series ends. A sum with a missing step is missing.
std::vector<double> sums_of(std::span<const double> y, std::size_t pace) {
    std::vector<double> out(y.size() / pace);
    auto const from = y.size() - out.size() * pace;
    for (std::size_t i = 0; i < out.size(); ++i)
        for (std::size_t k = 0; k < pace; ++k) out[i] += y[from + i * pace + k];
    return out;
}

// A season of single steps under its sums, one level a pace, the longest first: the order that Structure wants.
Structure season_of(std::size_t season, std::span<const std::size_t> paces) {
    Structure out{.bottom = season};
    for (auto pace = paces.rbegin(); pace != paces.rend() && *pace > 1; ++pace) {
        for (std::size_t first = 0; first < season; first += *pace) {
            auto& members = out.sums.emplace_back();
            for (std::size_t k = 0; k < *pace; ++k) members.push_back(static_cast<std::uint32_t>(first + k));
            out.level.push_back(static_cast<std::uint32_t>(out.level_names.size()));
        }
        out.level_names.push_back(std::to_string(*pace));
    }
    out.level_names.emplace_back("1");
    return out;
}

}  // namespace

Result<TemporalForecast> forecast_temporal(const Series& series, std::size_t horizon, const Options& options) {
    TemporalForecast out{.forecast = TRY(forecast(series, horizon, options)), .paces = {1}};
    auto const usual = periods_of(series.frequency);
    std::size_t const season = series.period > 0 ? series.period : usual.empty() ? 1 : usual[0];
    auto const values = series.values;
    // What ends early has no last season to lay sums from; what seldom sells has methods that add up by themselves (ADIDA, IMAPA).
    if (season < 2 || std::isnan(values.back()) || out.forecast.pattern == Pattern::intermittent || out.forecast.pattern == Pattern::lumpy) return out;
    // Sums of values that were not believed would bring them back.
    for (auto const flag : {Flag::spikes_replaced, Flag::interrupted, Flag::closed_positions, Flag::negative_as_zero})
        if (out.forecast.flags.has(flag)) return out;
    // A pace whose sums gaps leave empty, or whose last sum is not known, says nothing.
    auto const speaks = [&](std::size_t pace) {
        auto const sums = sums_of(values, pace);
        return std::isfinite(sums.back()) && std::ranges::count_if(sums, [](double v) { return std::isfinite(v); }) >= static_cast<std::ptrdiff_t>(fewest_sums);
    };
    for (std::size_t pace = 2; pace <= season; ++pace)
        if (season % pace == 0 && values.size() / pace >= fewest_sums && speaks(pace)) out.paces.push_back(pace);
    if (out.paces.size() == 1) return out;

    std::size_t const seasons = (horizon + season - 1) / season;
    auto const structure = season_of(season, out.paces);
    Table base(structure.nodes(), seasons), errors(structure.nodes(), 2);
    std::size_t node = 0;
    for (auto pace = out.paces.rbegin(); pace != out.paces.rend(); ++pace) {
        auto const sums = sums_of(values, *pace);
        Options few = options;
        few.levels.clear(), few.calibration = nullptr;
        std::size_t const in_season = season / *pace;
        if (in_season * seasons > longest_horizon) return out;
        auto const f = TRY(forecast({.values = sums, .period = in_season, .domain = series.domain}, in_season * seasons, few));
        // Two equal columns: reconcile() takes the mean of squares. A pace that fits exactly still errs by a millionth of its size.
        double const own = std::max(f.scale, 1e-6 * std::abs(f.point[0]) + 1e-9);
        for (std::size_t i = 0; i < in_season; ++i, ++node) {
            errors.at(node, 0) = errors.at(node, 1) = own;
            for (std::size_t s = 0; s < seasons; ++s) base.at(node, s) = f.point[s * in_season + i];
        }
    }
    bool negative = series.domain == Domain::real;
    for (double const v : values) negative = negative || (series.domain == Domain::automatic && v < 0);
    auto const all = TRY(reconcile(structure, base, errors, Reconcile::variance, negative ? Sign::any : Sign::non_negative));
    auto& f = out.forecast;
    for (std::size_t h = 0; h < horizon; ++h) {
        double const point = all.at(structure.sums.size() + h % season, h / season), move = point - f.point[h];
        f.point[h] = point, f.drivers.trend[h] += move;
        for (auto& row : f.quantiles) row[h] = negative ? row[h] + move : std::max(0.0, row[h] + move);
    }
    return out;
}

}  // namespace kindling::series
