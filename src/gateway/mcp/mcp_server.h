// gateway/mcp/mcp_server.h -- the agent interface: Model Context Protocol in both dialects, without a transport.
//
// One endpoint speaks to old and new clients. A request that carries io.modelcontextprotocol/protocolVersion in its _meta, an
// Mcp-Method header, or the method server/discover is *modern* (2026-07-28) and complete in itself; everything else is *legacy*
// (2025-11-25, 2025-06-18) and begins with initialize. No session is kept for either: initialize is answered from what it says, so any
// process can answer any request and a restart loses nothing. The Mcp-Session-Id that a legacy client gets names its requests apart from
// others', for cancelling; none is needed, and any is taken.
//
// Every message is checked in tests against the protocol's own schemas. Thread-safe: handle() may run on many threads.
// Sources: modelcontextprotocol.io/specification/2025-11-25 and /2026-07-28 (transports, versioning, tools, resources, caching).
#pragma once
#include "gateway/mcp/envelope.h"
#include "gateway/mcp/tools.h"
#include "gateway/render/call.h"
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace kindling::gateway {

enum class Era { legacy, modern };

// A kind of thing that agents may read by address: `kindling://product/{product_id}` is what `operation` answers to
// {product_id: …}. The operation must be a read.
struct McpResource {
    std::string uri_prefix;  // "kindling://product/"
    std::string field;       // "product_id": a text field of the operation's request
    std::string operation;   // "catalogue.product"
    std::string name;        // "product"
    std::string title, description;
};

// A tool that is no operation but another protocol's method (UCP's create_checkout). It belongs to a set, as operations belong to modules.
struct OtherTool {
    std::string name, set;
    json::object description;  // the Tool object of the protocol
};

struct McpSettings {
    std::string name = "kindling", title = "Kindling", version = "0.0.0";
    std::string instructions = {};         // for the model: what this shop is and how to begin
    std::vector<McpResource> resources = {};
    std::vector<OtherTool> others = {};    // carried out by McpCaller::call_other
    std::string default_tools = {};        // the tool set when the client chooses none; empty: everything the caller may use
    std::int64_t list_ttl_ms = 300'000;    // how long a client may keep a list
    std::size_t page_size = 500;           // tools in one answer
    // May a page of this origin call us? Absent: no page may (programs send no Origin).
    std::function<bool(std::string_view origin)> origin_allowed = {};
};

// One HTTP request to the endpoint; views live as long as the call.
struct McpRequest {
    std::string_view method = "POST";
    std::function<std::optional<std::string_view>(std::string_view name)> header;  // names compare without regard to case
    std::string_view tools = {};                                                   // the query parameter `tools`
    std::string_view body = {};
};

struct McpResponse {
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers = {};  // Content-Type and others
    std::string body = {};                                          // JSON, or empty with 202 and 405
    // Set instead of a body: an event stream (text/event-stream stands in the headers). The transport calls it once, on a thread that may
    // wait, with where to send each message of it; `gone` fires when nobody reads any more. It returns when the last message was sent.
    // What it needs of the request it holds itself; the functions of the McpCaller must live on in it.
    using Send = std::function<void(json::object const& message)>;
    std::function<void(Send const&, std::stop_token gone)> stream = {};
};

// Who calls, as the application found out before.
struct McpCaller {
    std::function<bool(std::string_view permission)> may;
    Execute execute;
    Locale locale = Locale::en;
    std::string id = {};        // "key_…": only who started a request may cancel it
    std::stop_token stop = {};  // the client is gone
    // Carries out one of McpSettings::others: what structuredContent holds, or the error of the other protocol's binding.
    std::function<std::expected<json::object, RpcError>(std::string_view tool, json::object const& arguments)> call_other = {};
    // Where notifications/progress go when the client asked for them; absent: nowhere. Called from the threads of the work.
    std::function<void(json::object const& notification)> notify = {};
};

class McpServer {
public:
    McpServer(Registry const&, McpSettings);  // keeps a reference to the registry; std::logic_error on a resource without its operation

    // A tools/call of a long operation with a progressToken, from a client that accepts events, is answered by a stream: progress, then the
    // result. When that stream is closed, a modern request is cancelled. A legacy one goes on (the dialect says that a lost connection
    // is no cancellation) until notifications/cancelled with the same Mcp-Session-Id, or end().
    McpResponse handle(McpRequest const&, McpCaller const&) const;
    // The server stops: asks every request that runs on without its client to stop.
    void end() const;
    // One message of a stream (stdio): the answer, or nothing for a notification. `tools` as in the query.
    std::optional<json::object> answer(Message const&, McpCaller const&, std::string_view tools = {}) const;

    Tools const& tools() const { return tools_; }
    static std::span<std::string_view const> modern_versions();
    static std::span<std::string_view const> legacy_versions();  // newest first

private:
    struct Call;
    using Answer = std::expected<json::object, RpcError>;
    std::optional<RpcError> check_origin(McpRequest const&) const;
    bool streams(Call const&, McpRequest const&) const;
    McpResponse stream(Message, McpCaller const&, Era, std::string_view tools, std::string_view session) const;
    void cancel(json::object const& params, McpCaller const&, std::string_view session) const;
    Answer dispatch(Call const&) const;
    Answer initialize(Call const&) const;
    Answer discover(Call const&) const;
    Answer list_tools(Call const&) const;
    Answer call_tool(Call const&) const;
    Answer list_resources(Call const&) const;
    Answer list_resource_templates(Call const&) const;
    Answer read_resource(Call const&) const;
    json::object capabilities() const;
    json::object implementation() const;

    struct Running;  // requests that a notification may cancel
    Registry const& registry_;
    McpSettings settings_;
    Tools tools_;
    std::vector<std::pair<std::string, std::string>> other_names_;  // of settings_.others: name, set
    std::shared_ptr<Running> running_;
};

}  // namespace kindling::gateway
