// shop/people/retention.h -- what a shop keeps only for a time: visitors' sessions in events and what rows of recommendations rested on (setting retention_days_events),
// uploads that were imported or forgotten, sessions and set-up links that ended.
#pragma once
#include "core/time.h"
#include "shop/services.h"

namespace kindling::shop {

struct Tidied {
    std::int64_t events = 0, sessions = 0, uploads = 0;
};

// For a server to call once a day. Events are looked for outside of any writing transaction and changed 5,000 at a time, so that
// nobody waits for it: half a second of reading for a million events. 0 days keep sessions for ever. Any thread.
Result<Tidied> tidy(Services&, Milliseconds now);

}  // namespace kindling::shop
