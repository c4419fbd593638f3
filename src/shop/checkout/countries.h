// shop/checkout/countries.h -- countries by their ISO 3166-1 codes and by what people call them: "us", "USA", "United States", 美国.
#pragma once
#include "core/text.h"
#include <string>
#include <string_view>
#include <vector>

namespace kindling::shop {

// The two letters of a country that is named by its code of two or three letters, or by its name in English or Chinese (ICU's, and a few
// of everyday use); "" for what is none. Capitals, full stops and blanks around do not matter. Any thread.
std::string country_code(std::string_view said);
// Its name for a person; the code itself where it is none.
std::string country_name(std::string_view code, Locale);
// All codes, in the order of their names.
std::vector<std::string> country_codes(Locale);

}  // namespace kindling::shop
