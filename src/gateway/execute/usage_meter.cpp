#include "gateway/execute/usage_meter.h"

namespace kindling::gateway {

UsageMeter::Counts* UsageMeter::of(std::int64_t shop_id) {
    {
        std::shared_lock const lock(mutex_);
        if (auto const found = by_shop_.find(shop_id); found != by_shop_.end()) return found->second.get();
    }
    std::unique_lock const lock(mutex_);
    auto& counts = by_shop_[shop_id];
    if (!counts) counts = std::make_unique<Counts[]>(operations_);
    return counts.get();
}

void UsageMeter::count(std::int64_t shop_id, std::size_t operation, Outcome outcome, std::int64_t microseconds) {
    auto& counts = of(shop_id)[operation];
    counts.calls.fetch_add(1, std::memory_order_relaxed);
    counts.microseconds.fetch_add(microseconds, std::memory_order_relaxed);
    if (outcome == Outcome::failed) counts.failures.fetch_add(1, std::memory_order_relaxed);
}

void UsageMeter::flush(shop::Store& store, std::span<Operation const> all, Milliseconds now) {
    // The lock is not held while the store is asked: whoever counts inside a transaction would wait for it. Counts stay where they are.
    std::vector<std::pair<std::int64_t, Counts*>> shops;
    {
        std::shared_lock const lock(mutex_);
        for (auto const& [shop_id, counted] : by_shop_) shops.emplace_back(shop_id, counted.get());
    }
    for (auto const& [shop_id, counted] : shops) {
        struct Taken { std::size_t operation; std::int64_t calls, failures, microseconds; };
        std::vector<Taken> taken;
        for (std::size_t i = 0; i < operations_; ++i)
            if (auto const calls = counted[i].calls.exchange(0)) taken.push_back({i, calls, counted[i].failures.exchange(0), counted[i].microseconds.exchange(0)});
        if (taken.empty()) continue;
        auto const kept = [&]() -> Result<void> {
            auto const tx = TRY(store.write(shop_id));
            for (auto const& t : taken)
                TRY(tx->execute("INSERT INTO meter (shop_id, operation, day, calls, failures, microseconds) VALUES (?,?,?,?,?,?) ON CONFLICT (shop_id, operation, day) DO UPDATE SET calls = meter.calls + excluded.calls, failures = meter.failures + excluded.failures, microseconds = meter.microseconds + excluded.microseconds",
                                shop_id, all[t.operation].name, day_of(now), t.calls, t.failures, t.microseconds));
            return tx->commit();
        }();
        if (kept) continue;
        for (auto const& t : taken) counted[t.operation].calls += t.calls, counted[t.operation].failures += t.failures, counted[t.operation].microseconds += t.microseconds;
    }
}

}  // namespace kindling::gateway
