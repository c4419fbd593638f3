#include "gateway/execute/event_log.h"
#include "core/utf8.h"
#include <boost/json.hpp>
#include <set>

namespace kindling::gateway {

namespace {
constexpr std::size_t most_waiting = 20'000;
constexpr auto longest_wait = std::chrono::milliseconds(200);   // of a page, for a store that is busy
}

struct EventLog::Waiting {
    json::array events;
    std::set<std::string, std::less<>> visits;
};

EventLog::EventLog(Executor& executor) : executor_(executor), thread_([this](std::stop_token const& stop) { run(stop); }) {}

EventLog::~EventLog() {
    thread_.request_stop();
    thread_.join();
    write();
}

void EventLog::add(std::int64_t shop_id, std::string_view session_id, std::string_view kind, ShopEvent const& event) {
    json::object e{{"kind", kind}, {"at_ms", now_ms()}, {"session_id", session_id.substr(0, 128)}, {"channel", event.channel}};
    if (!event.product_id.empty()) e["product_id"] = event.product_id;
    if (!event.query.empty()) e["query"] = utf8_prefix(event.query, 1000);
    if (event.results) e["results"] = *event.results;
    if (event.position) e["position"] = *event.position;
    std::lock_guard lock(mutex_);
    auto& waiting = waiting_[shop_id];
    if (waiting.events.size() >= most_waiting) return;
    waiting.events.push_back(std::move(e));
    if (!session_id.empty()) waiting.visits.emplace(session_id.substr(0, 128));
}

void EventLog::settle(std::int64_t shop_id, std::string_view session_id) {
    auto const visit = session_id.substr(0, 128);
    auto const holds = [&](ByShop const& some) {
        auto const found = some.find(shop_id);
        return found != some.end() && found->second.visits.contains(visit);
    };
    std::unique_lock lock(mutex_);
    auto const written = [&] { return !holds(waiting_) && !holds(on_the_way_); };
    if (written()) return;
    wanted_ = true, woken_.notify_one();
    settled_.wait_for(lock, longest_wait, written);
}

void EventLog::run(std::stop_token const& stop) {
    while (!stop.stop_requested()) {
        std::unique_lock lock(mutex_);
        woken_.wait_for(lock, stop, std::chrono::seconds(1), [&] { return wanted_; });
        wanted_ = false;
        lock.unlock();
        write();
    }
}

void EventLog::write() {
    std::map<std::int64_t, json::array> taken;
    {
        std::lock_guard lock(mutex_);
        on_the_way_.swap(waiting_);
        for (auto& [shop_id, waiting] : on_the_way_) taken.emplace(shop_id, std::move(waiting.events));
    }
    for (auto& [shop_id, events] : taken) {
        // As the server itself, because a batch speaks for many visitors, and because these happened a moment ago.
        Call const call{.shop_id = shop_id, .caller = {.kind = Caller::Kind::shopper, .id = "events", .role = "shopper", .customer_id = {}, .session_id = {}, .permissions = {"events.write"}}, .request_id = "events"};
        (void)executor_.call("events.record", json::object{{"events", std::move(events)}}, call);  // the executor counts failures
    }
    std::lock_guard lock(mutex_);
    on_the_way_.clear();
    settled_.notify_all();
}

}  // namespace kindling::gateway
