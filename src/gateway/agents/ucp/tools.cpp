// UCP's methods as MCP tools (mcp.openrpc.json): {meta, id, catalog | cart | checkout} in, the same answers out.
#include "gateway/agents/ucp/ucp.h"
#include "core/json_members.h"
#include <fmt/format.h>

namespace kindling::gateway::agents {

namespace {

RpcError rpc_error(Refusal const& r) {
    // overview.md, "Error Codes": discovery -32001, authentication, limits and conflicts -32000, what cannot be read -32602.
    bool const discovery = r.code == "invalid_profile_url" || r.code == "profile_unreachable" || r.code == "profile_malformed" || r.code == "version_unsupported";
    auto const code = discovery ? -32001 : r.code == "digest_mismatch" || r.code == "algorithm_unsupported" ? -32600 : r.status == 400 ? -32602 : r.status >= 500 && r.status != 503 ? -32603 : -32000;
    json::object data{{"code", r.code}, {"content", r.content}};
    if (r.retry_after_s > 0) data["retry_after"] = r.retry_after_s;
    return {static_cast<RpcCode>(code), discovery ? "UCP discovery failed" : r.content, r.status, std::move(data)};
}

std::string_view sentence(std::string_view name) {
    static constexpr std::pair<std::string_view, std::string_view> all[] = {
        {"search_catalog", "UCP: search the shop's products by words, categories and price."}, {"lookup_catalog", "UCP: products by product or variant id, several at once."}, {"get_product", "UCP: one product with its variants and options, to choose one."},
        {"create_cart", "UCP: a cart with these items."}, {"get_cart", "UCP: a cart as it is now."}, {"update_cart", "UCP: replace what a cart holds."}, {"cancel_cart", "UCP: give up a cart."},
        {"create_checkout", "UCP: begin a checkout; prices are kept for an hour."}, {"get_checkout", "UCP: a checkout as it is now."}, {"update_checkout", "UCP: replace items, buyer and fulfillment of a checkout."}, {"complete_checkout", "UCP: place the order; without a mandate the shopper is asked at continue_url."}, {"cancel_checkout", "UCP: give up a checkout."},
        {"get_order", "UCP: an order that this platform prepared."}};
    for (auto const& [n, text] : all)
        if (n == name) return text;
    return "UCP.";
}

}  // namespace

std::vector<OtherTool> Ucp::tools() {
    std::vector<OtherTool> out;
    for (auto const& m : methods()) {
        bool const keyed = m.name == "complete_checkout" || m.name == "cancel_checkout" || m.name == "cancel_cart";
        json::object meta{{"type", "object"}, {"description", "Who is asking: {\"ucp-agent\": {\"profile\": \"https://…\"}}."}, {"properties", json::object{{"ucp-agent", json::object{{"type", "object"}, {"properties", json::object{{"profile", json::object{{"type", "string"}}}}}, {"required", json::array{"profile"}}}}, {"idempotency-key", json::object{{"type", "string"}}}}}, {"required", keyed ? json::array{"ucp-agent", "idempotency-key"} : json::array{"ucp-agent"}}};
        json::object properties{{"meta", std::move(meta)}};
        json::array required{"meta"};
        if (m.path.find("{id}") != m.path.npos) properties["id"] = json::object{{"type", "string"}}, required.emplace_back("id");
        if (!m.payload.empty()) properties[m.payload] = json::object{{"type", "object"}}, required.emplace_back(m.payload);
        bool const reads = m.kind == Method::Kind::look;
        out.push_back({std::string(m.name), "ucp", json::object{{"name", m.name}, {"description", sentence(m.name)}, {"inputSchema", json::object{{"type", "object"}, {"properties", std::move(properties)}, {"required", std::move(required)}}}, {"annotations", json::object{{"readOnlyHint", reads}, {"destructiveHint", !reads}, {"idempotentHint", reads}, {"openWorldHint", false}}}}});
    }
    return out;
}

std::expected<json::object, RpcError> Ucp::call_tool(Request const& request, std::string_view tool, json::object const& arguments) {
    auto const invalid = [](std::string message) { return std::unexpected(RpcError{RpcCode::invalid_params, std::move(message), 400}); };
    auto const all = methods();
    auto const m = std::ranges::find(all, tool, &Method::name);
    if (m == all.end()) return invalid("Unknown tool: " + std::string(tool));
    static json::object const none;
    auto const* meta = object_in(arguments, "meta");
    auto const* agent = meta && meta->contains("ucp-agent") ? meta->at("ucp-agent").if_object() : nullptr;
    auto key = meta ? text_in(*meta, "idempotency-key") : std::string();
    if (key.empty()) key = request.headers.get("idempotency-key");
    if ((m->name == "complete_checkout" || m->name == "cancel_checkout" || m->name == "cancel_cart") && key.empty()) return invalid("arguments.meta.idempotency-key is required.");
    auto const id = text_in(arguments, "id");
    if (m->path.find("{id}") != m->path.npos && id.empty()) return invalid("arguments.id must be a text.");
    auto const* body = m->payload.empty() ? &none : object_in(arguments, m->payload);
    if (!body) return invalid(fmt::format("arguments.{} must be an object.", m->payload));
    auto reply = carry_out(*m, request, agent ? text_in(*agent, "profile") : std::string(), id, *body, std::move(key));
    if (!reply) return std::unexpected(rpc_error(reply.error()));
    return std::move(reply->body);
}

}  // namespace kindling::gateway::agents
