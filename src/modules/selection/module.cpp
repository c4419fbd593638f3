// modules/selection/module.cpp -- live models of each shop: learned on a thread of their own, caught up before an answer, kept in a file.
#include "modules/selection/live.h"
#include "modules/selection/switch.h"
#include <malloc.h>
#include <spdlog/spdlog.h>

namespace kindling::selection {

namespace {
constexpr Milliseconds renew_after = 24 * 3'600'000, try_again_after = 10 * 60'000;
}

Module::Module(shop::Services& services) : services_(services) {
    if (!services_.store) return;
    listener_ = services_.store->listen([this](std::span<shop::Change const> changes) {
        for (auto const& change : changes) {
            if (change.kind == "forgotten") {
                std::lock_guard const lock(mutex_);
                if (auto const found = shops_.find(change.shop_id); found != shops_.end()) found->second->slots.forget(change.id);
            }
            if (change.kind != "event" && change.kind != "order" && change.kind != "import") continue;
            std::lock_guard const lock(mutex_);
            if (auto const found = shops_.find(change.shop_id); found != shops_.end()) found->second->behind = true;
        }
    });
}

Module::~Module() {
    stop();
    if (listener_) services_.store->forget(listener_);
}

void Module::start() {
    if (!thread_.joinable()) thread_ = std::jthread([this](std::stop_token const& stop) { run(stop); });
}

void Module::stop() {
    if (!thread_.joinable()) return;
    thread_.request_stop();
    thread_.join();
}

// A shop is learned from once somebody asks for it; the file of an earlier start answers at once.
Module::Shop& Module::of(std::int64_t shop_id) {
    std::lock_guard const lock(mutex_);
    auto& slot = shops_[shop_id];
    if (slot) return *slot;
    slot = std::make_unique<Shop>();
    slot->shop_id = shop_id;
    if (!services_.folder.empty()) {
        slot->file = services_.folder / "models" / fmt::format("selection-{}", shop_id);
        if (auto kept = load(slot->file)) slot->learned = std::make_shared<Learned>(std::move(*kept));
        else if (kept.error().reason != "model_not_found") spdlog::warn("shop {}: {}", shop_id, kept.error().message);
    }
    wake_.notify_all();
    return *slot;
}

// Nothing where no place tells or one of the two does not speak. The model in use is asked a place at a time: answers, and what they catch up with, go on between.
Result<std::optional<SwitchEstimate>> Module::foresee(Shop& shop, Learned const& newer, Progress const& progress) {
    if (!newer.visits.speaks()) return std::nullopt;
    std::vector<Slot> slots;
    {
        auto const tx = TRY(services_.store->read(shop.shop_id));
        slots = TRY(load_slots(*tx, newer.trained_at - compared_within, true, most_compared));
    }
    std::vector<std::size_t> in_use, after;
    recommend::Asking of_newer, of_in_use;
    for (auto const& slot : slots) {
        if (progress.stopped()) return fail(Errc::failed_precondition, "cancelled", "Learning was stopped.");
        after.push_back(choice_of(newer, slot, of_newer));
        std::shared_lock const lock(shop.mutex);
        if (!shop.learned || !shop.learned->visits.speaks()) return std::nullopt;
        in_use.push_back(choice_of(*shop.learned, slot, of_in_use));
    }
    if (slots.empty()) return std::nullopt;
    return estimate_switch(slots, in_use, after);
}

Result<void> Module::learn(Shop& shop, unsigned threads, Progress const& progress) {
    std::lock_guard const one(shop.learning);
    auto learned = std::make_shared<Learned>(TRY(selection::learn(*services_.store, shop.shop_id, now_ms(), threads, progress)));
    auto const estimate = TRY(foresee(shop, *learned, progress));
    if (estimate) {
        std::unique_lock const lock(shop.mutex);
        if (keeps_older(*estimate, *shop.learned, *learned)) {
            spdlog::warn("shop {}: of what was learned anew {:.1f} % would have been taken in places left to chance, of what is in use {:.1f} %; the older stays", shop.shop_id, 100 * estimate->newer.value, 100 * estimate->in_use.value);
            shop.switch_estimate = estimate, shop.refused_at = learned->trained_at;
            return {};
        }
    }
    if (!shop.file.empty()) {
        if (auto const kept = save(*learned, shop.file); !kept) spdlog::warn("shop {}: {}", shop.shop_id, kept.error().message);
        // Read back it lies close together: learning leaves its models strewn over a heap several times their size.
        else if (auto again = load(shop.file)) *learned = std::move(*again);
    }
    {
        std::unique_lock const lock(shop.mutex);
        shop.learned = std::move(learned), shop.behind = true, shop.switch_estimate = estimate, shop.refused_at = 0;
    }
    malloc_trim(0);
    return {};
}

Result<void> Module::catch_up(Shop& shop) {
    if (!shop.behind.exchange(false)) return {};
    std::unique_lock const lock(shop.mutex);
    if (!shop.learned) return {};
    auto const tx = services_.store->read(shop.shop_id);
    auto const more = tx ? selection::catch_up(*shop.learned, **tx) : Result<bool>(std::unexpected(tx.error()));
    if (!more || *more) shop.behind = true;  // the next request goes on
    return more ? Result<void>() : std::unexpected(more.error());
}

void Module::run(std::stop_token const& stop) {
    while (!stop.stop_requested()) {
        std::vector<Shop*> due;
        {
            std::unique_lock lock(mutex_);
            auto const now = now_ms();
            for (auto const& [id, shop] : shops_) {
                std::shared_lock const reading(shop->mutex);
                bool const old = !shop->learned || now - std::max(shop->learned->trained_at, shop->refused_at) > renew_after;
                if (old && now - shop->tried_at > try_again_after) shop->tried_at = now, due.push_back(shop.get());
            }
            if (due.empty()) wake_.wait_for(lock, stop, std::chrono::seconds(60), [&, known = shops_.size()] { return shops_.size() != known; });
        }
        if (auto const written = write_slots(now_ms()); !written) spdlog::warn("places left to chance could not be written down: {}", written.error().message);
        for (auto* shop : due)
            if (auto const done = learn(*shop, 1, {.stop = stop}); !done && done.error().reason != "cancelled") spdlog::warn("shop {}: what to recommend could not be learned: {}", shop->shop_id, done.error().message);
    }
}

Result<std::int64_t> Module::write_slots(Milliseconds now) {
    std::vector<Shop*> all;
    {
        std::lock_guard const lock(mutex_);
        for (auto const& [id, shop] : shops_) all.push_back(shop.get());
    }
    std::int64_t written = 0;
    for (auto* shop : all) written += TRY(shop->slots.write_due(*services_.store, shop->shop_id, now));
    return written;
}

Result<Status> Module::status(Context& context, Nothing const&) {
    auto& shop = of(context.shop_id);
    TRY(catch_up(shop));
    std::shared_lock const lock(shop.mutex);
    if (!shop.learned) return Status{};
    auto const& l = *shop.learned;
    return Status{.learned = true, .trained_at_ms = l.trained_at, .products = static_cast<std::int64_t>(l.shelf.ids.size()), .caught_up_events = l.caught_up, .models = {l.visits.report, l.purchases.report}, .switch_estimate = shop.switch_estimate, .kept_older = shop.refused_at > 0};
}

Result<Status> Module::train(Context& context, Nothing const&) {
    if (!context.dry()) TRY(learn(of(context.shop_id), context.threads(), context.progress));
    return status(context, {});
}

std::vector<Operation> Module::operations() {
    auto all = push_operations();
    for (auto& own : rule_operations()) all.push_back(std::move(own));
    for (auto& own : slot_operations()) all.push_back(std::move(own));
    for (auto const& own : {
        operation({.name = "selection.recommend", .scenario = "6", .summary = {"Choose goods for a place in the shop and for who is there, each with its reason; a view or order counts in the next answer.", "为某个展示位置和眼前的顾客挑选商品并说明理由；每次浏览和下单立即生效。"}, .permission = "public", .reasons = {"customer_not_yours"}}, *this, &Module::recommend),
        operation({.name = "selection.status", .scenario = "6", .summary = {"What was learned from visits and purchases, and how well it did on what was held back.", "从浏览与购买中学到了什么，以及在留出数据上的表现。"}, .permission = "selection.read"}, *this, &Module::status),
        operation({.name = "selection.train", .scenario = "6", .summary = {"Learn anew from all visits and purchases now, instead of tonight.", "立即根据全部浏览与购买重新学习。"}, .effect = Effect::act, .permission = "selection.write", .length = Length::long_}, *this, &Module::train),
    }) all.push_back(own);
    return all;
}

}  // namespace kindling::selection
