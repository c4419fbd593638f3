#include "shop/orders/history_end.h"
#include "shop/context.h"
#include "shop/people/time_zones.h"

namespace kindling::shop {

Result<Milliseconds> newest_order(Transaction& tx, Milliseconds now) {
    return tx.integer("SELECT COALESCE(MAX(placed_at_ms), 0) FROM orders WHERE shop_id = ? AND status <> 'cancelled' AND placed_at_ms <= ?", tx.shop_id(), now);
}

Result<HistoryEnd> history_end(Transaction& tx, WallClock& clock, Milliseconds now) {
    auto const last = TRY(newest_order(tx, now));
    if (last == 0) return fail(Errc::failed_precondition, "nothing_sold", "There are no orders to learn from: record or import some first.");
    auto const today = clock.day(now), newest = clock.day(last);
    return HistoryEnd{.day = newest + days_until_asleep < today ? newest + 1 : today, .newest = newest};
}

}  // namespace kindling::shop
