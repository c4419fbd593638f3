// Daily weather by place: observed days and days of a forecast in one shape; a row that was taken in before its day was over is a forecast.
#include "shop/store/migrations/migrations.h"

namespace kindling::shop::schema {

extern std::string_view const weather = R"sql(
CREATE TABLE weather (shop_id BIGINT NOT NULL, place TEXT NOT NULL DEFAULT '', day BIGINT NOT NULL, temperature DOUBLE PRECISION NOT NULL, precipitation DOUBLE PRECISION, taken_at_ms BIGINT NOT NULL, PRIMARY KEY (shop_id, place, day));
)sql";

}  // namespace kindling::shop::schema
