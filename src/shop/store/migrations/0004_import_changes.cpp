// What an import made or changed, so that it can be taken back: for each thing how it was before (empty: it was not there) and a digest of
// how the import left it, by which a later change is noticed.
#include "shop/store/migrations/migrations.h"

namespace kindling::shop::schema {

extern std::string_view const import_changes = R"sql(
CREATE TABLE import_changes (shop_id BIGINT NOT NULL, import_id TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, before TEXT NOT NULL DEFAULT '', digest BIGINT NOT NULL, PRIMARY KEY (shop_id, import_id, kind, key));
ALTER TABLE imports ADD COLUMN undone_at_ms BIGINT;
)sql";

}  // namespace kindling::shop::schema
