// What other shops list, as files of the owner told it, and which of it is the same as a product of this shop.
#include "shop/store/migrations/migrations.h"

namespace kindling::shop::schema {

extern std::string_view const market_items = R"sql(
CREATE TABLE market_items (shop_id BIGINT NOT NULL, source TEXT NOT NULL, item_id TEXT NOT NULL, title TEXT NOT NULL, brand TEXT NOT NULL DEFAULT '', description TEXT NOT NULL DEFAULT '', code TEXT NOT NULL DEFAULT '', url TEXT NOT NULL DEFAULT '', currency TEXT NOT NULL, price_minor BIGINT, sales_rank BIGINT, previous_price_minor BIGINT, price_changed_at_ms BIGINT, previous_rank BIGINT, first_seen_at_ms BIGINT NOT NULL, seen_at_ms BIGINT NOT NULL, PRIMARY KEY (shop_id, source, item_id));
CREATE TABLE market_matches (shop_id BIGINT NOT NULL, source TEXT NOT NULL, item_id TEXT NOT NULL, product_id TEXT NOT NULL, state TEXT NOT NULL, probability DOUBLE PRECISION NOT NULL, reasons TEXT NOT NULL DEFAULT '', judged_at_ms BIGINT NOT NULL, PRIMARY KEY (shop_id, source, item_id, product_id));
CREATE INDEX market_matches_by_product ON market_matches (shop_id, product_id);
)sql";

}  // namespace kindling::shop::schema
