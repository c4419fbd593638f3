#include "shop/analysis/keeper.h"
#include <malloc.h>

namespace kindling::shop {

using namespace analysis;

namespace {
constexpr std::chrono::milliseconds gather{200}, look_around{1000}, rest_after{10'000}, wait_at_most{2000};
}

FactsKeeper::FactsKeeper(Services& services) : services_(services) {}
FactsKeeper::~FactsKeeper() { stop(); }

// Listening begins before anything is read: what is compared with the store from then on has every change noted. Outside of mutex_, for the store tells under a lock of its own.
ShopFacts& FactsKeeper::of(std::int64_t shop_id) {
    std::call_once(listens_, [this] { listen(); });
    return kept(shop_id);
}

ShopFacts& FactsKeeper::kept(std::int64_t shop_id) {
    std::lock_guard const lock(mutex_);
    auto& shop = shops_[shop_id];
    if (!shop) shop = std::make_unique<ShopFacts>(*services_.store, services_.folder / "facts" / std::to_string(shop_id), shop_id);
    return *shop;
}

void FactsKeeper::listen() {
    listener_ = services_.store->listen([this](std::span<Change const> changes) {
        for (auto const& c : changes) {
            auto& shop = kept(c.shop_id);
            shop.note(c);
            if (!shop.noted()) continue;
            std::lock_guard const lock(mutex_);
            woken_ = true;
        }
        wake_.notify_one();
    });
}

void FactsKeeper::start() {
    if (thread_.joinable()) return;
    std::call_once(listens_, [this] { listen(); });
    thread_ = std::jthread([this](std::stop_token const& stop) { run(stop); });
}

void FactsKeeper::stop() {
    if (listener_) services_.store->forget(*listener_), listener_.reset();
    if (!thread_.joinable()) return;
    thread_.request_stop();
    thread_.join();
}

void FactsKeeper::run(std::stop_token const& stop) {
    auto last_work = std::chrono::steady_clock::now();
    bool resting = false;
    while (!stop.stop_requested()) {
        std::vector<std::int64_t> shops;
        if (auto tx = services_.store->read(0)) (void)(*tx)->run("SELECT shop_id FROM shops", {}, [&](Row const& row) -> Result<void> { shops.push_back(row.integer(0)); return {}; });
        for (auto id : shops) {
            auto& shop = of(id);
            auto const before = shop.commits();
            // An error (a full disk, a database gone) is shown by facts.status; the next round tries again.
            (void)shop.catch_up({.stop = stop});
            if (shop.commits() != before) last_work = std::chrono::steady_clock::now(), resting = false;
        }
        if (!resting && std::chrono::steady_clock::now() - last_work > rest_after) {
            for (auto id : shops) of(id).rest();
            malloc_trim(0);
            resting = true;
        }
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, stop, look_around, [&] { return woken_; });
        if (woken_) wake_.wait_for(lock, stop, gather, [] { return false; });
        woken_ = false;
    }
}

Result<CaughtUp> FactsKeeper::catch_up(std::int64_t shop_id, Progress const& progress) { return of(shop_id).catch_up(progress); }

Result<FactsKeeper::Opened> FactsKeeper::open(std::int64_t shop_id, analysis::Table t) {
    auto& shop = of(shop_id);
    auto const current = TRY(shop.catch_up_within(wait_at_most));
    auto table = shop.open(t);
    if (!table && table.error().reason == "facts_not_found") return fail(Errc::unavailable, "facts_not_ready", "The facts are being read for the first time; ask again in a moment.");
    return Opened{TRY(std::move(table)), current};
}

Result<bool> heal(FactsKeeper& keeper, std::int64_t shop_id, Error const& error) {
    if (error.reason != "facts_corrupt") return false;
    TRY(keeper.of(shop_id).rebuild(all_tables, {}));
    return true;
}

}  // namespace kindling::shop
