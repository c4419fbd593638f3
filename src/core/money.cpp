#include "core/money.h"
#include <algorithm>
#include <fmt/format.h>

namespace kindling {

namespace {

std::unexpected<Error> overflow() { return fail(Errc::invalid_argument, "amount_overflow", "An amount is too large."); }

std::int64_t power_of_ten(int n) {
    std::int64_t p = 1;
    while (n-- > 0) p *= 10;
    return p;
}

}  // namespace

int currency_decimals(std::string_view c) {
    for (auto zero : {"JPY", "KRW", "VND", "CLP", "ISK", "XAF", "XOF", "PYG", "UGX", "RWF"})
        if (c == zero) return 0;
    for (auto three : {"KWD", "BHD", "OMR", "JOD", "TND", "IQD", "LYD"})
        if (c == three) return 3;
    return 2;
}

bool is_currency(std::string_view c) {
    return c.size() == 3 && std::ranges::all_of(c, [](char x) { return x >= 'A' && x <= 'Z'; });
}

std::string format_amount(std::int64_t minor, std::string_view currency) {
    auto const decimals = currency_decimals(currency);
    auto const unit = static_cast<std::uint64_t>(power_of_ten(decimals));
    auto const size = minor < 0 ? 0 - static_cast<std::uint64_t>(minor) : static_cast<std::uint64_t>(minor);
    auto out = fmt::format("{}{}", minor < 0 ? "-" : "", size / unit);
    if (decimals) out += fmt::format(".{:0{}}", size % unit, decimals);
    return out;
}

std::string format_money(std::int64_t minor, std::string_view currency, Locale locale) {
    auto amount = format_amount(minor, currency);
    bool const negative = amount[0] == '-';
    if (negative) amount.erase(0, 1);
    auto const whole = amount.find('.') == amount.npos ? amount.size() : amount.find('.');
    for (auto i = static_cast<std::ptrdiff_t>(whole) - 3; i > 0; i -= 3) amount.insert(static_cast<std::size_t>(i), ",");
    std::string symbol = std::string(currency) + " ";
    if (currency == "CNY") symbol = locale == Locale::zh ? "¥" : "CN¥";
    else if (currency == "USD") symbol = locale == Locale::zh ? "US$" : "$";
    else if (currency == "GBP") symbol = "£";
    else if (currency == "EUR") symbol = "€";
    else if (currency == "JPY") symbol = locale == Locale::zh ? "JP¥" : "¥";
    return (negative ? "-" : "") + symbol + amount;
}

Result<std::int64_t> parse_amount(std::string_view text, std::string_view currency) {
    auto const bad = [&] { return fail(Errc::invalid_argument, "malformed_amount", fmt::format("\"{}\" is not an amount of money.", text.substr(0, 40))); };
    auto const decimals = currency_decimals(currency);
    std::int64_t minor = 0;
    bool negative = false, digits = false, point = false;
    int after = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char const c = text[i];
        if (c == '-' && !digits && !point && !negative) negative = true;
        else if ((c == ',' || c == ' ') && !point && digits) continue;
        else if (c == '.' && !point) point = true;
        else if (c >= '0' && c <= '9') {
            digits = true;
            if (point && ++after > decimals) {
                if (c != '0') return fail(Errc::invalid_argument, "too_many_decimals", fmt::format("\"{}\" has more decimals than {} has.", text.substr(0, 40), currency));
                continue;
            }
            minor = TRY(checked_add(TRY(checked_multiply(minor, 10)), c - '0'));
        } else return bad();
    }
    if (!digits) return bad();
    minor = TRY(checked_multiply(minor, power_of_ten(decimals - std::min(after, decimals))));
    return negative ? -minor : minor;
}

Result<std::int64_t> checked_add(std::int64_t a, std::int64_t b) {
    std::int64_t out;
    if (__builtin_add_overflow(a, b, &out)) return overflow();
    return out;
}

Result<std::int64_t> checked_multiply(std::int64_t a, std::int64_t b) {
    std::int64_t out;
    if (__builtin_mul_overflow(a, b, &out)) return overflow();
    return out;
}

Result<std::int64_t> checked_scale(std::int64_t amount, std::int64_t numerator, std::int64_t denominator) {
    __extension__ using Wide = __int128;
    auto const product = static_cast<Wide>(amount) * numerator;
    auto const half = static_cast<Wide>(denominator) / 2;
    auto const rounded = (product >= 0 ? product + half : product - half) / denominator;
    if (rounded > std::numeric_limits<std::int64_t>::max() || rounded < std::numeric_limits<std::int64_t>::min()) return overflow();
    return static_cast<std::int64_t>(rounded);
}

}  // namespace kindling
