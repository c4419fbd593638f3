// What an agent's calls were besides served, refused or over its limit: repeated, in conflict with an earlier one, forged.
#include "shop/store/migrations/migrations.h"

namespace kindling::shop::schema {

extern std::string_view const agent_conduct = R"sql(
ALTER TABLE agent_traffic ADD COLUMN replayed BIGINT NOT NULL DEFAULT 0;
ALTER TABLE agent_traffic ADD COLUMN conflicting BIGINT NOT NULL DEFAULT 0;
ALTER TABLE agent_traffic ADD COLUMN forged BIGINT NOT NULL DEFAULT 0;
)sql";

}  // namespace kindling::shop::schema
