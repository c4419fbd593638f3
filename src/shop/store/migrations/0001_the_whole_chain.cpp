// The first schema: one shop's nouns for the whole chain. Every table leads with shop_id, so shops on one server never meet.
//
// Conventions: *_at_ms milliseconds since the epoch (UTC); *_minor minor units of the currency beside it; seq grows in the
// order of commits (facts are caught up by it); *_sealed personal fields encrypted with the shop's key; *_lookup keyed hashes
// by which a person can be found without being read. Texts in both languages stand side by side (_en, _zh); '' is "not given".
#include "shop/store/migrations/migrations.h"

namespace kindling::shop::schema {

extern std::string_view const the_whole_chain = R"sql(
CREATE TABLE counters (shop_id BIGINT NOT NULL, name TEXT NOT NULL, value BIGINT NOT NULL, PRIMARY KEY (shop_id, name));
CREATE TABLE shops (shop_id BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, name_zh TEXT NOT NULL DEFAULT '', currency TEXT NOT NULL, locale TEXT NOT NULL, time_zone TEXT NOT NULL, key_sealed BYTEA, created_at_ms BIGINT NOT NULL);
CREATE TABLE settings (shop_id BIGINT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, updated_at_ms BIGINT NOT NULL, PRIMARY KEY (shop_id, name));

CREATE TABLE categories (shop_id BIGINT NOT NULL, category_id TEXT NOT NULL, parent_id TEXT NOT NULL DEFAULT '', name_en TEXT NOT NULL DEFAULT '', name_zh TEXT NOT NULL DEFAULT '', position BIGINT NOT NULL DEFAULT 0, PRIMARY KEY (shop_id, category_id));
CREATE TABLE products (shop_id BIGINT NOT NULL, product_id TEXT NOT NULL, category_id TEXT NOT NULL DEFAULT '', brand TEXT NOT NULL DEFAULT '', brand_zh TEXT NOT NULL DEFAULT '',
  title_en TEXT NOT NULL DEFAULT '', title_zh TEXT NOT NULL DEFAULT '', description_en TEXT NOT NULL DEFAULT '', description_zh TEXT NOT NULL DEFAULT '',
  status TEXT NOT NULL DEFAULT 'active', created_at_ms BIGINT NOT NULL, updated_at_ms BIGINT NOT NULL, source TEXT NOT NULL DEFAULT '', PRIMARY KEY (shop_id, product_id));
CREATE INDEX products_by_category ON products (shop_id, category_id);
CREATE TABLE variants (shop_id BIGINT NOT NULL, sku TEXT NOT NULL, product_id TEXT NOT NULL, position BIGINT NOT NULL DEFAULT 0, title_en TEXT NOT NULL DEFAULT '', title_zh TEXT NOT NULL DEFAULT '',
  barcode TEXT NOT NULL DEFAULT '', price_minor BIGINT NOT NULL, compare_at_minor BIGINT, cost_minor BIGINT, currency TEXT NOT NULL, weight_g BIGINT, status TEXT NOT NULL DEFAULT 'active', PRIMARY KEY (shop_id, sku));
CREATE INDEX variants_by_product ON variants (shop_id, product_id, position);
CREATE TABLE attributes (shop_id BIGINT NOT NULL, product_id TEXT NOT NULL, sku TEXT NOT NULL DEFAULT '', name TEXT NOT NULL, position BIGINT NOT NULL DEFAULT 0, text_en TEXT NOT NULL DEFAULT '', text_zh TEXT NOT NULL DEFAULT '', number DOUBLE PRECISION, unit TEXT NOT NULL DEFAULT '', PRIMARY KEY (shop_id, product_id, sku, name));
CREATE TABLE attribute_kinds (shop_id BIGINT NOT NULL, name TEXT NOT NULL, name_en TEXT NOT NULL DEFAULT '', name_zh TEXT NOT NULL DEFAULT '', unit TEXT NOT NULL DEFAULT '', facet BIGINT NOT NULL DEFAULT 1, PRIMARY KEY (shop_id, name));
CREATE TABLE media (shop_id BIGINT NOT NULL, product_id TEXT NOT NULL, position BIGINT NOT NULL, sku TEXT NOT NULL DEFAULT '', asset TEXT NOT NULL, kind TEXT NOT NULL DEFAULT 'image', alt_en TEXT NOT NULL DEFAULT '', alt_zh TEXT NOT NULL DEFAULT '', PRIMARY KEY (shop_id, product_id, position));
CREATE TABLE assets (shop_id BIGINT NOT NULL, asset TEXT NOT NULL, media_type TEXT NOT NULL, bytes BIGINT NOT NULL, created_at_ms BIGINT NOT NULL, PRIMARY KEY (shop_id, asset));
CREATE TABLE price_history (shop_id BIGINT NOT NULL, sku TEXT NOT NULL, from_ms BIGINT NOT NULL, price_minor BIGINT NOT NULL, currency TEXT NOT NULL, reason TEXT NOT NULL DEFAULT '', PRIMARY KEY (shop_id, sku, from_ms));

CREATE TABLE customers (shop_id BIGINT NOT NULL, customer_id TEXT NOT NULL, locale TEXT NOT NULL DEFAULT '', country TEXT NOT NULL DEFAULT '', region TEXT NOT NULL DEFAULT '', city TEXT NOT NULL DEFAULT '',
  name_sealed BYTEA, email_sealed BYTEA, phone_sealed BYTEA, email_lookup TEXT, phone_lookup TEXT, password_hash TEXT NOT NULL DEFAULT '', created_at_ms BIGINT NOT NULL, forgotten_at_ms BIGINT, source TEXT NOT NULL DEFAULT '', PRIMARY KEY (shop_id, customer_id));
CREATE INDEX customers_by_email ON customers (shop_id, email_lookup);
CREATE INDEX customers_by_phone ON customers (shop_id, phone_lookup);
CREATE TABLE customer_identities (shop_id BIGINT NOT NULL, kind TEXT NOT NULL, lookup TEXT NOT NULL, customer_id TEXT NOT NULL, value_sealed BYTEA, PRIMARY KEY (shop_id, kind, lookup));
CREATE TABLE consents (shop_id BIGINT NOT NULL, customer_id TEXT NOT NULL, purpose TEXT NOT NULL, granted BIGINT NOT NULL, at_ms BIGINT NOT NULL, source TEXT NOT NULL DEFAULT '', PRIMARY KEY (shop_id, customer_id, purpose));

CREATE TABLE orders (shop_id BIGINT NOT NULL, order_id TEXT NOT NULL, customer_id TEXT NOT NULL DEFAULT '', placed_at_ms BIGINT NOT NULL, status TEXT NOT NULL, currency TEXT NOT NULL,
  subtotal_minor BIGINT NOT NULL, discount_minor BIGINT NOT NULL DEFAULT 0, shipping_minor BIGINT NOT NULL DEFAULT 0, total_minor BIGINT NOT NULL, channel TEXT NOT NULL DEFAULT '', country TEXT NOT NULL DEFAULT '',
  contact_sealed BYTEA, access_lookup TEXT NOT NULL DEFAULT '', tracking TEXT NOT NULL DEFAULT '', promised_day BIGINT, shipped_at_ms BIGINT, delivered_at_ms BIGINT, source TEXT NOT NULL DEFAULT '', PRIMARY KEY (shop_id, order_id));
CREATE INDEX orders_by_time ON orders (shop_id, placed_at_ms);
CREATE INDEX orders_by_customer ON orders (shop_id, customer_id, placed_at_ms);
CREATE TABLE order_lines (shop_id BIGINT NOT NULL, order_id TEXT NOT NULL, line BIGINT NOT NULL, seq BIGINT NOT NULL, sku TEXT NOT NULL, product_id TEXT NOT NULL, title TEXT NOT NULL DEFAULT '', quantity BIGINT NOT NULL, unit_price_minor BIGINT NOT NULL, discount_minor BIGINT NOT NULL DEFAULT 0, cost_minor BIGINT, PRIMARY KEY (shop_id, order_id, line));
CREATE UNIQUE INDEX order_lines_by_seq ON order_lines (shop_id, seq);
CREATE TABLE returns (shop_id BIGINT NOT NULL, return_id TEXT NOT NULL, order_id TEXT NOT NULL, line BIGINT NOT NULL, seq BIGINT NOT NULL, quantity BIGINT NOT NULL, refund_minor BIGINT NOT NULL, reason TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '', status TEXT NOT NULL, created_at_ms BIGINT NOT NULL, PRIMARY KEY (shop_id, return_id));
CREATE INDEX returns_by_order ON returns (shop_id, order_id);
CREATE UNIQUE INDEX returns_by_seq ON returns (shop_id, seq);
CREATE TABLE payments (shop_id BIGINT NOT NULL, payment_id TEXT NOT NULL, order_id TEXT NOT NULL, provider TEXT NOT NULL, reference TEXT NOT NULL DEFAULT '', kind TEXT NOT NULL DEFAULT 'charge', amount_minor BIGINT NOT NULL, currency TEXT NOT NULL, status TEXT NOT NULL, at_ms BIGINT NOT NULL, PRIMARY KEY (shop_id, payment_id));
CREATE INDEX payments_by_order ON payments (shop_id, order_id);
CREATE TABLE baskets (shop_id BIGINT NOT NULL, basket_id TEXT NOT NULL, customer_id TEXT NOT NULL DEFAULT '', currency TEXT NOT NULL, status TEXT NOT NULL DEFAULT 'open', order_id TEXT NOT NULL DEFAULT '', updated_at_ms BIGINT NOT NULL, PRIMARY KEY (shop_id, basket_id));
CREATE TABLE basket_lines (shop_id BIGINT NOT NULL, basket_id TEXT NOT NULL, sku TEXT NOT NULL, quantity BIGINT NOT NULL, added_at_ms BIGINT NOT NULL, PRIMARY KEY (shop_id, basket_id, sku));

CREATE TABLE events (shop_id BIGINT NOT NULL, seq BIGINT NOT NULL, at_ms BIGINT NOT NULL, kind TEXT NOT NULL, session_id TEXT NOT NULL DEFAULT '', customer_id TEXT NOT NULL DEFAULT '', product_id TEXT NOT NULL DEFAULT '', query TEXT NOT NULL DEFAULT '', results BIGINT, position BIGINT, channel TEXT NOT NULL DEFAULT '', PRIMARY KEY (shop_id, seq));
CREATE TABLE reviews (shop_id BIGINT NOT NULL, review_id TEXT NOT NULL, product_id TEXT NOT NULL, customer_id TEXT NOT NULL DEFAULT '', rating BIGINT NOT NULL, title TEXT NOT NULL DEFAULT '', body TEXT NOT NULL DEFAULT '', language TEXT NOT NULL DEFAULT '', author TEXT NOT NULL DEFAULT '', status TEXT NOT NULL DEFAULT 'published', created_at_ms BIGINT NOT NULL, PRIMARY KEY (shop_id, review_id));
CREATE INDEX reviews_by_product ON reviews (shop_id, product_id, created_at_ms);

CREATE TABLE places (shop_id BIGINT NOT NULL, place_id TEXT NOT NULL, kind TEXT NOT NULL, name_en TEXT NOT NULL DEFAULT '', name_zh TEXT NOT NULL DEFAULT '', country TEXT NOT NULL DEFAULT '', city TEXT NOT NULL DEFAULT '', latitude DOUBLE PRECISION, longitude DOUBLE PRECISION, PRIMARY KEY (shop_id, place_id));
CREATE TABLE stock (shop_id BIGINT NOT NULL, sku TEXT NOT NULL, place_id TEXT NOT NULL, on_hand BIGINT NOT NULL, reserved BIGINT NOT NULL DEFAULT 0, updated_at_ms BIGINT NOT NULL, PRIMARY KEY (shop_id, sku, place_id));
CREATE TABLE stock_moves (shop_id BIGINT NOT NULL, seq BIGINT NOT NULL, sku TEXT NOT NULL, place_id TEXT NOT NULL, quantity BIGINT NOT NULL, kind TEXT NOT NULL, reference TEXT NOT NULL DEFAULT '', at_ms BIGINT NOT NULL, PRIMARY KEY (shop_id, seq));
CREATE TABLE suppliers (shop_id BIGINT NOT NULL, supplier_id TEXT NOT NULL, name TEXT NOT NULL, country TEXT NOT NULL DEFAULT '', lead_time_days DOUBLE PRECISION, lead_time_deviation_days DOUBLE PRECISION, minimum_order_minor BIGINT, PRIMARY KEY (shop_id, supplier_id));
CREATE TABLE supplies (shop_id BIGINT NOT NULL, sku TEXT NOT NULL, supplier_id TEXT NOT NULL, cost_minor BIGINT NOT NULL, currency TEXT NOT NULL, pack_size BIGINT NOT NULL DEFAULT 1, minimum_quantity BIGINT NOT NULL DEFAULT 1, PRIMARY KEY (shop_id, sku, supplier_id));
CREATE TABLE purchase_orders (shop_id BIGINT NOT NULL, purchase_order_id TEXT NOT NULL, supplier_id TEXT NOT NULL, place_id TEXT NOT NULL, status TEXT NOT NULL, ordered_at_ms BIGINT NOT NULL, expected_day BIGINT, received_at_ms BIGINT, currency TEXT NOT NULL, total_minor BIGINT NOT NULL DEFAULT 0, PRIMARY KEY (shop_id, purchase_order_id));
CREATE TABLE purchase_order_lines (shop_id BIGINT NOT NULL, purchase_order_id TEXT NOT NULL, sku TEXT NOT NULL, quantity BIGINT NOT NULL, received BIGINT NOT NULL DEFAULT 0, cost_minor BIGINT NOT NULL, PRIMARY KEY (shop_id, purchase_order_id, sku));

CREATE TABLE campaigns (shop_id BIGINT NOT NULL, campaign_id TEXT NOT NULL, name_en TEXT NOT NULL DEFAULT '', name_zh TEXT NOT NULL DEFAULT '', channel TEXT NOT NULL DEFAULT '', kind TEXT NOT NULL DEFAULT '', starts_at_ms BIGINT NOT NULL, ends_at_ms BIGINT NOT NULL, budget_minor BIGINT, currency TEXT NOT NULL, status TEXT NOT NULL DEFAULT 'planned', PRIMARY KEY (shop_id, campaign_id));
CREATE TABLE campaign_spend (shop_id BIGINT NOT NULL, campaign_id TEXT NOT NULL, channel TEXT NOT NULL, day BIGINT NOT NULL, spend_minor BIGINT NOT NULL, impressions BIGINT NOT NULL DEFAULT 0, clicks BIGINT NOT NULL DEFAULT 0, PRIMARY KEY (shop_id, campaign_id, channel, day));
CREATE TABLE conversations (shop_id BIGINT NOT NULL, conversation_id TEXT NOT NULL, kind TEXT NOT NULL, customer_id TEXT NOT NULL DEFAULT '', channel TEXT NOT NULL DEFAULT '', locale TEXT NOT NULL DEFAULT '', topic TEXT NOT NULL DEFAULT '', status TEXT NOT NULL DEFAULT 'open', basket_id TEXT NOT NULL DEFAULT '', state TEXT NOT NULL DEFAULT '', started_at_ms BIGINT NOT NULL, updated_at_ms BIGINT NOT NULL, PRIMARY KEY (shop_id, conversation_id));
CREATE INDEX conversations_by_time ON conversations (shop_id, updated_at_ms);
CREATE TABLE messages (shop_id BIGINT NOT NULL, conversation_id TEXT NOT NULL, position BIGINT NOT NULL, role TEXT NOT NULL, body_sealed BYTEA NOT NULL, data TEXT NOT NULL DEFAULT '', at_ms BIGINT NOT NULL, PRIMARY KEY (shop_id, conversation_id, position));

CREATE TABLE decisions (shop_id BIGINT NOT NULL, decision_id TEXT NOT NULL, scenario TEXT NOT NULL, kind TEXT NOT NULL, title_en TEXT NOT NULL, title_zh TEXT NOT NULL, reason_en TEXT NOT NULL DEFAULT '', reason_zh TEXT NOT NULL DEFAULT '', evidence TEXT NOT NULL DEFAULT '[]', expected_minor BIGINT, expected_low_minor BIGINT, expected_high_minor BIGINT, currency TEXT NOT NULL DEFAULT '',
  operation TEXT NOT NULL DEFAULT '', request TEXT NOT NULL DEFAULT '{}', undo_operation TEXT NOT NULL DEFAULT '', undo_request TEXT NOT NULL DEFAULT '', measure TEXT NOT NULL DEFAULT '', state TEXT NOT NULL, policy_id TEXT NOT NULL DEFAULT '', proposed_by TEXT NOT NULL DEFAULT '', decided_by TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '', outcome TEXT NOT NULL DEFAULT '', measured_minor BIGINT,
  created_at_ms BIGINT NOT NULL, expires_at_ms BIGINT, decided_at_ms BIGINT, executed_at_ms BIGINT, measured_at_ms BIGINT, PRIMARY KEY (shop_id, decision_id));
CREATE INDEX decisions_by_state ON decisions (shop_id, state, created_at_ms);
CREATE TABLE approval_policies (shop_id BIGINT NOT NULL, policy_id TEXT NOT NULL, kind TEXT NOT NULL, most_minor BIGINT, enabled BIGINT NOT NULL, set_by TEXT NOT NULL, created_at_ms BIGINT NOT NULL, PRIMARY KEY (shop_id, policy_id));
CREATE TABLE ledger (shop_id BIGINT NOT NULL, entry_id TEXT NOT NULL, scenario TEXT NOT NULL, value_kind TEXT NOT NULL, amount_minor BIGINT, currency TEXT NOT NULL DEFAULT '', hours DOUBLE PRECISION, role TEXT NOT NULL DEFAULT '', method TEXT NOT NULL, evidence TEXT NOT NULL DEFAULT '', decision_id TEXT NOT NULL DEFAULT '', at_ms BIGINT NOT NULL, PRIMARY KEY (shop_id, entry_id));
CREATE INDEX ledger_by_scenario ON ledger (shop_id, scenario, at_ms);

CREATE TABLE jobs (shop_id BIGINT NOT NULL, job_id TEXT NOT NULL, operation TEXT NOT NULL, request TEXT NOT NULL, caller TEXT NOT NULL, state TEXT NOT NULL, done BIGINT NOT NULL DEFAULT 0, total BIGINT NOT NULL DEFAULT 0, doing TEXT NOT NULL DEFAULT '', result TEXT NOT NULL DEFAULT '', error TEXT NOT NULL DEFAULT '', attempts BIGINT NOT NULL DEFAULT 0, worker TEXT NOT NULL DEFAULT '', cancel BIGINT NOT NULL DEFAULT 0,
  created_at_ms BIGINT NOT NULL, started_at_ms BIGINT, heartbeat_at_ms BIGINT, ended_at_ms BIGINT, PRIMARY KEY (shop_id, job_id));
CREATE INDEX jobs_by_state ON jobs (state, created_at_ms);
CREATE TABLE job_log (shop_id BIGINT NOT NULL, job_id TEXT NOT NULL, position BIGINT NOT NULL, at_ms BIGINT NOT NULL, line TEXT NOT NULL, PRIMARY KEY (shop_id, job_id, position));
CREATE TABLE imports (shop_id BIGINT NOT NULL, import_id TEXT NOT NULL, file_name TEXT NOT NULL, kind TEXT NOT NULL, mapping TEXT NOT NULL, state TEXT NOT NULL, lines BIGINT NOT NULL DEFAULT 0, accepted BIGINT NOT NULL DEFAULT 0, refused BIGINT NOT NULL DEFAULT 0, unchanged BIGINT NOT NULL DEFAULT 0, report TEXT NOT NULL DEFAULT '', created_at_ms BIGINT NOT NULL, ended_at_ms BIGINT, PRIMARY KEY (shop_id, import_id));

CREATE TABLE users (user_id TEXT NOT NULL PRIMARY KEY, email TEXT NOT NULL UNIQUE, name TEXT NOT NULL DEFAULT '', password_hash TEXT NOT NULL DEFAULT '', locale TEXT NOT NULL DEFAULT '', disabled BIGINT NOT NULL DEFAULT 0, created_at_ms BIGINT NOT NULL);
CREATE TABLE memberships (shop_id BIGINT NOT NULL, user_id TEXT NOT NULL, role TEXT NOT NULL, PRIMARY KEY (shop_id, user_id));
CREATE TABLE sessions (token_hash TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, user_id TEXT NOT NULL DEFAULT '', shop_id BIGINT NOT NULL, customer_id TEXT NOT NULL DEFAULT '', basket_id TEXT NOT NULL DEFAULT '', csrf TEXT NOT NULL DEFAULT '', created_at_ms BIGINT NOT NULL, expires_at_ms BIGINT NOT NULL);
CREATE TABLE setup_tokens (token_hash TEXT NOT NULL PRIMARY KEY, created_at_ms BIGINT NOT NULL, expires_at_ms BIGINT NOT NULL, used_at_ms BIGINT);
CREATE TABLE api_keys (key_id TEXT NOT NULL PRIMARY KEY, shop_id BIGINT NOT NULL, name TEXT NOT NULL, token_hash TEXT NOT NULL UNIQUE, role TEXT NOT NULL, scopes TEXT NOT NULL DEFAULT '', rate_per_minute BIGINT NOT NULL DEFAULT 0, created_by TEXT NOT NULL DEFAULT '', created_at_ms BIGINT NOT NULL, revoked_at_ms BIGINT);
CREATE TABLE audit (shop_id BIGINT NOT NULL, seq BIGINT NOT NULL, at_ms BIGINT NOT NULL, request_id TEXT NOT NULL, caller TEXT NOT NULL, operation TEXT NOT NULL, effect TEXT NOT NULL, subject TEXT NOT NULL DEFAULT '', outcome TEXT NOT NULL, summary TEXT NOT NULL DEFAULT '', PRIMARY KEY (shop_id, seq));
CREATE TABLE idempotency (shop_id BIGINT NOT NULL, caller TEXT NOT NULL, key TEXT NOT NULL, operation TEXT NOT NULL, request_hash TEXT NOT NULL, response TEXT NOT NULL, at_ms BIGINT NOT NULL, PRIMARY KEY (shop_id, caller, key));
CREATE TABLE meter (shop_id BIGINT NOT NULL, operation TEXT NOT NULL, day BIGINT NOT NULL, calls BIGINT NOT NULL, failures BIGINT NOT NULL, microseconds BIGINT NOT NULL, PRIMARY KEY (shop_id, operation, day));
)sql";

}  // namespace kindling::shop::schema
