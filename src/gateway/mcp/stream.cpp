// gateway/mcp/stream.cpp -- a long tools/call over Streamable HTTP: notifications/progress as events, then the result, then the end.
//
// No event has an id: nothing is kept that could be sent again, so there is nothing to resume (2025-11-25 asks for ids only to resume by).
// Sources: 2026-07-28/basic/transports/streamable-http (receiving messages, cancellation), 2025-11-25/basic/transports.
#include "core/json_text.h"
#include "gateway/mcp/call.h"
#include "gateway/mcp/running.h"
#include <boost/json.hpp>

namespace kindling::gateway {

bool McpServer::streams(Call const& call, McpRequest const& request) const {
    if (call.message.method != "tools/call" || call.caller.notify) return false;  // notifications have another way already
    auto const accept = request.header("Accept").value_or("");
    auto const* meta = call.message.meta();
    auto const* token = meta ? meta->if_contains("progressToken") : nullptr;
    auto const* name = call.message.params.if_contains("name");
    if (accept.find("text/event-stream") == accept.npos || !token || !(token->is_string() || token->is_int64() || token->is_uint64()) || !name || !name->is_string()) return false;
    auto const* tool = tools_.find(std::string_view(name->get_string()));
    return tool && tool->operation->length == Length::long_ && call.caller.may(tool->operation->permission);
}

McpResponse McpServer::stream(Message message, McpCaller const& caller, Era era, std::string_view tools, std::string_view session) const {
    McpResponse response{.headers = {{"Content-Type", "text/event-stream"}, {"Cache-Control", "no-store"}, {"X-Accel-Buffering", "no"}}};
    response.stream = [this, message = std::move(message), caller, era, tools = std::string(tools), session = std::string(session)](McpResponse::Send const& send, std::stop_token gone) {
        auto own = caller;
        std::optional<Running::Entry> running;
        if (era == Era::modern) own.stop = gone;
        else running.emplace(running_, Running::Key{session, caller.id, to_text(message.id)}), own.stop = running->stop();
        own.notify = [&send, stop = own.stop](json::object const& notification) {
            if (!stop.stop_requested()) send(notification);
        };
        auto answered = dispatch({message, own, era, tools});
        // Nothing more may be sent for a request that was cancelled.
        if (own.stop.stop_requested()) return;
        send(answered ? result_message(message.id, *std::move(answered)) : error_message(message.id, answered.error()));
    };
    return response;
}

void McpServer::cancel(json::object const& params, McpCaller const& caller, std::string_view session) const {
    auto const* id = params.if_contains("requestId");
    if (!id || session.empty()) return;  // cannot be told apart from another client's: such a cancellation may be ignored
    Running::Key const key{std::string(session), caller.id, to_text(*id)};
    running_->stop([&](Running::Key const& k) { return k == key; });
}

void McpServer::end() const {
    {
        std::lock_guard const lock(running_->mutex);
        running_->ended = true;
    }
    running_->stop([](Running::Key const&) { return true; });
}

}  // namespace kindling::gateway
