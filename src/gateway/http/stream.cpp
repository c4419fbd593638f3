#include "gateway/http/stream.h"

namespace kindling::gateway {

Sent BodyStream::put(std::string_view text, std::unique_lock<std::mutex>&) {
    waiting_ += text;
    if (!woken_ && wake_) woken_ = true, wake_();
    return Sent::ok;
}

Sent BodyStream::write(std::string_view text) {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [&] { return gone_ || complete_ || waiting_.empty() || waiting_.size() + text.size() <= capacity; });
    return gone_ || complete_ ? Sent::closed : put(text, lock);
}

Sent BodyStream::try_write(std::string_view text) {
    std::unique_lock lock(mutex_);
    if (gone_ || complete_) return Sent::closed;
    if (!waiting_.empty() && waiting_.size() + text.size() > capacity) return Sent::full;
    return put(text, lock);
}

void BodyStream::close() {
    std::unique_lock lock(mutex_);
    if (complete_ || gone_) return;
    complete_ = true;
    room_.notify_all();
    put({}, lock);
}

bool BodyStream::closed() const {
    std::lock_guard lock(mutex_);
    return gone_ || complete_;
}

void BodyStream::attach(std::function<void()> wake) {
    std::lock_guard lock(mutex_);
    wake_ = std::move(wake);
    if (!waiting_.empty() || complete_) woken_ = true, wake_();
}

BodyStream::Taken BodyStream::take() {
    std::lock_guard lock(mutex_);
    woken_ = false;
    Taken taken{std::move(waiting_), complete_};
    waiting_.clear();
    room_.notify_all();
    return taken;
}

void BodyStream::detach() {
    {
        std::lock_guard lock(mutex_);
        gone_ = true, wake_ = nullptr, waiting_.clear();
        room_.notify_all();
    }
    stop_.request_stop();  // outside the lock: stop callbacks may ask closed()
}

std::string to_text(Event const& event) {
    std::string out;
    auto const line = [&](std::string_view name, std::string_view value) {
        out += name, out += ": ";
        for (char c : value) out += c == '\r' || c == '\n' || c == '\0' ? ' ' : c;
        out += '\n';
    };
    if (!event.id.empty()) line("id", event.id);
    if (!event.name.empty()) line("event", event.name);
    if (event.retry_ms >= 0) line("retry", std::to_string(event.retry_ms));
    for (std::string_view rest = event.data;;) {
        auto const end = rest.find_first_of("\r\n");
        line("data", rest.substr(0, end));
        if (end == rest.npos) break;
        rest.remove_prefix(end + (rest.substr(end, 2) == "\r\n" ? 2 : 1));
    }
    out += '\n';
    return out;
}

}  // namespace kindling::gateway
