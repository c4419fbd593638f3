// modules/forecast/store.h -- what is kept of forecasting in the shop's store: runs, history, edits, the trusted model, scores.
//
// Runs lie in the store, not in files: whichever process made one, every server of the shop reads it, and a backup holds it. Kept are those of the last two weeks and
// one a week for half a year before that, so that forecasts can be held against what came.
#pragma once
#include "modules/forecast/compute.h"
#include "modules/forecast/planned.h"

namespace kindling::forecast {

struct RunRow {
    std::string run_id;
    std::int64_t origin_day = 0, horizon_days = 0, made_at_ms = 0;
    std::string made_by;
    bool looked_back = false;         // made when later days were known already: not a forecast in earnest
    std::string champion;
    std::int64_t goods = 0;
    double seconds = 0;
    std::string findings;
    std::int64_t scored_until = 0;    // first day that is not scored
    static constexpr Field fields[] = {field("run_id"), field("origin_day"), field("horizon_days"), field("made_at_ms"), field("made_by"), field("looked_back"), field("champion"), field("goods"), field("seconds"), field("findings"), field("scored_until")};
};
BOOST_DESCRIBE_STRUCT(RunRow, (), (run_id, origin_day, horizon_days, made_at_ms, made_by, looked_back, champion, goods, seconds, findings, scored_until))

struct EditRow {
    std::string edit_id, level, node_id;
    std::int64_t first_day = 0, last_day = 0;
    std::string kind;
    double amount = 0, units_before = 0, units_after = 0;
    std::string reason, run_id;
    std::int64_t made_at_ms = 0;
    std::string made_by;
    std::optional<std::int64_t> undone_at_ms;
    static constexpr Field fields[] = {field("edit_id"), field("level"), field("node_id"), field("first_day"), field("last_day"), field("kind"), field("amount"), field("units_before"), field("units_after"), field("reason"), field("run_id"), field("made_at_ms"), field("made_by"), field("undone_at_ms")};
};
BOOST_DESCRIBE_STRUCT(EditRow, (), (edit_id, level, node_id, first_day, last_day, kind, amount, units_before, units_after, reason, run_id, made_at_ms, made_by, undone_at_ms))

struct ChoiceRow {
    std::string champion = "smoothing", previous;
    bool automatic = true;
    std::string reason;
    std::int64_t changed_at_ms = 0;
    std::string changed_by;
    static constexpr Field fields[] = {field("champion"), field("previous"), field("automatic"), field("reason"), field("changed_at_ms"), field("changed_by")};
};
BOOST_DESCRIBE_STRUCT(ChoiceRow, (), (champion, previous, automatic, reason, changed_at_ms, changed_by))

std::optional<Model> model_of(std::string_view);
std::optional<Level> level_of(std::string_view);

Result<std::vector<RunRow>> load_runs(shop::Transaction&);                 // newest origin first
Result<std::optional<RunRow>> newest_run(shop::Transaction&);
Result<Kept> load_kept(shop::Transaction&, std::string_view run_id);
Result<std::optional<History>> load_history(shop::Transaction&);
Result<void> save_run(shop::Transaction&, RunRow const&, Kept const&);
Result<void> save_history(shop::Transaction&, History const&);
Result<void> forget_old_runs(shop::Transaction&, Day newest_origin);

Result<std::vector<EditRow>> load_edits(shop::Transaction&, bool undone_too);  // in the order they were made
Result<ChoiceRow> load_choice(shop::Transaction&);
Result<void> save_choice(shop::Transaction&, ChoiceRow const&);

Result<void> save_scores(shop::Transaction&, std::string_view run_id, std::string_view kind, Scores const&);  // adds to what is there
// kind: "backtest" or "kept". run_id empty: all runs.
Result<Scores> load_scores(shop::Transaction&, std::string_view kind, std::string_view run_id);

// A forecast with the champion's means, the edits of planners in them: the newest, or that of `run_id`. One that looks back holds the edits that were made on it, and no plans: promotions and prices of today
// are none of its days'. failed_precondition "not_forecast"; not_found "run_not_found" at /run_id.
struct Current {
    RunRow run;
    Kept kept;
    Model champion = Model::smoothing;
    Means means, unedited;       // both with planned promotions
    Plans plans;
    std::vector<EditRow> edits;  // in force, whose days touch the forecast
};
Result<Current> load_current(shop::Transaction&, std::string_view run_id = {});

// Goods under a node; empty when there are none.
std::vector<std::uint32_t> members_of(Kept const&, Level, std::string_view id);
// Goods and days (2026-01-31, both within the forecast) that a question of "what if" is about. not_found "not_in_forecast", invalid_argument "invalid_request" at the field.
struct AskedDays {
    std::vector<std::uint32_t> members;
    Day first = 0, last = 0;
};
Result<AskedDays> asked_days(Kept const&, Level, std::string_view id, std::string_view first_day, std::string_view last_day);
// Multiplies the days of goods so that their sum becomes what an edit wants; where nothing was expected, all share alike. Returns units before and after.
std::pair<double, double> apply_edit(Kept const&, Means&, EditRow const&);

}  // namespace kindling::forecast
