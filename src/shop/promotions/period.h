// shop/promotions/period.h -- internal: moments as the owner writes them, in the shop's time zone.
#pragma once
#include "core/result.h"
#include "shop/people/time_zones.h"
#include "shop/store/store.h"

namespace kindling::shop::promotions {

// Times are those of one shop; not thread-safe.
class ShopClock {
public:
    static Result<ShopClock> of(Transaction&);
    // "2026-11-11" (its first moment; of an end: the first moment of the day after) or "2026-11-11T20:00[:30]". Fails with malformed_time and the like.
    Result<Milliseconds> moment(std::string_view written, bool end) const;
    unsigned weekday(Milliseconds at) const;  // 1 Monday .. 7 Sunday

private:
    explicit ShopClock(std::string_view time_zone) : clock_(time_zone) {}
    mutable WallClock clock_;  // it remembers offsets
};

}  // namespace kindling::shop::promotions
