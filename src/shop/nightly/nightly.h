// shop/nightly/nightly.h -- work that every shop does once a night, queued as a job at an hour that the owner sets.
//
// What was done (since the hour, or within an hour before it) is known from the jobs themselves, so a restart neither forgets nor repeats a night, and of several servers over one database one queues it (writers of
// a shop stand in line). A night is due from its hour on until the next. A shop that never did the work begins within two hours after its hour, or at any hour once the server has run for a while and
// no other job of the shop is waiting or under way: nothing heavy starts beside a shop that is being made or filled. One that did it before catches up whenever a server runs again.
#pragma once
#include "shop/jobs/jobs.h"

namespace kindling::shop {

struct NightlyWork {
    std::string_view operation;  // a long one
    std::string_view hour;       // the setting that holds its hour, 0 .. 23; anything else: never
    std::string_view request = "{}";
    std::string_view kept_in = {};  // a table with made_at_ms of what it makes, for what was made without a job; empty: jobs alone tell
};

// The instant at or before `now` at which a day's hour began in that zone.
Milliseconds last_time_of_hour(std::string const& time_zone, int hour, Milliseconds now);

// Queues what is due, in the order given; shops without a single order are passed by. Gives how many jobs were queued. Called about once a minute. From `first_time_from` on
// a shop may do work for the first time at any hour.
Result<std::int64_t> queue_nightly(Store&, std::span<NightlyWork const>, Milliseconds now, Milliseconds first_time_from);

}  // namespace kindling::shop
