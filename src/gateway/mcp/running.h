// gateway/mcp/running.h -- legacy requests that are being streamed, so that notifications/cancelled, which comes as a request of its own,
// finds them. A client counts its requests from 1, so an id means nothing alone: session and caller stand beside it.
#pragma once
#include "gateway/mcp/mcp_server.h"
#include <map>
#include <mutex>
#include <tuple>

namespace kindling::gateway {

struct McpServer::Running {
    using Key = std::tuple<std::string, std::string, std::string>;  // session, caller, id of the request as JSON
    std::mutex mutex;
    std::multimap<Key, std::stop_source> requests;
    bool ended = false;

    class Entry {
    public:
        Entry(std::shared_ptr<Running> running, Key key) : running_(std::move(running)) {
            std::lock_guard const lock(running_->mutex);
            at_ = running_->requests.emplace(std::move(key), std::stop_source());
            if (running_->ended) at_->second.request_stop();
        }
        ~Entry() {
            std::lock_guard const lock(running_->mutex);
            running_->requests.erase(at_);
        }
        Entry(Entry const&) = delete;
        Entry& operator=(Entry const&) = delete;
        std::stop_token stop() const { return at_->second.get_token(); }

    private:
        std::shared_ptr<Running> running_;
        std::multimap<Key, std::stop_source>::iterator at_;
    };

    // Stops those that `matches`; the callbacks run outside of the lock.
    template <class Matches> void stop(Matches const& matches) {
        std::vector<std::stop_source> found;
        {
            std::lock_guard const lock(mutex);
            for (auto const& [key, source] : requests)
                if (matches(key)) found.push_back(source);
        }
        for (auto& source : found) source.request_stop();
    }
};

}  // namespace kindling::gateway
