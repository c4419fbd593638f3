#include "gateway/mcp/call.h"
#include <boost/json.hpp>
#include <memory>
#include <mutex>

namespace kindling::gateway::mcp {

namespace {

bool is_implementation(json::value const& v) {
    auto const* o = v.if_object();
    auto const is_text = [&](std::string_view key) { auto const* m = o->if_contains(key); return m && m->is_string(); };
    return o && is_text("name") && is_text("version");
}

RpcError malformed(std::string message) { return {RpcCode::invalid_params, std::move(message), 400}; }
RpcError mismatch(std::string message) { return {RpcCode::header_mismatch, "Header mismatch: " + std::move(message), 400}; }

json::array names(std::span<std::string_view const> list) {
    json::array out;
    for (auto n : list) out.emplace_back(n);
    return out;
}

// Names of the parameter that Mcp-Name mirrors.
std::string_view named_by(std::string_view method) {
    if (method == "tools/call" || method == "prompts/get") return "name";
    if (method == "resources/read") return "uri";
    return "";
}

std::optional<RpcError> check_headers(Message const& message, std::string_view version, McpRequest const& request) {
    auto const sent_version = request.header("MCP-Protocol-Version");
    if (!sent_version) return mismatch("the header MCP-Protocol-Version is missing.");
    if (*sent_version != version) return mismatch("MCP-Protocol-Version is not the protocolVersion of _meta.");
    auto const method = request.header("Mcp-Method");
    if (!method) return mismatch("the header Mcp-Method is missing.");
    if (*method != message.method) return mismatch("Mcp-Method is not the method of the body.");
    auto const parameter = named_by(message.method);
    if (parameter.empty()) return {};
    auto const name = request.header("Mcp-Name");
    if (!name) return mismatch("the header Mcp-Name is missing.");
    auto const decoded = decode_header_value(*name);
    if (!decoded) return mismatch("Mcp-Name is neither plain text nor well-formed =?base64?…?=.");
    auto const* value = message.params.if_contains(parameter);
    if (!value || !value->is_string() || value->get_string() != *decoded) return mismatch("Mcp-Name is not the " + std::string(parameter) + " of the body.");
    return {};
}

}  // namespace

Era era_of(Message const& message, McpRequest const* over_http) {
    if (auto const* meta = message.meta(); meta && meta->contains(version_key)) return Era::modern;
    if (message.method == "initialize") return Era::legacy;
    if (message.method == "server/discover") return Era::modern;
    if (!over_http) return Era::legacy;
    if (over_http->header("Mcp-Method")) return Era::modern;
    auto const version = over_http->header("MCP-Protocol-Version");
    return version && std::ranges::find(McpServer::modern_versions(), *version) != McpServer::modern_versions().end() ? Era::modern : Era::legacy;
}

std::optional<RpcError> check_modern(Message const& message, McpRequest const* over_http) {
    auto const* meta = message.meta();
    if (!meta) return malformed("params._meta is missing; a request of this protocol carries its version and capabilities there.");
    auto const* version = meta->if_contains(version_key);
    if (!version || !version->is_string()) return malformed("params._meta lacks " + std::string(version_key) + ".");
    std::string_view const wanted = version->get_string();
    if (over_http)
        if (auto wrong = check_headers(message, wanted, *over_http)) return wrong;
    if (std::ranges::find(McpServer::modern_versions(), wanted) == McpServer::modern_versions().end())
        return RpcError{RpcCode::unsupported_protocol_version, "Unsupported protocol version", 400, json::object{{"supported", names(McpServer::modern_versions())}, {"requested", wanted}}};
    auto const* capabilities = meta->if_contains(capabilities_key);
    if (!capabilities || !capabilities->is_object()) return malformed("params._meta lacks " + std::string(capabilities_key) + ", an object.");
    if (auto const* client = meta->if_contains(client_key); client && !is_implementation(*client)) return malformed(std::string(client_key) + " needs name and version.");
    return {};
}

std::optional<RpcError> check_legacy_version(Message const& message, McpRequest const& request) {
    if (message.method == "initialize") return {};
    auto const version = request.header("MCP-Protocol-Version");
    // 2025-03-26 knew no such header and is what its absence means; those clients find all they know here.
    if (!version || *version == "2025-03-26" || std::ranges::find(McpServer::legacy_versions(), *version) != McpServer::legacy_versions().end()) return {};
    auto supported = names(McpServer::modern_versions());
    for (auto v : McpServer::legacy_versions()) supported.emplace_back(v);
    return RpcError{RpcCode::unsupported_protocol_version, "Unsupported protocol version", 400, json::object{{"supported", std::move(supported)}, {"requested", *version}}};
}

std::expected<std::string, RpcError> text_parameter(json::object const& params, std::string_view name) {
    auto const* value = params.if_contains(name);
    if (!value || !value->is_string()) return std::unexpected(RpcError{RpcCode::invalid_params, "params." + std::string(name) + " must be a string."});
    return std::string(value->get_string());
}

std::expected<CallOptions, RpcError> call_options(Message const& message, McpCaller const& caller) {
    CallOptions options{.locale = caller.locale, .progress = {.stop = caller.stop}};
    auto const* meta = message.meta();
    if (!meta) return options;
    auto const wrong = [](std::string_view key, std::string_view what) { return std::unexpected(RpcError{RpcCode::invalid_params, "_meta." + std::string(key) + " must be " + std::string(what) + "."}); };
    if (auto const* key = meta->if_contains("kindling/idempotencyKey")) {
        if (!key->is_string() || key->get_string().empty() || key->get_string().size() > 255) return wrong("kindling/idempotencyKey", "a text of 1 to 255 bytes");
        options.idempotency_key = std::string(key->get_string());
    }
    if (auto const* dry = meta->if_contains("kindling/dryRun")) {
        if (!dry->is_bool()) return wrong("kindling/dryRun", "true or false");
        if (dry->get_bool()) options.mode = CallMode::dry_run;
    }
    if (auto const* shop = meta->if_contains("kindling/shop")) {
        if (!shop->is_string()) return wrong("kindling/shop", "a text");
        options.shop = std::string(shop->get_string());
    }
    auto const* token = meta->if_contains("progressToken");
    if (!token || !caller.notify) return options;
    if (!token->is_string() && !token->is_int64() && !token->is_uint64()) return wrong("progressToken", "a text or a whole number");
    // Progress must rise with every notification, and 1 % steps are enough for anybody.
    struct State { std::mutex mutex; std::int64_t last = -1; };
    options.progress.report = [state = std::make_shared<State>(), token = *token, notify = caller.notify](std::int64_t done, std::int64_t total, std::string_view what) {
        std::lock_guard const lock(state->mutex);
        if (done <= state->last || (state->last >= 0 && total > 0 && done < total && (done - state->last) < std::max<std::int64_t>(1, total / 100))) return;
        state->last = done;
        json::object params{{"progressToken", token}, {"progress", done}, {"message", what}};
        if (total > 0) params["total"] = total;
        notify(notification_message("notifications/progress", std::move(params)));
    };
    return options;
}

}  // namespace kindling::gateway::mcp
