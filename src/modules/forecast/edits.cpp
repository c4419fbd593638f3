// forecast.edit, forecast.undo_edit, forecast.list_edits, forecast.choose_model: what people change, kept with who and why, taken back at will.
#include "core/id.h"
#include "modules/forecast/planner.h"
#include <algorithm>
#include <fmt/format.h>
#include <limits>

namespace kindling::forecast {

namespace {

// A slip of the pen must not reach the orders: an edit may not make a node's span larger than ten times what the whole shop sold in its best days of that number, and a thousand units are always believed.
double most_believed(History const& history, std::size_t days) {
    std::vector<double> units(history.days());
    for (auto const& g : history.goods) for (auto const& d : g.sold) if (static_cast<std::size_t>(d.day) < units.size()) units[static_cast<std::size_t>(d.day)] += d.units;
    double best = 0, sum = 0;
    for (std::size_t t = 0; t < units.size(); ++t) {
        sum += units[t] - (t >= days ? units[t - days] : 0);
        best = std::max(best, sum);
    }
    return std::max(1000.0, 10 * best);
}

}  // namespace

Result<ForecastEdit> edit(Context& context, MakeEdit const& in) {
    auto& tx = context.tx();
    auto now = TRY(load_current(tx, in.run_id));
    auto const first = TRY(day_field(in.first_day, "/first_day")), last = TRY(day_field(in.last_day, "/last_day"));
    auto const history = TRY(load_history(tx));
    // On a forecast that looks back only days that are known are edited: it is there to be held against them, and must not reach into the one in earnest.
    auto const end = std::min(now.kept.origin + static_cast<Day>(now.kept.horizon), now.run.looked_back && history ? history->end : std::numeric_limits<Day>::max()) - 1;
    auto const wrong = [](std::string_view at, std::string_view reason, std::string message) { return fail(Errc::invalid_argument, "invalid_request", "The edit does not fit the forecast.", {{std::string(at), std::string(reason), std::move(message)}}); };
    if (first < now.kept.origin || first > end) return wrong("/first_day", "out_of_range", fmt::format("must be from {} to {}", format_date(now.kept.origin), format_date(end)));
    if (last < first || last > end) return wrong("/last_day", "out_of_range", fmt::format("must be from first_day to {}", format_date(end)));
    if (in.kind == EditKind::units && in.amount < 0) return wrong("/amount", "out_of_range", "units cannot be below 0");
    if (in.kind == EditKind::percent && in.amount > 1000) return wrong("/amount", "out_of_range", "must be at most 1000 %");
    if (in.reason.find_first_not_of(" \t\n") == std::string::npos) return wrong("/reason", "required", "say why, for whoever looks at it later");
    if (in.level == Level::total && !in.id.empty()) return wrong("/id", "out_of_range", "must be empty for the total");
    if (members_of(now.kept, in.level, in.id).empty()) return fail(Errc::not_found, "not_in_forecast", fmt::format("Nothing of this {} was forecast; forecast.list names what was.", name(in.level)), {{"/id", "not_in_forecast", "is not in the newest forecast"}});
    EditRow row{.edit_id = new_id("fce"), .level = std::string(name(in.level)), .node_id = in.id, .first_day = first, .last_day = last, .kind = std::string(name(in.kind)), .amount = in.amount, .units_before = 0, .units_after = 0, .reason = in.reason, .run_id = now.run.run_id, .made_at_ms = context.now, .made_by = context.caller.id, .undone_at_ms = {}};
    std::tie(row.units_before, row.units_after) = apply_edit(now.kept, now.means, row);
    if (auto const most = most_believed(history ? *history : History{}, static_cast<std::size_t>(last - first + 1)); row.units_after > most && row.units_after > row.units_before)
        return wrong("/amount", "out_of_range", fmt::format("would make {:.0f} units of these days; must be at most {:.0f}, ten times what the whole shop sold in its best {} days", row.units_after, most, last - first + 1));
    TRY(tx.execute("INSERT INTO forecast_edits (shop_id, edit_id, level, node_id, first_day, last_day, kind, amount, units_before, units_after, reason, run_id, made_at_ms, made_by) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)", tx.shop_id(), row.edit_id, row.level, row.node_id, row.first_day, row.last_day, row.kind, row.amount, row.units_before, row.units_after,
                   row.reason, row.run_id, row.made_at_ms, row.made_by));
    tx.changed("forecast", row.edit_id);
    return TRY(told_edits(tx, {row}, history ? &*history : nullptr)).front();
}

Result<ForecastEdit> undo_edit(Context& context, UndoEdit const& in) {
    auto& tx = context.tx();
    auto all = TRY(load_edits(tx, true));
    auto const found = std::ranges::find(all, in.edit_id, &EditRow::edit_id);
    if (found == all.end()) return fail(Errc::not_found, "edit_not_found", "There is no such edit.", {{"/edit_id", "edit_not_found", "is not an edit of this shop"}});
    if (found->undone_at_ms) return fail(Errc::failed_precondition, "edit_undone", "This edit was taken back already.");
    TRY(tx.execute("UPDATE forecast_edits SET undone_at_ms = ?, undone_by = ? WHERE shop_id = ? AND edit_id = ?", context.now, context.caller.id, tx.shop_id(), in.edit_id));
    tx.changed("forecast", in.edit_id);
    found->undone_at_ms = context.now;
    return TRY(told_edits(tx, {*found}, nullptr)).front();
}

Result<EditList> list_edits(Context& context, Nothing const&) {
    auto const history = TRY(load_history(context.tx()));
    auto edits = TRY(told_edits(context.tx(), TRY(load_edits(context.tx(), true)), history ? &*history : nullptr));
    std::ranges::reverse(edits);
    return EditList{std::move(edits)};
}

Result<ChosenModel> choose_model(Context& context, ChooseModel const& in) {
    auto& tx = context.tx();
    auto const run = TRY(newest_run(tx));
    if (!run) return fail(Errc::failed_precondition, "not_forecast", "There is no forecast yet: forecast.run makes one.");
    auto const kept = TRY(load_kept(tx, run->run_id));
    if (!kept.models.contains(in.champion)) return fail(Errc::failed_precondition, "model_not_kept", fmt::format("The newest forecast holds nothing of {}.", name(in.champion)), {{"/champion", "model_not_kept", "was not forecast by this model"}});
    auto choice = TRY(load_choice(tx));
    auto const before = model_of(choice.champion).value_or(Model::smoothing);
    choice = {.champion = std::string(name(in.champion)), .previous = std::string(name(before)), .automatic = in.automatic, .reason = "chosen by a person", .changed_at_ms = context.now, .changed_by = context.caller.id};
    TRY(save_choice(tx, choice));
    tx.changed("forecast", run->run_id);
    return ChosenModel{in.champion, before, in.automatic};
}

}  // namespace kindling::forecast
