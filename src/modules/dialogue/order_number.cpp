// modules/dialogue/order_number.cpp -- see order_number.h.
#include "modules/dialogue/order_number.h"
#include "core/utf8.h"
#include "engines/text/analysis/normalise.h"
#include "modules/dialogue/cues.h"
#include <algorithm>

namespace kindling::dialogue {
namespace {

bool digit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool alphanumeric(char32_t c) { return (c >= U'a' && c <= U'z') || digit(c); }
bool of_a_token(char32_t c) { return alphanumeric(c) || c == U'_' || c == U'-'; }

// "Order no. 5512", "订单号是5512": how far the word for an order lies before a token; a verb ("I want to order …") names none.
bool behind_the_word(std::u32string_view before) {
    for (bool moved = true; moved;) {
        moved = false;
        for (std::u32string_view filler : {U" ", U"#", U":", U"：", U"号", U"码", U"是", U"为", U"is", U"no.", U"no", U"nr", U"number", U"id"})
            if (before.ends_with(filler)) before.remove_suffix(filler.size()), moved = true;
    }
    if (before.ends_with(U"订单") || before.ends_with(U"单") ) return !before.ends_with(U"下单") && !before.ends_with(U"买单");
    if (!before.ends_with(U"order")) return false;
    before.remove_suffix(5);
    if (!before.empty() && cues::letter(before.back())) return false;
    for (std::u32string_view verb : {U"to ", U"i ", U"we ", U"can ", U"please ", U"'ll "})
        if (before.ends_with(verb)) return false;
    return true;
}

}  // namespace

std::string take_order_number(std::u32string& t, std::u32string_view written, bool asked) {
    std::string first;
    if (t.size() != written.size()) return first;
    auto const alone = [&](std::size_t begin, std::size_t end) {  // nothing else was said
        auto const nothing = [](char32_t c) { return c == U' ' || c == U'#' || c == U'.' || c == U'。'; };
        return std::ranges::all_of(written.substr(0, begin), nothing) && std::ranges::all_of(written.substr(end), nothing);
    };
    auto const telephone = cues::telephone(t);
    for (std::size_t i = 0; i < written.size();) {
        if (telephone && i >= telephone->span.begin && i < telephone->span.end) { i = telephone->span.end; continue; }
        if (!alphanumeric(written[i])) { ++i; continue; }
        auto end = i;
        while (end < written.size() && of_a_token(written[end])) ++end;
        auto const next = end;
        while (!alphanumeric(written[end - 1])) --end;
        auto const token = written.substr(i, end - i);
        auto const digits = std::ranges::count_if(token, digit);
        bool const mail = (i > 0 && (written[i - 1] == U'@' || written[i - 1] == U'.')) || (next < written.size() && (written[next] == U'@' || (written[next] == U'.' && next + 1 < written.size() && alphanumeric(written[next + 1]))));
        bool const joined = token.find_first_of(U"_-") != token.npos, letters = std::ranges::any_of(token, [](char32_t c) { return c >= U'a' && c <= U'z'; });
        bool const own_form = (token.starts_with(U"ord_") || token.starts_with(U"ord-") || token.starts_with(U"req_") || token.starts_with(U"req-")) && token.size() >= 8 && digits > 0;
        bool const looks = digits >= 5 || (digits > 0 && joined) || (digits >= 4 && letters);
        bool const contact = !letters && !joined && digits == 4 && !(i > 0 && written[i - 1] == U'#');  // of a telephone
        if (!mail && (own_form || (looks && behind_the_word(written.substr(0, i))) || (asked && !contact && digits > 0 && (looks || alone(i, end))))) {
            if (first.empty()) first = to_utf8(token);
            std::fill(t.begin() + static_cast<std::ptrdiff_t>(i), t.begin() + static_cast<std::ptrdiff_t>(end), order_mark);
        }
        i = next;
    }
    return first;
}

std::u32string surface_without_orders(std::string_view text, bool asked) {
    text::Normalised written;
    text::normalise(text, written);
    auto t = surface_of(text);
    take_order_number(t, written.text, asked);
    return t;
}

}  // namespace kindling::dialogue
