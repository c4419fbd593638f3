// The rows of an import that were refused or skipped, so that they can be looked at and downloaded afterwards.
#include "shop/store/migrations/migrations.h"

namespace kindling::shop::schema {

extern std::string_view const import_lines = R"sql(
CREATE TABLE import_lines (shop_id BIGINT NOT NULL, import_id TEXT NOT NULL, position BIGINT NOT NULL, outcome TEXT NOT NULL, line BIGINT NOT NULL, column_name TEXT NOT NULL DEFAULT '', reason TEXT NOT NULL, message TEXT NOT NULL DEFAULT '', cell TEXT NOT NULL DEFAULT '', PRIMARY KEY (shop_id, import_id, position));
ALTER TABLE imports ADD COLUMN skipped BIGINT NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN caller TEXT NOT NULL DEFAULT '';
CREATE INDEX imports_by_time ON imports (shop_id, created_at_ms);
)sql";

}  // namespace kindling::shop::schema
