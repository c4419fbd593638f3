// gateway/agents/traffic.h -- what agents do, counted by agent, protocol, operation and day for the owner to see (agents.traffic).
//
// Counted in memory, because looking at goods must not write; added to the table by a thread of its own every two seconds when there is
// something to add, and at the end.
#pragma once
#include "shop/agents/api.h"
#include "shop/store/store.h"
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <tuple>

namespace kindling::gateway::agents {

// replayed: served again as it was the first time. conflicting and forged are refusals: a used key with another body or with one that still runs; a signature
// or a mandate that is not what it says, or somebody else's key.
enum class Outcome { served, replayed, refused, conflicting, forged, limited };

Outcome outcome_of(int status, std::string_view code);

// Thread-safe.
class Traffic {
public:
    explicit Traffic(shop::Store&);
    ~Traffic();
    void count(std::int64_t shop_id, std::string_view agent, std::string_view protocol, std::string_view operation, Outcome);

private:
    using Key = std::tuple<std::int64_t, std::string, std::string, std::string, std::int32_t>;  // shop, agent, protocol, operation, day
    struct Counts { std::int64_t calls = 0, refused = 0, limited = 0, replayed = 0, conflicting = 0, forged = 0; };
    void flush();

    shop::Store& store_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::map<Key, Counts> counts_;
    std::jthread thread_;  // last: it uses all of the above
};

}  // namespace kindling::gateway::agents
