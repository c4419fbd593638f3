// modules/dialogue/verify.h -- nothing leaves that is not so.
//
// Right before a block is sent, every fact in it is read again from the newest snapshot: cards field by field, comparison rows
// value by value, slots of a text each by its kind; and what stands between the slots may hold no digit, no currency sign. A card
// without marked misses must meet every constraint in force. The same eyes look at a model's free text: every number, amount,
// brand and catalogue word in it must be true of one of the products in hand or be the shopper's own; in a sentence that names
// products by their titles, of those.
//
// Pure; any thread. Cost: linear in the block.
#pragma once
#include "modules/dialogue/blocks.h"
#include "modules/dialogue/lexicon.h"

namespace kindling::dialogue {

struct Grounds {
    std::vector<Constraint> constraints;      // in force
    std::vector<std::string> echoes;          // texts that are the shopper's own or come from a port (policy, order, basket)
    std::vector<std::int64_t> counts;         // numbers of results that were counted
    struct Written { std::string product_id, body; };
    std::vector<Written> reviews;             // whole reviews that are quoted from, as the store has them
};

// Every breach as a sentence; empty: the block may be sent.
std::vector<std::string> breaches(Block const&, CatalogueView const&, Grounds const&);

// For a model's words about `products` (indexes into the view).
std::vector<std::string> free_text_breaches(std::string_view text, CatalogueView const&, Lexicon const&, std::span<std::size_t const> products, Grounds const&);

}  // namespace kindling::dialogue
