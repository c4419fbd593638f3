// storefront/listing.h -- lists of products with exact facet counts, from dialogue.search; and how they stand in an address.
//
//   /zh/c/dresses?f.colour=Red&f.colour=Blue&min=100&max=300&sort=price_up&stock=1&after=TOKEN
//
// A build or moment without dialogue.search still lists products, without facets, from the staff's list.
#pragma once
#include "storefront/page.h"

namespace kindling::storefront {

struct Filter {
    std::string name, value;
    bool operator==(Filter const&) const = default;
};

struct Wish {
    std::string query, category_id;
    std::string photo;                // of pictures.upload: only what looks like it
    std::vector<Filter> filters;
    std::vector<std::string> ignore;  // constraints read from the words that shall not count
    std::string min, max;             // prices in major units, as typed
    std::string sort;                 // "", price_up, price_down, newest, popular, rating
    bool in_stock = false;
    bool shortened = false;           // more was typed than is looked for
    bool unreadable = false;          // the address has words that are no UTF-8
    std::string after;
    std::int64_t page_size = 24;
    bool shared = false;              // the answer is for many visitors: rules of experiments are left out
};

Wish wish_of(Request const&);
// The query of an address that says this, without the page token; "" when it says nothing.
std::string query_of(Wish const&);

struct Facet {
    std::string name, label;
    struct Value { std::string value, label; std::int64_t count = 0; };
    std::vector<Value> values;
};

struct Understood {
    std::string id, label;
};

struct LikelyCategory {
    std::string id, label;
    std::int64_t products = 0;
};

// A value that the words speak for and do not name.
struct Foreseen {
    std::string attribute, attribute_label, value, label, word;
};

struct Listing {
    std::vector<Card> cards;
    std::int64_t total = 0;
    std::vector<Facet> facets;
    std::vector<Understood> understood;
    std::vector<std::pair<std::string, std::string>> corrections;
    std::vector<LikelyCategory> likely;   // categories that the words may mean
    std::vector<Foreseen> foreseen;       // a preference, no filter
    std::vector<Card> nearest;            // when nothing fits
    bool nearest_is_liked = false;        // and nothing comes near: what is well liked
    std::vector<std::string> given_up;    // limits that the cards, or the nearest, do not meet, as the shopper said them
    std::vector<std::string> unapplied;   // limits that nothing here can be held against, as the shopper said them
    std::string kind;                     // the kind of goods that was asked for, when one was
    std::vector<std::string> missing;     // goods that were asked for and are not sold here
    std::string intent;                   // buy, compare, support or chat
    std::vector<std::string> unanswered;  // what was said of a person or a trouble and nothing here is made for
    std::string next, banner, banner_link, redirect;
};

// What was given up, as one phrase.
std::string limits_given_up(Listing const&, Locale);
// What is said of limits that nothing here can be held against; empty: there are none.
std::string unapplied_said(Listing const&, Locale);

Result<Listing> find(Site&, Visit const&, Wish const&);
// The same, kept for a while: for rows that many pages repeat. An error gives an empty list.
std::shared_ptr<Listing const> find_kept(Site&, Visit const&, Wish const&);
// Former prices are not part of search answers; asks the catalogue for those of these cards.
void add_former_prices(Site&, Visit const&, std::span<Card>);

Card card_of(json::object const&);  // of dialogue's Card

// Filters, sorting, grid and the way to the next page. `base` is the page's path with language.
Html listing_html(Visit const&, Wish const&, Listing const&, std::string const& base);
// What stands above the list when the words want no goods, but help, a comparison or a talk; empty: they want goods.
Html not_for_goods(Visit const&, Wish const&, Listing const&);

}  // namespace kindling::storefront
