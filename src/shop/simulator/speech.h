// shop/simulator/speech.h -- what customers type, write and say, and what the shop answers, in their language.
#pragma once
#include "core/random.h"
#include "shop/simulator/time_line.h"

namespace kindling::shop::simulator {

// What somebody types who has this product in mind, and what it asks for: products of a category, and one thing more.
struct Query {
    enum class Asks { kind, attribute, colour, brand, price, point };
    std::string text;        // sometimes with a slip of the finger in English
    int category = 0;
    Asks asks = Asks::kind;
    std::string value;       // attribute, colour, point: as in English
    std::int64_t number = 0; // brand: its index; price: the most, minor units
};
Query search_query(World const&, Product const&, Locale, Random&);
// Whether a product is what the query asks for.
bool answers(World const&, Query const&, Product const&);
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
