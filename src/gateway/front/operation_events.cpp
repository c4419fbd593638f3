#include "gateway/front/operation_events.h"
#include "core/json_text.h"
#include <algorithm>
#include <boost/json.hpp>

namespace kindling::gateway {

std::string OperationEvents::data_text(boost::json::value const& data) { return kindling::to_text(data); }

void OperationEvents::tell_text(std::string_view name, std::string json) {
    std::lock_guard const lock(mutex_);
    Event event{.data = std::move(json), .name = std::string(name)};
    if (late_.empty() && stream_.try_send(event) != Sent::full) return;
    late_bytes_ += event.data.size() + event.name.size();
    if (late_bytes_ > most_late) return stream_.close();
    late_.push_back(std::move(event));
}

Progress OperationEvents::progress() {
    return {.stop = stream_.stop(), .report = [this](std::int64_t done, std::int64_t total, std::string_view what) {
                std::lock_guard const lock(mutex_);
                if (done <= last_ || (last_ >= 0 && total > 0 && done < total && done - last_ < std::max<std::int64_t>(1, total / 100)) || !late_.empty()) return;
                last_ = done;
                (void)stream_.try_send({.data = data_text(boost::json::object{{"done", done}, {"total", total}, {"doing", what}}), .name = "progress"});
            }};
}

void OperationEvents::end() {
    std::vector<Event> late;
    {
        std::lock_guard const lock(mutex_);
        late.swap(late_);
    }
    for (auto const& event : late)
        if (stream_.send(event) == Sent::closed) break;
    stream_.close();
}

}  // namespace kindling::gateway
