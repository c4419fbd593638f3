// Shoppers' accounts: how somebody signs in, their sessions (apart from those of staff, so that no query can take one for the other)
// and their addresses. Baskets are found by their owner.
#include "shop/store/migrations/migrations.h"

namespace kindling::shop::schema {

extern std::string_view const shopper_accounts = R"sql(
CREATE TABLE accounts (shop_id BIGINT NOT NULL, customer_id TEXT NOT NULL, login_kind TEXT NOT NULL, login_lookup TEXT NOT NULL, login_sealed BYTEA NOT NULL, password_hash TEXT NOT NULL, created_at_ms BIGINT NOT NULL, password_changed_at_ms BIGINT NOT NULL, reset_lookup TEXT NOT NULL DEFAULT '', reset_expires_at_ms BIGINT, PRIMARY KEY (shop_id, customer_id));
CREATE UNIQUE INDEX accounts_by_login ON accounts (shop_id, login_kind, login_lookup);
CREATE TABLE customer_sessions (token_hash TEXT NOT NULL PRIMARY KEY, shop_id BIGINT NOT NULL, customer_id TEXT NOT NULL, csrf TEXT NOT NULL, created_at_ms BIGINT NOT NULL, expires_at_ms BIGINT NOT NULL);
CREATE INDEX customer_sessions_by_customer ON customer_sessions (shop_id, customer_id);
CREATE TABLE customer_addresses (shop_id BIGINT NOT NULL, customer_id TEXT NOT NULL, address_id TEXT NOT NULL, contact_sealed BYTEA NOT NULL, preferred BIGINT NOT NULL DEFAULT 0, created_at_ms BIGINT NOT NULL, PRIMARY KEY (shop_id, customer_id, address_id));
CREATE INDEX baskets_by_customer ON baskets (shop_id, customer_id, updated_at_ms);
)sql";

}  // namespace kindling::shop::schema
