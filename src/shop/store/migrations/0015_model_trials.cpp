// How a plugged language model did on the guide's regression set, and which one speaks (modules/dialogue/model_trial.h); the talks in it are sealed.
// What lifting likely categories does to judged searches (modules/dialogue/category_guard.h). Places of rows that were left to chance, without visits
// (modules/selection/slots.h). And what became of pictures at other addresses that were fetched to be found by a photo (modules/pictures).
#include "shop/store/migrations/migrations.h"

namespace kindling::shop::schema {

extern std::string_view const model_trials = R"sql(
CREATE TABLE guide_model_trials (shop_id BIGINT NOT NULL, trial_id TEXT NOT NULL, model_url TEXT NOT NULL, model_name TEXT NOT NULL, passed INTEGER NOT NULL, in_use INTEGER NOT NULL DEFAULT 0, content_sealed BYTEA NOT NULL, tried_at_ms BIGINT NOT NULL, tried_by TEXT NOT NULL, PRIMARY KEY (shop_id, trial_id));
CREATE TABLE search_category_gains (shop_id BIGINT NOT NULL, query TEXT NOT NULL, with_boost DOUBLE PRECISION NOT NULL, without_boost DOUBLE PRECISION NOT NULL, PRIMARY KEY (shop_id, query));
CREATE TABLE recommendation_slots (shop_id BIGINT NOT NULL, slot_id TEXT NOT NULL, at_ms BIGINT NOT NULL, placement TEXT NOT NULL, place BIGINT NOT NULL, chosen BIGINT NOT NULL, propensity DOUBLE PRECISION NOT NULL, reward DOUBLE PRECISION NOT NULL, pool TEXT NOT NULL, PRIMARY KEY (shop_id, slot_id));
CREATE TABLE picture_copies (shop_id BIGINT NOT NULL, url TEXT NOT NULL, asset TEXT NOT NULL DEFAULT '', problem TEXT NOT NULL DEFAULT '', tries INTEGER NOT NULL DEFAULT 0, tried_at_ms BIGINT NOT NULL, PRIMARY KEY (shop_id, url));
)sql";

}  // namespace kindling::shop::schema
