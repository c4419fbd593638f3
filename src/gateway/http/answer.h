// gateway/http/answer.h -- from a handler's Response to the bytes that go out: negotiation, conditional requests, the header text.
#pragma once
#include "gateway/http/response.h"
#include <optional>

namespace kindling::gateway {

struct AnswerOptions {
    int gzip_level = 1;
    std::size_t gzip_min_bytes = 1024;
};

// Settles what is sent: 304 when If-None-Match holds the ETag, the gzip form when the client takes it (prepared if there is one,
// else made here), Vary beside either. Run on the thread that ran the handler, because compressing takes time.
void negotiate(Request const&, AnswerOptions const&, Response&);

// 304 compares weakly (RFC 9110, 13.1.2).
bool etag_matches(std::string_view if_none_match, std::string_view etag);

enum class Framing { length, chunked, until_close };
enum class After { keep_alive, close };

struct Head {
    int version = 11;
    std::string_view date;          // "Sun, 06 Nov 1994 08:49:37 GMT"
    std::string_view request_id;
    std::string_view header_lines;  // the route's security headers; one that the response sets itself is left out
    Framing framing = Framing::length;
    std::uint64_t content_length = 0;
    After after = After::keep_alive;
};

void append_head(Response const&, Head const&, std::string& out);
std::string_view reason_phrase(int status);
std::string http_date(std::int64_t seconds_since_epoch);

}  // namespace kindling::gateway
