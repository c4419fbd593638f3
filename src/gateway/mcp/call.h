// gateway/mcp/call.h -- one request on its way through the server, and the checks that the modern dialect makes of it.
#pragma once
#include "gateway/mcp/mcp_server.h"

namespace kindling::gateway {

struct McpServer::Call {
    Message const& message;
    McpCaller const& caller;
    Era era;
    std::string_view tools;  // the chosen tool set, as text
};

namespace mcp {

constexpr std::string_view version_key = "io.modelcontextprotocol/protocolVersion", client_key = "io.modelcontextprotocol/clientInfo",
                           capabilities_key = "io.modelcontextprotocol/clientCapabilities", server_key = "io.modelcontextprotocol/serverInfo";

// Without headers (stdio): `header` is empty.
Era era_of(Message const&, McpRequest const* over_http);
// _meta of a modern request, and over HTTP that the headers say the same. Nothing when all is well.
std::optional<RpcError> check_modern(Message const&, McpRequest const* over_http);
// Over HTTP only: a legacy client's MCP-Protocol-Version must be one that we know, or absent.
std::optional<RpcError> check_legacy_version(Message const&, McpRequest const&);

// A text parameter that must be there.
std::expected<std::string, RpcError> text_parameter(json::object const& params, std::string_view name);
// How the call is to be carried out: `_meta` keys kindling/idempotencyKey, kindling/dryRun, kindling/shop, progressToken.
std::expected<CallOptions, RpcError> call_options(Message const&, McpCaller const&);

}  // namespace mcp

}  // namespace kindling::gateway
