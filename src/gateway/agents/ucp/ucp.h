// gateway/agents/ucp/ucp.h -- the Universal Commerce Protocol, version 2026-04-08, by REST and as tools of the MCP endpoint.
//
// A face, not a shop: each of its methods asks operations by name and writes what they say in the protocol's words. One table (ucp.cpp)
// says for every method its REST route, its MCP tool, the capability it belongs to and where in MCP's arguments its payload stands; both
// bindings go one way from there: who asks (UCP-Agent, a key), which capabilities both sides speak, whether it is within its limit, the
// method, the envelope, the count.
//
// Two kinds of errors, as the protocol wants them: a request that is not carried out is an HTTP status with {code, content} (JSON-RPC error
// in MCP); an outcome of business is 200 with messages.
// Source: ucp.dev specification 2026-04-08: overview, catalog, cart, checkout, order, signatures, ap2-mandates.
#pragma once
#include "gateway/agents/http_signature.h"
#include "gateway/agents/mandate.h"
#include "gateway/agents/traffic.h"
#include "gateway/front/front.h"
#include "shop/checkout/api.h"
#include <set>

namespace kindling::gateway::agents {

constexpr std::string_view ucp_version = "2026-04-08";

// One request, by whichever binding it came.
struct Ask {
    Request const& http;
    json::object const& body;           // the payload: REST's body, or its place in MCP's arguments
    std::string id;                     // of the resource, where there is one
    Call call;
    ShoppingAgent agent;
    std::string base;                   // "https://shop.example": where this request came in
    std::set<std::string, std::less<>> active = {};  // capabilities that both sides speak
};

struct Reply {
    json::object body;
    int status = 200;
    bool replayed = false;  // the answer of an earlier request with the same Idempotency-Key
};

struct Names;  // ucp/products.h

// Thread-safe. Must not outlive the front and the directory.
class Ucp {
public:
    Ucp(Front&, Directory&, Traffic&, Keys&);
    ~Ucp();
    void add_to(Router&);
    // The methods as tools of the MCP endpoint, in the set "ucp"; and what carries one out.
    static std::vector<OtherTool> tools();
    std::expected<json::object, RpcError> call_tool(Request const&, std::string_view tool, json::object const& arguments);

private:
    using Handler = Answered<Reply> (Ucp::*)(Ask&);
    struct Method {
        std::string_view name, capability, payload;
        gateway::Method verb;
        std::string_view path;
        Handler handler;
        enum class Kind { look, change } kind = Kind::look;  // a change is carried out once for each Idempotency-Key
    };
    static std::span<Method const> methods();

    Response profile(Request const&);
    Response rest(Method const&, Request const&);
    Answered<Reply> carry_out(Method const&, Request const&, std::string const& profile_url, std::string id, json::object const& body, std::string idempotency_key);
    // As the agent itself, or with what the face may do for it: `permissions`.
    Result<json::value> call(Ask const&, std::string_view operation, json::object request, std::vector<std::string> permissions = {});
    Answered<json::value> ask(Ask const&, std::string_view operation, json::object request, std::vector<std::string> permissions = {});

    // Kept for ten seconds, or until the catalogue changes; nothing, and why, when they cannot be read.
    std::shared_ptr<Names const> names(Ask const&, Refusal& why);

    Answered<Reply> search_catalog(Ask&);
    Answered<Reply> lookup_catalog(Ask&);
    Answered<Reply> get_product(Ask&);
    Answered<Reply> create_cart(Ask&);
    Answered<Reply> get_cart(Ask&);
    Answered<Reply> update_cart(Ask&);
    Answered<Reply> cancel_cart(Ask&);
    Answered<Reply> create_checkout(Ask&);
    Answered<Reply> get_checkout(Ask&);
    Answered<Reply> update_checkout(Ask&);
    Answered<Reply> complete_checkout(Ask&);
    Answered<Reply> cancel_checkout(Ask&);
    Answered<Reply> get_order(Ask&);

    // The checkout of this agent; another's reads as none.
    Answered<shop::Checkout> checkout_of(Ask const&);
    Answered<Reply> written(Ask const&, shop::Checkout const&, json::array more = {}, int status = 200);
    std::optional<MandateRefused> disagreement(Ask const&, shop::Checkout const&, std::string_view sd_jwt);
    Answered<Reply> once(Method const&, Ask&);
    std::set<std::string, std::less<>> payments(Ask const&);

    Front& front_;
    Directory& directory_;
    Traffic& traffic_;
    Keys& keys_;
    std::size_t listener_ = 0;
    std::mutex names_mutex_;
    std::map<std::pair<std::int64_t, Locale>, std::pair<std::shared_ptr<Names const>, std::chrono::steady_clock::time_point>> names_;
};

// What both sides speak: the business' capabilities whose version the platform has too, without extensions that extend nothing of these.
std::set<std::string, std::less<>> negotiate(ShoppingAgent const&);
// What the business' profile lists: name → {version, spec, schema, extends, config}.
json::object capability_registry();
// Ways of paying that the shop takes, as UCP's handlers: kindling.payment.invoice and, for demos, kindling.payment.test (test, mock_payment_handler).
json::object payment_handlers(std::set<std::string, std::less<>> const& payments);
// The way of paying, as orders.place knows it, that a handler's id stands for; "" for one that is not here.
std::string_view payment_of(std::string_view handler_id);
// Whether a credential's token pays. Only the test payment reads tokens: success_token pays, fail_token and all others are refused (UCP's conformance data).
bool pays(std::string_view payment, std::string_view token);
// The `ucp` member of an answer: version, status and the active capabilities that belong to `root`.
json::object envelope(Ask const&, std::string_view root, std::string_view status = "success");
// An outcome without a resource: status error, one message, where the shopper can go on.
Reply failed(Ask const&, std::string_view root, std::string_view code, std::string_view content, std::string_view severity = "unrecoverable");

// An error of an operation as one of a request that is not carried out.
Refusal refusal_of(Error const&);
json::object message(std::string_view type, std::string_view code, std::string_view content, std::string_view path = {}, std::string_view severity = {});
// What a shop's page shows of its rules: privacy_policy, refund_policy, shipping_policy.
json::array policy_links(json::value const& storefront, std::string const& base, Locale);
// "li_" and the SKU: the same for a line's whole life.
std::string line_id(std::string_view sku);
json::array line_totals(std::int64_t amount, std::int64_t off = 0);
// A warning for each code that does not count.
void tell_codes(std::span<shop::promotions::CodeTold const>, Locale, json::array& messages);

// profile="https://…" out of a UCP-Agent field (RFC 8941 dictionary); "" when there is none.
std::string profile_of(std::string_view field);

}  // namespace kindling::gateway::agents
