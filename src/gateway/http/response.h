// gateway/http/response.h -- what a handler answers: bytes of its own, shared bytes, a stream, or a WebSocket.
#pragma once
#include "core/errc_name.h"
#include "gateway/http/request.h"
#include "gateway/http/stream.h"
#include "gateway/websocket/websocket.h"
#include <boost/json/fwd.hpp>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace kindling::gateway {

// Bytes that outlive the response because `owner` does: an embedded asset, a mapped file, a cached page.
struct SharedBytes {
    std::string_view bytes;
    std::shared_ptr<void const> owner = {};  // shared with whatever cache holds them; empty for static memory
};

// thread: the producer gets a thread of its own and may block (at most ServerOptions::max_streams of them).
// caller: it is called on the I/O thread, must return at once, and writes later with try_write from anywhere.
enum class Producer { thread, caller };
enum class Compress { automatic, never };

struct Response {
    int status = 200;
    std::string content_type = {};
    Pairs headers = {};                   // names must be tokens; control characters in values become blanks
    std::string body = {};
    SharedBytes shared = {};              // used instead of body when it is not empty
    SharedBytes shared_gzip = {};         // the same, compressed beforehand
    std::string etag = {};                // without quotes; If-None-Match then gives 304 by itself
    Compress compress = Compress::automatic;
    std::function<void(std::shared_ptr<BodyStream>)> stream = {};  // used instead of any body when set
    Producer producer = Producer::thread;
    std::unique_ptr<WebSocketAccept> websocket = {};  // answers an upgrade; refused with 426 when the request was none

    static Response text(int status, std::string body);                // text/plain; charset=utf-8
    static Response html(int status, std::string body);
    static Response json(int status, std::string text);                // text that is JSON already
    static Response json(int status, boost::json::value const&);
    static Response redirect(int status, std::string location);
    // `last_event_id` is request.headers.get("last-event-id") for the producer to resume from.
    static Response events(std::function<void(EventStream)> producer, Producer = Producer::thread);
};

// The status for an error, by code and, where HTTP is finer, by reason: 401 not_signed_in, 413 body_too_large, 429 rate_limited,
// 404/405, 408, 414, 431, 501 for the transport's own reasons.
int status_of(Error const&);

// {"error":{"code","reason","message","fields":[{"path","reason","message"}],"request_id"}}; no detail for internal errors.
Response error_response(Error const&, std::string_view request_id);

}  // namespace kindling::gateway
