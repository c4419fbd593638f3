#include "providers/http_client/event_reader.h"

namespace kindling::providers {

Result<Flow> EventReader::feed(std::string_view bytes) {
    while (!bytes.empty() && !stopped_) {
        if (std::exchange(after_cr_, false) && bytes.front() == '\n') {
            bytes.remove_prefix(1);
            continue;
        }
        auto const end = bytes.find_first_of("\r\n");
        held_ += bytes.substr(0, end);
        if (held_.size() + event_.data.size() > limit_) return fail(Errc::unavailable, "response_too_large", "An event of the stream is larger than this request allows.");
        if (end == bytes.npos) break;
        after_cr_ = bytes[end] == '\r';
        bytes.remove_prefix(end + 1);
        std::string_view text = held_;
        if (!std::exchange(begun_, true) && text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
        stopped_ = line(text) == Flow::stop;
        held_.clear();
    }
    return stopped_ ? Flow::stop : Flow::go_on;
}

Flow EventReader::line(std::string_view text) {
    if (text.empty()) {
        auto flow = Flow::go_on;
        if (has_data_) event_.data.pop_back(), flow = on_event_(event_);
        event_.name = "message", event_.data.clear(), has_data_ = false;
        return flow;
    }
    auto const colon = text.find(':');
    auto const name = text.substr(0, colon);
    auto value = colon == text.npos ? std::string_view() : text.substr(colon + 1);
    if (value.starts_with(' ')) value.remove_prefix(1);
    if (name == "data") event_.data += value, event_.data += '\n', has_data_ = true;
    else if (name == "event") event_.name = value.empty() ? "message" : std::string(value);
    else if (name == "id" && value.find('\0') == value.npos) event_.id = value;
    return Flow::go_on;
}

}  // namespace kindling::providers
