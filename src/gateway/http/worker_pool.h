// gateway/http/worker_pool.h -- threads that run handlers, and threads that run stream producers.
#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace kindling::gateway {

class WorkerPool {
public:
    enum class Taken { yes, full };
    WorkerPool(unsigned threads, std::size_t max_queued, std::size_t max_extra);
    ~WorkerPool();  // runs what is queued, then joins

    // Any thread. Tasks must not throw.
    Taken submit(std::function<void()> task);
    // On a thread of its own, for tasks that wait long; full when max_extra run already.
    Taken submit_long(std::function<void()> task);
    // Waits until nothing runs or is queued any more, long tasks included.
    void drain();

private:
    void work();
    std::mutex mutex_;
    std::condition_variable wake_, idle_;
    std::deque<std::function<void()>> queue_;
    std::size_t max_queued_, max_extra_, running_ = 0, waiting_ = 0, extra_ = 0;
    bool ending_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace kindling::gateway
