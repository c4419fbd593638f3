// storefront/site.h -- what all pages share: the way to the operations, the shop's frame kept in memory, and the event log.
#pragma once
#include "gateway/execute/event_log.h"
#include "gateway/front/front.h"
#include "shop/catalogue/api.h"
#include "storefront/examples.h"
#include "storefront/html.h"
#include <atomic>
#include <map>
#include <mutex>

namespace kindling::storefront {

namespace json = boost::json;
using gateway::Request, gateway::Response;

// The words of `locale`, or those of the other language when the shop gave none.
std::string const& in(Locale, std::string const& en, std::string const& zh);

struct Policy {
    std::string topic, text_en, text_zh;
};

// Everything that stands around each page: name, money, categories, labels. Immutable; made again after the shop changed.
struct Shop {
    std::int64_t shop_id = 1;
    std::string name, name_zh, currency;
    Locale locale = Locale::en;
    std::int64_t shipping_fee_minor = 0, free_shipping_from_minor = 0;
    std::vector<std::string> payments;
    std::vector<Policy> policies;
    bool hears = false;                      // speech.status
    std::string voice = "none";              // none, offline, endpoint
    std::vector<Example> wishes;             // what could be asked, of these goods
    std::optional<Example> gift_wish;
    bool guide_held_out = false;             // from some visitors, by an experiment
    std::vector<std::string> embed_origins;  // other sites that may show the guide, in lower case: "https://www.example.com"
    std::vector<shop::Category> categories;  // in the order of the catalogue
    std::map<std::string, shop::AttributeKind, std::less<>> attributes;

    shop::Category const* category(std::string_view id) const;
    std::vector<shop::Category const*> children(std::string_view parent) const;  // empty: the top ones; only those with products
    std::vector<shop::Category const*> path_to(std::string_view id) const;       // from the top down to itself
};

// A product as lists show it.
struct Card {
    std::string product_id, title, brand, picture, sku, reason;
    std::int64_t price_minor = 0, price_to_minor = 0, compare_at_minor = 0, reviews = 0;
    double rating = 0;
    enum class Stock { in_stock, low, out } stock = Stock::in_stock;
};

// One request of one visitor.
struct Visit {
    Request const& request;
    Locale locale = Locale::en;
    gateway::Call call;
    std::shared_ptr<Shop const> shop;
    std::string basket_id;          // "" when the visitor has none
    std::int64_t units = 0;         // in the basket
    bool pictures = false;          // photos can be searched with
    bool guide = true;              // false: in the part of an experiment that does without
    std::string csrf = {};          // of the session of whoever is signed in: what the forms of their account must bring
    gateway::Pairs form;            // of a POST
    mutable gateway::Pairs set_headers = {};  // cookies to send with whatever is answered
    std::string base = {};          // "https://shop.example" where links are followed from another site's page; "" on our own

    std::string_view say(Text text) const { return text.in(locale); }
    std::string link(std::string_view path) const { return base + (locale == Locale::zh ? "/zh" : "/en") + std::string(path); }
    std::string money(std::int64_t minor) const;
    boost::json::array examples() const;     // for the guide's greeting, in this language
    std::string_view field(std::string_view name) const;  // of the form, "" when absent
    bool signed_in() const { return !call.caller.customer_id.empty(); }
    // Sets or, when empty, clears its cookie. Whoever is signed in needs none: their basket is found by who they are.
    void keep_basket(std::string const& id) const;
    void keep_session(std::string const& token, std::int64_t seconds) const;  // sets or, when empty, clears its cookie
};

class Site {
public:
    explicit Site(gateway::Front&);
    ~Site();

    // Fails with shop_not_found.
    Result<Visit> visit_of(Request const&, Locale);
    // The same for a request from another site's page, that brings no cookies: it says itself who the visitor is (as gateway::visit_of makes it) and
    // which basket is theirs; "" for neither.
    Result<Visit> embedded_visit_of(Request const&, Locale, std::string_view visitor, std::string_view basket_id);
    Result<json::value> call(Visit const&, std::string_view operation, json::object request);
    bool has(std::string_view operation) const { return executor_.registry().find(operation) != nullptr; }
    gateway::Executor& executor() { return executor_; }
    // Notes what the visitor did; never fails and never waits.
    void note(Visit const&, std::string_view kind, gateway::ShopEvent = {});
    // What this visit did before is in the store: for what is answered from it.
    void settle(Visit const&);

    // Lists that many pages repeat (related products, the home page's rows) are kept for a while: a minute, or until the
    // catalogue changed more than two seconds ago.
    std::shared_ptr<void const> recall(std::string const& key);
    void remember(std::string const& key, std::shared_ptr<void const> value);

private:
    struct Kept {
        std::shared_ptr<void const> value;
        std::chrono::steady_clock::time_point made;
        std::uint64_t generation;
    };
    Result<Visit> begin(Request const&, Locale, std::string session);
    void see_basket(Visit&, std::string_view operation, json::object request);
    Result<std::shared_ptr<Shop const>> shop_of(gateway::Call const&);

    gateway::Executor& executor_;
    gateway::Identities& identities_;
    gateway::EventLog& events_;
    std::size_t listener_;
    std::atomic<std::uint64_t> generation_ = 1, frame_generation_ = 1;
    std::mutex mutex_;
    std::map<std::string, Kept> kept_;
};

}  // namespace kindling::storefront
