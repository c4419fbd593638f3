// gateway/mcp/abilities.cpp -- what an agent can do: list and call tools, list and read resources.
#include "core/json_text.h"
#include "core/utf8.h"
#include "gateway/mcp/call.h"
#include <boost/json.hpp>

namespace kindling::gateway {

namespace {

std::unexpected<RpcError> refuse(std::string message) { return std::unexpected(RpcError{RpcCode::invalid_params, std::move(message)}); }

// "%E7%81%AB" -> "火"; nothing when an escape is broken or the text is not UTF-8.
std::optional<std::string> percent_decoded(std::string_view text) {
    auto const digit = [](char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1; };
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') { out += text[i]; continue; }
        if (i + 2 >= text.size() || digit(text[i + 1]) < 0 || digit(text[i + 2]) < 0) return {};
        out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
        i += 2;
    }
    if (!is_utf8(out)) return {};
    return out;
}

// The application answers with errors; an exception is a bug of ours that must not take the connection with it.
Result<json::value> carry_out(McpCaller const& caller, std::string_view operation, json::value request, CallOptions const& options) {
    try {
        return caller.execute(operation, std::move(request), options);
    } catch (std::exception const& e) {
        return fail(Errc::internal, "internal", e.what());
    }
}

}  // namespace

McpServer::Answer McpServer::list_tools(Call const& call) const {
    auto const text = call.tools.empty() ? std::string_view(settings_.default_tools) : call.tools;
    ToolSet const chosen(text, tools_, other_names_);
    if (!chosen.unknown().empty()) return refuse("There is no tool set or tool named " + chosen.unknown().front() + ".");
    std::string after;
    if (auto const* cursor = call.message.params.if_contains("cursor")) {
        // A cursor is the last name that was given, in base 64 so that nobody is tempted to write one.
        auto const decoded = cursor->is_string() ? from_base64(cursor->get_string()) : std::nullopt;
        if (!decoded || (!tools_.find(*decoded) && std::ranges::find(settings_.others, *decoded, &OtherTool::name) == settings_.others.end())) return refuse("The cursor is not one that this server gave.");
        after = *decoded;
    }
    json::array tools;
    std::string_view last;
    bool more = false, reached = after.empty();
    for (auto const& tool : tools_.all()) {
        if (!reached) { reached = tool.name == after; continue; }
        if (!chosen.has(tool) || !call.caller.may(tool.operation->permission)) continue;
        if (tools.size() == settings_.page_size) { more = true; break; }
        tools.push_back(tool.in(call.caller.locale));
        last = tool.name;
    }
    for (auto const& tool : settings_.others) {
        if (more) break;
        if (!reached) { reached = tool.name == after; continue; }
        if (!call.caller.call_other || !chosen.has_other(tool.name, tool.set)) continue;
        if (tools.size() == settings_.page_size) { more = true; break; }
        tools.push_back(tool.description);
        last = tool.name;
    }
    json::object out{{"tools", std::move(tools)}};
    if (more) out["nextCursor"] = to_base64(last);
    return out;
}

McpServer::Answer McpServer::call_tool(Call const& call) const {
    auto const& params = call.message.params;
    auto const name = mcp::text_parameter(params, "name");
    if (!name) return std::unexpected(name.error());
    json::value arguments = json::object{};
    if (auto const* sent = params.if_contains("arguments")) {
        if (!sent->is_object()) return refuse("params.arguments must be an object.");
        arguments = *sent;
    }
    auto const options = mcp::call_options(call.message, call.caller);
    if (!options) return std::unexpected(options.error());
    ToolSet const chosen(call.tools.empty() ? std::string_view(settings_.default_tools) : call.tools, tools_, other_names_);
    if (auto const other = std::ranges::find(settings_.others, *name, &OtherTool::name); other != settings_.others.end() && call.caller.call_other && chosen.has_other(other->name, other->set)) {
        auto answer = call.caller.call_other(*name, arguments.get_object());
        if (!answer) return std::unexpected(answer.error());
        return success_result(json::value(std::move(*answer)));
    }
    auto const* tool = tools_.find(*name);
    // Not there, not chosen and not permitted read alike: a stranger learns nothing about what else the shop can do.
    if (!tool || !chosen.has(*tool) || !call.caller.may(tool->operation->permission)) return refuse("Unknown tool: " + *name);
    auto const answer = carry_out(call.caller, tool->operation->name, std::move(arguments), *options);
    return answer ? success_result(*answer) : failure_result(answer.error());
}

McpServer::Answer McpServer::list_resources(Call const& call) const {
    if (call.message.params.contains("cursor")) return refuse("The cursor is not one that this server gave.");
    return json::object{{"resources", json::array{}}};  // a catalogue is found by searching, not by listing
}

McpServer::Answer McpServer::list_resource_templates(Call const& call) const {
    if (call.message.params.contains("cursor")) return refuse("The cursor is not one that this server gave.");
    json::array templates;
    for (auto const& r : settings_.resources) {
        if (!call.caller.may(registry_.find(r.operation)->permission)) continue;
        templates.push_back(json::object{{"uriTemplate", r.uri_prefix + "{" + r.field + "}"}, {"name", r.name}, {"title", r.title}, {"description", r.description}, {"mimeType", "application/json"}});
    }
    return json::object{{"resourceTemplates", std::move(templates)}};
}

McpServer::Answer McpServer::read_resource(Call const& call) const {
    auto const uri = mcp::text_parameter(call.message.params, "uri");
    if (!uri) return std::unexpected(uri.error());
    RpcError const missing{call.era == Era::modern ? RpcCode::invalid_params : RpcCode::resource_not_found, "Resource not found", 200, json::object{{"uri", *uri}}};
    auto const r = std::ranges::find_if(settings_.resources, [&](auto const& r) { return uri->starts_with(r.uri_prefix) && uri->size() > r.uri_prefix.size(); });
    if (r == settings_.resources.end() || !call.caller.may(registry_.find(r->operation)->permission)) return std::unexpected(missing);
    auto const key = percent_decoded(std::string_view(*uri).substr(r->uri_prefix.size()));
    if (!key) return std::unexpected(missing);
    auto const options = mcp::call_options(call.message, call.caller);
    if (!options) return std::unexpected(options.error());
    auto const answer = carry_out(call.caller, r->operation, json::object{{r->field, *key}}, *options);
    if (!answer) {
        auto const& e = answer.error();
        if (e.code == Errc::not_found || e.code == Errc::invalid_argument || e.code == Errc::permission_denied) return std::unexpected(missing);
        return std::unexpected(RpcError{RpcCode::internal_error, e.code == Errc::internal ? "The shop could not answer." : e.message});
    }
    return json::object{{"contents", json::array{json::object{{"uri", *uri}, {"mimeType", "application/json"}, {"text", to_text(*answer)}}}}};
}

}  // namespace kindling::gateway
