// shop/analysis/local_days.h -- the calendar day of an instant where the shop is.
//
// "Yesterday's sales" means the owner's yesterday: the day follows the shop's time zone (IANA name, daylight saving included), from ICU's tables.
// Offsets change only at quarters of an hour, so they are remembered by quarter: after the first of its quarter an instant costs a few nanoseconds.
#pragma once
#include "core/time.h"
#include <memory>
#include <string>
#include <unordered_map>

namespace kindling::shop::analysis {

// One thread at a time.
class LocalDays {
public:
    // A name that ICU does not know counts as UTC: known() tells.
    explicit LocalDays(std::string const& time_zone);
    ~LocalDays();
    LocalDays(LocalDays&&) noexcept;
    LocalDays& operator=(LocalDays&&) noexcept;
    bool known() const;
    Day day(Milliseconds at);
    Milliseconds offset(Milliseconds at);  // local time minus UTC

private:
    struct Zone;
    std::unique_ptr<Zone> zone_;
    std::unordered_map<std::int64_t, Milliseconds> offsets_;
    std::int64_t last_quarter_ = INT64_MIN;
    Milliseconds last_offset_ = 0;
};

}  // namespace kindling::shop::analysis
