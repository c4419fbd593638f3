// shop/people/time_zones.h -- names of time zones, the calendar day of an instant where the shop is, and the instants that people mean
// when they write a time without saying where. From ICU's tables (IANA names).
#pragma once
#include "core/time.h"
#include <memory>
#include <unordered_map>

namespace kindling::shop {

class Transaction;

// A name that ICU does not know would count as UTC, and every day of the shop would be another's.
bool is_time_zone(std::string_view name);
// Of the transaction's shop.
Result<std::string> shop_time_zone(Transaction&);

// The clock on a wall in a zone, daylight saving included. Offsets change only at quarters of an hour, so they are remembered by quarter: after the first of
// its quarter an instant costs a few nanoseconds. One thread at a time.
class WallClock {
public:
    explicit WallClock(std::string_view time_zone);  // a name that ICU does not know counts as UTC
    static Result<WallClock> of(Transaction&);       // of the transaction's shop
    WallClock(WallClock&&) noexcept;
    WallClock& operator=(WallClock&&) noexcept;
    ~WallClock();
    Milliseconds offset(Milliseconds at);  // local time minus UTC
    Day day(Milliseconds at);
    // The instant at which the clock shows `local`, which is written as if it were UTC. A time that a change of the clock leaves out is the one an hour
    // later; of one that comes twice the first counts.
    Milliseconds instant(Milliseconds local);

private:
    struct Zone;
    std::unique_ptr<Zone> zone_;
    std::unordered_map<std::int64_t, Milliseconds> offsets_;
    std::int64_t last_quarter_ = INT64_MIN;
    Milliseconds last_offset_ = 0;
};

}  // namespace kindling::shop
