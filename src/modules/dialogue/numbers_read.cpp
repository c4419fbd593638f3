// modules/dialogue/numbers_read.cpp -- see numbers_read.h.
#include "modules/dialogue/numbers_read.h"
#include <algorithm>
#include <string>
#include <unordered_map>

namespace kindling::dialogue {

int han_digit(char32_t c) {
    switch (c) {
        case U'零': case U'〇': return 0;
        case U'一': case U'壹': return 1;
        case U'二': case U'两': case U'俩': case U'贰': return 2;
        case U'三': case U'叁': return 3;
        case U'四': return 4;
        case U'五': return 5;
        case U'六': return 6;
        case U'七': return 7;
        case U'八': return 8;
        case U'九': return 9;
        default: return -1;
    }
}
double han_scale(char32_t c) {
    switch (c) {
        case U'十': case U'拾': return 10;
        case U'百': case U'佰': return 100;
        case U'千': case U'仟': return 1000;
        case U'万': return 10000;
        default: return 0;
    }
}

namespace {

// 160,130斤: a height and a weight, and no hundred and sixty thousand of them.
bool beside_a_weight(std::u32string_view t, std::size_t comma, double before) {
    if (before < 140 || before > 210) return false;
    auto i = comma + 1;
    while (i < t.size() && is_digit(t[i])) ++i;
    while (i < t.size() && is_blank(t[i])) ++i;
    auto const unit = t.substr(i);
    return i - comma >= 3 && (unit.starts_with(U"斤") || unit.starts_with(U"公斤") || unit.starts_with(U"千克") || unit.starts_with(U"kg"));
}

}  // namespace

std::optional<Number> arabic(std::u32string_view t, std::size_t i) {
    auto const begin = i;
    double value = 0, step = 1;
    std::size_t digits = 0;
    while (i < t.size() && digits < 13) {
        if (is_digit(t[i])) value = value * 10 + (t[i] - U'0'), ++digits, ++i;
        else if (t[i] == U',' && digits && !beside_a_weight(t, i, value) && i + 3 < t.size() && is_digit(t[i + 1]) && is_digit(t[i + 2]) && is_digit(t[i + 3]) && (i + 4 >= t.size() || !is_digit(t[i + 4]))) ++i;
        else break;
    }
    if (!digits) return {};
    while (i < t.size() && is_digit(t[i])) ++i;  // an absurd number keeps its first 13 digits
    if (i + 1 < t.size() && t[i] == U'.' && is_digit(t[i + 1])) {
        ++i;
        for (int k = 0; i < t.size() && is_digit(t[i]); ++i, ++k)
            if (k < 6) step /= 10, value += step * (t[i] - U'0');
    }
    if (i < t.size()) {
        if (han_scale(t[i]) >= 100) value *= han_scale(t[i]), step *= han_scale(t[i]), ++i;
        else if (t[i] == U'k' && (i + 1 >= t.size() || !is_latin(t[i + 1])) && value < 100) value *= 1000, step *= 1000, ++i;  // "2k", while 3000k is a colour temperature
    }
    return Number{begin, i, value, step};
}

std::optional<Number> han(std::u32string_view t, std::size_t i) {
    auto const begin = i;
    double total = 0, part = 0, last = 0;
    bool any = false, scaled = false;
    double pending = -1;
    for (; i < t.size(); ++i) {
        if (auto const d = han_digit(t[i]); d >= 0) {
            if (pending > 0 && d != 0) return Number{begin, i, total + part + pending, 1, true};
            pending = d, any = true;
        } else if (auto const s = han_scale(t[i]); s > 0) {
            if (!any && s != 10) break;
            auto const units = pending < 0 ? 1.0 : pending;
            if (s == 10000) total = (total + part + (pending > 0 ? pending : 0)) * s, part = 0;
            else part += units * s;
            pending = -1, any = true, scaled = true, last = s;
        } else break;
    }
    if (!any) return {};
    if (pending > 0) part += last >= 100 && scaled && han_digit(t[i - 1]) > 0 && (i < 2 || t[i - 2] != U'零') ? pending * last / 10 : pending;  // 一百五 = 150, 一百零五 = 105
    return Number{begin, i, total + part, scaled && last >= 100 && pending <= 0 ? last : 1, true};
}

std::optional<Number> english(std::u32string_view t, std::size_t i) {
    static std::unordered_map<std::u32string_view, int> const words{{U"one", 1}, {U"two", 2}, {U"three", 3}, {U"four", 4}, {U"five", 5}, {U"six", 6}, {U"seven", 7}, {U"eight", 8}, {U"nine", 9}, {U"ten", 10}, {U"eleven", 11}, {U"twelve", 12}, {U"fifteen", 15}, {U"twenty", 20}, {U"thirty", 30}, {U"forty", 40}, {U"fifty", 50}, {U"sixty", 60}, {U"seventy", 70}, {U"eighty", 80}, {U"ninety", 90}, {U"hundred", 100}, {U"thousand", 1000}};
    auto const begin = i;
    double total = 0, part = 0;
    std::size_t end = i;
    while (i < t.size()) {
        auto j = i;
        while (j < t.size() && is_latin(t[j])) ++j;
        auto const found = words.find(t.substr(i, j - i));
        if (found == words.end()) break;
        if (found->second == 100) part = (part ? part : 1) * 100;
        else if (found->second == 1000) total += (part ? part : 1) * 1000, part = 0;
        else part += found->second;
        end = j;
        i = skip_blanks(t, j);
        if (i < t.size() && t[i] == U'-') ++i;
    }
    if (end == begin) return {};
    return Number{begin, end, total + part, 1, true};
}

// A numeral of two to nine, or one; 0: none. 零 and 俩 begin nothing that is only about right.
static int ones(char32_t c) { auto const d = han_digit(c); return c == U'俩' || d < 0 ? 0 : d; }

std::optional<ApproximateNumber> approximate_number(std::u32string_view t, std::size_t at) {
    // What stands before the two numerals: 一百 of 一百二三十, 十 of 十七八.
    double before = 0, last = 0;
    auto i = at;
    while (i < t.size()) {
        double units = 1;
        auto j = i;
        if (auto const n = ones(t[j]); n > 0) units = n, ++j;
        auto const scale = j < t.size() ? han_scale(t[j]) : 0;
        if (scale == 0 || (last > 0 && scale >= last) || (j == i && scale != 10)) break;
        before += units * scale, last = scale, i = j + 1;
    }
    if (i + 1 >= t.size()) return {};
    auto const first = ones(t[i]), second = ones(t[i + 1]);
    if (first == 0 || (second != first + 1 && !(first == 3 && second == 5))) return {};
    auto end = i + 2;
    if (end < t.size() && ones(t[end]) > 0) return {};   // 一二三四
    auto scale = end < t.size() ? han_scale(t[end]) : 0;
    if (scale > 0 && (last == 0 || scale < last)) ++end;
    else if (last >= 100) scale = last / 10;   // 一百五六
    else scale = 0;
    auto const of_money = [&] { return end < t.size() && (t[end] == U'块' || t[end] == U'元'); };
    if (scale == 0 && !of_money()) return {};
    if (scale == 0) scale = 1;
    if (end < t.size() && han_scale(t[end]) >= 10000) scale *= han_scale(t[end]), ++end;   // 二三十万
    return ApproximateNumber{end, before + first * scale, before + second * scale};
}

}  // namespace kindling::dialogue
