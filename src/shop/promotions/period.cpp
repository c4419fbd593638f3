#include "shop/promotions/period.h"

namespace kindling::shop::promotions {

Result<ShopClock> ShopClock::of(Transaction& tx) { return ShopClock(TRY(shop_time_zone(tx))); }

Result<Milliseconds> ShopClock::moment(std::string_view written, bool end) const {
    Milliseconds local = 0;
    if (written.size() == 10) local = start_of(TRY(parse_date(written)) + (end ? 1 : 0));
    else {
        if (written.ends_with('Z') || written.find('+') != written.npos || written.rfind('-') > 8) return fail(Errc::invalid_argument, "malformed_time", "Write the shop's own time, without a zone: 2026-11-11T20:00.");
        local = TRY(parse_time(written));
    }
    return clock_.instant(local);
}

unsigned ShopClock::weekday(Milliseconds at) const { return weekday_of(day_of(at, clock_.offset(at))); }

}  // namespace kindling::shop::promotions
