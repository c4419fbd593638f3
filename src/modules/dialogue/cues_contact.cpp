// modules/dialogue/cues_contact.cpp -- what somebody tells of how to reach them, and that the number of an order is not at hand. See cues.h.
#include "modules/dialogue/cues.h"
#include "core/utf8.h"
#include <algorithm>

namespace kindling::dialogue::cues {

// The digits follow the word within a few others, in groups parted by one or two blanks, hyphens, dots or brackets: seven to fifteen of them (E.164).
std::optional<Telephone> telephone(std::u32string_view t) {
    auto const digit = [](char32_t c) { return c >= U'0' && c <= U'9'; };
    if (std::ranges::count_if(t, digit) < 7) return {};
    for (auto const& word : find_all(t, U"phone_number phone_no phone telephone_number telephone mobile_number mobile cell_number cell tel 手机号码 手机号 手机 电话号码 电话")) {
        auto at = word.end;
        while (at < t.size() && at - word.end < 16 && !digit(t[at])) ++at;
        Telephone out{{word.begin, at}, {}};
        std::size_t between = 0;
        for (; at < t.size() && between <= 2; ++at)
            if (digit(t[at])) out.digits += static_cast<char>(t[at]), out.span.end = at + 1, between = 0;
            else if (std::u32string_view(U" -.()+").find(t[at]) != std::u32string_view::npos) ++between;
            else break;
        if (out.digits.size() >= 7 && out.digits.size() <= 15) return out;
    }
    return {};
}

bool has_no_order_number(std::u32string_view t, bool asked) {
    // 有没有水杯 asks for goods.
    bool const missing = has(without(t, find_all(t, U"有没有 有没")), U"没有 没存 没留 没记 没带 没保存 没收到 不知道 不记得 不清楚 记不得 记不住 忘了 忘记 找不到 找不着 查不到 丢了 没了 don't_have dont_have do_not_have haven't_got haven't_a have_no got_no don't_know dont_know do_not_know don't_remember dont_remember do_not_remember can't_find cant_find cannot_find couldn't_find can't_remember cannot_remember lost forgot forgotten deleted without_the without_an no_order_number no_idea not_sure"), sought = has(t, U"where_do_i_find where_can_i_find how_do_i_find 在哪 哪里看 哪里找 怎么查 怎么找");
    if (!missing && !sought) return false;
    if (has(t, U"订单号 单号 订单编号 order_number order_no order_id order_numbers number_of_the_order number_of_my_order")) return true;
    // "Don't have the order with me": said of the number before it was asked for only with a word for it.
    if (has(t, U"the_order") && has(t, U"don't_have_the_order dont_have_the_order don't_know_the_order don't_remember_the_order can't_find_the_order forgot_the_order")) return true;
    return asked && (has(t, U"号码 编号 号 the_number a_number that_number any_number number confirmation it that") || (missing && t.size() <= 8));
}

}  // namespace kindling::dialogue::cues
