#include "gateway/execute/rate_limit.h"
#include <algorithm>
#include <cmath>

namespace kindling::gateway {

std::int64_t RateLimiter::seconds_to_wait(std::string_view caller, std::int64_t per_minute, Burst at_once) {
    if (per_minute <= 0) return 0;
    auto const now = Clock::now();
    auto const rate = static_cast<double>(per_minute) / 60.0, burst = at_once == Burst::all ? static_cast<double>(per_minute) : std::max(5.0, static_cast<double>(per_minute) / 10.0);
    std::lock_guard lock(mutex_);
    if (now - swept_ > std::chrono::minutes(10)) {
        std::erase_if(buckets_, [&](auto const& b) { return now - b.second.at > std::chrono::minutes(10); });
        swept_ = now;
    }
    auto i = buckets_.find(caller);
    if (i == buckets_.end()) i = buckets_.emplace(std::string(caller), Bucket{burst, now}).first;
    auto& bucket = i->second;
    bucket.tokens = std::min(burst, bucket.tokens + rate * std::chrono::duration<double>(now - bucket.at).count());
    bucket.at = now;
    if (bucket.tokens < 1) return std::max<std::int64_t>(1, static_cast<std::int64_t>(std::ceil((1 - bucket.tokens) / rate)));
    bucket.tokens -= 1;
    return 0;
}

}  // namespace kindling::gateway
