// Where product feeds are pushed to, and what each target holds of each product.
#include "shop/store/migrations/migrations.h"

namespace kindling::shop::schema {

extern std::string_view const product_feeds = R"sql(
CREATE TABLE feed_targets (shop_id BIGINT NOT NULL, target_id TEXT NOT NULL, name TEXT NOT NULL, url TEXT NOT NULL, shop_url TEXT NOT NULL, locale TEXT NOT NULL, country TEXT NOT NULL DEFAULT '', key_sealed BYTEA, feed_id TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '', pushed_at_ms BIGINT NOT NULL DEFAULT 0, created_at_ms BIGINT NOT NULL, PRIMARY KEY (shop_id, target_id));
CREATE TABLE feed_products (shop_id BIGINT NOT NULL, target_id TEXT NOT NULL, product_id TEXT NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (shop_id, target_id, product_id));
)sql";

}  // namespace kindling::shop::schema
