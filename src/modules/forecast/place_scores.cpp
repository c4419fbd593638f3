#include "modules/forecast/place_scores.h"
#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <optional>
#include <unordered_map>

namespace kindling::forecast {

namespace {

constexpr std::string_view prefix = "place:";  // of the level that a row of forecast_scores is of
constexpr std::int64_t week = 7;

std::string sums_text(Sums const& s) { return fmt::format("{} {} {} {} {} {} {}", s.points, s.sold, s.miss, s.over, s.square, s.span_sold, s.span_miss); }
Sums read_sums(std::string_view text) {
    Sums s;
    double* const all[] = {&s.points, &s.sold, &s.miss, &s.over, &s.square, &s.span_sold, &s.span_miss};
    for (auto* v : all) {
        auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), *v);
        if (error != std::errc() || !std::isfinite(*v)) return {};
        text.remove_prefix(std::min(text.size(), static_cast<std::size_t>(end - text.data()) + 1));
    }
    return s;
}

void see(Sums& to, double forecast, double came) {
    std::array<double, quantile_levels.size()> same;
    same.fill(forecast);
    to.add(forecast, came, 0, same);
}

}  // namespace

PlaceScores score_places(Kept const& kept, Model model, History const& history, Day from, Day until) {
    PlaceScores out;
    auto const found = kept.models.find(model);
    // The rule to beat has nothing beside it: its sums would be both sides at once.
    if (model == Model::seasonal_naive || found == kept.models.end() || kept.places.empty()) return out;
    auto const& means = found->second;
    std::unordered_map<std::string_view, std::size_t> number;
    for (std::size_t g = 0; g < history.goods.size(); ++g) number.emplace(history.goods[g].sku, g);
    std::vector<std::int32_t> place(history.places.size(), -1);
    for (std::size_t p = 0; p < place.size(); ++p)
        if (auto const at = std::ranges::find(kept.places, history.places[p]); at != kept.places.end()) place[p] = static_cast<std::int32_t>(at - kept.places.begin());
    auto const first = static_cast<std::int64_t>(std::max(from, kept.origin) - kept.origin), last = std::min<std::int64_t>(static_cast<std::int64_t>(kept.horizon), std::max(until, kept.origin) - kept.origin);
    if (first >= last) return out;
    auto const before = first / static_cast<std::int64_t>(span_days) * static_cast<std::int64_t>(span_days);  // spans that end in these days may have begun before
    auto const origin = static_cast<std::int64_t>(kept.origin - history.first);
    auto const n = static_cast<std::size_t>(last);
    using Days = std::vector<std::vector<double>>;
    Days forecast(kept.places.size(), std::vector<double>(n)), came = forecast, week_before(kept.places.size(), std::vector<double>(week));
    std::vector<double> parts(kept.places.size());
    for (std::size_t g = 0; g < kept.goods.size(); ++g) {
        auto const at = number.find(kept.goods[g].sku);
        if (at == number.end() || kept.goods[g].shares.empty()) continue;
        for (auto h = static_cast<std::size_t>(before); h < n; ++h) {
            kept.parts(g, h, parts);
            for (std::size_t p = 0; p < parts.size(); ++p) forecast[p][h] += static_cast<double>(means.row(g)[h]) * parts[p];
        }
        auto const& good = history.goods[at->second];
        std::vector<float> usual(history.places.size());
        for (std::size_t p = 0; p < usual.size(); ++p) if (place[p] >= 0) usual[p] = kept.goods[g].shares[static_cast<std::size_t>(place[p])];
        for (auto const& d : sent_of(good, demand_of(good, history.days(), history.closed), usual)) {
            auto const h = static_cast<std::int64_t>(d.day) - origin;
            if (place[d.place] < 0 || h >= last) continue;
            auto const p = static_cast<std::size_t>(place[d.place]);
            if (h >= before) came[p][static_cast<std::size_t>(h)] += static_cast<double>(d.units);
            else if (h < 0 && h >= -week) week_before[p][static_cast<std::size_t>(h + week)] += static_cast<double>(d.units);
        }
    }
    for (std::size_t p = 0; p < kept.places.size(); ++p) {
        if (std::ranges::find(place, static_cast<std::int32_t>(p)) == place.end()) continue;
        auto& own = out[{kept.places[p], model}];
        auto& naive = out[{kept.places[p], Model::seasonal_naive}];
        auto const repeated = [&](std::size_t h) { return week_before[p][h % week]; };
        for (auto h = static_cast<std::size_t>(first); h < n; ++h) see(own, forecast[p][h], came[p][h]), see(naive, repeated(h), came[p][h]);
        for (auto h = static_cast<std::size_t>(before); h + span_days <= n; h += span_days) {
            if (h + span_days <= static_cast<std::size_t>(first)) continue;
            std::vector<double> same;
            for (std::size_t d = h; d < h + span_days; ++d) same.push_back(repeated(d));
            auto const actual = std::span(came[p]).subspan(h, span_days);
            own.add_span(std::span(forecast[p]).subspan(h, span_days), actual), naive.add_span(same, actual);
        }
    }
    return out;
}

