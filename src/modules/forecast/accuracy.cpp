// forecast.accuracy: every model held against what came, by level and horizon, beside the week before repeated.
#include "modules/forecast/place_scores.h"
#include "modules/forecast/planner.h"
#include <cmath>
#include <fmt/format.h>

namespace kindling::forecast {

namespace {

Accuracy told(ScoreKey const& key, std::optional<std::size_t> band, Sums const& s, Sums const* naive) {
    Accuracy a{.model = key.model, .level = key.level, .from_day = band && *band > 0 ? static_cast<std::int64_t>(band_ends[*band - 1]) + 1 : 1, .to_day = {}, .points = static_cast<std::int64_t>(s.points), .sold = s.sold, .wape = 0, .bias = 0, .mase = {}, .pinball = 0, .in_50 = s.in_50 / s.points, .in_80 = s.in_80 / s.points, .in_90 = s.in_90 / s.points, .beside_naive = {}, .wape_28 = {}, .beside_naive_28 = {}, .rmse_beside_naive = {}};
    if (band && *band + 1 < band_ends.size()) a.to_day = static_cast<std::int64_t>(band_ends[*band]);
    if (s.sold > 0) a.wape = s.miss / s.sold, a.bias = s.over / s.sold, a.pinball = s.pinball / s.sold;
    if (s.scaled_points > 0) a.mase = s.scaled / s.scaled_points;
    if (s.span_sold > 0) a.wape_28 = s.span_miss / s.span_sold;
    if (naive && naive->points == s.points) {
        if (naive->miss > 0) a.beside_naive = s.miss / naive->miss;
        if (naive->span_miss > 0 && naive->span_sold == s.span_sold) a.beside_naive_28 = s.span_miss / naive->span_miss;
        if (naive->square > 0 && s.square > 0) a.rmse_beside_naive = std::sqrt(s.square / naive->square);
    }
    return a;
}

}  // namespace

Result<AccuracyReport> accuracy(Context& context, AskAccuracy const& in) {
    auto& tx = context.tx();
    auto const runs = TRY(load_runs(tx));
    if (runs.empty()) return fail(Errc::failed_precondition, "not_forecast", "There is no forecast yet: forecast.run makes one.");
    if (!in.run_id.empty() && std::ranges::find(runs, in.run_id, &RunRow::run_id) == runs.end()) return fail(Errc::not_found, "run_not_found", "There is no such forecast; forecast.status lists those that are kept.", {{"/run_id", "run_not_found", "is not a kept forecast"}});
    AccuracyReport out{.kind = in.kind.value_or(ScoreKind::kept), .runs = 0, .champion = model_of(TRY(load_choice(tx)).champion).value_or(Model::smoothing), .rows = {}, .models = {}, .places = {}, .edits_scored = 0, .edits_helped = 0, .edits_helped_units = 0};
    auto scores = TRY(load_scores(tx, name(out.kind), out.kind == ScoreKind::backtest && in.run_id.empty() ? runs.front().run_id : in.run_id));
    if (!in.kind && scores.empty()) out.kind = ScoreKind::backtest, scores = TRY(load_scores(tx, "backtest", in.run_id.empty() ? runs.front().run_id : in.run_id));
    out.runs = TRY(tx.integer("SELECT COUNT(DISTINCT run_id) FROM forecast_scores WHERE shop_id = ? AND kind = ? AND (? = '' OR run_id = ?)", tx.shop_id(), name(out.kind), in.run_id, in.run_id));
    if (out.kind == ScoreKind::backtest) out.runs = scores.empty() ? 0 : 1;
    std::map<std::pair<Model, Level>, Sums> whole;
    for (auto const& [key, sums] : scores) whole[{key.model, key.level}].add(sums);
    for (auto const& [key, sums] : whole) {
        auto const naive = whole.find({Model::seasonal_naive, key.second});
        out.rows.push_back(told({key.first, key.second, 0}, {}, sums, naive == whole.end() ? nullptr : &naive->second));
    }
    for (auto const& [key, sums] : scores) {
        auto const naive = scores.find({Model::seasonal_naive, key.level, key.band});
        out.rows.push_back(told(key, key.band, sums, naive == scores.end() ? nullptr : &naive->second));
    }
    for (auto const m : {Model::smoothing, Model::yearly, Model::calendar, Model::boosted, Model::signals, Model::seasonal_naive})
        if (auto const loss = relative_loss(scores, m, out.champion); loss > 0) out.models.push_back({m, loss});
    auto const by_place = TRY(load_place_scores(tx, name(out.kind), out.kind == ScoreKind::backtest && in.run_id.empty() ? runs.front().run_id : in.run_id));
    for (auto const& [key, s] : by_place) {
        if (key.second == Model::seasonal_naive || !(s.sold > 0)) continue;
        PlaceAccuracy a{.place_id = key.first, .days = static_cast<std::int64_t>(s.points), .sold = s.sold, .wape = s.miss / s.sold, .bias = s.over / s.sold, .beside_naive = {}, .wape_28 = {}};
        if (auto const naive = by_place.find({key.first, Model::seasonal_naive}); naive != by_place.end() && naive->second.miss > 0) a.beside_naive = s.miss / naive->second.miss;
        if (s.span_sold > 0) a.wape_28 = s.span_miss / s.span_sold;
        out.places.push_back(std::move(a));
    }
    if (auto const history = TRY(load_history(tx)))
        for (auto const& e : TRY(told_edits(tx, TRY(load_edits(tx, false)), &*history)))
            if (e.helped_units) ++out.edits_scored, out.edits_helped += *e.helped_units > 0, out.edits_helped_units += *e.helped_units;
    return out;
}

}  // namespace kindling::forecast
