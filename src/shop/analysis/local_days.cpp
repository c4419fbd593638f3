#include "shop/analysis/local_days.h"
#include <unicode/timezone.h>

namespace kindling::shop::analysis {

struct LocalDays::Zone {
    std::unique_ptr<icu::TimeZone> zone;
};

LocalDays::LocalDays(std::string const& time_zone) : zone_(std::make_unique<Zone>()) { zone_->zone.reset(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(time_zone))); }
LocalDays::~LocalDays() = default;
LocalDays::LocalDays(LocalDays&&) noexcept = default;
LocalDays& LocalDays::operator=(LocalDays&&) noexcept = default;

bool LocalDays::known() const { return *zone_->zone != icu::TimeZone::getUnknown(); }

Milliseconds LocalDays::offset(Milliseconds at) {
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

Day LocalDays::day(Milliseconds at) { return day_of(at, offset(at)); }

}  // namespace kindling::shop::analysis
