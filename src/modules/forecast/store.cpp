#include "modules/forecast/store.h"
#include "core/json_text.h"
#include "modules/forecast/questions.h"
#include <algorithm>
#include <boost/json.hpp>
#include <fmt/format.h>
#include <set>

namespace kindling::forecast {

namespace {

using shop::Row, shop::Transaction, shop::Value;

constexpr std::string_view run_columns = "run_id, origin_day, horizon_days, made_at_ms, made_by, looked_back, champion, goods, seconds, findings, scored_until";
constexpr std::string_view edit_columns = "edit_id, level, node_id, first_day, last_day, kind, amount, units_before, units_after, reason, run_id, made_at_ms, made_by, undone_at_ms";

json::array to_json(Sums const& s) { return {s.points, s.sold, s.miss, s.over, s.scaled, s.scaled_points, s.pinball, s.in_50, s.in_80, s.in_90, s.square, s.span_sold, s.span_miss}; }
Sums sums_from(std::string_view text) {
    Sums s;
    auto const v = parse_json(text);
    // Scores kept before spans were measured have ten numbers.
    double* const to[] = {&s.points, &s.sold, &s.miss, &s.over, &s.scaled, &s.scaled_points, &s.pinball, &s.in_50, &s.in_80, &s.in_90, &s.square, &s.span_sold, &s.span_miss};
    if (!v || !v->is_array() || (v->get_array().size() != 10 && v->get_array().size() != std::size(to))) return s;
    for (std::size_t i = 0; i < v->get_array().size(); ++i) if (v->get_array()[i].is_number()) *to[i] = v->get_array()[i].to_number<double>();
    return s;
}

Result<std::optional<std::string>> blob(Transaction& tx, std::string_view sql, std::span<Value const> values) {
    std::optional<std::string> out;
    TRY(tx.run(sql, values, [&](Row const& row) -> Result<void> { out = std::string(row.text(0)); return {}; }));
    return out;
}

}  // namespace

std::optional<Model> model_of(std::string_view text) {
    for (std::size_t m = 0; m < model_count; ++m) if (name(static_cast<Model>(m)) == text) return static_cast<Model>(m);
    return {};
}
std::optional<Level> level_of(std::string_view text) {
    for (auto const l : {Level::total, Level::category, Level::product, Level::variant}) if (name(l) == text) return l;
    return {};
}

Result<std::vector<RunRow>> load_runs(Transaction& tx) { return tx.select<RunRow>(fmt::format("SELECT {} FROM forecast_runs WHERE shop_id = ? ORDER BY origin_day DESC, made_at_ms DESC, run_id DESC", run_columns), tx.shop_id()); }
Result<std::optional<RunRow>> newest_run(Transaction& tx) { return tx.find<RunRow>(fmt::format("SELECT {} FROM forecast_runs WHERE shop_id = ? ORDER BY origin_day DESC, made_at_ms DESC, run_id DESC LIMIT 1", run_columns), tx.shop_id()); }

Result<Kept> load_kept(Transaction& tx, std::string_view run_id) {
    Value const values[] = {tx.shop_id(), run_id};
    auto const bytes = TRY(blob(tx, "SELECT content FROM forecast_runs WHERE shop_id = ? AND run_id = ?", values));
    if (!bytes) return fail(Errc::not_found, "run_not_found", "There is no such forecast; forecast.status lists those that are kept.", {{"/run_id", "run_not_found", "is not a kept forecast"}});
    return decode_kept(*bytes);
}

Result<std::optional<History>> load_history(Transaction& tx) {
    Value const values[] = {tx.shop_id()};
    auto const bytes = TRY(blob(tx, "SELECT content FROM forecast_history WHERE shop_id = ?", values));
    if (!bytes) return std::optional<History>();
    return std::optional(TRY(decode_history(*bytes)));
}

Result<void> save_run(Transaction& tx, RunRow const& r, Kept const& kept) {
    auto const bytes = encode(kept);
    TRY(tx.execute("INSERT INTO forecast_runs (shop_id, run_id, origin_day, horizon_days, made_at_ms, made_by, looked_back, champion, goods, seconds, findings, scored_until, content) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)", tx.shop_id(), r.run_id, r.origin_day, r.horizon_days, r.made_at_ms, r.made_by, r.looked_back,
                   r.champion, r.goods, r.seconds, r.findings, r.scored_until, shop::Bytes{bytes}));
    return {};
}

Result<void> save_history(Transaction& tx, History const& h) {
    auto const bytes = encode(h);
    TRY(tx.execute("INSERT INTO forecast_history (shop_id, content) VALUES (?,?) ON CONFLICT (shop_id) DO UPDATE SET content = excluded.content", tx.shop_id(), shop::Bytes{bytes}));
    return {};
}

Result<void> forget_old_runs(Transaction& tx, Day newest) {
    std::set<std::int64_t> weeks;
    for (auto const& r : TRY(load_runs(tx))) {  // newest first: of each older week the newest stays
        auto const age = newest - r.origin_day;
        if (age < 14 || (age < 182 && weeks.insert(r.origin_day / 7).second)) continue;
        TRY(tx.execute("DELETE FROM forecast_runs WHERE shop_id = ? AND run_id = ?", tx.shop_id(), r.run_id));
        TRY(tx.execute("DELETE FROM forecast_scores WHERE shop_id = ? AND run_id = ?", tx.shop_id(), r.run_id));
    }
    return {};
}

Result<std::vector<EditRow>> load_edits(Transaction& tx, bool undone_too) {
    return tx.select<EditRow>(fmt::format("SELECT {} FROM forecast_edits WHERE shop_id = ?{} ORDER BY made_at_ms, edit_id", edit_columns, undone_too ? "" : " AND undone_at_ms IS NULL"), tx.shop_id());
}

Result<ChoiceRow> load_choice(Transaction& tx) { return TRY((tx.find<ChoiceRow>("SELECT champion, previous, automatic, reason, changed_at_ms, changed_by FROM forecast_choice WHERE shop_id = ?", tx.shop_id()))).value_or(ChoiceRow{}); }
Result<void> save_choice(Transaction& tx, ChoiceRow const& c) {
    TRY(tx.execute("INSERT INTO forecast_choice (shop_id, champion, previous, automatic, reason, changed_at_ms, changed_by) VALUES (?,?,?,?,?,?,?) ON CONFLICT (shop_id) DO UPDATE SET champion = excluded.champion, previous = excluded.previous, automatic = excluded.automatic, reason = excluded.reason, changed_at_ms = excluded.changed_at_ms, changed_by = excluded.changed_by",
                   tx.shop_id(), c.champion, c.previous, c.automatic, c.reason, c.changed_at_ms, c.changed_by));
    return {};
}

Result<Scores> load_scores(Transaction& tx, std::string_view kind, std::string_view run_id) {
    Scores out;
    Value const values[] = {tx.shop_id(), kind, run_id, run_id};
    TRY(tx.run("SELECT model, level, band, sums FROM forecast_scores WHERE shop_id = ? AND kind = ? AND (? = '' OR run_id = ?)", values, [&](Row const& row) -> Result<void> {
        auto const model = model_of(row.text(0));
        auto const level = level_of(row.text(1));
        if (model && level && row.integer(2) >= 0 && row.integer(2) < static_cast<std::int64_t>(band_ends.size())) out[{*model, *level, static_cast<std::size_t>(row.integer(2))}].add(sums_from(row.text(3)));
        return {};
    }));
    return out;
}

Result<void> save_scores(Transaction& tx, std::string_view run_id, std::string_view kind, Scores const& scores) {
    auto all = TRY(load_scores(tx, kind, run_id));
    for (auto const& [key, sums] : scores) all[key].add(sums);
    for (auto const& [key, sums] : all)
        TRY(tx.execute("INSERT INTO forecast_scores (shop_id, run_id, kind, model, level, band, sums) VALUES (?,?,?,?,?,?,?) ON CONFLICT (shop_id, run_id, kind, model, level, band) DO UPDATE SET sums = excluded.sums", tx.shop_id(), run_id, kind, name(key.model), name(key.level), static_cast<std::int64_t>(key.band), to_text(to_json(sums))));
    return {};
}

std::vector<std::uint32_t> members_of(Kept const& kept, Level level, std::string_view id) {
    std::vector<std::uint32_t> out;
    auto const category = std::ranges::find(kept.categories, id, &CategoryNode::category_id);
    auto const number = category == kept.categories.end() ? -2 : static_cast<std::int32_t>(category - kept.categories.begin());
    for (std::uint32_t g = 0; g < kept.goods.size(); ++g) {
        auto const& good = kept.goods[g];
        if (level == Level::total || (level == Level::category && kept.under(good.category, number)) || (level == Level::product && good.product_id == id) || (level == Level::variant && good.sku == id)) out.push_back(g);
    }
    return out;
}

Result<AskedDays> asked_days(Kept const& kept, Level level, std::string_view id, std::string_view first_day, std::string_view last_day) {
    auto members = members_of(kept, level, id);
    if (members.empty()) return fail(Errc::not_found, "not_in_forecast", fmt::format("Nothing of this {} was forecast; forecast.list names what was.", name(level)), {{"/id", "not_in_forecast", "is not in the newest forecast"}});
    auto const first = TRY(day_field(first_day, "/first_day")), last = TRY(day_field(last_day, "/last_day"));
    auto const end = kept.origin + static_cast<Day>(kept.horizon) - 1;
    if (first < kept.origin || first > end) return fail(Errc::invalid_argument, "invalid_request", "The days are not forecast.", {{"/first_day", "out_of_range", fmt::format("must be from {} to {}", format_date(kept.origin), format_date(end))}});
    if (last < first || last > end) return fail(Errc::invalid_argument, "invalid_request", "The days are not forecast.", {{"/last_day", "out_of_range", fmt::format("must be from first_day to {}", format_date(end))}});
    return AskedDays{std::move(members), first, last};
}

std::pair<double, double> apply_edit(Kept const& kept, Means& means, EditRow const& e) {
    auto const first = std::max<std::int64_t>(0, e.first_day - kept.origin), last = std::min<std::int64_t>(static_cast<std::int64_t>(kept.horizon) - 1, e.last_day - kept.origin);
    auto const level = level_of(e.level);
    if (first > last || !level) return {0, 0};
    auto const members = members_of(kept, *level, e.node_id);
    double before = 0;
    for (auto const g : members) for (auto h = first; h <= last; ++h) before += static_cast<double>(means.row(g)[static_cast<std::size_t>(h)]);
    // Of a span that has begun already, what is left of its amount is in proportion to the days.
    auto const share = static_cast<double>(last - first + 1) / static_cast<double>(e.last_day - e.first_day + 1);
    auto const after = e.kind == "percent" ? before * (1 + e.amount / 100) : e.amount * share;
    auto const each = after / (static_cast<double>(std::max<std::size_t>(1, members.size())) * static_cast<double>(last - first + 1));
    for (auto const g : members)
        for (auto h = first; h <= last; ++h) {
            auto& v = means.row(g)[static_cast<std::size_t>(h)];
            v = before > 1e-9 ? static_cast<float>(static_cast<double>(v) * after / before) : static_cast<float>(each);
        }
    return {before, members.empty() ? 0 : after};
}

Result<Current> load_current(Transaction& tx, std::string_view run_id) {
    std::optional<RunRow> run;
    if (run_id.empty()) run = TRY(newest_run(tx));
    else for (auto& r : TRY(load_runs(tx))) if (r.run_id == run_id) run = std::move(r);
    if (!run && !run_id.empty()) return fail(Errc::not_found, "run_not_found", "There is no such forecast; forecast.status lists those that are kept.", {{"/run_id", "run_not_found", "is not a kept forecast"}});
    if (!run) return fail(Errc::failed_precondition, "not_forecast", "There is no forecast yet: forecast.run makes one.");
    Current out{.run = *run, .kept = TRY(load_kept(tx, run->run_id)), .champion = {}, .means = {}, .unedited = {}, .plans = {}, .edits = {}};
    out.champion = model_of(TRY(load_choice(tx)).champion).value_or(Model::smoothing);
    if (!out.kept.models.contains(out.champion)) out.champion = Model::smoothing;
    out.unedited = out.kept.models[out.champion];
    if (out.run.looked_back) out.plans.factor.resize(out.kept.goods.size());
    else out.plans = TRY(plans_ahead(tx, out.kept));
    apply(out.plans, out.kept, out.champion, out.unedited);
    out.means = out.unedited;
    for (auto& e : TRY(load_edits(tx, false))) {
        if (out.run.looked_back && e.run_id != out.run.run_id) continue;
        if (e.last_day < out.kept.origin || e.first_day >= out.kept.origin + static_cast<std::int64_t>(out.kept.horizon)) continue;
        apply_edit(out.kept, out.means, e), out.edits.push_back(std::move(e));
    }
    return out;
}

}  // namespace kindling::forecast
