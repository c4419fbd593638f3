// forecast.demand: one node as a planner looks at it: what was sold, what is expected with its quantiles, what that is made of, what was changed by hand.
#include "engines/series/holidays.h"
#include "modules/forecast/paths.h"
#include "shop/people/time_zones.h"
#include "shop/promotions/api.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <unordered_map>
#include <unordered_set>

namespace kindling::forecast {

namespace {

Result<void> find_titles(shop::Transaction& tx, AskDemand const& in, Demand& out) {
    shop::Value const values[] = {tx.shop_id(), in.id};
    auto const read = [&](std::string_view sql) { return tx.run(sql, values, [&](shop::Row const& row) -> Result<void> { out.title_en = row.text(0), out.title_zh = row.text(1); return {}; }); };
    if (in.level == Level::category) TRY(read("SELECT name_en, name_zh FROM categories WHERE shop_id = ? AND category_id = ?"));
    if (in.level == Level::product) TRY(read("SELECT title_en, title_zh FROM products WHERE shop_id = ? AND product_id = ?"));
    if (in.level == Level::variant) TRY(read("SELECT p.title_en || CASE WHEN v.title_en = '' THEN '' ELSE ' · ' || v.title_en END, p.title_zh || CASE WHEN v.title_zh = '' THEN '' ELSE ' · ' || v.title_zh END FROM variants v JOIN products p ON p.shop_id = v.shop_id AND p.product_id = v.product_id WHERE v.shop_id = ? AND v.sku = ?"));
    return {};
}

// Units that left one place by day, out of the moves.
Result<std::vector<double>> sold_from(shop::Transaction& tx, History const& h, Kept const& kept, std::span<std::uint32_t const> members, std::string const& place) {
    shop::Value const moves[] = {tx.shop_id(), place, start_of(h.first - 1)};
    auto days = TRY(shop::WallClock::of(tx));
    std::unordered_set<std::string_view> skus;
    for (auto const g : members) skus.insert(kept.goods[g].sku);
    std::vector<double> out(h.days());
    TRY(tx.run("SELECT sku, quantity, at_ms FROM stock_moves WHERE shop_id = ? AND place_id = ? AND kind = 'sold' AND quantity < 0 AND at_ms >= ?", moves, [&](shop::Row const& row) -> Result<void> {
        auto const t = days.day(row.integer(2)) - h.first;
        if (t >= 0 && t < static_cast<Day>(out.size()) && skus.contains(row.text(0))) out[static_cast<std::size_t>(t)] -= static_cast<double>(row.integer(1));
        return {};
    }));
    return out;
}

bool in_node(History const& h, GoodHistory const& g, Level level, std::string_view id, std::int32_t category) {
    return level == Level::total || (level == Level::category && h.under(g.category, category)) || (level == Level::product && g.product_id == id) || (level == Level::variant && g.sku == id);
}
std::int32_t category_number(History const& h, std::string_view id) {
    auto const found = std::ranges::find(h.categories, id, &CategoryNode::category_id);
    return found == h.categories.end() ? -2 : static_cast<std::int32_t>(found - h.categories.begin());
}

void add_past(Demand& out, History const& h, AskDemand const& in, std::span<double const> of_place) {
    std::vector<double> sold(h.days()), wanted(h.days());
    std::vector<char> empty(h.days());
    double units = 0, returned = 0;
    auto const category = category_number(h, in.id);
    for (auto const& g : h.goods) {
        if (!in_node(h, g, in.level, in.id, category)) continue;
        auto const all = demand_of(g, h.days(), h.closed);
        for (std::size_t t = 0; t < all.size(); ++t) wanted[t] += static_cast<double>(all[t]);
        for (auto const& d : g.sold) sold[static_cast<std::size_t>(d.day)] += d.units;
        for (auto const& [a, b] : g.empty) for (auto t = a; t < b; ++t) empty[static_cast<std::size_t>(t)] = 1;
        units += g.total(), returned += g.returned;
    }
    out.returned_share = units > 0 ? std::min(1.0, returned / units) : 0;
    auto const from = h.days() - std::min<std::size_t>(h.days(), static_cast<std::size_t>(in.history_days));
    for (auto t = from; t < h.days(); ++t) {
        auto const step = format_date(step_of(h.first + static_cast<Day>(t), in.step));
        if (out.past.empty() || out.past.back().day != step) out.past.push_back({.day = step});
        auto& to = out.past.back();
        to.sold += of_place.empty() ? sold[t] : of_place[t], to.wanted += of_place.empty() ? wanted[t] : of_place[t];
        // A shop always lacks something: the mark is for what a planner can act on.
        to.empty_shelf = to.empty_shelf || (in.level >= Level::product && empty[t]);
    }
}

// Mean over the week around a step, always a whole one.
double around(std::vector<double> const& path, std::size_t h) {
    auto const width = std::min<std::size_t>(7, path.size()), from = std::min(h < 3 ? 0 : h - 3, path.size() - width);
    double sum = 0;
    for (auto t = from; t < from + width; ++t) sum += path[t];
    return sum / static_cast<double>(width);
}

// Of the calendar's moves: a good's category, or the shop's.
std::size_t row_of(Kept const& kept, std::size_t good) { return static_cast<std::size_t>(kept.goods[good].category + 1); }

}  // namespace

std::vector<double> sold_of(History const& h, Level level, std::string_view id) {
    std::vector<double> out(h.days());
    auto const category = category_number(h, id);
    for (auto const& g : h.goods) if (in_node(h, g, level, id, category)) for (auto const& d : g.sold) out[static_cast<std::size_t>(d.day)] += d.units;
    return out;
}

Result<std::vector<ForecastEdit>> told_edits(shop::Transaction& tx, std::vector<EditRow> const& rows, History const* history) {
    std::unordered_map<std::string, std::string> names;
    if (!rows.empty()) TRY(tx.run("SELECT m.user_id, u.name FROM memberships m JOIN users u ON u.user_id = m.user_id WHERE m.shop_id = ? UNION ALL SELECT key_id, name FROM api_keys WHERE shop_id = ?", std::array<shop::Value, 2>{tx.shop_id(), tx.shop_id()}, [&](shop::Row const& row) -> Result<void> { names.emplace(row.text(0), row.text(1)); return {}; }));
    std::vector<ForecastEdit> out;
    for (auto const& r : rows) {
        ForecastEdit e{.edit_id = r.edit_id, .level = level_of(r.level).value_or(Level::total), .id = r.node_id, .first_day = format_date(static_cast<Day>(r.first_day)), .last_day = format_date(static_cast<Day>(r.last_day)), .kind = r.kind, .amount = r.amount, .units_before = r.units_before, .units_after = r.units_after, .reason = r.reason, .made_by = r.made_by, .made_by_name = names.contains(r.made_by) ? names.at(r.made_by) : std::string(), .run_id = r.run_id, .made_at_ms = r.made_at_ms, .undone_at_ms = r.undone_at_ms, .units_sold = {}, .helped_units = {}};
        if (history && r.last_day < history->end && r.first_day >= history->first) {
            auto const sold = sold_of(*history, e.level, e.id);
            double sum = 0;
            for (auto d = r.first_day; d <= r.last_day; ++d) sum += sold[static_cast<std::size_t>(d - history->first)];
            e.units_sold = sum, e.helped_units = std::abs(r.units_before - sum) - std::abs(r.units_after - sum);
        }
        out.push_back(std::move(e));
    }
    return out;
}

Result<Demand> demand(Context& context, AskDemand const& in) {
    auto& tx = context.tx();
    auto const now = TRY(load_current(tx));
    auto const& kept = now.kept;
    if (in.level == Level::total && !in.id.empty()) return fail(Errc::invalid_argument, "invalid_request", "The total has no id.", {{"/id", "out_of_range", "must be empty for the total"}});
    auto const members = members_of(kept, in.level, in.id);
    if (members.empty()) return fail(Errc::not_found, "not_in_forecast", fmt::format("Nothing of this {} was forecast; forecast.list names what was.", name(in.level)), {{"/id", "not_in_forecast", "is not in the newest forecast"}});
    Demand out{.run_id = kept.run_id, .title_en = {}, .title_zh = {}, .model = in.model.value_or(now.champion), .levels = {quantile_levels.begin(), quantile_levels.end()}, .past = {}, .ahead = {}, .variants = static_cast<std::int64_t>(members.size()), .returned_share = 0, .notes = {}, .places = kept.places, .promotion_ids = {}, .holidays = {}, .edits = {}};
    if (!kept.models.contains(out.model)) return fail(Errc::failed_precondition, "model_not_kept", fmt::format("This forecast holds nothing of {}.", name(out.model)), {{"/model", "model_not_kept", "was not forecast by this model"}});
    TRY(find_titles(tx, in, out));
    std::optional<std::size_t> at_place;
    if (!in.place_id.empty()) {
        auto const place = std::ranges::find(kept.places, in.place_id);
        if (place == kept.places.end()) return fail(Errc::not_found, "place_not_known", "Sales of this place are not known: moves of kind \"sold\" tell them.", {{"/place_id", "place_not_known", "is not among the places of the forecast"}});
        at_place = static_cast<std::size_t>(place - kept.places.begin());
    }
    Parts const shares(kept, members, at_place);
    if (auto const history = TRY(load_history(tx))) {
        std::vector<double> of_place;
        if (!in.place_id.empty()) of_place = TRY(sold_from(tx, *history, kept, members, in.place_id));
        add_past(out, *history, in, of_place);
        std::vector<EditRow> touching;
        for (auto const& e : now.edits) {
            auto const level = level_of(e.level);
            if (!level) continue;
            auto const theirs = members_of(kept, *level, e.node_id);
            if (std::ranges::any_of(members, [&](auto g) { return std::ranges::binary_search(theirs, g); })) touching.push_back(e);
        }
        out.edits = TRY(told_edits(tx, touching, &*history));
    }
    auto const plain = path_of(in.model ? kept.models.at(out.model) : now.unedited, members, shares), mean = in.model ? plain : path_of(now.means, members, shares), smooth = path_of(kept.models.at(Model::smoothing), members, shares);
    Width const all(now, in.level, in.id, members, in.model), width = at_place ? all.at_a_place() : all;
    // Without promotions; another model is asked as it was kept, and has none.
    auto const kept_path = in.model ? plain : path_of(kept.models.at(out.model), members, shares);
    bool const naive = out.model == Model::seasonal_naive;
    // Without visitors' signals; without what the boosted model adds; without holidays; without the weather; without the time of the year.
    auto const means_of = [&](Model model) -> Means const& { return kept.models.contains(model) ? kept.models.at(model) : kept.models.at(Model::smoothing); };
    auto const heard = out.model == Model::signals ? kept.signals_on : out.model, under = heard == Model::boosted ? kept.boosted_on : heard;
    auto const trees = path_of(means_of(heard), members, shares);
    auto const& moved = means_of(under);
    auto const year = path_of(moved, members, shares);
    bool const calendar = under == Model::calendar && !kept.holiday_moves.empty();
    auto const plain_days = calendar ? path_of(moved, members, shares, [&](std::size_t g, std::size_t h) { return std::exp(-kept.holiday_moves[row_of(kept, g)][h]); }) : year;
    auto const weather_of = [&](std::size_t g, std::size_t h) { return kept.weather_moves.empty() ? 0.0F : kept.weather_moves[row_of(kept, g)][h]; };
    auto const calm_days = calendar ? path_of(moved, members, shares, [&](std::size_t g, std::size_t h) { return std::exp(-kept.holiday_moves[row_of(kept, g)][h] - weather_of(g, h)); }) : year;
    auto const base = naive ? kept_path : calendar ? path_of(moved, members, shares, [&](std::size_t g, std::size_t h) { return std::exp(-kept.holiday_moves[row_of(kept, g)][h] - weather_of(g, h) - kept.season_moves[row_of(kept, g)][h]); }) : smooth;
    auto const priced = in.model || now.plans.price.empty() ? kept_path : path_of(kept.models.at(out.model), members, shares, [&](std::size_t g, std::size_t) { return now.plans.price[g]; });
    if (calendar) for (auto const& h : kept.holidays) out.holidays.push_back({std::string(series::name(static_cast<series::Holiday>(h.holiday))), format_date(h.day), static_cast<double>(h.factor)});
    for (auto const& w : windows_of(kept, in.step)) {
        AheadUnits a{.day = format_date(w.day), .days = static_cast<std::int64_t>(w.to - w.from), .mean = sum_of(mean, w), .without_edits = sum_of(plain, w), .quantiles = {}};
        auto const start = around(base, 0);
        for (auto h = w.from; h < w.to; ++h) {
            auto const here = around(base, h);
            a.level += start, a.trend += here - start, a.week += base[h] - here, a.season += calm_days[h] - base[h], a.weather += plain_days[h] - calm_days[h], a.holiday += year[h] - plain_days[h], a.boosted += trees[h] - year[h], a.signals += kept_path[h] - trees[h], a.price += priced[h] - kept_path[h], a.promotion += plain[h] - priced[h], a.edits += mean[h] - plain[h];
        }
        auto const q = count_quantiles(a.mean, width.at(w.from, w.to), width.asked(w.from, w.to));
        a.quantiles.assign(q.begin(), q.end());
        out.ahead.push_back(std::move(a));
    }
    std::vector<std::uint16_t> notes;
    for (auto const g : members) notes.push_back(kept.goods[g].notes);
    out.notes = note_texts(in.level, notes);
    if (at_place && std::ranges::all_of(members, [&](auto g) { return (kept.goods[g].notes & static_cast<std::uint16_t>(Note::few_by_place)) != 0; })) out.notes.emplace_back("few_by_place");
    if (!in.model) {
        shop::promotions::OffQuestion moved{.skus = {}, .first_day = kept.origin, .days = kept.horizon};
        for (auto const g : members) if (!now.plans.factor[g].empty()) moved.skus.push_back(kept.goods[g].sku);
        out.promotion_ids = TRY(shop::promotions::off_by_day(tx, moved)).promotion_ids;  // of these goods alone
        if (std::ranges::any_of(members, [&](auto g) { return std::ranges::binary_search(now.plans.unlearned, g); })) out.notes.emplace_back("promotion_not_learned");
    }
    return out;
}

}  // namespace kindling::forecast
