// Whether other shops have their items in stock, and which of the market's moves the owner was told.
#include "shop/store/migrations/migrations.h"

namespace kindling::shop::schema {

extern std::string_view const market_watch = R"sql(
ALTER TABLE market_items ADD COLUMN in_stock BIGINT;
ALTER TABLE market_items ADD COLUMN stock_changed_at_ms BIGINT;
CREATE TABLE market_told (shop_id BIGINT NOT NULL, source TEXT NOT NULL, item_id TEXT NOT NULL, kind TEXT NOT NULL, price_minor BIGINT, sales_rank BIGINT, decision_id TEXT NOT NULL, told_at_ms BIGINT NOT NULL, PRIMARY KEY (shop_id, source, item_id, kind));
)sql";

}  // namespace kindling::shop::schema
