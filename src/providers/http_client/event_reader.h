// providers/http_client/event_reader.h -- server-sent events out of a stream of bytes, as model servers send their tokens.
//
// WHATWG HTML, section 9.2.6. Lines may end in LF, CR or CRLF and may be cut anywhere between two pieces. An event without data
// is not dispatched; a comment is ignored; the last id stays until another comes.
#pragma once
#include "core/result.h"
#include "providers/http_client/client.h"
#include <functional>
#include <string>
#include <string_view>

namespace kindling::providers {

struct ServerEvent {
    std::string name = "message";
    std::string data;
    std::string id;
};

class EventReader {
public:
    explicit EventReader(std::function<Flow(ServerEvent const&)> on_event, std::size_t max_event_bytes = 1 << 20) : on_event_(std::move(on_event)), limit_(max_event_bytes) {}
    // Fails with response_too_large. After Flow::stop, nothing further is read.
    Result<Flow> feed(std::string_view bytes);

private:
    Flow line(std::string_view);
    std::function<Flow(ServerEvent const&)> on_event_;
    std::size_t limit_;
    std::string held_;  // an unfinished line
    ServerEvent event_;
    bool has_data_ = false, after_cr_ = false, begun_ = false, stopped_ = false;
};

}  // namespace kindling::providers
