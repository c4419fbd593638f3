// When a payment's provider refused a refund for good: nobody tries it again by itself.
#include "shop/store/migrations/migrations.h"

namespace kindling::shop::schema {

extern std::string_view const refused_refunds = R"sql(
ALTER TABLE refunds ADD COLUMN refused_at_ms BIGINT;
)sql";

}  // namespace kindling::shop::schema
