// gateway/execute/event_log.h -- what visitors and agents do, written down beside pages and answers instead of inside them.
//
// A view costs a page a push into memory; one thread writes the gathered events once a second as one events.record. A killed
// process loses at most that second of views; orders and baskets are not events and are never late. An answer that rests on what its visit
// did (selection.recommend) calls settle() first, so that a visitor quicker than that second is answered by all of their pages.
#pragma once
#include "gateway/execute/executor.h"
#include <condition_variable>
#include <map>
#include <thread>

namespace kindling::gateway {

struct ShopEvent {
    std::string product_id = {}, query = {};
    std::optional<std::int64_t> results = {}, position = {};
    std::string_view channel = "web";
};

class EventLog {
public:
    explicit EventLog(Executor&);
    ~EventLog();  // writes what is left
    // Any thread. Events beyond what fits in memory (an attack, or a store that does not answer) are dropped.
    void add(std::int64_t shop_id, std::string_view session_id, std::string_view kind, ShopEvent const&);
    // What was added of this visit is in the store when this returns, or 200 ms have passed: if any of it waits, all that waits is written now. Any thread.
    void settle(std::int64_t shop_id, std::string_view session_id);

private:
    struct Waiting;
    using ByShop = std::map<std::int64_t, Waiting>;
    void write();  // by the thread, and after it
    void run(std::stop_token const&);

    Executor& executor_;
    std::mutex mutex_;
    std::condition_variable_any woken_, settled_;
    bool wanted_ = false;   // now, and not at the end of the second
    ByShop waiting_;
    ByShop on_the_way_;   // taken by write(), not yet in the store
    std::jthread thread_; // last: it uses everything above
};

}  // namespace kindling::gateway
