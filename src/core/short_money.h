// core/short_money.h -- money as it is read within a shop, where nobody says CN¥ or US$: the short form of the shop's own currency in either language, as the console shows it.
#pragma once
#include "core/money.h"

namespace kindling {

inline std::string short_money(std::int64_t minor, std::string_view currency) { return format_money(minor, currency, currency == "CNY" ? Locale::zh : Locale::en); }

}  // namespace kindling
