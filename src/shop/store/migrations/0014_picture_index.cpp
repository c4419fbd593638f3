// What is known of the catalogue's pictures, to be found by a picture: how each looks (modules/pictures), and what was learned of which numbers count.
#include "shop/store/migrations/migrations.h"

namespace kindling::shop::schema {

extern std::string_view const picture_index = R"sql(
CREATE TABLE picture_looks (shop_id BIGINT NOT NULL, asset TEXT NOT NULL, version TEXT NOT NULL, look BYTEA, vector BYTEA, problem TEXT NOT NULL DEFAULT '', seen_at_ms BIGINT NOT NULL, PRIMARY KEY (shop_id, asset));
CREATE TABLE picture_projections (shop_id BIGINT NOT NULL PRIMARY KEY, projection BYTEA NOT NULL, pictures BIGINT NOT NULL, kinds BIGINT NOT NULL, learned_at_ms BIGINT NOT NULL);
)sql";

}  // namespace kindling::shop::schema
