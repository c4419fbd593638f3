// core/progress.h -- how long work says how far it is and learns that it should stop.
#pragma once
#include <cstdint>
#include <functional>
#include <stop_token>
#include <string_view>

namespace kindling {

// Passed down by reference; may be called from any thread that the work uses, often: receivers thin it out.
struct Progress {
    std::stop_token stop = {};
    // done of total units (total 0: unknown), and what is being done, in English.
    std::function<void(std::int64_t done, std::int64_t total, std::string_view what)> report = {};

    bool stopped() const { return stop.stop_requested(); }
    void operator()(std::int64_t done, std::int64_t total, std::string_view what) const { if (report) report(done, total, what); }
};

}  // namespace kindling
