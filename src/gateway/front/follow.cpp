// POST /v1/{module}/{verb} with `Accept: text/event-stream`: the operation's own parts, its progress, then `done` or `error`.
//
// What can be refused before the work begins (no such operation, no permission, a wrong shape) is refused with its status and no stream.
// When the reader goes, the operation is asked to stop; what it has committed by then stays.
#include "core/json_text.h"
#include "gateway/front/front.h"
#include "gateway/front/operation_events.h"
#include <boost/json.hpp>

namespace kindling::gateway {

// Named, and not after application/json: whoever lists both in that order is content with one body.
bool wants_events(Request const& request) {
    auto const accept = request.headers.get("accept");
    auto const events = accept.find("text/event-stream");
    return events != accept.npos && events < accept.find("application/json");
}

Response Front::follow(Request const& request, std::string name, json::value body, Call call) {
    if (auto const ready = executor_.check(name, body, call); !ready) return error_response(ready.error(), request.request_id);
    return Response::events([this, name = std::move(name), body = std::move(body), call = std::move(call), id = request.request_id, origin = origin_of(request)](EventStream stream) mutable {
        OperationEvents events(std::move(stream));
        call.progress = events.progress();
        call.tell = [&events](std::string_view part, json::value const& data) { events.tell(part, data); };
        auto const answer = run("api", name, body, call, origin);
        if (answer) events.tell("done", *answer);
        else events.tell_text("error", error_response(answer.error(), id).body);
        events.end();
    });
}

}  // namespace kindling::gateway
