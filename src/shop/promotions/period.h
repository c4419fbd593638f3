// shop/promotions/period.h -- internal: moments as the owner writes them, in the shop's time zone.
#pragma once
#include "core/result.h"
#include "core/time.h"
#include "shop/store/store.h"
#include <memory>

namespace kindling::shop::promotions {

// Times are those of one shop; not thread-safe.
class ShopClock {
public:
    static Result<ShopClock> of(Transaction&);
    ShopClock(ShopClock&&) noexcept;
    ~ShopClock();
    // "2026-11-11" (its first moment; of an end: the first moment of the day after) or "2026-11-11T20:00[:30]". Fails with malformed_time and the like.
    // A moment that a change of the clock leaves out is read as the one an hour later; of one that comes twice the first counts.
    Result<Milliseconds> moment(std::string_view written, bool end) const;
    unsigned weekday(Milliseconds at) const;  // 1 Monday .. 7 Sunday

private:
    struct Zone;
    explicit ShopClock(std::string const& time_zone);
    Milliseconds offset(Milliseconds at) const;
    std::unique_ptr<Zone> zone_;
};

}  // namespace kindling::shop::promotions
