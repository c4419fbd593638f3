// Stock levels that people set by hand (modules/supply/by_hand.h): what, where, how long, why and by whom; the levels of each plan beside those that the
// plan would have followed, and what the difference came to.
#include "shop/store/migrations/migrations.h"

namespace kindling::shop::schema {

extern std::string_view const stock_levels_by_hand = R"sql(
CREATE TABLE supply_levels_by_hand (shop_id BIGINT NOT NULL, level_id TEXT NOT NULL, sku TEXT NOT NULL, place_id TEXT NOT NULL, reorder_level BIGINT, order_up_to BIGINT, fill_rate DOUBLE PRECISION, first_day BIGINT NOT NULL, last_day BIGINT NOT NULL, reason TEXT NOT NULL, made_at_ms BIGINT NOT NULL, made_by TEXT NOT NULL, ended_at_ms BIGINT, ended_day BIGINT, ended_by TEXT NOT NULL DEFAULT '', followed TEXT NOT NULL DEFAULT '', score TEXT NOT NULL DEFAULT '', PRIMARY KEY (shop_id, level_id));
CREATE INDEX supply_levels_by_hand_of ON supply_levels_by_hand (shop_id, sku, place_id);
)sql";

}  // namespace kindling::shop::schema
