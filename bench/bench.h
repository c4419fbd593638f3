// bench/bench.h -- what every benchmark gets and gives.
//
// kindling-bench NAME [--data DIR]: prints one JSON line per figure; without its data a benchmark says so on stderr and ends
// well. Shares are 0..1. DIR is the folder that holds the data sets (search-match looks for DIR/product-matching, ...).
#pragma once
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace kindling::bench {

// What a figure is compared with: a published number, or the goal.
struct Reference {
    std::string name;
    double value = 0;
};

class BenchContext {
public:
    BenchContext(std::string bench, std::string data, std::optional<std::size_t> horizon = {}, std::optional<std::size_t> series = {}) : bench_(std::move(bench)), data_(std::move(data)), horizon_(horizon), series_(series) {}
    std::optional<std::size_t> horizon() const { return horizon_; }  // --horizon, for series-file
    std::optional<std::size_t> series() const { return series_; }    // --series, for series-scale
    // The path of a file or folder of the data, or nothing (and a line on stderr) when it is not there.
    std::optional<std::string> find(std::string_view path) const;
    // One JSON line: bench, metric, value, unit, and reference and reference_value when there is one.
    void report(std::string_view metric, double value, std::string_view unit, std::optional<Reference> = {}) const;

private:
    std::string bench_, data_;
    std::optional<std::size_t> horizon_, series_;
};

struct Bench {
    std::string_view name;
    std::string_view what;  // one line for `kindling-bench` without arguments
    void (*run)(BenchContext&);
};

// Ends the benchmark with the error's message: there is nothing to measure after a failure.
[[noreturn]] void give_up(const Error&);
template <class T> T need(Result<T> result) {
    if (!result) give_up(result.error());
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

// A whole file, unpacked when its name ends with .gz.
std::string read_file(const std::string& path);

inline double seconds_since(std::chrono::steady_clock::time_point start) { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(); }
double thread_seconds();  // processor time of the calling thread: what other programs take does not count
// The value below which this share of the values lies (nearest rank). Sorts.
double percentile(std::vector<double>& values, double share);

}  // namespace kindling::bench
