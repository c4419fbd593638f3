// gateway/execute/rate_limit.h -- token buckets by caller: a steady rate, and how much of it may come at once.
//
// Where an owner sets a number of calls a minute (agents, API keys) the whole minute's allowance may come at once, as the number reads; then
// it fills again at its rate. Guesses and visitors' addresses have a tenth of it at once, and never less than five.
#pragma once
#include "core/by_text.h"
#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

namespace kindling::gateway {

// Thread-safe. Buckets of callers that fell silent for ten minutes are dropped, so strangers cannot fill the memory.
class RateLimiter {
public:
    enum class Burst { a_tenth, all };
    // 0 if one more call is allowed now, otherwise the whole seconds until there is one again; per_minute 0 means no limit.
    std::int64_t seconds_to_wait(std::string_view caller, std::int64_t per_minute, Burst burst = Burst::a_tenth);
    bool allow(std::string_view caller, std::int64_t per_minute) { return seconds_to_wait(caller, per_minute) == 0; }

private:
    using Clock = std::chrono::steady_clock;
    struct Bucket {
        double tokens;
        Clock::time_point at;
    };
    std::mutex mutex_;
    ByText<Bucket> buckets_;
    Clock::time_point swept_ = Clock::now();
};

}  // namespace kindling::gateway
