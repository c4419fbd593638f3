// gateway/front/operation_events.h -- an operation followed while it works, as server-sent events: its progress, the parts of its answer,
// and at the end `done` with the whole answer or `error`.
//
// Whoever tells never waits: operations tell from inside a transaction, and a reader on a slow line must not hold up a shop. What does
// not fit into the stream's buffer is kept here and sent by end(), which may wait; beyond `most_late` bytes the stream is closed, so that
// a reader who reads nothing costs little. Progress that does not fit is left out. Any thread.
#pragma once
#include "core/progress.h"
#include "gateway/http/stream.h"
#include <boost/json/fwd.hpp>
#include <mutex>
#include <vector>

namespace kindling::gateway {

class OperationEvents {
public:
    static constexpr std::size_t most_late = 1 << 20;  // bytes

    explicit OperationEvents(EventStream stream) : stream_(std::move(stream)) {}
    void tell(std::string_view name, boost::json::value const& data) { tell_text(name, data_text(data)); }
    void tell_text(std::string_view name, std::string json);
    // Steps of at least 1 %, rising; the stop token is the stream's: fired when the reader has gone or the server stops.
    Progress progress();
    // Sends what was kept, waiting for the reader, and closes the stream.
    void end();
    EventStream const& stream() const { return stream_; }

private:
    static std::string data_text(boost::json::value const&);
    EventStream stream_;
    std::mutex mutex_;
    std::vector<Event> late_;
    std::size_t late_bytes_ = 0;
    std::int64_t last_ = -1;
};

}  // namespace kindling::gateway
