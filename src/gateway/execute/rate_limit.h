// gateway/execute/rate_limit.h -- token buckets by caller: a steady rate with a burst of a tenth of a minute's allowance.
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
    // True if one more call is allowed now; per_minute 0 means no limit.
    bool allow(std::string_view caller, std::int64_t per_minute);

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
