// modules/dialogue/order_number.h -- the number of an order inside what somebody says, taken out before anything else is read.
//
// The idea: "ord_01M8DEYK…" is a name and not a text. Read as words it is an amount ("01M", a metre), a size, a word to search for. So its characters
// become one mark that is neither letter, digit nor Chinese: no table matches it, positions stay as they are, and that an order is spoken of is known.
// It is a number of an order by its own form (ord_ and more; req_ of a request to the shop names its order), behind the word "order" or 订单 when it looks like a number, or when one was asked for.
//
// Pure; any thread; linear in the text.
#pragma once
#include <string>
#include <string_view>

namespace kindling::dialogue {

inline constexpr char32_t order_mark = U'\uE000';

// The first number in `t`, lower case, with its hyphens; empty: none. `t`: normalised, of the length of `written`, in which hyphens still stand.
// Every number found is marked in `t`. `asked`: the guide has just asked for one.
std::string take_order_number(std::u32string& t, std::u32string_view written, bool asked);

// surface_of(text) with every order number marked.
std::u32string surface_without_orders(std::string_view text, bool asked);

}  // namespace kindling::dialogue
