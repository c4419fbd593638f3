// ACP's checkout sessions as MCP tools (openrpc.agentic_checkout.json, docs/mcp-binding.md of 2026-04-17): {meta, id, payload} in, the session out.
//
// `meta` says what REST says in headers; the key comes with the connection, as MCP wants it. The session is the tool's structuredContent (and its text):
// the binding's examples put it into `result` itself, which an MCP client would not take for an answer of tools/call. Every error of ACP is -32000
// with the Error object in `data`; -32602 only for arguments that have not the three fields. Carts have no MCP binding in this version.
#include "gateway/agents/acp/acp.h"
#include "core/json_members.h"
#include <algorithm>
#include <boost/json.hpp>
#include <fmt/format.h>

namespace kindling::gateway::agents {

namespace {

struct Tool { std::string_view name, sentence; bool id, payload_required, reads; std::string_view fields; };  // fields: of the payload; "": it has none
constexpr Tool all_tools[] = {
    {"create_checkout_session", "ACP: begin a checkout session with these line items, currency and capabilities.", false, true, false, "buyer line_items currency fulfillment_details capabilities fulfillment_groups affiliate_attribution coupons discounts locale timezone quote_id metadata order_notes"},
    {"get_checkout_session", "ACP: a checkout session as it is now.", true, false, true, ""},
    {"update_checkout_session", "ACP: change items, fulfillment details or chosen options of a session.", true, true, false, "buyer line_items fulfillment_details fulfillment_groups selected_fulfillment_options coupons discounts order_notes"},
    {"complete_checkout_session", "ACP: place the order; the shopper approves at continue_url.", true, true, false, "buyer payment_data authentication_result affiliate_attribution risk_signals marketing_consents order_notes"},
    {"cancel_checkout_session", "ACP: give up a checkout session.", true, false, false, "intent_trace"},
};

// What the payloads may hold, bundled as the binding wants it; the handlers hold a request to the same and name the place (session.cpp).
json::value const& payload_schemas() {
    static json::value const all = json::parse(R"json({
        "buyer": {"type": "object", "required": ["email"], "properties": {"first_name": {"type": "string"}, "last_name": {"type": "string"}, "full_name": {"type": "string"}, "email": {"type": "string"}, "phone_number": {"type": "string"}}},
        "line_items": {"type": "array", "description": "A thing that is wanted twice stands twice.", "items": {"type": "object", "additionalProperties": false, "required": ["id"], "properties": {"id": {"type": "string", "description": "SKU."}, "name": {"type": "string"}, "unit_amount": {"type": "integer"}}}},
        "fulfillment_details": {"type": "object", "additionalProperties": false, "properties": {"name": {"type": "string"}, "phone_number": {"type": "string"}, "email": {"type": "string"}, "address": {"type": "object", "additionalProperties": false, "required": ["name", "line_one", "city", "state", "country", "postal_code"], "properties": {"name": {"type": "string"}, "line_one": {"type": "string"}, "line_two": {"type": "string"}, "city": {"type": "string"}, "state": {"type": "string"}, "country": {"type": "string", "description": "ISO 3166-1 alpha-2."}, "postal_code": {"type": "string"}, "company": {"type": "string"}}}}},
        "fulfillment_groups": {"type": "array", "items": {"type": "object"}},
        "selected_fulfillment_options": {"type": "array", "items": {"type": "object", "additionalProperties": false, "required": ["type", "option_id", "item_ids"], "properties": {"type": {"type": "string", "enum": ["shipping", "digital", "pickup", "local_delivery"]}, "option_id": {"type": "string"}, "item_ids": {"type": "array", "items": {"type": "string"}}}}},
        "payment_data": {"type": "object", "description": "This shop charges nothing by tokens: the shopper approves at continue_url.", "properties": {"handler_id": {"type": "string"}, "instrument": {"type": "object"}, "billing_address": {"type": "object"}, "purchase_order_number": {"type": "string"}}},
        "discounts": {"type": "object", "additionalProperties": false, "properties": {"codes": {"type": "array", "items": {"type": "string"}}}},
        "coupons": {"type": "array", "description": "Deprecated: discounts.codes.", "items": {"type": "string"}},
        "capabilities": {"type": "object"}, "affiliate_attribution": {"type": "object"}, "authentication_result": {"type": "object"}, "risk_signals": {"type": "object"}, "metadata": {"type": "object"},
        "marketing_consents": {"type": "array", "items": {"type": "object"}}, "intent_trace": {"type": "object"},
        "currency": {"type": "string", "description": "ISO 4217."}, "locale": {"type": "string"}, "timezone": {"type": "string"}, "quote_id": {"type": "string"}, "order_notes": {"type": "string", "maxLength": 5000}
    })json");
    return all;
}

json::object payload_of(Tool const& tool) {
    json::object properties;
    for (auto rest = tool.fields; !rest.empty();) {
        auto const end = std::min(rest.find(' '), rest.size());
        properties[rest.substr(0, end)] = payload_schemas().at(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    json::object out{{"type", "object"}, {"properties", std::move(properties)}};
    if (tool.name == "create_checkout_session") out["required"] = json::array{"line_items", "currency", "capabilities"};
    if (tool.name == "complete_checkout_session") out["required"] = json::array{"payment_data"};
    // A cancellation may hold more than is known.
    if (tool.name != "cancel_checkout_session") out["additionalProperties"] = false;
    return out;
}

}  // namespace

bool Acp::has_tool(std::string_view name) { return std::ranges::find(all_tools, name, &Tool::name) != std::end(all_tools); }

std::vector<OtherTool> Acp::tools() {
    std::vector<OtherTool> out;
    for (auto const& t : all_tools) {
        json::object meta{{"type", "object"}, {"description", "What REST says in headers. Come with the API key of a registered agent."}, {"properties", json::object{{"api_version", json::object{{"type", "string"}, {"description", fmt::format("{}", acp_version)}}}, {"idempotency_key", json::object{{"type", "string"}, {"description", "Repeat safely: the same key never acts twice."}}}, {"request_id", json::object{{"type", "string"}}}, {"user_agent", json::object{{"type", "string"}}}, {"accept_language", json::object{{"type", "string"}, {"description", "Language of the answer: zh or en."}}}, {"signature", json::object{{"type", "string"}}}, {"timestamp", json::object{{"type", "string"}}}}}, {"required", json::array{"api_version"}}};
        json::object properties{{"meta", std::move(meta)}};
        json::array required{"meta"};
        if (t.id) properties["id"] = json::object{{"type", "string"}, {"description", "The checkout session."}}, required.emplace_back("id");
        if (!t.fields.empty()) properties["payload"] = payload_of(t);
        if (t.payload_required) required.emplace_back("payload");
        out.push_back({std::string(t.name), "acp", json::object{{"name", t.name}, {"description", t.sentence}, {"inputSchema", json::object{{"type", "object"}, {"properties", std::move(properties)}, {"required", std::move(required)}}}, {"annotations", json::object{{"readOnlyHint", t.reads}, {"destructiveHint", !t.reads}, {"idempotentHint", t.reads}, {"openWorldHint", false}}}}});
    }
    return out;
}

std::expected<json::object, RpcError> Acp::call_tool(Request const& request, std::string_view tool, json::object const& arguments) {
    auto const invalid = [](std::string message) { return std::unexpected(RpcError{RpcCode::invalid_params, std::move(message), 400}); };
    auto const t = std::ranges::find(all_tools, tool, &Tool::name);
    auto const methods_of = methods();
    auto const method = std::ranges::find(methods_of, tool, &Method::name);
    if (t == std::end(all_tools) || method == methods_of.end()) return invalid("Unknown tool: " + std::string(tool));
    static json::object const none;
    auto const* meta = object_in(arguments, "meta");
    if (!meta) return invalid("arguments.meta must be an object.");
    Envelope envelope{.version = text_in(*meta, "api_version"), .key = text_in(*meta, "idempotency_key"), .id = text_in(arguments, "id"), .language = text_in(*meta, "accept_language"), .key_required = false};
    if (t->id && envelope.id.empty()) return invalid("arguments.id must be a text.");
    auto const* payload = object_in(arguments, "payload");
    if (!t->fields.empty() && !payload && (t->payload_required || arguments.contains("payload"))) return invalid("arguments.payload must be an object.");
    bool replayed = false;
    auto reply = carry_out(*method, request, envelope, payload ? *payload : none, replayed);
    if (!reply) {
        auto refused = reply.error();
        if (refused.path.starts_with("$.")) refused.path.insert(1, ".payload");  // seen from the arguments
        return std::unexpected(RpcError{static_cast<RpcCode>(-32000), refused.content, refused.status, acp_error(refused)});
    }
    return std::move(reply->body);
}

}  // namespace kindling::gateway::agents
