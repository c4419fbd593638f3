#include "engines/text/analysis/numerals.h"

#include <array>
#include <cmath>
#include <cstdint>
#include <utility>

namespace kindling::text {

namespace {

constexpr std::size_t most_digits = 24;

bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }
bool is_letter(char32_t c) { return c >= 'a' && c <= 'z'; }

int han_digit(char32_t c) {
    constexpr std::u32string_view digits = U"零一二三四五六七八九";
    if (c == U'两' || c == U'俩') return 2;
    if (c == U'〇') return 0;
    auto const at = digits.find(c);
    return at == std::u32string_view::npos ? -1 : static_cast<int>(at);
}

double han_power(char32_t c) {
    switch (c) {
        case U'十': return 10;
        case U'百': return 100;
        case U'千': return 1000;
        case U'万': return 1e4;
        case U'亿': return 1e8;
        default: return 0;
    }
}

// 三百二十五, 一百二 (120), 两万五 (25,000), 十二, 三点五, 二零二五 digit by digit.
std::optional<Numeral> read_han(std::u32string_view text, std::size_t at) {
    auto const here = [&](std::size_t i) { return i < text.size() ? text[i] : U'\0'; };
    if (here(at) == U'半') return Numeral{0.5, 0.5, at + 1, Numeral::Script::han};
    if (here(at) == U'几') {  // 几百: 2 to 9 of them
        auto end = at + 1;
        double power = 1;
        for (; han_power(here(end)) > 0 && end - at < 4; ++end) power *= han_power(here(end));
        return power > 1 ? std::optional(Numeral{2 * power, 9 * power, end, Numeral::Script::han}) : std::nullopt;
    }
    // A pair: two neighbouring digits and then one power, or none.
    if (auto const a = han_digit(here(at)), b = han_digit(here(at + 1)); a >= 1 && b == a + 1 && b <= 9) {
        auto end = at + 2;
        double power = 1;
        while (auto const p = han_power(here(end))) power *= p, ++end;
        bool const longer = han_digit(here(end)) >= 0;  // 一二三: not a range
        if (!longer) return Numeral{a * power, b * power, end, Numeral::Script::han};
    }
    double total = 0, section = 0, digit = -1, last_power = 1;
    bool any = false, zero = false, plain = true;
    auto i = at;
    for (; i < text.size() && i - at < most_digits; ++i) {
        auto const c = text[i];
        if (c == U'两' && digit >= 0) break;  // 二两: the unit
        if (auto const d = han_digit(c); d >= 0) {
            if (digit >= 0 && plain) digit = digit * 10 + d;  // 二零二五
            else digit = d;
            zero = d == 0, any = true;
        } else if (auto const power = han_power(c); power > 0) {
            if (!any && power != 10) return std::nullopt;  // 百度, 千 alone
            plain = false;
            auto const count = digit >= 0 ? digit : (power == 10 && section == 0 && total == 0 ? 1 : 0);
            if (power >= 1e4) total = (total + section + (digit >= 0 ? digit : 0)) * power, section = 0;
            else section += (digit < 0 && !(power == 10) ? 1 : count) * power;
            digit = -1, last_power = power, any = true, zero = false;
        } else {
            break;
        }
    }
    if (!any) return std::nullopt;
    if (digit > 0 && !plain && !zero && last_power >= 100 && i > at && text[i - 1] != U'零' && (i < at + 2 || text[i - 2] != U'零')) digit *= last_power / 10;  // 两百五
    double value = total + section + (digit > 0 ? digit : 0);
    if (here(i) == U'点' && han_digit(here(i + 1)) >= 0) {
        double place = 0.1;
        for (++i; han_digit(here(i)) >= 0 && place > 1e-6; ++i, place /= 10) value += place * han_digit(here(i));
    }
    return Numeral{value, value, i, Numeral::Script::han};
}

std::optional<Numeral> read_digits(std::u32string_view text, std::size_t at) {
    auto const here = [&](std::size_t i) { return i < text.size() ? text[i] : U'\0'; };
    double value = 0;
    auto i = at;
    auto const integer = [&] {
        double v = 0;
        for (std::size_t n = 0; is_digit(here(i)) && n < most_digits; ++i, ++n) v = v * 10 + (here(i) - '0');
        return v;
    };
    value = integer();
    if (i - at <= 3)
        while (here(i) == ',' && is_digit(here(i + 1)) && is_digit(here(i + 2)) && is_digit(here(i + 3)) && !is_digit(here(i + 4)) && i - at < most_digits) {
            ++i;
            value = value * 1000 + integer();
        }
    if (here(i) == '.' && is_digit(here(i + 1))) {
        double place = 0.1, fraction = 0;
        std::size_t n = 0;
        for (++i; is_digit(here(i)) && n < most_digits; ++i, ++n, place /= 10) fraction += place * (here(i) - '0');
        value = std::round((value + fraction) * 1e9) / 1e9;
    }
    auto const fraction = [&](std::size_t from) -> std::optional<double> {  // "3/4" with the cursor past it
        auto const back = i;
        i = from;
        if (!is_digit(here(i))) return i = back, std::nullopt;
        auto const above = integer();
        if (here(i) != '/' && here(i) != U'\u2044') return i = back, std::nullopt;
        ++i;
        auto const below = integer();
        bool const usual = below == 2 || below == 3 || below == 4 || below == 5 || below == 8 || below == 16 || below == 32 || below == 64;
        if (!usual || above >= below) return i = back, std::nullopt;
        return above / below;
    };
    if (here(i) == ' ' || here(i) == '-') {
        if (auto const f = fraction(i + 1)) value += *f;
    } else if (here(i) == '/' || here(i) == U'\u2044') {
        if (auto const f = fraction(at)) value = *f;
    }
    for (double power; (power = han_power(here(i))) >= 100; ++i) value *= power;
    if (i > at && han_power(here(i - 1)) >= 100 && han_digit(here(i)) > 0 && han_power(here(i + 1)) == 0)
        value += han_digit(here(i)) * han_power(here(i - 1)) / 10, ++i;  // 1万五
    else if (i > at && here(i - 1) == U'万' && is_digit(here(i)) && !is_digit(here(i + 1))) value += (here(i) - '0') * 1000.0, ++i;  // 1万2
    return Numeral{value, value, i, Numeral::Script::digits};
}

// "two hundred and fifty", "twenty-five", "half".
std::optional<Numeral> read_english(std::u32string_view text, std::size_t at) {
    static constexpr std::array<std::pair<std::u32string_view, int>, 31> words{{
        {U"one", 1}, {U"two", 2}, {U"three", 3}, {U"four", 4}, {U"five", 5}, {U"six", 6}, {U"seven", 7}, {U"eight", 8}, {U"nine", 9}, {U"ten", 10},
        {U"eleven", 11}, {U"twelve", 12}, {U"thirteen", 13}, {U"fourteen", 14}, {U"fifteen", 15}, {U"sixteen", 16}, {U"seventeen", 17}, {U"eighteen", 18},
        {U"nineteen", 19}, {U"twenty", 20}, {U"thirty", 30}, {U"forty", 40}, {U"fourty", 40}, {U"fifty", 50}, {U"sixty", 60}, {U"seventy", 70}, {U"eighty", 80}, {U"ninety", 90},
        {U"hundred", 100}, {U"thousand", 1000}, {U"half", 0},
    }};
    double total = 0, section = 0;
    bool any = false;
    auto i = at, end = at;
    for (int n = 0; n < 12; ++n) {
        auto stop = i;
        while (stop < text.size() && is_letter(text[stop])) ++stop;
        auto const word = text.substr(i, stop - i);
        if (any && word == U"and" && section >= 100) {
            i = stop + 1;
            continue;
        }
        auto const* found = words.end();
        for (auto const* w = words.begin(); w != words.end(); ++w)
            if (w->first == word) found = w;
        if (found == words.end()) break;
        auto const value = found->second;
        if (value == 0) {  // half: only alone
            if (any) break;
            auto past = stop;
            for (std::u32string_view const filler : {U" an", U" a"})
                if (text.substr(past, filler.size()) == filler && (past + filler.size() >= text.size() || !is_letter(text[past + filler.size()]))) { past += filler.size(); break; }
            return Numeral{0.5, 0.5, past, Numeral::Script::latin};
        }
        if (value == 100) section = (section == 0 ? 1 : section) * 100;
        else if (value == 1000) total += (section == 0 ? 1 : section) * 1000, section = 0;
        else if (any && (std::fmod(section, 100) != 0) && !(std::fmod(section, 10) == 0 && value < 10 && std::fmod(section, 100) >= 20)) break;
        else section += value;
        any = true, end = stop;
        if (stop >= text.size() || (text[stop] != ' ' && text[stop] != '-')) break;
        i = stop + 1;
    }
    if (!any || (end < text.size() && is_letter(text[end]))) return std::nullopt;
    return Numeral{total + section, total + section, end, Numeral::Script::latin};
}

}  // namespace

std::optional<Numeral> read_numeral(std::u32string_view text, std::size_t at) {
    if (at >= text.size()) return std::nullopt;
    auto const c = text[at];
    if (is_digit(c)) return read_digits(text, at);
    if (is_letter(c)) return read_english(text, at);
    if (c == U'半' || c == U'几' || han_digit(c) >= 0 || c == U'十') return read_han(text, at);
    return std::nullopt;
}

}  // namespace kindling::text
