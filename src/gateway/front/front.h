// gateway/front/front.h -- the routes that programs and the console use; pages for shoppers are the storefront's.
//
//   POST /v1/{module}/{verb}   every operation; followed as it works with Accept: text/event-stream
//   GET /v1/registry, /openapi.json   what there is
//   /v1/session/*              sign in, out, set up       POST /v1/files                      uploads
//   GET /v1/exports/NAME       what exports.write wrote; of a narrowed key what it had written itself
//   GET /v1/jobs/events        progress as it comes       POST /mcp                           agents
//   /assets/*                  pictures and files         /console/*                          the web console
//   /healthz /readyz /metrics  for machines
#pragma once
#include "gateway/execute/event_log.h"
#include "gateway/front/agent_door.h"
#include "gateway/front/identity.h"
#include "gateway/http/router.h"
#include "gateway/http/security.h"
#include "gateway/mcp/mcp_server.h"

namespace kindling::gateway {

// A file of the web console, in the binary.
struct EmbeddedFile {
    std::string_view path, content_type, bytes, gzip;
    std::string_view etag;
};

struct FrontOptions {
    std::span<EmbeddedFile const> console = {};
    std::string mcp_instructions = {};
    std::uint64_t most_upload_bytes = 2ull << 30;
    std::vector<OtherTool> other_tools = {};  // of other protocols, carried out by what answer_tools was given
};

// Whether the caller wants to follow an operation as server-sent events.
bool wants_events(Request const&);

class Front {
public:
    Front(Executor&, Metrics&, FrontOptions);
    // Adds all routes; the router must not outlive this object.
    void add_to(Router&);
    // The server stops: work that goes on without its client (front.h knows of MCP's legacy dialect only) is asked to stop.
    void end() { mcp_.end(); }
    // Who carries out FrontOptions::other_tools. Before the server starts.
    using ToolAnswer = std::function<std::expected<json::object, RpcError>(Request const&, std::string_view tool, json::object const& arguments)>;
    void answer_tools(ToolAnswer answer) { tool_answer_ = std::move(answer); }
    // Before the server starts; must outlive the front's requests.
    void put_before(AgentDoor& door) { door_ = &door; }
    Identities& identities() { return identities_; }
    Executor& executor() { return executor_; }
    EventLog& events() { return events_; }

    // A search for words that did not come from a page, for the owner to see what is asked for there. `channel`: api or agents.
    void note_search(Call const&, std::string_view channel, std::string_view query, json::value const& answer);

    // Identity, rate limit and options of one request, ready for Executor::call.
    Result<Call> call_of(Request const&);

private:
    // An operation of a caller who may be an agent: past the door, and with the shop's `origin` before a path that the answer tells people.
    Result<json::value> run(std::string_view protocol, std::string_view operation, json::value const& body, Call const&, std::string const& origin, std::int64_t* retry_after_s = nullptr);
    Response operate(Request const&);
    Response follow(Request const&, std::string operation, json::value body, Call);
    Where where_to_run(Request const&) const;
    Response registry(Request const&);
    Response session(Request const&);
    Response set_up(Request const&);
    Response sign_in(Request const&);
    Response sign_out(Request const&);
    Response upload(Request const&);
    std::optional<Error> admit_upload(Request const&);
    std::optional<Error> admit_body(Request const&);
    Response job_events(Request const&);
    Response mcp(Request const&);
    Response asset(Request const&);
    Response exported(Request const&);
    Response console(Request const&);
    Response ready(Request const&);
    Response signed_in(Request const&, shop::Session const&);

    Executor& executor_;
    Metrics& metrics_;
    FrontOptions options_;
    Identities identities_;
    McpServer mcp_;
    ToolAnswer tool_answer_;
    AgentDoor* door_ = nullptr;
    EventLog events_;
    std::shared_ptr<std::string const> registry_text_, openapi_text_;
};

}  // namespace kindling::gateway
