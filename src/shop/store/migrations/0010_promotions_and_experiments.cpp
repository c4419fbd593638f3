// What the owner sets for selling: promotions with their codes and uses, groups of customers, rules for lists and recommendations, experiments. A basket
// keeps the codes entered, a checkout what was promised, an order the visit it came from (for experiments; it goes with the events' sessions).
#include "shop/store/migrations/migrations.h"

namespace kindling::shop::schema {

extern std::string_view const promotions_and_experiments = R"sql(
CREATE TABLE promotions (shop_id BIGINT NOT NULL, promotion_id TEXT NOT NULL, rule TEXT NOT NULL, automatic BIGINT NOT NULL, starts_at_ms BIGINT NOT NULL, ends_at_ms BIGINT, stopped_at_ms BIGINT, most_uses BIGINT NOT NULL DEFAULT 0, uses BIGINT NOT NULL DEFAULT 0, created_at_ms BIGINT NOT NULL, updated_at_ms BIGINT NOT NULL, PRIMARY KEY (shop_id, promotion_id));
CREATE TABLE promotion_codes (shop_id BIGINT NOT NULL, code TEXT NOT NULL, promotion_id TEXT NOT NULL, uses BIGINT NOT NULL DEFAULT 0, PRIMARY KEY (shop_id, code));
CREATE INDEX promotion_codes_by_promotion ON promotion_codes (shop_id, promotion_id);
CREATE TABLE promotion_uses (shop_id BIGINT NOT NULL, order_id TEXT NOT NULL, promotion_id TEXT NOT NULL, code TEXT NOT NULL DEFAULT '', customer_id TEXT NOT NULL DEFAULT '', amount_minor BIGINT NOT NULL, at_ms BIGINT NOT NULL, given_back BIGINT NOT NULL DEFAULT 0, PRIMARY KEY (shop_id, order_id, promotion_id));
CREATE INDEX promotion_uses_by_promotion ON promotion_uses (shop_id, promotion_id, at_ms);
CREATE INDEX promotion_uses_by_customer ON promotion_uses (shop_id, customer_id, promotion_id);
CREATE TABLE customer_groups (shop_id BIGINT NOT NULL, group_id TEXT NOT NULL, name_en TEXT NOT NULL DEFAULT '', name_zh TEXT NOT NULL DEFAULT '', PRIMARY KEY (shop_id, group_id));
CREATE TABLE customer_group_members (shop_id BIGINT NOT NULL, group_id TEXT NOT NULL, customer_id TEXT NOT NULL, PRIMARY KEY (shop_id, group_id, customer_id));
CREATE INDEX customer_group_members_by_customer ON customer_group_members (shop_id, customer_id);
ALTER TABLE baskets ADD COLUMN codes TEXT NOT NULL DEFAULT '';
ALTER TABLE checkouts ADD COLUMN codes TEXT NOT NULL DEFAULT '';
ALTER TABLE checkouts ADD COLUMN discounts TEXT NOT NULL DEFAULT '';
ALTER TABLE orders ADD COLUMN session_id TEXT NOT NULL DEFAULT '';
CREATE INDEX orders_by_session ON orders (shop_id, session_id);
CREATE TABLE merchandising_rules (shop_id BIGINT NOT NULL, rule_id TEXT NOT NULL, rule TEXT NOT NULL, starts_at_ms BIGINT NOT NULL, ends_at_ms BIGINT, stopped_at_ms BIGINT, experiment_id TEXT NOT NULL DEFAULT '', created_at_ms BIGINT NOT NULL, updated_at_ms BIGINT NOT NULL, PRIMARY KEY (shop_id, rule_id));
CREATE TABLE recommendation_rules (shop_id BIGINT NOT NULL, placement TEXT NOT NULL, rules TEXT NOT NULL, updated_at_ms BIGINT NOT NULL, PRIMARY KEY (shop_id, placement));
CREATE TABLE experiments (shop_id BIGINT NOT NULL, experiment_id TEXT NOT NULL, spec TEXT NOT NULL, salt TEXT NOT NULL, state TEXT NOT NULL, started_at_ms BIGINT NOT NULL, stopped_at_ms BIGINT, outcome TEXT NOT NULL DEFAULT '', created_at_ms BIGINT NOT NULL, PRIMARY KEY (shop_id, experiment_id));
CREATE TABLE experiment_weights (shop_id BIGINT NOT NULL, experiment_id TEXT NOT NULL, from_ms BIGINT NOT NULL, weights TEXT NOT NULL, PRIMARY KEY (shop_id, experiment_id, from_ms));
)sql";

}  // namespace kindling::shop::schema
