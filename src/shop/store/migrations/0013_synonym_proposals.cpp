// Words that shoppers' searches and clicks suggest to mean the same, and what people of the shop decided about them.
#include "shop/store/migrations/migrations.h"

namespace kindling::shop::schema {

extern std::string_view const synonym_proposals = R"sql(
CREATE TABLE synonym_proposals (shop_id BIGINT NOT NULL, proposal_id TEXT NOT NULL, first_words TEXT NOT NULL, second_words TEXT NOT NULL, state TEXT NOT NULL, evidence TEXT NOT NULL, position BIGINT NOT NULL DEFAULT 0, found_at_ms BIGINT NOT NULL, decided_at_ms BIGINT NOT NULL DEFAULT 0, decided_by TEXT NOT NULL DEFAULT '', PRIMARY KEY (shop_id, proposal_id));
)sql";

}  // namespace kindling::shop::schema
