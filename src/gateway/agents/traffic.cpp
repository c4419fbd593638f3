#include "gateway/agents/traffic.h"
#include "core/time.h"
#include <algorithm>
#include <spdlog/spdlog.h>

namespace kindling::gateway::agents {

namespace {

constexpr auto pause_between_writes = std::chrono::seconds(2);
// Strangers may show any number of profiles; those beyond this many between two writes are counted together.
constexpr std::size_t most_rows = 2000;

// As the protocols and the shop's own operations name them.
constexpr std::string_view conflicts[] = {"idempotency_conflict", "idempotency_in_flight", "idempotency_in_progress", "idempotency_key_reused"};
constexpr std::string_view forgeries[] = {"signature_invalid", "digest_mismatch", "key_not_found", "forbidden", "mandate_invalid_signature", "mandate_scope_mismatch", "merchant_authorization_invalid"};

}  // namespace

Outcome outcome_of(int status, std::string_view code) {
    if (status == 429) return Outcome::limited;
    if (std::ranges::find(conflicts, code) != std::end(conflicts)) return Outcome::conflicting;
    return std::ranges::find(forgeries, code) != std::end(forgeries) ? Outcome::forged : Outcome::refused;
}

Traffic::Traffic(shop::Store& store) : store_(store), thread_([this](std::stop_token stop) {
    while (!stop.stop_requested()) {
        {
            std::unique_lock lock(mutex_);
            if (!wake_.wait(lock, stop, [this] { return !counts_.empty(); })) break;
        }
        flush();
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, stop, pause_between_writes, [] { return false; });
    }
}) {}

Traffic::~Traffic() {
    thread_.request_stop();
    thread_.join();
    flush();
}

void Traffic::count(std::int64_t shop_id, std::string_view agent, std::string_view protocol, std::string_view operation, Outcome outcome) {
    Key key{shop_id, agent, protocol, operation, day_of(now_ms())};
    std::lock_guard const lock(mutex_);
    if (counts_.size() >= most_rows && !counts_.contains(key)) std::get<1>(key) = shop::other_agents;
    auto& c = counts_[std::move(key)];
    ++c.calls;
    c.replayed += outcome == Outcome::replayed, c.conflicting += outcome == Outcome::conflicting, c.forged += outcome == Outcome::forged, c.limited += outcome == Outcome::limited;
    c.refused += outcome == Outcome::refused || outcome == Outcome::conflicting || outcome == Outcome::forged;
    wake_.notify_one();
}

void Traffic::flush() {
    std::map<Key, Counts> taken;
    {
        std::lock_guard const lock(mutex_);
        taken.swap(counts_);
    }
    for (auto i = taken.begin(); i != taken.end();) {
        auto const shop = std::get<0>(i->first);
        auto tx = store_.write(shop);
        if (!tx) { spdlog::warn("counts of agents were not kept: {}", tx.error().message); return; }
        for (; i != taken.end() && std::get<0>(i->first) == shop; ++i) {
            auto const& [_, agent, protocol, operation, day] = i->first;
            auto const done = (*tx)->execute("INSERT INTO agent_traffic (shop_id, agent, protocol, operation, day, calls, refused, limited, replayed, conflicting, forged) VALUES (?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (shop_id, agent, protocol, operation, day) DO UPDATE SET calls = agent_traffic.calls + excluded.calls, refused = agent_traffic.refused + excluded.refused, limited = agent_traffic.limited + excluded.limited, replayed = agent_traffic.replayed + excluded.replayed, conflicting = agent_traffic.conflicting + excluded.conflicting, forged = agent_traffic.forged + excluded.forged",
                                             shop, agent, protocol, operation, static_cast<std::int64_t>(day), i->second.calls, i->second.refused, i->second.limited, i->second.replayed, i->second.conflicting, i->second.forged);
            if (!done) spdlog::warn("counts of agents were not kept: {}", done.error().message);
        }
        if (auto const kept = (*tx)->commit(); !kept) spdlog::warn("counts of agents were not kept: {}", kept.error().message);
    }
}

}  // namespace kindling::gateway::agents
