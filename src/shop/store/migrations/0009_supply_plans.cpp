// What stands behind purchasing: terms of supply, the plan of stock that was made last with a row a good and place, its proposals line by line,
// what people changed in them and why, and the stretches of time whose back-test was booked.
#include "shop/store/migrations/migrations.h"

namespace kindling::shop::schema {

extern std::string_view const supply_plans = R"sql(
ALTER TABLE supplies ADD COLUMN shelf_life_days BIGINT;
ALTER TABLE supplies ADD COLUMN most_quantity BIGINT;
ALTER TABLE supplies ADD COLUMN price_breaks TEXT NOT NULL DEFAULT '';
CREATE TABLE supply_plans (shop_id BIGINT NOT NULL, plan_id TEXT NOT NULL, made_at_ms BIGINT NOT NULL, outline TEXT NOT NULL, PRIMARY KEY (shop_id));
CREATE TABLE supply_items (shop_id BIGINT NOT NULL, sku TEXT NOT NULL, place_id TEXT NOT NULL, product_id TEXT NOT NULL, supplier_id TEXT NOT NULL, state TEXT NOT NULL, run_out_day BIGINT NOT NULL, at_stake_minor BIGINT NOT NULL, excess_minor BIGINT NOT NULL, order_minor BIGINT NOT NULL, body TEXT NOT NULL, days TEXT NOT NULL, PRIMARY KEY (shop_id, sku, place_id));
CREATE INDEX supply_items_by_stake ON supply_items (shop_id, at_stake_minor);
CREATE INDEX supply_items_by_excess ON supply_items (shop_id, excess_minor);
CREATE TABLE supply_proposals (shop_id BIGINT NOT NULL, decision_id TEXT NOT NULL, supplier_id TEXT NOT NULL, place_id TEXT NOT NULL, made_at_ms BIGINT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (shop_id, decision_id));
CREATE TABLE supply_edits (shop_id BIGINT NOT NULL, decision_id TEXT NOT NULL, sku TEXT NOT NULL, at_ms BIGINT NOT NULL, proposed BIGINT NOT NULL, chosen BIGINT NOT NULL, reason TEXT NOT NULL, edited_by TEXT NOT NULL, PRIMARY KEY (shop_id, decision_id, sku, at_ms));
CREATE TABLE supply_backtests (shop_id BIGINT NOT NULL, from_day BIGINT NOT NULL, until_day BIGINT NOT NULL, entry_id TEXT NOT NULL, booked_at_ms BIGINT NOT NULL, PRIMARY KEY (shop_id, from_day));
)sql";

}  // namespace kindling::shop::schema
