// gateway/http/metrics.h -- counters, gauges and histograms, and their Prometheus text (exposition format 0.0.4).
//
// A metric is looked up by name and labels once, at start, under a lock; counting is then one relaxed atomic addition. The
// references live as long as the Metrics.
#pragma once
#include <atomic>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kindling::gateway {

class Counter {
public:
    void add(std::uint64_t n = 1) { value_.fetch_add(n, std::memory_order_relaxed); }
    std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> value_{0};
};

class Gauge {
public:
    void set(double v) { value_.store(v, std::memory_order_relaxed); }
    void add(double d) { value_.fetch_add(d, std::memory_order_relaxed); }
    double value() const { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<double> value_{0};
};

class Histogram {
public:
    explicit Histogram(std::span<double const> upper_bounds);  // ascending; a last bucket of +Inf is added
    void observe(double);
    std::uint64_t count() const;
    double sum() const { return sum_.load(std::memory_order_relaxed); }
    std::vector<double> const& bounds() const { return bounds_; }
    std::vector<std::uint64_t> cumulative() const;  // one per bound, then the total
    // The value below which a share `p` of the observations lies, interpolated within its bucket; 0 without observations.
    double quantile(double p) const;

private:
    std::vector<double> bounds_;
    std::deque<std::atomic<std::uint64_t>> buckets_;
    std::atomic<double> sum_{0};
};

// Seconds from 0.5 ms to 10 s.
std::span<double const> latency_bounds_s();

using Labels = std::vector<std::pair<std::string_view, std::string_view>>;

class Metrics {
public:
    // The same name and labels give the same metric; the help of the first call stays. Throws std::logic_error when a name is
    // malformed or is used for two kinds (a bug of ours). Any thread.
    Counter& counter(std::string_view name, std::string_view help, Labels const& = {});
    Gauge& gauge(std::string_view name, std::string_view help, Labels const& = {});
    Histogram& histogram(std::string_view name, std::string_view help, Labels const& = {}, std::span<double const> bounds = latency_bounds_s());
    std::string render() const;  // names and labels sorted

private:
    enum class Kind { counter, gauge, histogram };
    struct Family {
        Kind kind;
        std::string help;
        std::map<std::string, std::unique_ptr<Counter>> counters;  // by rendered labels
        std::map<std::string, std::unique_ptr<Gauge>> gauges;
        std::map<std::string, std::unique_ptr<Histogram>> histograms;
    };
    Family& family(std::string_view name, std::string_view help, Kind);
    mutable std::mutex mutex_;
    std::map<std::string, Family, std::less<>> families_;
};

}  // namespace kindling::gateway
