// Forecasts that were kept, the history they were made from, how good they turned out to be, what planners changed, and which model is trusted.
#include "shop/store/migrations/migrations.h"

namespace kindling::shop::schema {

extern std::string_view const forecasts = R"sql(
CREATE TABLE forecast_runs (shop_id BIGINT NOT NULL, run_id TEXT NOT NULL, origin_day BIGINT NOT NULL, horizon_days BIGINT NOT NULL, made_at_ms BIGINT NOT NULL, made_by TEXT NOT NULL DEFAULT '', looked_back BIGINT NOT NULL DEFAULT 0, champion TEXT NOT NULL, goods BIGINT NOT NULL, seconds DOUBLE PRECISION NOT NULL, findings TEXT NOT NULL DEFAULT '{}', scored_until BIGINT NOT NULL, content BYTEA NOT NULL, PRIMARY KEY (shop_id, run_id));
CREATE INDEX forecast_runs_by_origin ON forecast_runs (shop_id, origin_day);
CREATE TABLE forecast_history (shop_id BIGINT NOT NULL PRIMARY KEY, content BYTEA NOT NULL);
CREATE TABLE forecast_scores (shop_id BIGINT NOT NULL, run_id TEXT NOT NULL, kind TEXT NOT NULL, model TEXT NOT NULL, level TEXT NOT NULL, band BIGINT NOT NULL, sums TEXT NOT NULL, PRIMARY KEY (shop_id, run_id, kind, model, level, band));
CREATE TABLE forecast_edits (shop_id BIGINT NOT NULL, edit_id TEXT NOT NULL, level TEXT NOT NULL, node_id TEXT NOT NULL, first_day BIGINT NOT NULL, last_day BIGINT NOT NULL, kind TEXT NOT NULL, amount DOUBLE PRECISION NOT NULL, units_before DOUBLE PRECISION NOT NULL, units_after DOUBLE PRECISION NOT NULL, reason TEXT NOT NULL DEFAULT '', run_id TEXT NOT NULL, made_at_ms BIGINT NOT NULL, made_by TEXT NOT NULL DEFAULT '', undone_at_ms BIGINT, undone_by TEXT NOT NULL DEFAULT '', PRIMARY KEY (shop_id, edit_id));
CREATE INDEX forecast_edits_by_time ON forecast_edits (shop_id, made_at_ms);
CREATE TABLE forecast_choice (shop_id BIGINT NOT NULL PRIMARY KEY, champion TEXT NOT NULL, previous TEXT NOT NULL DEFAULT '', automatic BIGINT NOT NULL DEFAULT 1, reason TEXT NOT NULL DEFAULT '', changed_at_ms BIGINT NOT NULL, changed_by TEXT NOT NULL DEFAULT '');
)sql";

}  // namespace kindling::shop::schema