PlaceScores scores_of(PlacesLearned const& learned, Model model, std::span<std::string const> places) {
    PlaceScores out;
    if (model == Model::seasonal_naive) return out;
    for (auto const& f : learned.found) out[{places[f.place], model}] = f.own, out[{places[f.place], Model::seasonal_naive}] = f.last_week;
    return out;
}

Result<PlaceScores> load_place_scores(shop::Transaction& tx, std::string_view kind, std::string_view run_id) {
    // By run and place: what was forecast, beside the week before; a run that has but the latter (kept by older servers, which scored the rule to beat as both) would be in the divisor alone.
    std::map<std::pair<std::string, std::string>, std::array<std::optional<Sums>, 2>> rows;
    shop::Value const values[] = {tx.shop_id(), kind, run_id, run_id};
    TRY(tx.run("SELECT model, level, run_id, sums FROM forecast_scores WHERE shop_id = ? AND kind = ? AND (? = '' OR run_id = ?) AND level LIKE 'place:%'", values, [&](shop::Row const& row) -> Result<void> {
        if (auto const model = model_of(row.text(0))) rows[{std::string(row.text(2)), std::string(row.text(1)).substr(prefix.size())}][*model == Model::seasonal_naive] = read_sums(row.text(3));
        return {};
    }));
    PlaceScores out;
    for (auto const& [key, sums] : rows)
        if (sums[0] && sums[1]) out[{key.second, Model::smoothing}].add(*sums[0]), out[{key.second, Model::seasonal_naive}].add(*sums[1]);
    return out;
}

Result<void> save_place_scores(shop::Transaction& tx, std::string_view run_id, std::string_view kind, PlaceScores const& scores) {
    for (auto const& [key, sums] : scores) {
        auto const level = std::string(prefix) + key.first;
        auto const model = boost::describe::enum_to_string(key.second, "");
        auto all = sums;
        shop::Value const values[] = {tx.shop_id(), run_id, kind, model, level};
        TRY(tx.run("SELECT sums FROM forecast_scores WHERE shop_id = ? AND run_id = ? AND kind = ? AND model = ? AND level = ? AND band = 0", values, [&](shop::Row const& row) -> Result<void> { all.add(read_sums(row.text(0))); return {}; }));
        TRY(tx.execute("INSERT INTO forecast_scores (shop_id, run_id, kind, model, level, band, sums) VALUES (?,?,?,?,?,0,?) ON CONFLICT (shop_id, run_id, kind, model, level, band) DO UPDATE SET sums = excluded.sums", tx.shop_id(), run_id, kind, model, level, sums_text(all)));
    }
    return {};
}

}  // namespace kindling::forecast
