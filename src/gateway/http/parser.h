// gateway/http/parser.h -- bytes in, Requests out: HTTP/1.x framing by Beast's parser core, our checks on top, no socket.
//
// Beast refuses malformed lines, broken chunk sizes, a Content-Length beside Transfer-Encoding and differing lengths. We add what
// it leaves to its user: one Host, no transfer coding but chunked, HTTP/1.0 without chunks, a total for header bytes (Beast counts
// anew per read) and for fields, a checked target. A message with two readings is never passed on (request smuggling).
#pragma once
#include "core/result.h"
#include "gateway/http/request.h"
#include <memory>
#include <optional>
#include <string_view>

namespace kindling::gateway {

class RequestParser {
public:
    // Told about the request as it arrives; an Error stops it.
    class Sink {
    public:
        virtual ~Sink() = default;
        virtual std::optional<Error> on_head(Request&, std::optional<std::uint64_t> content_length) = 0;
        virtual std::optional<Error> on_body(std::string_view piece) = 0;
    };
    enum class Step { more, done, failed };
    static constexpr std::size_t max_fields = 100;

    RequestParser(Sink&, std::size_t max_header_bytes);
    ~RequestParser();

    void begin(Request&);  // which must be fresh and stay alive until the next begin
    bool begun() const;
    // Reads from `bytes` up to the end of this request at most; `used` is how many were taken. Bytes not taken must be given again,
    // with more behind them. After failed, only begin() may follow.
    Step put(std::string_view bytes, std::size_t& used);
    bool head_complete() const;
    bool keep_alive() const;  // what the client wishes; after head_complete()
    Error const& error() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace kindling::gateway
