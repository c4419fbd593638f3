#include "modules/forecast/boosted.h"
#include "engines/series/global/global.h"
#include <algorithm>
#include <cmath>
#include <limits>

namespace kindling::forecast {

Result<std::vector<std::vector<float>>> boosted_sums(Ground const& ground, std::vector<std::vector<double>> const& sums, std::size_t origin, std::size_t horizon, Progress const& progress) {
    auto const n = move_rows(ground);
    series::Panel panel{.frequency = series::Frequency::daily, .first_day = ground.history.first, .steps = origin, .horizon = horizon, .regressors = {}, .attributes = {"category"}, .series = {}};
    std::vector<std::vector<float>> values(n), attributes(n);
    for (std::size_t i = 0; i < n; ++i) {
        auto const& y = sums[i];
        bool begun = false;
        for (std::size_t t = 0; t < origin; ++t) begun = begun || y[t] > 0, values[i].push_back(begun ? static_cast<float>(y[t]) : std::numeric_limits<float>::quiet_NaN());
        attributes[i] = {static_cast<float>(i)};
        panel.series.push_back({.values = values[i], .regressors = {}, .attributes = attributes[i]});
    }
    auto const stopped = [] { return fail(Errc::unavailable, "cancelled", "The forecast was cancelled; the one before it stays."); };
    auto const model = series::GlobalModel::fit(std::move(panel), {.levels = {}, .max_rows = 60'000, .max_rounds = 300, .depth = 6, .threads = 1}, progress);
    if (progress.stopped()) return stopped();
    if (!model) return std::unexpected(model.error());
    auto const all = model->forecast(progress);
    if (progress.stopped()) return stopped();
    if (!all) return std::unexpected(all.error());
    std::vector<std::vector<float>> out;
    for (auto const& f : *all) out.push_back(f.point);
    return out;
}

Moves boosted_moves(Ground const& ground, Means const& from, std::vector<std::vector<float>> const& sums) {
    constexpr double farthest = 1.5, half_trusted = 100;  // units in the days ahead with which a category counts as much as the shop
    Moves out;
    for (std::size_t i = 0; i < sums.size(); ++i) {
        auto& row = out.emplace_back(from.horizon);
        std::vector<double> before(from.horizon);
        double units = 0;
        for (auto const g : ground.structure.sums[i]) for (std::size_t h = 0; h < from.horizon; ++h) before[h] += static_cast<double>(from.row(g)[h]), units += static_cast<double>(from.row(g)[h]);
        auto const trust = units / (units + half_trusted);
        for (std::size_t h = 0; h < from.horizon; ++h) {
            auto const own = before[h] > 0 && sums[i][h] > 0 ? std::clamp(std::log(static_cast<double>(sums[i][h]) / before[h]), -farthest, farthest) : 0;
            row[h] = i == 0 ? own : trust * own + (1 - trust) * out[0][h];
        }
    }
    return out;
}

}  // namespace kindling::forecast
