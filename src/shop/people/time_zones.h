// shop/people/time_zones.h -- whether a name is that of a time zone that ICU knows.
#pragma once
#include <string_view>

namespace kindling::shop {

// A name that is not known would count as UTC, and every day of the shop would be another's.
bool is_time_zone(std::string_view name);

}  // namespace kindling::shop
