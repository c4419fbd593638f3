// POST /mcp: the agent interface over Streamable HTTP.
#include "core/json_text.h"
#include "gateway/front/front.h"
#include "gateway/front/operation_events.h"
#include <boost/json.hpp>
#include <fmt/format.h>

namespace kindling::gateway {

Response Front::mcp(Request const& request) {
    auto identity = call_of(request);
    if (!identity) return error_response(identity.error(), request.request_id);
    auto const method = name_of(request.method);
    auto const query = request.query();
    auto const tools = find(query, "tools");
    McpRequest const message{.method = method, .header = [&](std::string_view name) -> std::optional<std::string_view> { if (!request.headers.has(name)) return {}; return request.headers.get(name); }, .tools = tools ? *tools : "", .body = request.body};
    // Held by what may outlive the request: a stream.
    auto const call = std::make_shared<Call const>(*std::move(identity));
    auto const retry_after_s = std::make_shared<std::int64_t>(0);
    McpCaller const caller{.may = [call](std::string_view p) { return call->caller.may(p); },
                           .execute = [this, call, retry_after_s, origin = origin_of(request)](std::string_view operation, json::value body, CallOptions const& options) {
                               auto own = *call;
                               if (!options.shop.empty() && options.shop != std::to_string(own.shop_id)) return Result<json::value>(fail(Errc::permission_denied, "not_permitted", fmt::format("This connection works in shop {}; leave out kindling/shop, or come with a key of the other shop.", own.shop_id)));
                               own.idempotency_key = options.idempotency_key, own.locale = options.locale, own.progress = options.progress;
                               if (options.mode == CallMode::dry_run) own.mode = Context::Mode::dry_run;
                               if (own.caller.kind == Caller::Kind::anonymous) own.caller.role = "agent";
                               return run("mcp", operation, body, own, origin, retry_after_s.get());
                           },
                           .locale = call->locale, .id = call->caller.id, .stop = request.stop};
    auto asking = caller;
    if (tool_answer_) asking.call_other = [this, &request](std::string_view tool, json::object const& arguments) { return tool_answer_(request, tool, arguments); };
    auto answer = mcp_.handle(message, asking);
    Response response;
    response.status = answer.status;
    for (auto& [name, value] : answer.headers) {
        if (equal_ignoring_case(name, "content-type")) response.content_type = value;
        else response.headers.emplace_back(name, value);
    }
    if (!answer.stream) {
        response.body = std::move(answer.body);
        if (*retry_after_s > 0) response.status = 429, response.headers.emplace_back("Retry-After", std::to_string(*retry_after_s));
        return response;
    }
    response.stream = [run = std::move(answer.stream)](std::shared_ptr<BodyStream> body) {
        OperationEvents events{EventStream(std::move(body))};
        // Unnamed events, one message each. The work never waits for the reader (operation_events.h).
        run([&events](json::object const& m) { events.tell("", m); }, events.stream().stop());
        events.end();
    };
    return response;
}

}  // namespace kindling::gateway
