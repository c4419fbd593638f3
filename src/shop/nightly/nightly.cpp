#include "shop/nightly/nightly.h"
#include "core/json_text.h"
#include "shop/people/time_zones.h"
#include "shop/people/people.h"

namespace kindling::shop {

namespace {

constexpr Milliseconds hour_ms = 3'600'000, first_time_within = 2 * hour_ms, just_before = hour_ms;

Result<std::optional<Milliseconds>> due(Transaction& tx, NightlyWork const& work, std::string const& zone, Milliseconds now, Milliseconds first_time_from) {
    auto const hour = TRY(read_number_setting(tx, work.hour, 24));
    if (hour > 23) return std::optional<Milliseconds>();
    auto const since = last_time_of_hour(zone, static_cast<int>(hour), now);
    // Under way, or done since then, or just before, by anybody's wish: enough for this night. What somebody is looking at is not replaced minutes later.
    if (TRY(tx.integer("SELECT COUNT(*) FROM jobs WHERE shop_id = ? AND operation = ? AND (state = 'queued' OR state = 'running' OR created_at_ms >= ?)", tx.shop_id(), work.operation, since - just_before)) > 0) return std::optional<Milliseconds>();
    // Made without a job (by the command line, or before jobs were kept).
    if (!work.kept_in.empty() && TRY(tx.integer("SELECT COUNT(*) FROM " + std::string(work.kept_in) + " WHERE shop_id = ? AND made_at_ms >= ?", tx.shop_id(), since - just_before)) > 0) return std::optional<Milliseconds>();
    bool const before = TRY(tx.integer("SELECT COUNT(*) FROM jobs WHERE shop_id = ? AND operation = ?", tx.shop_id(), work.operation)) > 0;
    if (!before && now - since > first_time_within) {
        if (now < first_time_from) return std::optional<Milliseconds>();
        // What this night's work queued itself is no reason to wait: it stands in line.
        if (TRY(tx.integer("SELECT COUNT(*) FROM jobs WHERE shop_id = ? AND (state = 'queued' OR state = 'running') AND caller NOT LIKE '%\"nightly\"%'", tx.shop_id())) > 0) return std::optional<Milliseconds>();
    }
    if (TRY(tx.integer("SELECT COUNT(*) FROM (SELECT 1 FROM orders WHERE shop_id = ? LIMIT 1) one", tx.shop_id())) == 0) return std::optional<Milliseconds>();
    return std::optional(since);
}

}  // namespace

Milliseconds last_time_of_hour(std::string const& time_zone, int hour, Milliseconds now) {
    WallClock zone(time_zone);
    // The offset of then may differ from that of now by daylight saving: it is asked for at the instant itself.
    for (int back = 0;; ++back) {
        auto const local_day = zone.day(now) - back;
        auto at = start_of(local_day) + hour * hour_ms - zone.offset(now);
        at = start_of(local_day) + hour * hour_ms - zone.offset(at);
        if (at <= now) return at;
    }
}

Result<std::int64_t> queue_nightly(Store& store, std::span<NightlyWork const> all, Milliseconds now, Milliseconds first_time_from) {
    std::vector<std::pair<std::int64_t, std::string>> shops;
    {
        auto const tx = TRY(store.read(0));
        TRY(tx->run("SELECT shop_id, time_zone FROM shops ORDER BY shop_id", {}, [&](Row const& row) -> Result<void> { shops.emplace_back(row.integer(0), row.text(1)); return {}; }));
    }
    std::int64_t queued = 0;
    for (auto const& [shop, zone] : shops)
        for (auto const& work : all) {
            {
                auto const tx = TRY(store.read(shop));
                if (!TRY(due(*tx, work, zone, now, first_time_from))) continue;
            }
            auto const tx = TRY(store.write(shop));
            if (!TRY(due(*tx, work, zone, now, first_time_from))) continue;  // another server was faster
            TRY(queue_job(*tx, work.operation, TRY(parse_json(work.request)).as_object(), {.kind = Caller::Kind::system, .id = "nightly", .role = std::string(Caller::background), .permissions = {"*"}}, now));
            TRY(tx->commit());
            ++queued;
        }
    return queued;
}

}  // namespace kindling::shop
