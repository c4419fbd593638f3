// gateway/execute/rate_limit.h -- token buckets by caller: a steady rate with a burst of a tenth of a minute's allowance.
#pragma once
#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

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
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>()(s); }
    };
    std::mutex mutex_;
    std::unordered_map<std::string, Bucket, Hash, std::equal_to<>> buckets_;
    Clock::time_point swept_ = Clock::now();
};

}  // namespace kindling::gateway
