// GET /v1/jobs/events: what jobs do, as server-sent events, for the console's progress bars.
#include "core/json_text.h"
#include "gateway/front/front.h"
#include <boost/json.hpp>

namespace kindling::gateway {

Response Front::job_events(Request const& request) {
    auto const call = call_of(request);
    if (!call) return error_response(call.error(), request.request_id);
    if (!call->caller.may("jobs.read")) return error_response(Error{Errc::permission_denied, "not_signed_in", "Sign in to follow jobs."}, request.request_id);
    auto& store = *executor_.services().store;
    auto const shop = call->shop_id;
    return Response::events([&store, shop](EventStream stream) {
        struct Waiting {
            std::mutex mutex;
            std::condition_variable_any woken;
            std::set<std::string> jobs;
        };
        auto const waiting = std::make_shared<Waiting>();  // shared with the listener, which may run while this ends
        auto const listener = store.listen([waiting, shop](std::span<shop::Change const> changes) {
            for (auto const& c : changes)
                if (c.kind == "job" && c.shop_id == shop) {
                    std::lock_guard lock(waiting->mutex);
                    waiting->jobs.insert(c.id);
                    waiting->woken.notify_all();
                }
        });
        stream.send({.data = "{}", .name = "ready"});
        while (!stream.closed()) {
            std::set<std::string> jobs;
            {
                std::unique_lock lock(waiting->mutex);
                waiting->woken.wait(lock, stream.stop(), [&] { return !waiting->jobs.empty(); });
                jobs.swap(waiting->jobs);
            }
            if (stream.stop().stop_requested()) break;
            auto tx = store.read(shop);
            if (!tx) continue;
            for (auto const& id : jobs)
                if (auto const job = shop::read_job(**tx, id)) stream.send({.data = kindling::to_text(write_json(*job)), .name = "job"});
        }
        store.forget(listener);
    });
}

}  // namespace kindling::gateway
