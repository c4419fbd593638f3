// Amounts, days and times as tables and requests write them: refused with a reason, or read to what writes and reads back to the same.
#include "core/fuzz_seeds.h"
#include "core/money.h"
#include "core/time.h"
#include "core/utf8.h"
#include <cstdlib>

using namespace kindling;

static void check(bool holds) { if (!holds) std::abort(); }

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
    if (size < 1) return 0;
    std::string_view const text(reinterpret_cast<char const*>(data) + 1, size - 1);
    auto const* const currency = data[0] % 3 == 0 ? "JPY" : data[0] % 3 == 1 ? "CNY" : "KWD";
    if (auto const amount = parse_amount(text, currency)) {
        check(parse_amount(format_amount(*amount, currency), currency) == *amount);
        check(is_utf8(format_money(*amount, currency, Locale::zh)));
        for (std::int64_t const factor : {std::int64_t{data[0]}, *amount})
            if (auto const product = checked_multiply(*amount, factor); product && factor != 0) check(*product / factor == *amount);
        (void)checked_scale(*amount, *amount, 1 + data[0]);
    }
    if (auto const day = parse_date(text)) check(format_date(*day) == text && parse_date(format_date(*day)) == *day);
    if (auto const at = parse_time(text)) check(parse_time(format_time(*at)) == *at);
    for (auto const order : {DateOrder::year_first, DateOrder::month_first, DateOrder::day_first})
        if (auto const at = parse_time(text, order)) check(parse_time(format_time(*at)) == *at);
    check(is_utf8(repair_utf8(text)) && (!is_utf8(text) || repair_utf8(text) == text));
    return 0;
}

KINDLING_FUZZ_SEEDS("\1" "1,299.50"sv, "\0-3"sv, "\2" "92233720368547758.07"sv, "\1" "2026-11-23"sv, "\1" "2026-11-23T16:44:33.120+08:00"sv, "\1" "12/1/2010 8:26 PM"sv, "\1" "2024-02-29 23:59:60Z"sv, "\1\xe7\x81\xab\xed\xa0\x80"sv)
