// gateway/execute/usage_meter.h -- calls of each operation by shop, gathered in memory and added to the meter table once a minute.
//
// Counting costs a shared lock and three atomic additions. A killed process loses its last minute; usage is for looking, not for invoices.
// Thread-safe. What the store does not take stays for the next time.
#pragma once
#include "core/operation.h"
#include "core/time.h"
#include "shop/store/store.h"
#include <atomic>
#include <map>
#include <memory>
#include <shared_mutex>

namespace kindling::gateway {

class UsageMeter {
public:
    explicit UsageMeter(std::size_t operations) : operations_(operations) {}
    enum class Outcome { ok, failed };
    // `operation`: its place in the registry.
    void count(std::int64_t shop_id, std::size_t operation, Outcome, std::int64_t microseconds);
    void flush(shop::Store&, std::span<Operation const>, Milliseconds now);

private:
    struct Counts { std::atomic<std::int64_t> calls = 0, failures = 0, microseconds = 0; };
    Counts* of(std::int64_t shop_id);

    std::size_t operations_;
    std::shared_mutex mutex_;
    std::map<std::int64_t, std::unique_ptr<Counts[]>> by_shop_;
};

}  // namespace kindling::gateway
