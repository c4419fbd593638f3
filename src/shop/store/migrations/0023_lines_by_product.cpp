// What was sold of a product, and came back, without reading every line of every order.
#include "shop/store/migrations/migrations.h"

namespace kindling::shop::schema {

extern std::string_view const lines_by_product = R"sql(
CREATE INDEX IF NOT EXISTS order_lines_by_product ON order_lines (shop_id, product_id);
)sql";

}  // namespace kindling::shop::schema
