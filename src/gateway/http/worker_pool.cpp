#include "gateway/http/worker_pool.h"
#include <system_error>

namespace kindling::gateway {

WorkerPool::WorkerPool(unsigned threads, std::size_t max_queued, std::size_t max_extra) : max_queued_(max_queued), max_extra_(max_extra) {
    for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

WorkerPool::~WorkerPool() {
    drain();
    {
        std::lock_guard lock(mutex_);
        ending_ = true;
    }
    wake_.notify_all();
    for (auto& t : threads_) t.join();
}

WorkerPool::Taken WorkerPool::submit(std::function<void()> task) {
    bool sleeping = false;
    {
        std::lock_guard lock(mutex_);
        if (queue_.size() >= max_queued_) return Taken::full;
        queue_.push_back(std::move(task));
        sleeping = waiting_ > 0;
    }
    if (sleeping) wake_.notify_one();  // a busy worker looks at the queue by itself: no system call
    return Taken::yes;
}

WorkerPool::Taken WorkerPool::submit_long(std::function<void()> task) {
    {
        std::lock_guard lock(mutex_);
        if (extra_ >= max_extra_) return Taken::full;
        ++extra_;
    }
    try {
        // Detached, but counted: drain() waits for it, and the last thing it touches is the mutex that drain() holds.
        std::thread([this, task = std::move(task)]() mutable {
            task();
            task = nullptr;
            std::lock_guard lock(mutex_);
            --extra_;
            idle_.notify_all();
        }).detach();
    } catch (std::system_error const&) {  // the system has no more threads
        std::lock_guard lock(mutex_);
        --extra_;
        return Taken::full;
    }
    return Taken::yes;
}

void WorkerPool::drain() {
    std::unique_lock lock(mutex_);
    idle_.wait(lock, [this] { return queue_.empty() && running_ == 0 && extra_ == 0; });
}

void WorkerPool::work() {
    std::unique_lock lock(mutex_);
    for (;;) {
        ++waiting_;
        wake_.wait(lock, [this] { return ending_ || !queue_.empty(); });
        --waiting_;
        if (queue_.empty()) return;
        auto task = std::move(queue_.front());
        queue_.pop_front();
        ++running_;
        lock.unlock();
        task();
        task = nullptr;
        lock.lock();
        if (--running_ == 0 && queue_.empty()) idle_.notify_all();
    }
}

}  // namespace kindling::gateway
