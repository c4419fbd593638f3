// modules/dialogue/understand.h -- one utterance of a shopper, Chinese, English or mixed, read against this shop's catalogue.
//
// The idea: a closed world. Everything that can become a constraint is a word of the catalogue (lexicon.h) or a number with a
// unit (measure.h); what those words do is decided by small tables of cues (cues.h): negation and its scope, alternatives,
// replacement, comparison, ordinals, and what the shopper wants done. What is left over is free text for the ranking and can
// never break a constraint. Commands inside the text ("ignore your instructions") have nobody to obey them.
//
// Pure; any thread; about 0.2 ms for a sentence. Text is read up to 2,000 characters.
#pragma once
#include "modules/dialogue/lexicon.h"
#include "modules/dialogue/need.h"
#include "shop/catalogue/size_chart.h"

namespace kindling::dialogue {

enum class Intent { find, compare, add_to_basket, remove_from_basket, show_basket, checkout, order_status, ask_fact, ask_policy, why, more, reset, greet, thanks, bye, abuse, person, help, out_of_scope, no_preference, empty,
    advise, bundle, return_goods, exchange_goods, cancel_order, remember_me, recall_me, forget_me, watch, list_watches, stop_watching, price_history, size_help, gift, ask_opinion, ask_returned };
BOOST_DESCRIBE_ENUM(Intent, find, compare, add_to_basket, remove_from_basket, show_basket, checkout, order_status, ask_fact, ask_policy, why, more, reset, greet, thanks, bye, abuse, person, help, out_of_scope, no_preference, empty,
                    advise, bundle, return_goods, exchange_goods, cancel_order, remember_me, recall_me, forget_me, watch, list_watches, stop_watching, price_history, size_help, gift, ask_opinion, ask_returned)
enum class Order { relevance, price_up, price_down, newest, popular, rating };

struct Comparative {
    enum class What { price, size, length, width, height, weight, capacity, power, endurance, noise, warmth } what = What::price;
    int direction = -1;  // -1: less, +1: more, than the product referred to
};

// "A light one, ideally": which way along an amount a wish leans; nothing is left out for it.
struct Leaning { Comparative wish; std::string said; };

inline constexpr char const* either_words = " / ";   // stands between alternatives in Reading::free_text

struct PlaceCount { int n = 0; std::int64_t count = 1; };   // so many of the one in that place

struct Reading {
    Intent intent = Intent::find;
    Locale locale = Locale::zh;
    std::vector<Constraint> constraints;         // labelled; ready to be merged into what was known
    std::vector<std::string> drop;               // "price", "category", "brand" or an attribute: "预算不限", "any colour"
    enum class Merge { replace, either, fresh } merge = Merge::replace;  // either: also this; fresh: another need altogether
    std::optional<Order> order;
    std::vector<Comparative> comparatives;
    std::vector<Leaning> leanings;
    std::vector<int> ordinals;                   // 1-based positions in the last list; -1 the last
    std::vector<PlaceCount> counts;        // how many of each of them, where a number is said of a place
    std::vector<int> refused;                    // positions that are not wanted: "not the first one"
    bool refers = false;                         // "it", "这个": the product in focus
    bool points = false;                         // "the red one", "便宜的那个": one of those shown, by what it is like
    bool corrects = false;                       // "no, I meant …", "改成…": takes the place of what was just done
    bool other = false;                          // "the other one"
    // Of a bundle, one text for each kind of thing wanted, and what was said of all of them.
    std::vector<std::string> slots;
    std::string shared;
    std::int64_t quantity = 1;
    bool quantity_said = false;
    std::vector<std::string> asked_attributes;   // of a question about facts: attribute identifiers
    std::vector<std::string> asked_words;        // and words to look for in texts: "防水", "waterproof"
    std::string topic;                           // price, stock for facts; shipping, returns, … for policies
    std::vector<std::string> topics;             // of policies: all that are asked about, the first of them in `topic`
    std::string order_number, contact_digits;
    std::string foreign_money;                   // an amount in a currency that is not the shop's, as written
    std::optional<Constraint> foreign_price;     // the limit it would be if the shop's were meant
    std::vector<Constraint> unheld;              // amounts and limits of amounts that were said and limit nothing here: of another currency, of what nothing here is measured by, against each other
    std::string free_text;                       // content words that no constraint took
    std::string thing;                           // of "headphones for my digital piano" the headphones, as free_text has them; empty: nothing is said that they are for
    std::string needs;                           // what a search looks for in texts: the wish without its limits and refusals (cues.h)
    bool instead = false;                        // "instead", 换成: what was said before still holds
    bool names_anew = false;                     // says what is wanted as one does at first: "a microphone for podcasting", 口琴, "I need a …"
    bool of_their_own = false;                   // speaks of something that somebody has or does: "my violin", "he plays guitar"
    bool refines = false;                        // free_text narrows what was looked for before ("with a case")
    std::vector<std::string> refused_unknown;    // refused, and no title here speaks of it
    std::vector<std::string> doubted;            // values beside a refusal that could not be read: neither wished for nor refused, as they were said
    std::vector<std::string> unheard;            // said about goods that are sold, and not understood: the shades of "lipstick shades"
    std::vector<std::string> not_sold;           // goods that are wished for and that no title here speaks of, as they were said
    std::vector<std::pair<std::string, std::string>> converted;    // sizes of another country as said, and as they are called here
    std::vector<std::pair<std::string, std::string>> corrections;  // as typed, as understood
    std::vector<std::string> contradictions;     // limits that leave nothing by themselves ("over 500, under 200"), as they were said; not applied
    bool speaks = false;                         // a sentence to somebody, and no words typed into a search box
    bool gift = false;                           // speaks of a present
    std::string recipient;                       // of the present, as said; empty: not said
    bool for_somebody = false;                   // a person is spoken of and no goods are named
    std::string interest;                        // what that person likes or does, as said
    bool interest_unheard = false;               // and no title here speaks of it
    enum class Whom { unknown, woman, man, child } whom = Whom::unknown;
    double foot_mm = 0;                          // length of a foot, when somebody asks for a size
    std::map<shop::BodyMeasure, double> body;    // measures of a person, in cm and kg
    bool small_talk = false;                     // said for company, and nothing of goods
    bool upset = false;                          // scolds beside asking for something
    bool suspicious = false;                     // reads like an attempt to command the guide
};

// What the conversation already knows and the reading depends on.
struct Situation {
    Locale locale = Locale::zh;
    std::vector<int> categories;       // in force
    std::string pending;               // "", "price", "category", "order", "contact", "variant" or the attribute just asked about
    std::size_t shown = 0;             // products in the last list
    bool order_shown = false;          // the last answer showed an order
    bool receiver = false;             // somebody who is given something was spoken of
    bool just_added = false;           // something was put into the basket, and nothing has been asked since
    enum class Focus { none, product } focus = Focus::none;  // a product is being talked about (its page, or just discussed)
};

Reading understand(std::string_view text, CatalogueView const&, Lexicon const&, Situation const&);

}  // namespace kindling::dialogue
