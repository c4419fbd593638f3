// What the guide said unasked, so that it says little.
#include "shop/store/migrations/migrations.h"

namespace kindling::shop::schema {

extern std::string_view const guide_nudges = R"sql(
CREATE TABLE guide_nudges (shop_id BIGINT NOT NULL, nudge_id TEXT NOT NULL, who TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL, outcome TEXT NOT NULL, at_ms BIGINT NOT NULL, PRIMARY KEY (shop_id, nudge_id));
CREATE INDEX guide_nudges_by_who ON guide_nudges (shop_id, who, at_ms);
)sql";

}  // namespace kindling::shop::schema
