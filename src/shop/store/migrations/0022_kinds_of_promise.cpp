// What a promise set by hand for a good at a place is of: fill_rate or cycle_service; NULL: as of its class or supplier.
#include "shop/store/migrations/migrations.h"

namespace kindling::shop::schema {

extern std::string_view const kinds_of_promise = R"sql(
ALTER TABLE supply_levels_by_hand ADD COLUMN service TEXT;
)sql";

}  // namespace kindling::shop::schema
