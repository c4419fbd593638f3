#include "gateway/mcp/mcp_server.h"
#include "core/id.h"
#include "core/json_text.h"
#include "gateway/mcp/call.h"
#include "gateway/mcp/running.h"
#include <boost/json.hpp>
#include <stdexcept>

namespace kindling::gateway {

namespace {

constexpr std::string_view modern[] = {"2026-07-28"}, legacy[] = {"2025-11-25", "2025-06-18"};

McpResponse json_response(int status, json::object const& body) { return {status, {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}}, to_text(body)}; }
McpResponse empty_response(int status) { return {status, {{"Cache-Control", "no-store"}}, ""}; }

bool contains_ignoring_case(std::string_view text, std::string_view part) {
    return std::ranges::search(text, part, [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b)); }).begin() != text.end();
}

}  // namespace

std::span<std::string_view const> McpServer::modern_versions() { return modern; }
std::span<std::string_view const> McpServer::legacy_versions() { return legacy; }

McpServer::McpServer(Registry const& registry, McpSettings settings) : registry_(registry), settings_(std::move(settings)), tools_(registry), running_(std::make_shared<Running>()) {
    for (auto const& r : settings_.resources) {
        auto const* op = registry_.find(r.operation);
        if (!op || op->effect != Effect::read) throw std::logic_error("the resource " + r.uri_prefix + " needs a read operation, not " + r.operation);
    }
    for (auto const& o : settings_.others) {
        if (tools_.find(o.name)) throw std::logic_error("the tool " + o.name + " is an operation's already");
        other_names_.emplace_back(o.name, o.set);
    }
    if (ToolSet const chosen(settings_.default_tools, tools_); !chosen.unknown().empty()) throw std::logic_error("there is no tool or module " + chosen.unknown().front());
}

McpResponse McpServer::handle(McpRequest const& request, McpCaller const& caller) const {
    if (auto refused = check_origin(request)) return json_response(403, error_message({}, *refused));
    if (request.method != "POST") {
        // No stream of our own to offer and no session to end.
        auto response = empty_response(405);
        response.headers.emplace_back("Allow", "POST");
        return response;
    }
    auto const type = request.header("Content-Type").value_or("");
    if (!contains_ignoring_case(type, "application/json")) return json_response(415, error_message({}, {RpcCode::invalid_request, "Content-Type must be application/json."}));
    if (auto const accept = request.header("Accept"); accept && !accept->empty() && !contains_ignoring_case(*accept, "application/json") && accept->find("*/*") == accept->npos && !contains_ignoring_case(*accept, "application/*"))
        return json_response(406, error_message({}, {RpcCode::invalid_request, "Accept must list application/json."}));

    auto const message = read_message(request.body);
    if (!message) return json_response(message.error().error.status, error_message(message.error().id, message.error().error));
    auto const era = mcp::era_of(*message, &request);
    auto const session = request.header("Mcp-Session-Id").value_or("");
    if (message->kind == Message::Kind::notification) {
        if (era == Era::legacy && message->method == "notifications/cancelled") cancel(message->params, caller, session);
        return empty_response(202);
    }
    if (message->kind == Message::Kind::response) {
        // Legacy clients may answer requests of the server; we send none, so there is nothing to match it with.
        if (era == Era::legacy) return empty_response(202);
        return json_response(400, error_message({}, {RpcCode::invalid_request, "A client sends no responses."}));
    }
    if (auto wrong = era == Era::modern ? mcp::check_modern(*message, &request) : mcp::check_legacy_version(*message, request))
        return json_response(wrong->status, error_message(message->id, *wrong));
    auto const chosen = request.tools.empty() ? request.header("X-Kindling-Tools").value_or("") : request.tools;
    Call const call{*message, caller, era, chosen};
    if (streams(call, request)) return stream(*message, caller, era, chosen, session);
    auto answered = dispatch(call);
    if (!answered) return json_response(answered.error().status, error_message(message->id, answered.error()));
    auto response = json_response(200, result_message(message->id, *std::move(answered)));
    if (era == Era::legacy && message->method == "initialize") response.headers.emplace_back("Mcp-Session-Id", new_id("mcp"));
    return response;
}

