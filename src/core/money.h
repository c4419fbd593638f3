// core/money.h -- money is a whole number of minor units (fen, cents, pence) with its currency, and never floating point.
#pragma once
#include "core/result.h"
#include "core/text.h"
#include <cstdint>
#include <string>
#include <string_view>

namespace kindling {

struct Money {
    std::int64_t minor = 0;
    std::string currency;  // ISO 4217
};

// Decimals of a currency: JPY 0, CNY 2, KWD 3; 2 for a code that is not known.
int currency_decimals(std::string_view currency);
bool is_currency(std::string_view);  // three capital letters

// "¥1,299.00", "US$9.99", "£2.55": how a shopper reads it in `locale`.
std::string format_money(std::int64_t minor, std::string_view currency, Locale);
// "1299.00": for CSV and JSON-LD.
std::string format_amount(std::int64_t minor, std::string_view currency);
// "1,299.5", "-3.00", "1 299" -> minor units, exactly; more decimals than the currency has is an error unless they are zeros.
Result<std::int64_t> parse_amount(std::string_view text, std::string_view currency);

// Overflow is an error (reason amount_overflow), never a wrapped number.
Result<std::int64_t> checked_add(std::int64_t, std::int64_t);
Result<std::int64_t> checked_multiply(std::int64_t, std::int64_t);
// amount × numerator / denominator, rounded half away from zero (how tills round); denominator > 0.
Result<std::int64_t> checked_scale(std::int64_t amount, std::int64_t numerator, std::int64_t denominator);

}  // namespace kindling
