// How well products fit a search, as people of the shop judged it: what the order of results is learned from and held to.
#include "shop/store/migrations/migrations.h"

namespace kindling::shop::schema {

extern std::string_view const search_judgements = R"sql(
CREATE TABLE search_judgements (shop_id BIGINT NOT NULL, query TEXT NOT NULL, product_id TEXT NOT NULL, grade BIGINT NOT NULL, judged_at_ms BIGINT NOT NULL, judged_by TEXT NOT NULL DEFAULT '', PRIMARY KEY (shop_id, query, product_id));
)sql";

}  // namespace kindling::shop::schema
