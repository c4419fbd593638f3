// core/parallel.h -- a loop over several cores; the result does not depend on how many.
#pragma once
#include <atomic>
#include <cstddef>
#include <exception>
#include <thread>
#include <vector>

namespace kindling {

inline unsigned default_threads() { return std::max(1u, std::thread::hardware_concurrency()); }

// Calls f(i) for 0 <= i < n, each once, on at most `threads` threads including the caller's. f must only write what belongs to i.
// The first exception is thrown again here after all threads ended.
template <class F> void parallel_for(std::size_t n, F&& f, unsigned threads = default_threads()) {
    if (n <= 1 || threads <= 1) {
        for (std::size_t i = 0; i < n; ++i) f(i);
        return;
    }
    std::atomic<std::size_t> next = 0;
    std::exception_ptr thrown;
    std::atomic_flag taken;
    auto const work = [&] {
        try {
            for (std::size_t i; (i = next.fetch_add(1)) < n;) f(i);
        } catch (...) {
            if (!taken.test_and_set()) thrown = std::current_exception();
            next = n;
        }
    };
    {
        std::vector<std::jthread> pool;
        for (unsigned t = 1; t < threads && t < n; ++t) pool.emplace_back(work);
        work();
    }
    if (thrown) std::rethrow_exception(thrown);
}

}  // namespace kindling
