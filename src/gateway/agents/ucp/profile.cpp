// GET /.well-known/ucp and what follows from it: which capabilities we have, and which of them count between us and a platform.
#include "gateway/agents/ucp/ucp.h"
#include <fmt/format.h>

namespace kindling::gateway::agents {

namespace {

struct Capability {
    std::string_view name, spec, schema, extends;
};

constexpr Capability capabilities[] = {
    {"dev.ucp.shopping.catalog.search", "catalog/search", "catalog_search", ""},
    {"dev.ucp.shopping.catalog.lookup", "catalog/lookup", "catalog_lookup", ""},
    {"dev.ucp.shopping.cart", "cart", "cart", ""},
    {"dev.ucp.shopping.checkout", "checkout", "checkout", ""},
    {"dev.ucp.shopping.fulfillment", "fulfillment", "fulfillment", "dev.ucp.shopping.checkout"},
    {"dev.ucp.shopping.discount", "discount", "discount", "dev.ucp.shopping.cart,dev.ucp.shopping.checkout"},
    {"dev.ucp.shopping.ap2_mandate", "ap2-mandates", "ap2_mandate", "dev.ucp.shopping.checkout"},
    {"dev.ucp.shopping.order", "order", "order", ""},
};

// What a capability extends, where it may be several with commas.
std::vector<std::string_view> extended(Capability const& c) {
    std::vector<std::string_view> out;
    for (auto rest = c.extends; !rest.empty();) {
        auto const comma = std::min(rest.find(','), rest.size());
        out.push_back(rest.substr(0, comma));
        rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    return out;
}

bool extends(Capability const& c, std::string_view root) {
    auto const of = extended(c);
    return std::ranges::find(of, root) != of.end();
}

json::array once(json::object entry) { return json::array{std::move(entry)}; }

// Handlers by the way of paying that they stand for. The test payment is there by its own name and by that of the conformance data's instruments.
struct PaymentHandler {
    std::string_view id, payment, instrument;
};
constexpr PaymentHandler known_handlers[] = {{"invoice", "invoice", "invoice"}, {"test", "test", "card"}, {"mock_payment_handler", "test", "card"}};

}  // namespace

json::object capability_registry() {
    json::object out;
    for (auto const& c : capabilities) {
        json::object entry{{"version", ucp_version}, {"spec", fmt::format("https://ucp.dev/{}/specification/{}", ucp_version, c.spec)}, {"schema", fmt::format("https://ucp.dev/{}/schemas/shopping/{}.json", ucp_version, c.schema)}};
        if (auto const of = extended(c); of.size() == 1) entry["extends"] = of[0];
        else if (!of.empty()) entry["extends"] = json::array(of.begin(), of.end());
        if (c.name == "dev.ucp.shopping.ap2_mandate") entry["config"] = json::object{{"vp_formats_supported", json::object{{"dc+sd-jwt", json::object{}}}}};
        out[c.name] = once(std::move(entry));
    }
    return out;
}

json::object payment_handlers(std::set<std::string, std::less<>> const& payments) {
    json::object out;
    for (auto const& h : known_handlers)
        if (payments.contains(h.payment)) {
            auto& of = out.emplace(fmt::format("kindling.payment.{}", h.payment), json::array()).first->value().as_array();
            of.push_back(json::object{{"id", h.id}, {"version", ucp_version}, {"available_instruments", json::array{json::object{{"type", h.instrument}}}}});
        }
    return out;
}

std::string_view payment_of(std::string_view handler_id) {
    auto const found = std::ranges::find(known_handlers, handler_id, &PaymentHandler::id);
    return found == std::end(known_handlers) ? std::string_view() : found->payment;
}

bool pays(std::string_view payment, std::string_view token) { return payment != "test" || token == "success_token"; }

std::set<std::string, std::less<>> negotiate(ShoppingAgent const& agent) {
    std::set<std::string, std::less<>> out;
    for (auto const& c : capabilities)
        if (auto const i = agent.capabilities.find(c.name); i != agent.capabilities.end() && std::ranges::find(i->second, ucp_version) != i->second.end()) out.emplace(c.name);
    // One level of extensions is all there is; an extension of nothing is dropped.
    for (auto const& c : capabilities)
        if (!c.extends.empty() && std::ranges::none_of(extended(c), [&](auto of) { return out.contains(of); })) out.erase(std::string(c.name));
    return out;
}

json::object envelope(Ask const& ask, std::string_view root, std::string_view status) {
    json::object active;
    for (auto const& c : capabilities)
        if (ask.active.contains(c.name) && (c.name == root || (!root.empty() && extends(c, root)))) active[c.name] = once({{"version", ucp_version}});
    return {{"version", ucp_version}, {"status", status}, {"capabilities", std::move(active)}};
}

Response Ucp::profile(Request const& request) {
    auto const base = origin_of(request);
    json::object const rest{{"version", ucp_version}, {"spec", fmt::format("https://ucp.dev/{}/specification/overview", ucp_version)}, {"transport", "rest"}, {"endpoint", base + "/ucp/v1"}, {"schema", fmt::format("https://ucp.dev/{}/services/shopping/rest.openapi.json", ucp_version)}};
    auto const call = front_.call_of(request);
    if (!call) return error_response(call.error(), request.request_id);
    static json::object const nothing;
    Ask const asked{.http = request, .body = nothing, .id = {}, .call = *call, .agent = {.counted_as = {}, .agent_id = {}, .name = {}, .profile_url = {}, .key_id = {}, .version = {}, .webhook_url = {}}, .base = base};
    auto signing_keys = keys_.published(call->shop_id);
    if (!signing_keys) return error_response(signing_keys.error(), request.request_id);
    json::object mcp = rest;
    mcp["transport"] = "mcp", mcp["endpoint"] = base + "/mcp?tools=ucp", mcp["schema"] = fmt::format("https://ucp.dev/{}/services/shopping/mcp.openrpc.json", ucp_version);
    json::object ucp{{"version", ucp_version}, {"services", json::object{{"dev.ucp.shopping", json::array{rest, mcp}}}}, {"capabilities", capability_registry()}, {"payment_handlers", payment_handlers(payments(asked))}};
    auto response = Response::json(200, json::value(json::object{{"ucp", std::move(ucp)}, {"signing_keys", std::move(*signing_keys)}}));
    response.headers.emplace_back("Cache-Control", "public, max-age=300");
    response.headers.emplace_back("Access-Control-Allow-Origin", "*");
    return response;
}

}  // namespace kindling::gateway::agents
