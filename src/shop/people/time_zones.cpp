#include "shop/people/time_zones.h"
#include "shop/store/store.h"
#include <unicode/timezone.h>

namespace kindling::shop {

namespace {

std::unique_ptr<icu::TimeZone> zone_of(std::string_view name) {
    return std::unique_ptr<icu::TimeZone>(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(icu::StringPiece(name.data(), static_cast<std::int32_t>(name.size())))));
}

}  // namespace

bool is_time_zone(std::string_view name) { return *zone_of(name) != icu::TimeZone::getUnknown(); }

Result<std::string> shop_time_zone(Transaction& tx) {
    std::string zone = "Etc/UTC";
    Value const values[] = {tx.shop_id()};
    TRY(tx.run("SELECT time_zone FROM shops WHERE shop_id = ?", values, [&](Row const& row) -> Result<void> { zone = row.text(0); return {}; }));
    return zone;
}

struct WallClock::Zone {
    std::unique_ptr<icu::TimeZone> zone;
};

WallClock::WallClock(std::string_view time_zone) : zone_(std::make_unique<Zone>(zone_of(time_zone))) {}
Result<WallClock> WallClock::of(Transaction& tx) { return WallClock(TRY(shop_time_zone(tx))); }
WallClock::WallClock(WallClock&&) noexcept = default;
WallClock& WallClock::operator=(WallClock&&) noexcept = default;
WallClock::~WallClock() = default;

Milliseconds WallClock::offset(Milliseconds at) {
    constexpr std::int64_t quarter = 15 * 60'000;
    auto const key = (at >= 0 ? at : at - quarter + 1) / quarter;
    if (key == last_quarter_) return last_offset_;
    auto const [found, fresh] = offsets_.try_emplace(key, 0);
    if (fresh) {
        std::int32_t raw = 0, daylight = 0;
        UErrorCode status = U_ZERO_ERROR;
        zone_->zone->getOffset(static_cast<double>(key * quarter), false, raw, daylight, status);
        if (U_SUCCESS(status)) found->second = raw + daylight;
    }
    last_quarter_ = key;
    return last_offset_ = found->second;
}

Day WallClock::day(Milliseconds at) { return day_of(at, offset(at)); }

Milliseconds WallClock::instant(Milliseconds local) {
    // The offset before the moment decides first, so that of a time that comes twice the first one is meant.
    auto const early = local - offset(local - milliseconds_per_day);
    if (early + offset(early) == local) return early;
    auto const late = local - offset(early);
    return late + offset(late) == local ? late : early;
}

}  // namespace kindling::shop
