// Other people's shopping agents: who they are, what they did by day, the checkouts that they prepare, how parcels may be sent, and
// what is still to be told to them of their orders.
#include "shop/store/migrations/migrations.h"

namespace kindling::shop::schema {

extern std::string_view const agent_commerce = R"sql(
CREATE INDEX variants_by_barcode ON variants (shop_id, barcode);
ALTER TABLE basket_lines ADD COLUMN quoted_minor BIGINT;
CREATE TABLE agents (shop_id BIGINT NOT NULL, agent_id TEXT NOT NULL, name TEXT NOT NULL, profile_url TEXT NOT NULL DEFAULT '', profile TEXT NOT NULL DEFAULT '', key_id TEXT NOT NULL DEFAULT '', standing TEXT NOT NULL, accepts_mandates BIGINT NOT NULL DEFAULT 0, calls_per_minute BIGINT NOT NULL DEFAULT 0, webhook_url TEXT NOT NULL DEFAULT '', webhook_secret_sealed BYTEA, created_at_ms BIGINT NOT NULL, PRIMARY KEY (shop_id, agent_id));
CREATE TABLE agent_traffic (shop_id BIGINT NOT NULL, agent TEXT NOT NULL, protocol TEXT NOT NULL, operation TEXT NOT NULL, day BIGINT NOT NULL, calls BIGINT NOT NULL, refused BIGINT NOT NULL, limited BIGINT NOT NULL, PRIMARY KEY (shop_id, agent, protocol, operation, day));
CREATE TABLE checkouts (shop_id BIGINT NOT NULL, checkout_id TEXT NOT NULL, status TEXT NOT NULL, agent TEXT NOT NULL DEFAULT '', agent_id TEXT NOT NULL DEFAULT '', protocol TEXT NOT NULL DEFAULT '', origin TEXT NOT NULL DEFAULT '', webhook_url TEXT NOT NULL DEFAULT '', basket_id TEXT NOT NULL DEFAULT '', lines TEXT NOT NULL, contact_sealed BYTEA, extra_sealed BYTEA, shipping_option TEXT NOT NULL DEFAULT '', currency TEXT NOT NULL, subtotal_minor BIGINT NOT NULL, shipping_minor BIGINT NOT NULL, total_minor BIGINT NOT NULL, approval TEXT NOT NULL DEFAULT '', evidence_sealed BYTEA, order_id TEXT NOT NULL DEFAULT '', order_access_sealed BYTEA, created_at_ms BIGINT NOT NULL, updated_at_ms BIGINT NOT NULL, expires_at_ms BIGINT NOT NULL, PRIMARY KEY (shop_id, checkout_id));
CREATE INDEX checkouts_by_order ON checkouts (shop_id, order_id);
CREATE INDEX checkouts_by_time ON checkouts (shop_id, created_at_ms);
CREATE TABLE shipping_options (shop_id BIGINT NOT NULL, option_id TEXT NOT NULL, title_en TEXT NOT NULL DEFAULT '', title_zh TEXT NOT NULL DEFAULT '', countries TEXT NOT NULL DEFAULT '', fee_minor BIGINT NOT NULL, free_from_minor BIGINT NOT NULL DEFAULT 0, days_from BIGINT, days_to BIGINT, position BIGINT NOT NULL DEFAULT 0, PRIMARY KEY (shop_id, option_id));
CREATE TABLE agent_deliveries (shop_id BIGINT NOT NULL, delivery_id TEXT NOT NULL, checkout_id TEXT NOT NULL, order_id TEXT NOT NULL, event TEXT NOT NULL, at_ms BIGINT NOT NULL, attempts BIGINT NOT NULL DEFAULT 0, next_at_ms BIGINT NOT NULL, status TEXT NOT NULL, note TEXT NOT NULL DEFAULT '', PRIMARY KEY (shop_id, delivery_id));
CREATE INDEX agent_deliveries_due ON agent_deliveries (status, next_at_ms);
CREATE TABLE signing_keys (shop_id BIGINT NOT NULL, kid TEXT NOT NULL, public_key TEXT NOT NULL, private_key_sealed BYTEA NOT NULL, created_at_ms BIGINT NOT NULL, PRIMARY KEY (shop_id, kid));
)sql";

}  // namespace kindling::shop::schema
