// modules/dialogue/sql.h -- everything the module reads from and writes to the store.
#pragma once
#include "modules/dialogue/catalogue_view.h"
#include "modules/dialogue/guide.h"
#include "modules/dialogue/ports.h"
#include "shop/accounts/attempts.h"
#include "shop/context.h"

namespace kindling::dialogue::sql {

// The whole catalogue with currency, synonyms, ratings and what sold in the last 90 days before `now`.
Result<CatalogueView::Source> load_catalogue(shop::Transaction&, Milliseconds now);
// Units that can be sold now, by SKU; SKUs whose stock is not kept are absent.
Result<std::unordered_map<std::string, std::int64_t>> load_stock(shop::Transaction&);

// The ports over the operation's own transaction. They borrow the context: one turn, one thread.
std::unique_ptr<Basket> basket(Context&);                 // through basket.add and basket.set, so that their rules hold here too
// Four digits prove little, so wrong proofs of an order are counted: ten an hour, then no proof opens it until the hour is over.
std::unique_ptr<Orders> orders(Context&, shop::Attempts& guesses, std::string conversation_id = "");  // where answers to errands are told
std::unique_ptr<Preferences> preferences(Context&);
std::unique_ptr<Watches> watches(Context&, std::string conversation_id);
std::unique_ptr<Records> records(Context&);
std::unique_ptr<Promotions> promotions(Context&);
std::unique_ptr<Merchandising> merchandising_rules(Context&);
// From when on sales and returns are counted: two years before the last order until `now`, which of imported orders may be long ago.
Result<Milliseconds> counted_since(shop::Transaction&, Milliseconds now);
Result<std::vector<PricePoint>> price_points(shop::Transaction&, std::string const& sku);  // oldest first

// How an answer came about, for the quality page; sealed, because it holds the shopper's words.
struct KeptTurn {
    std::string conversation_id, topic, basket_id;
    Locale locale = Locale::zh;
    TurnTrace trace;
    std::int64_t withheld = 0, microseconds = 0, offered = 0, offered_true = 0;
    bool needs_person = false, added = false;
};
Result<void> keep_turn(Context&, KeptTurn const&);
std::unique_ptr<Knowledge> knowledge(Context&);           // settings policy_<topic>_<locale>
std::unique_ptr<Reviews> reviews(Context&);               // through reviews.digest
std::unique_ptr<ConversationStore> conversations(Context&);

}  // namespace kindling::dialogue::sql
