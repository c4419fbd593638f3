// How a good is ordered, beside its levels set by hand (modules/supply/by_hand.h): a policy by name and how many at a time.
#include "shop/store/migrations/migrations.h"

namespace kindling::shop::schema {

extern std::string_view const order_policies = R"sql(
ALTER TABLE supply_levels_by_hand ADD COLUMN policy TEXT NOT NULL DEFAULT 'by_cost';
ALTER TABLE supply_levels_by_hand ADD COLUMN order_quantity BIGINT;
)sql";

}  // namespace kindling::shop::schema
