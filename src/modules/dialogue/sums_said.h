// modules/dialogue/sums_said.h -- what a shopper asks to have added up, read from the words (cues_sums.cpp); the sums: sums_shown.cpp, price_per.cpp.
//
// Pure; any thread; linear in the text.
#pragma once
#include "modules/dialogue/measure.h"
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kindling::dialogue {

bool names_shipping(std::u32string_view text);                     // "with shipping", 含运费: what sending costs is meant, too
bool asks_total(std::u32string_view text);                         // 一共多少钱, "how much for both", "what do I pay"
std::optional<std::int64_t> units_asked(std::string_view said);    // 20个, "20 of these"

struct PricePer { double amount = 0; std::string base, label; };   // base: g or ml; label: the unit as it was said; empty: none was
std::optional<PricePer> asks_price_per(std::u32string_view text);  // 多少钱一斤, "better value per 100 ml", "50ml的和30ml的哪个划算"

struct Consumption { double a_day = 0; std::string base, said; std::int64_t days = 30; };
std::optional<Consumption> consumption(std::string_view said);     // "she eats 60 g a day, what does a month cost"

// The amounts of money or, with a base, of that measure, said without a limit; a bare number counts as money.
std::vector<Quantity> amounts_said(std::string_view said, std::string_view base = {});

}  // namespace kindling::dialogue
