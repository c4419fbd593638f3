// modules/dialogue/ports.h -- what the guide needs of the rest of the shop, as small interfaces: kept conversations, the basket,
// orders, the shop's own policies, and a language model if the owner has plugged one in.
//
// All calls belong to one turn on one thread. sql.cpp has the real ones; tests have theirs.
#pragma once
#include "core/operation.h"
#include "core/result.h"
#include "modules/dialogue/blocks.h"
#include "modules/merchandising/api.h"
#include "modules/pictures/api.h"
#include "shop/catalogue/size_chart.h"
#include <functional>
#include <span>
#include <stop_token>

namespace kindling::dialogue {

struct Basket {
    virtual ~Basket() = default;
    // An empty `basket_id` makes a basket; fails with variant_not_found, not_enough_stock, basket_not_found.
    virtual Result<void> add(std::string& basket_id, std::string const& sku, std::int64_t quantity) = 0;
    virtual Result<void> remove(std::string const& basket_id, std::string const& sku) = 0;  // an empty sku: everything
    virtual Result<void> set(std::string const& basket_id, std::string const& sku, std::int64_t quantity) = 0;  // of what is in it: so many, and no more; at least 1
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

    // Errands of an order that was found before: the guide asks only for those that its shopper has proven.
    struct Errand { std::string kind, order_id; std::int64_t line = 0, quantity = 1; std::string reason, wanted_sku; };  // kind: return or exchange
    virtual Result<OrderView> again(std::string const& order_id) { return no_errands(order_id); }
    virtual Result<std::string> request(Errand const& errand) { return fail(Errc::unavailable, "no_errands", "Returns are not handled here: " + errand.order_id); }  // the request's number
    virtual Result<void> cancel(std::string const& order_id) { return no_errands(order_id); }

protected:
    static std::unexpected<Error> no_errands(std::string const& order_id) { return fail(Errc::unavailable, "no_errands", "Errands of an order are not handled here: " + order_id); }
};

// What a signed-in shopper has asked the shop to keep in mind, and whether they agreed to it.
struct Preferences {
    virtual ~Preferences() = default;
    virtual bool signed_in() const = 0;
    virtual Result<bool> allowed() = 0;
    virtual Result<void> allow() = 0;                         // the shopper has just said yes
    virtual Result<std::vector<Constraint>> read() = 0;       // empty without consent
    virtual Result<void> write(std::vector<Constraint> const&) = 0;
    virtual Result<void> forget() = 0;                        // what is kept, and the consent
};

// Prices and stock that a shopper waits for; kept for the customer, or for the conversation of a guest.
struct Watches {
    virtual ~Watches() = default;
    enum class Kind { price, stock };
    struct Watch { std::string watch_id, sku; Kind kind = Kind::price; std::int64_t target_minor = 0; };
    virtual Result<void> add(Watch const&) = 0;
    virtual Result<std::vector<Watch>> waiting() = 0;         // oldest first
    virtual Result<void> told(std::string const& watch_id) = 0;
    virtual Result<std::int64_t> stop(std::string const& watch_id) = 0;  // empty: all; how many
};

// What the shop's records say beside the catalogue.
struct Records {
    virtual ~Records() = default;
    virtual Result<std::vector<PricePoint>> prices(std::string const& sku) = 0;   // oldest first
    struct Sizes { std::int64_t sold = 0, returned_for_size = 0; };
    virtual Result<Sizes> sizes(std::string const& product_id) = 0;
    // Units sold and sent back, of all its variants or of these SKUs; why, the most frequent reason first (codes of a return: size, quality, …; "": not said).
    struct Returned { std::int64_t orders = 0, sold = 0, returned = 0; std::vector<std::pair<std::string, std::int64_t>> reasons; };
    virtual Result<Returned> returned(std::string const& /*product_id*/, std::span<std::string const> /*skus*/) { return Returned(); }
    virtual Result<std::vector<shop::SizeRow>> size_charts() { return std::vector<shop::SizeRow>(); }  // as the owner wrote them
};

// What runs of coupons and thresholds, and what the shopper's basket gets of it.
struct Promotions {
    virtual ~Promotions() = default;
    struct Offer { Label title; std::string code; };  // code: "" when it counts by itself
    struct More { std::string promotion_id; Label title; std::int64_t missing_minor = 0, missing_units = 0, gain_minor = 0; bool said = false; };  // said: unasked, lately
    struct Told { std::vector<Offer> offers; std::vector<More> more; std::int64_t discount_minor = 0, goods_total_minor = 0, most_offers = 0; };  // of the basket; 0 without one. most_offers: how many may be told unasked in a talk
    virtual Result<Told> running(std::string const& basket_id) = 0;
    virtual Result<void> said_unasked(std::string const& /*promotion_id*/) { return {}; }  // to be counted with all else that is said unasked (nudge.h)
    struct AddOn { std::string sku; std::int64_t goods_total_minor = 0; };  // what the basket's goods cost with one of it
    // What these goods would come to as an order, with these codes entered; shipping only where it is known. Nothing where nobody can tell.
    struct Priced { std::int64_t goods_minor = 0, discount_minor = 0; std::optional<std::int64_t> shipping_minor; std::int64_t total_minor = 0; bool first_order_only = false; std::optional<Label> code_told = {}; };   // first_order_only: a code counts as it will for somebody's first order, who is not known here; code_told: the shop's word on the first code
    virtual Result<std::optional<Priced>> price(std::span<Basket::Line const> /*lines*/, std::span<std::string const> /*codes*/) { return std::optional<Priced>(); }
    // What becomes of a code in this basket ("": none), beside those that were entered before; `keep`: it stays entered where it counts or may count later. Nothing where nobody can tell.
    struct Entered { bool applied = false, exists = true; Label told; Priced now; };
    virtual Result<std::optional<Entered>> enter(std::string const& /*basket_id*/, std::string const& /*code*/, bool /*keep*/) { return std::optional<Entered>(); }
    // Of these SKUs, nearest first, those that count for the promotion and with which more comes off; the cheapest total first, at most twelve.
    virtual Result<std::vector<AddOn>> add_ons(std::string const& basket_id, std::string const& promotion_id, std::span<std::string const> skus) = 0;
};

// What the owner wants of the guide's candidates.
struct Merchandising {
    virtual ~Merchandising() = default;
    // category_id "": no single category is spoken of; said: the words of each wish in force.
    virtual Result<merchandising::Arrangement> rules(std::string const& category_id, std::vector<std::string> said) = 0;
};

// What looks like a photo that the shopper handed in; fails with picture_gone, pictures_not_indexed.
struct Pictures {
    virtual ~Pictures() = default;
    virtual Result<std::vector<pictures::Alike>> alike(std::string const& picture_id) = 0;
    virtual void forget(std::string const& picture_id) = 0;
};

// The shop's own words about shipping, returns …; nothing when the shop has written nothing.
struct Knowledge {
    virtual ~Knowledge() = default;
    virtual std::optional<std::string> policy(std::string const& topic, Locale) = 0;
    // What sending an order costs, by the settings that orders are charged by and pages show; "" where that is not known.
    virtual std::string shipping_cost(Locale) { return {}; }
    virtual std::optional<std::int64_t> shipping_of(std::int64_t /*goods_minor*/) { return {}; }   // by the same settings, of goods for this much; nothing where that is not known
};

// What buyers of a product say (reviews.digest); nothing for a product without reviews.
struct Reviews {
    virtual ~Reviews() = default;
    struct Said { std::string text, body; bool praise = true; };  // a stretch of the body of one review
    struct Aspect { std::string aspect, label; std::int64_t count = 0, praise = 0; std::vector<Said> said; };
    struct Heard { std::int64_t reviews = 0; double rating = 0; std::vector<Aspect> aspects; };
    virtual Result<Heard> of(std::string const& product_id, Locale) = 0;
};

struct ConversationStore {
    virtual ~ConversationStore() = default;
    struct Stored { std::string state; std::string basket_id; bool with_person = false; };  // with_person: somebody of the shop has answered and not given it back
    // Nothing for an id that this caller may not continue.
    virtual Result<std::optional<Stored>> load(std::string const& conversation_id) = 0;
    struct Turn { std::string conversation_id, shopper_text, guide_text, state, basket_id, topic; Locale locale = Locale::zh; bool needs_person = false; json::value data = nullptr; enum class Person { as_before, given_back } person = Person::as_before; };
    virtual Result<void> save(Turn const&) = 0;
    // The turn that was saved last, with other words and another state; false, and nothing is changed, when the state kept is not
    // `state_before` any more: the talk has gone on.
    virtual Result<bool> amend(Turn const&, std::string const& state_before) = 0;
};

// The seam for a model: it words what the built-in guide has found, and may look around in the shop and propose before it does. Whatever it
// writes goes through the verifier (verify.h) sentence by sentence; a breach or a failure keeps the built-in words.
struct LanguageModel {
    virtual ~LanguageModel() = default;
    // What it may call; `run` answers. Without operations it only words the draft.
    struct Tools {
        std::vector<Operation const*> operations = {};
        std::function<Result<json::value>(std::string_view operation, json::value const& request, std::stop_token)> run = {};
    };
    struct Task {
        std::string shopper_text;
        Locale locale = Locale::zh;
        std::vector<Block> draft;
        std::vector<std::string> limits = {};                 // in force, as they are shown
        std::string basket_id = {};                           // the shopper's
        Tools tools = {};
        bool fresh = false;                                   // asked anew, though the same was answered before: of a trial
        std::stop_token stop = {};
        std::function<bool(std::string_view)> on_words = {};  // as they come, not verified; false: no more of them are needed
        // A tool was called: the words before were not the answer. `outcome`: "ok" or why not.
        std::function<void(std::string_view operation, std::string_view outcome)> on_call = {};
    };
    // Whether one is set up and has passed the regression set (model_trial.h); costs a look at the settings.
    virtual Result<bool> ready() = 0;
    // The words of the last round; they were given to `on_words` too.
    virtual Result<std::string> reword(Task const&) = 0;
};

struct Ports {
    Basket* basket = nullptr;
    Orders* orders = nullptr;
    Knowledge* knowledge = nullptr;
    Reviews* reviews = nullptr;
    Preferences* preferences = nullptr;
    Watches* watches = nullptr;
    Records* records = nullptr;
    Promotions* promotions = nullptr;
    Merchandising* merchandising = nullptr;
    Pictures* pictures = nullptr;
};

}  // namespace kindling::dialogue
