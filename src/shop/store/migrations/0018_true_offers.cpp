// Of each turn of the guide: how many goods it offered, and how many of them met every limit in force then, or missed only what the answer named.
#include "shop/store/migrations/migrations.h"

namespace kindling::shop::schema {

extern std::string_view const true_offers = R"sql(
ALTER TABLE guide_turns ADD COLUMN offered BIGINT NOT NULL DEFAULT 0;
ALTER TABLE guide_turns ADD COLUMN offered_true BIGINT NOT NULL DEFAULT 0;
)sql";

}  // namespace kindling::shop::schema