std::optional<json::object> McpServer::answer(Message const& message, McpCaller const& caller, std::string_view tools) const {
    if (message.kind != Message::Kind::request) return {};
    auto const era = mcp::era_of(message, nullptr);
    if (era == Era::modern)
        if (auto const wrong = mcp::check_modern(message, nullptr)) return error_message(message.id, *wrong);
    auto answered = dispatch({message, caller, era, tools});
    return answered ? result_message(message.id, *std::move(answered)) : error_message(message.id, answered.error());
}

std::optional<RpcError> McpServer::check_origin(McpRequest const& request) const {
    auto const origin = request.header("Origin");
    if (!origin || (settings_.origin_allowed && settings_.origin_allowed(*origin))) return {};
    return RpcError{RpcCode::invalid_request, "Pages of this origin may not call the agent interface."};
}

McpServer::Answer McpServer::dispatch(Call const& call) const {
    auto const& method = call.message.method;
    auto const is_modern = call.era == Era::modern;
    // A list may differ by what the caller is permitted to do, so caches must not share it between callers.
    auto const cacheable = [&](Answer answer, std::int64_t ttl_ms, std::string_view scope) {
        if (answer && is_modern) (*answer)["ttlMs"] = ttl_ms, (*answer)["cacheScope"] = scope;
        return answer;
    };
    Answer answer = std::unexpected(RpcError{RpcCode::method_not_found, "Method not found: " + method, is_modern ? 404 : 200});
    if (is_modern && method == "server/discover") answer = cacheable(discover(call), settings_.list_ttl_ms, "public");
    else if (!is_modern && method == "initialize") answer = initialize(call);
    else if (!is_modern && method == "ping") answer = json::object{};
    else if (method == "tools/list") answer = cacheable(list_tools(call), settings_.list_ttl_ms, "private");
    else if (method == "tools/call") answer = call_tool(call);
    else if (!settings_.resources.empty()) {
        if (method == "resources/list") answer = cacheable(list_resources(call), settings_.list_ttl_ms, "private");
        else if (method == "resources/templates/list") answer = cacheable(list_resource_templates(call), settings_.list_ttl_ms, "private");
        else if (method == "resources/read") answer = cacheable(read_resource(call), 0, "private");
    }
    if (answer && is_modern) {
        (*answer)["resultType"] = "complete";
        auto& meta = (*answer)["_meta"];
        if (!meta.is_object()) meta = json::object{};
        meta.get_object()[mcp::server_key] = implementation();
    }
    return answer;
}

json::object McpServer::implementation() const { return {{"name", settings_.name}, {"title", settings_.title}, {"version", settings_.version}}; }

json::object McpServer::capabilities() const {
    json::object out{{"tools", json::object{}}};
    if (!settings_.resources.empty()) out["resources"] = json::object{};
    return out;
}

McpServer::Answer McpServer::discover(Call const&) const {
    json::array versions;
    for (auto v : modern) versions.emplace_back(v);
    json::object out{{"supportedVersions", std::move(versions)}, {"capabilities", capabilities()}};
    if (!settings_.instructions.empty()) out["instructions"] = settings_.instructions;
    return out;
}

McpServer::Answer McpServer::initialize(Call const& call) const {
    auto const& params = call.message.params;
    auto const wanted = mcp::text_parameter(params, "protocolVersion");
    if (!wanted) return std::unexpected(wanted.error());
    for (auto key : {"capabilities", "clientInfo"})
        if (auto const* part = params.if_contains(key); !part || !part->is_object()) return std::unexpected(RpcError{RpcCode::invalid_params, "params." + std::string(key) + " must be an object."});
    // A version that we do not speak is answered with our newest of this dialect; the client decides whether it goes on.
    auto const known = std::ranges::find(legacy, *wanted);
    json::object out{{"protocolVersion", known == std::end(legacy) ? legacy[0] : *known}, {"capabilities", capabilities()}, {"serverInfo", implementation()}};
    if (!settings_.instructions.empty()) out["instructions"] = settings_.instructions;
    return out;
}

}  // namespace kindling::gateway
