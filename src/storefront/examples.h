// storefront/examples.h -- what could be asked of this shop, in its own categories and money: the chips of the home page, and of the guide's greeting.
//
// A price in an example is read off the goods: a round amount near the price that six in ten of a category's best sellers do not exceed. "Christmas under
// £200" is no example where Christmas costs a pound.
#pragma once
#include "core/text.h"
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace kindling::storefront {

struct Example { std::string en, zh; };
struct Wares { std::string name_en, name_zh; std::vector<std::int64_t> prices_minor; };  // of one category's best sellers, in any order

// "£2.50", "£20", "200元": an amount as a shopper says it.
std::string said(std::int64_t minor, std::string_view currency, Locale);
// One wish of each of the first four; those that need prices are left out where none are known. Deterministic.
std::vector<Example> examples_of(std::span<Wares const>, std::string_view currency);
// "A gift under …", by the prices of all; nothing without prices.
std::optional<Example> gift_example(std::span<Wares const>, std::string_view currency);

}  // namespace kindling::storefront
