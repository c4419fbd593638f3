#include "gateway/execute/rate_limit.h"
#include <algorithm>

namespace kindling::gateway {

bool RateLimiter::allow(std::string_view caller, std::int64_t per_minute) {
    if (per_minute <= 0) return true;
    auto const now = Clock::now();
    auto const rate = static_cast<double>(per_minute) / 60.0, burst = std::max(5.0, static_cast<double>(per_minute) / 10.0);
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
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
}

}  // namespace kindling::gateway
