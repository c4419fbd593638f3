// modules/dialogue/ports.h -- what the guide needs of the rest of the shop, as small interfaces: kept conversations, the basket,
// orders, the shop's own policies, and a language model if the owner has plugged one in.
//
// All calls belong to one turn on one thread. sql.cpp has the real ones; tests have theirs.
#pragma once
#include "core/result.h"
#include "modules/dialogue/blocks.h"
#include <functional>

namespace kindling::dialogue {

struct Basket {
    virtual ~Basket() = default;
    // An empty `basket_id` makes a basket; fails with variant_not_found, not_enough_stock, basket_not_found.
    virtual Result<void> add(std::string& basket_id, std::string const& sku, std::int64_t quantity) = 0;
    virtual Result<void> remove(std::string const& basket_id, std::string const& sku) = 0;  // an empty sku: everything
    struct Line { std::string sku; std::int64_t quantity = 0; };
    virtual Result<std::vector<Line>> lines(std::string const& basket_id) = 0;
};

struct Orders {
    virtual ~Orders() = default;
    enum class Access { granted, unknown_order, need_proof };
    struct Found { Access access = Access::unknown_order; OrderView order; };
    // Granted to the signed-in customer whose order it is, or to whoever knows the order number and `contact`: the e-mail, the whole
    // phone number or its last four digits. A wrong contact reads exactly like an order that does not exist.
    virtual Result<Found> find(std::string const& order_number, std::string const& contact) = 0;
    virtual Result<std::vector<OrderView>> mine() = 0;  // of the signed-in customer, newest first, at most five; else empty
};

// The shop's own words about shipping, returns …; nothing when the shop has written nothing.
struct Knowledge {
    virtual ~Knowledge() = default;
    virtual std::optional<std::string> policy(std::string const& topic, Locale) = 0;
};

struct ConversationStore {
    virtual ~ConversationStore() = default;
    struct Stored { std::string state; std::string basket_id; };
    // Nothing for an id that this caller may not continue.
    virtual Result<std::optional<Stored>> load(std::string const& conversation_id) = 0;
    struct Turn { std::string conversation_id, shopper_text, guide_text, state, basket_id, topic; Locale locale = Locale::zh; bool needs_person = false; };
    virtual Result<void> save(Turn const&) = 0;
};

// The seam for a model (providers/language comes later): it may reword what the built-in guide has found. Whatever it writes goes
// through the verifier (verify.h, check_free_text) with the same products in hand; a breach or a failure keeps the built-in words.
struct LanguageModel {
    virtual ~LanguageModel() = default;
    struct Task { std::string shopper_text; Locale locale; std::vector<Block> draft; };
    virtual Result<std::string> reword(Task const&) = 0;
};

struct Ports {
    Basket* basket = nullptr;
    Orders* orders = nullptr;
    Knowledge* knowledge = nullptr;
    LanguageModel* model = nullptr;
};

}  // namespace kindling::dialogue
