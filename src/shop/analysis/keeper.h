// shop/analysis/keeper.h -- keeps the facts of every shop of this process up to date, and answers from them.
//
// A thread waits for the store's commits, lets a burst gather for 200 ms and reads what is new in a read transaction of its own: writers are never held up.
// Once a second it also asks the counters, for other processes' work. Without start() (a command line, a server in its first moments) facts are caught up only when asked for; changes are
// heard from the first question on.
#pragma once
#include "core/operation.h"
#include "shop/analysis/shop_facts.h"
#include "shop/overview/overview.h"
#include "shop/services.h"
#include <condition_variable>
#include <mutex>
#include <thread>

namespace kindling::shop {

// Thread-safe. Made before or after the store is opened, used after; ends before the services do.
class FactsKeeper {
public:
    explicit FactsKeeper(Services&);
    ~FactsKeeper();
    void start();  // in processes that stay: the server, a worker
    void stop();

    // Brings the facts of a shop to what is committed now. Errors: the store's, disk_full, file_failed, cancelled.
    Result<analysis::CaughtUp> catch_up(std::int64_t shop_id, Progress const& = {});
    // Waits at most two seconds for it; `current` says whether everything committed before the call is in the table.
    struct Opened {
        facts::Table table;
        bool current = false;
    };
    Result<Opened> open(std::int64_t shop_id, analysis::Table);
    analysis::ShopFacts& of(std::int64_t shop_id);
    // For shop.overview; nothing unless the facts are current, or soon, and kept so by this process.
    std::optional<OverviewFacts> overview(std::int64_t shop_id, Milliseconds before, Milliseconds from, Milliseconds until);

    // facts.status, facts.query, facts.sql, facts.export, facts.rebuild.
    std::vector<Operation> operations();

private:
    void listen();
    analysis::ShopFacts& kept(std::int64_t shop_id);
    void run(std::stop_token const&);
    Services& services_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::map<std::int64_t, std::unique_ptr<analysis::ShopFacts>> shops_;
    bool woken_ = false;
    std::once_flag listens_;
    std::optional<std::size_t> listener_;
    std::jthread thread_;
};

// Whether a damaged table was the reason; then rebuilds the shop's facts, so that the question can be asked once more.
Result<bool> heal(FactsKeeper&, std::int64_t shop_id, Error const&);

}  // namespace kindling::shop
