// Shapes, ranges, numbers: the first thing that is wrong is named with its series, regressor and step.
#include "engines/series/global/check.h"

#include <fmt/format.h>

#include <cmath>

namespace kindling::series {

namespace {
constexpr double largest_value = 1e15;
std::unexpected<Error> bad(std::string reason, std::string message, std::string path) { return fail(Errc::invalid_argument, reason, message, {{std::move(path), reason, message}}); }
}  // namespace

Result<void> check_series(const Panel& panel, const PanelSeries& s, std::size_t at) {
    auto const path = fmt::format("/series/{}", at);
    std::size_t const columns = panel.steps + panel.horizon;
    if (s.values.size() != panel.steps) return bad("panel_shape", fmt::format("Series {} has {} values; the panel has {} steps.", at, s.values.size(), panel.steps), path + "/values");
    if (s.regressors.size() != panel.regressors.size()) return bad("panel_shape", fmt::format("Series {} has {} regressors; the panel names {}.", at, s.regressors.size(), panel.regressors.size()), path + "/regressors");
    if (s.attributes.size() != panel.attributes.size()) return bad("panel_shape", fmt::format("Series {} has {} attributes; the panel names {}.", at, s.attributes.size(), panel.attributes.size()), path + "/attributes");
    for (std::size_t t = 0; t < panel.steps; ++t)
        if (std::isinf(s.values[t]) || std::abs(s.values[t]) > largest_value) return bad("series_value", fmt::format("Series {}, step {}: {} is no value; give numbers up to 1e15, NaN for missing ones.", at, t, s.values[t]), fmt::format("{}/values/{}", path, t));
    for (std::size_t a = 0; a < s.attributes.size(); ++a)
        if (std::isinf(s.attributes[a])) return bad("series_value", fmt::format("Series {}: attribute \"{}\" is infinite.", at, panel.attributes[a]), fmt::format("{}/attributes/{}", path, a));
    for (std::size_t r = 0; r < s.regressors.size(); ++r) {
        auto const& x = s.regressors[r];
        auto const where = fmt::format("{}/regressors/{}", path, r);
        if (x.size() != columns) return bad("panel_shape", fmt::format("Series {}, regressor \"{}\": {} values; give {}, one for each step and for each step ahead.", at, panel.regressors[r].name, x.size(), columns), where);
        for (std::size_t t = 0; t < columns; ++t) {
            if (std::isinf(x[t])) return bad("series_value", fmt::format("Series {}, regressor \"{}\", step {}: infinite.", at, panel.regressors[r].name, t), fmt::format("{}/{}", where, t));
            if (panel.regressors[r].kind == RegressorKind::price && x[t] <= 0) return bad("price_not_positive", fmt::format("Series {}, price \"{}\", step {}: {}; a price is above 0, NaN when unknown.", at, panel.regressors[r].name, t, x[t]), fmt::format("{}/{}", where, t));
        }
    }
    return {};
}

Result<void> check_panel(const Panel& panel, const GlobalOptions& o) {
    if (panel.frequency != Frequency::daily && panel.frequency != Frequency::weekly && panel.frequency != Frequency::monthly && panel.frequency != Frequency::unknown)
        return bad("panel_frequency", "Steps of a panel are days, weeks, months or unknown.", "/frequency");
    if (panel.horizon < 1 || panel.horizon > longest_horizon) return bad("horizon_out_of_range", fmt::format("The horizon is {} steps; give 1 to {}.", panel.horizon, longest_horizon), "/horizon");
    if (panel.steps > longest_series) return bad("panel_shape", fmt::format("{} steps; at most {} are possible.", panel.steps, longest_series), "/steps");
    if (panel.first_day < -700'000 || panel.first_day > 700'000) return bad("panel_shape", "The first day is more than 1,900 years from 1970.", "/first_day");
    for (std::size_t i = 0; i < o.levels.size(); ++i)
        if (!(o.levels[i] > 0 && o.levels[i] < 1) || (i > 0 && o.levels[i] <= o.levels[i - 1])) return bad("quantile_out_of_range", fmt::format("Level {} is {}; give rising numbers between 0 and 1, both excluded.", i + 1, o.levels[i]), fmt::format("/levels/{}", i));
    auto const out = [](std::string_view name, std::string_view range) { return bad("option_out_of_range", fmt::format("{} must be {}.", name, range), fmt::format("/{}", name)); };
    if (!(o.tweedie_power > 1 && o.tweedie_power < 2)) return out("tweedie_power", "between 1 and 2, both excluded");
    if (o.max_rows < 1000) return out("max_rows", "at least 1,000");
    if (o.max_rounds < 1 || o.max_rounds > 100'000) return out("max_rounds", "1 to 100,000");
    if (o.least_rounds < 0 || o.least_rounds > o.max_rounds) return out("least_rounds", "0 to max_rounds");
    if (o.depth < 1 || o.depth > 16) return out("depth", "1 to 16");
    if (o.models < 1 || o.models > 20) return out("models", "1 to 20");
    if (o.patience < 1) return out("patience", "at least 1");
    if (!(o.rate > 0 && o.rate <= 1)) return out("rate", "above 0, at most 1");
    if (!(o.row_share > 0 && o.row_share <= 1)) return out("row_share", "above 0, at most 1");
    if (!(o.feature_share > 0 && o.feature_share <= 1)) return out("feature_share", "above 0, at most 1");
    if (!(o.least_weight >= 0 && o.least_weight < 1e9)) return out("least_weight", "0 to 1e9");
    if (o.threads < 1 || o.threads > 256) return out("threads", "1 to 256");
    if (o.aim == Aim::percentage && (o.objective == Objective::tweedie || o.objective == Objective::poisson)) return out("aim", "mean or median for counts: a percentage of 0 says nothing");
    for (std::size_t i = 0; i < panel.series.size(); ++i) TRY(check_series(panel, panel.series[i], i));
    return {};
}

}  // namespace kindling::series
