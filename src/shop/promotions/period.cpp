#include "shop/promotions/period.h"
#include <unicode/timezone.h>

namespace kindling::shop::promotions {

struct ShopClock::Zone {
    std::unique_ptr<icu::TimeZone> zone;
};

ShopClock::ShopClock(std::string const& time_zone) : zone_(std::make_unique<Zone>()) { zone_->zone.reset(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(time_zone))); }
ShopClock::ShopClock(ShopClock&&) noexcept = default;
ShopClock::~ShopClock() = default;

Result<ShopClock> ShopClock::of(Transaction& tx) {
    std::string zone = "Etc/UTC";
    Value const values[] = {tx.shop_id()};
    TRY(tx.run("SELECT time_zone FROM shops WHERE shop_id = ?", values, [&](Row const& row) -> Result<void> { zone = row.text(0); return {}; }));
    return ShopClock(zone);
}

Milliseconds ShopClock::offset(Milliseconds at) const {
    std::int32_t raw = 0, daylight = 0;
    UErrorCode status = U_ZERO_ERROR;
    zone_->zone->getOffset(static_cast<double>(at), false, raw, daylight, status);
    return U_SUCCESS(status) ? raw + daylight : 0;
}

Result<Milliseconds> ShopClock::moment(std::string_view written, bool end) const {
    Milliseconds local = 0;
    if (written.size() == 10) local = start_of(TRY(parse_date(written)) + (end ? 1 : 0));
    else {
        if (written.ends_with('Z') || written.find('+') != written.npos || written.rfind('-') > 8) return fail(Errc::invalid_argument, "malformed_time", "Write the shop's own time, without a zone: 2026-11-11T20:00.");
        local = TRY(parse_time(written));
    }
    // The offset before the moment decides first, so that of a time that comes twice the first one is meant.
    auto const early = local - offset(local - milliseconds_per_day);
    if (early + offset(early) == local) return early;
    auto const late = local - offset(early);
    return late + offset(late) == local ? late : early;
}

unsigned ShopClock::weekday(Milliseconds at) const { return weekday_of(day_of(at, offset(at))); }

}  // namespace kindling::shop::promotions
