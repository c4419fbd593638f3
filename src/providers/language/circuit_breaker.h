// providers/language/circuit_breaker.h -- when an endpoint fails again and again, stop asking it for a while.
//
// Nygard, "Release It!" (2007), chapter 5. Closed: everybody passes. After `failures` in a row: open, nobody passes for `pause`,
// so a dead model costs a shopper no waiting. Then one call may try; it closes or opens the circuit again. Any thread; O(1).
#pragma once
#include <chrono>
#include <mutex>

namespace kindling::providers {

class CircuitBreaker {
public:
    using Instant = std::chrono::steady_clock::time_point;
    CircuitBreaker(int failures, std::chrono::milliseconds pause) : failures_(failures), pause_(pause) {}

    // Whoever is let pass must say how it ended, with one of the three below.
    bool may_pass(Instant now) {
        std::lock_guard lock(mutex_);
        if (in_a_row_ < failures_) return true;
        if (now < closed_until_ || trying_) return false;
        return trying_ = true;
    }
    void succeeded() {
        std::lock_guard lock(mutex_);
        in_a_row_ = 0, trying_ = false;
    }
    void failed(Instant now) {
        std::lock_guard lock(mutex_);
        trying_ = false;
        if (++in_a_row_ >= failures_) in_a_row_ = failures_, closed_until_ = now + pause_;
    }
    // It ended by the caller's wish or fault, which says nothing about the endpoint.
    void undecided() {
        std::lock_guard lock(mutex_);
        trying_ = false;
    }

private:
    std::mutex mutex_;
    int failures_, in_a_row_ = 0;
    std::chrono::milliseconds pause_;
    Instant closed_until_{};
    bool trying_ = false;
};

}  // namespace kindling::providers
