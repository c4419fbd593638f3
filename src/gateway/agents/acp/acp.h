// gateway/agents/acp/acp.h -- the Agentic Commerce Protocol, version 2026-04-17: checkout sessions and carts by REST, checkout sessions
// as MCP tools too (tools.cpp), for agents that come with an API key.
//
// A face like UCP's, over the same operations. What differs is how it speaks: a bearer key and API-Version on every request, an
// Idempotency-Key on every POST (missing 400, another body 422, still running 409, a replay marked), one Error object {type, code, message, param}
// for all that goes wrong, and requests that name no field beyond the schema's. `complete` needs the shopper here too: the shop cannot check a
// payment company's delegated tokens, so it answers approval_required, and the session's continue_url is where the shopper approves.
// Sources: agentic-commerce-protocol 2026-04-17: openapi.agentic_checkout, openapi.cart, rfc.agentic_checkout (section 6), rfc.discovery.
#pragma once
#include "gateway/agents/directory.h"
#include "gateway/agents/fields.h"
#include "gateway/agents/traffic.h"
#include "gateway/front/front.h"
#include "shop/checkout/api.h"

namespace kindling::gateway::agents {

constexpr std::string_view acp_version = "2026-04-17";

struct AcpAsk {
    Request const& http;
    json::object const& body;
    std::string id;
    Call call;
    ShoppingAgent agent;
    std::string base;
};
struct AcpReply {
    json::object body;
    int status = 200;
};

// Thread-safe. Must not outlive the front and the directory.
class Acp {
public:
    Acp(Front& front, Directory& directory, Traffic& traffic) : front_(front), directory_(directory), traffic_(traffic) {}
    void add_to(Router&);

    // The five methods of the MCP binding (docs/mcp-binding.md of the specification).
    static std::vector<OtherTool> tools();
    static bool has_tool(std::string_view name);
    std::expected<json::object, RpcError> call_tool(Request const&, std::string_view tool, json::object const& arguments);

private:
    using Handler = Answered<AcpReply> (Acp::*)(AcpAsk&);
    struct Method {
        std::string_view name;
        gateway::Method verb;
        std::string_view path;
        Handler handler;
    };
    static std::span<Method const> methods();
    Response discovery(Request const&);
    // The product feed as files: the full set, for agents that replace theirs (openapi.feed). Public as the shop's pages are.
    Response feed_metadata(Request const&);
    Response feed_products(Request const&);
    Response serve(Method const&, Request const&);
    // What REST says in headers and path, and MCP in `meta` and `id`. MCP only recommends a key.
    struct Envelope { std::string version, key, id, language = {}; bool key_required = true; };
    Answered<AcpReply> carry_out(Method const&, Request const&, Envelope const&, json::object const& body, bool& replayed);
    Result<json::value> call(AcpAsk const&, std::string_view operation, json::object request, std::vector<std::string> permissions = {});
    Answered<shop::Checkout> session_of(AcpAsk const&);
    Answered<AcpReply> written(AcpAsk const&, shop::Checkout const&, int status = 200);
    Answered<AcpReply> cart(AcpAsk const&, Result<json::value> const& basket, int status = 200);

    Answered<AcpReply> create_session(AcpAsk&);
    Answered<AcpReply> get_session(AcpAsk&);
    Answered<AcpReply> update_session(AcpAsk&);
    Answered<AcpReply> complete_session(AcpAsk&);
    Answered<AcpReply> cancel_session(AcpAsk&);
    Answered<AcpReply> create_cart(AcpAsk&);
    Answered<AcpReply> get_cart(AcpAsk&);
    Answered<AcpReply> update_cart(AcpAsk&);
    Answered<AcpReply> cancel_cart(AcpAsk&);

    Front& front_;
    Directory& directory_;
    Traffic& traffic_;
    RunningKeys running_;
};

// ACP's Error object.
json::object acp_error(Refusal const&);

// An order in ACP's words: data of a webhook event.
struct OrderTold;  // ucp/orders.h
json::object acp_order(OrderTold const&, std::string const& base, Locale);

}  // namespace kindling::gateway::agents
