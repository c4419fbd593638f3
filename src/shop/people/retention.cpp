#include "shop/people/retention.h"
#include "shop/people/people.h"

namespace kindling::shop {

namespace {

constexpr Milliseconds keep_checkouts_days = 30, keep_places_days = 180, keep_nudges_days = 30;
constexpr auto keep_uploads = std::chrono::hours(7 * 24);

Result<std::int64_t> days_kept(Store& store, std::int64_t shop_id) {
    auto const tx = TRY(store.read(shop_id));
    return std::min<std::int64_t>(TRY(read_number_setting(*tx, "retention_days_events")), 36'500);
}

Result<std::int64_t> loosen_events(Store& store, std::int64_t shop_id, Milliseconds before) {
    std::int64_t changed = 0, from = 0;
    for (;;) {
        std::int64_t first = 0, last = 0;
        {
            auto const tx = TRY(store.read(shop_id));
            Value const values[] = {shop_id, from, before};
            TRY(tx->run("SELECT MIN(seq), MAX(seq) FROM (SELECT seq FROM events WHERE shop_id = ? AND seq >= ? AND at_ms < ? AND session_id <> '' ORDER BY seq LIMIT 5000) old", values, [&](Row const& row) -> Result<void> {
                if (!row.is_null(0)) first = row.integer(0), last = row.integer(1);
                return {};
            }));
        }
        if (last == 0) return changed;
        auto const tx = TRY(store.write(shop_id));
        changed += TRY(tx->execute("UPDATE events SET session_id = '' WHERE shop_id = ? AND seq >= ? AND seq <= ? AND at_ms < ? AND session_id <> ''", shop_id, first, last, before));
        TRY(tx->commit());
        from = last + 1;
    }
}

std::int64_t remove_uploads(std::filesystem::path const& folder) {
    std::int64_t removed = 0;
    std::error_code failed;
    auto const oldest = std::filesystem::file_time_type::clock::now() - keep_uploads;
    for (auto const& entry : std::filesystem::recursive_directory_iterator(folder, failed)) {
        std::error_code ignored;
        if (entry.is_regular_file(ignored) && entry.last_write_time(ignored) < oldest && !ignored) removed += std::filesystem::remove(entry.path(), ignored);
    }
    return removed;
}

}  // namespace

Result<Tidied> tidy(Services& services, Milliseconds now) {
    Tidied done;
    auto& store = *services.store;
    std::vector<std::int64_t> shops;
    {
        auto const tx = TRY(store.read(0));
        TRY(tx->run("SELECT shop_id FROM shops ORDER BY shop_id", {}, [&](Row const& row) -> Result<void> { shops.push_back(row.integer(0)); return {}; }));
    }
    for (auto shop : shops)
        if (auto const days = TRY(days_kept(store, shop)); days > 0) {
            done.events += TRY(loosen_events(store, shop, now - days * milliseconds_per_day));
            auto const tx = TRY(store.write(shop));
            TRY(tx->execute("UPDATE orders SET session_id = '' WHERE shop_id = ? AND placed_at_ms < ? AND session_id <> ''", shop, now - days * milliseconds_per_day));
            // They name no visit, but some say what one looked at.
            TRY(tx->execute("DELETE FROM recommendation_slots WHERE shop_id = ? AND at_ms < ?", shop, now - days * milliseconds_per_day));
            TRY(tx->commit());
        }
    {
        auto const tx = TRY(store.write(0));
        done.sessions = TRY(tx->execute("DELETE FROM sessions WHERE expires_at_ms < ?", now)) + TRY(tx->execute("DELETE FROM customer_sessions WHERE expires_at_ms < ?", now)) + TRY(tx->execute("DELETE FROM setup_tokens WHERE expires_at_ms < ?", now));
        TRY(tx->commit());
    }
    {
        // What was prepared and never bought is nobody's business after a month; of what was bought the order keeps what is needed.
        auto const tx = TRY(store.write(0));
        auto const oldest = now - keep_checkouts_days * milliseconds_per_day;
        TRY(tx->execute("DELETE FROM checkouts WHERE created_at_ms < ? AND order_id = ''", oldest));
        TRY(tx->execute("UPDATE checkouts SET contact_sealed = NULL, extra_sealed = NULL WHERE created_at_ms < ? AND contact_sealed IS NOT NULL", oldest));
        TRY(tx->execute("DELETE FROM agent_deliveries WHERE at_ms < ? AND status <> 'due'", oldest));
        TRY(tx->execute("DELETE FROM recommendation_slots WHERE at_ms < ?", now - keep_places_days * milliseconds_per_day));
        TRY(tx->execute("DELETE FROM guide_nudges WHERE at_ms < ?", now - keep_nudges_days * milliseconds_per_day));
        TRY(tx->commit());
    }
    done.uploads = remove_uploads(services.folder / "uploads");
    return done;
}

}  // namespace kindling::shop
