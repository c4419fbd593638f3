// shop/simulator/speech.h -- what customers type, write and say, and what the shop answers, in their language.
#pragma once
#include "core/random.h"
#include "shop/simulator/time_line.h"

namespace kindling::shop::simulator {

// What somebody types who will look at this product; sometimes with a slip of the finger in English.
std::string search_query(World const&, Product const&, Locale, Random&);
// Stars already drawn; the sentences speak well or ill of aspects accordingly. `wish`: an unmet need to mention, or null.
std::string review_text(World const&, Product const&, Locale, int stars, UnmetNeed const* wish, Random&);
std::string return_comment(ReturnReason, Locale, Random&);

struct TalkAbout {
    Topic topic = Topic::guide;
    Locale language = Locale::zh;
    Product const* product = nullptr;   // never null
    Variant const* variant = nullptr;   // never null
    Order const* order = nullptr;       // topics about an order
    UnmetNeed const* need = nullptr;    // unmet_need
    Milliseconds at_ms = 0;
};
// Four to eight messages; the facts in them are those of the order and the product.
Conversation converse(World const&, TalkAbout const&, Random&);

}  // namespace kindling::shop::simulator
